"""Unpacks what strangers packed, in bounded steps: gzip, deflate, brotli, zstd, and several of them one over another.

A kilobyte may unfold to gigabytes, so nothing is unpacked in one go: the unpacking ends where a limit on the size or on
the growth is passed, before the memory is spent. A claim about the packing counts only where the bytes agree with it.
"""

from __future__ import annotations

import codecs
import io
import re
import zlib
from collections.abc import Callable, Iterator, Sequence

import brotli
import pyarrow as pa

# How many times its packed size a body may have. Pages and sitemaps grow 3 to 50 times, a table of one repeated row
# some hundred times; gzip can reach 1,032, brotli a million. Below FREE_BYTES the memory is no concern and any growth
# is taken.
MAX_GROWTH = 200
FREE_BYTES = 4_000_000
_STEP_BYTES = 65_536
# Packed bytes that the engine is handed at one time. A million empty members of gzip took hours as one piece of 20 MB.
_SLICE_BYTES = 4_096
_MAX_LAYERS = 4  # packings one over another; two are seen where a server packs what was packed already
_GZIP_FORMAT, _ZLIB_FORMAT, _RAW_FORMAT = 31, 15, -15
_GZIP_MAGIC = b"\x1f\x8b"
_PLAIN_HEAD_BYTES = 512
_TEXT_CHARACTERS = 8  # packed bytes may pass for so many characters by chance
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f]")

Pieces = Iterator[bytes]


class UnpackingError(ValueError):
    """The body cannot be unpacked; the message says why."""


class DamagedError(UnpackingError):
    """The packed bytes break off or do not hold together."""


class TooLargeError(UnpackingError):
    """Unpacked, the body is larger than it may be."""


def unpacked(body: bytes, encodings: Sequence[str], max_bytes: int, *, is_cut: bool = False) -> bytes:
    """``body`` with ``encodings`` undone, the last of them first; names that are no packing are passed over.

    Bytes that are no packing at all come back as they are: some servers and crawlers unpack and leave the header.
    Raises TooLargeError past ``max_bytes`` (where ``is_cut``, the rest is left out instead) and past MAX_GROWTH times
    its size, DamagedError where the bytes break off.

    >>> import gzip
    >>> unpacked(gzip.compress(b"<p>"), ["gzip"], 100), unpacked(b"<p>", ["gzip"], 100)
    (b'<p>', b'<p>')
    """
    layers = [_UNPACKERS[name] for name in map(str.strip, map(str.lower, encodings)) if name in _UNPACKERS]
    if len(layers) > _MAX_LAYERS:
        raise DamagedError(f"packed {len(layers)} times over")
    pieces: Pieces = iter((body,))
    for unpack in reversed(layers):
        pieces = unpack(pieces)
    try:
        return b"".join(_limited(pieces, len(body), max_bytes, is_cut=is_cut))
    except DamagedError:
        if _is_plain(body):
            return b"".join(_limited(iter((body,)), len(body), max_bytes, is_cut=is_cut))
        raise


def _is_plain(body: bytes) -> bool:
    """Whether ``body`` begins as a page does: with a tag, or as text in UTF-8."""
    head = body[:_PLAIN_HEAD_BYTES]
    if _CONTROL.search(head) is not None:
        return False
    if head.lstrip().startswith(b"<"):
        return True
    try:
        return len(codecs.getincrementaldecoder("utf-8")().decode(head)) > _TEXT_CHARACTERS
    except UnicodeDecodeError:
        return False


def head_of(body: bytes, count: int) -> bytes:
    """The first ``count`` bytes of ``body``, out of the gzip where it is in one. Never raises.

    >>> import gzip
    >>> head_of(gzip.compress(b"WARC/1.0"), 4)
    b'WARC'
    """
    if not is_gzip(body):
        return body[:count]
    try:
        return zlib.decompressobj(wbits=_GZIP_FORMAT).decompress(body, count)
    except zlib.error:
        return body[:count]


def is_gzip(body: bytes) -> bool:
    """Whether ``body`` begins as gzip does."""
    return body.startswith(_GZIP_MAGIC)


def _limited(pieces: Pieces, packed_count: int, max_bytes: int, *, is_cut: bool) -> Pieces:
    count, free = 0, min(FREE_BYTES, max_bytes // 4)
    for piece in pieces:
        count += len(piece)
        if count > free and count > MAX_GROWTH * packed_count:
            raise TooLargeError(f"{packed_count:,} bytes unpack to more than {MAX_GROWTH} times as many")
        if count > max_bytes:
            if not is_cut:
                raise TooLargeError(f"more than {max_bytes:,} bytes")
            yield piece[: max_bytes - count]
            return
        yield piece


def _inflated(pieces: Pieces, wbits: int) -> Pieces:
    """What ``pieces`` of gzip or deflate hold; members of gzip one behind another are one body."""
    engine = zlib.decompressobj(wbits=wbits)
    for piece in _slices(pieces):
        rest = piece
        while True:
            if engine.eof:
                if not rest:
                    break
                if not is_gzip(rest) or wbits != _GZIP_FORMAT:
                    return  # what stands behind the end is padding
                engine = zlib.decompressobj(wbits=wbits)
            try:
                found = engine.decompress(rest, _STEP_BYTES)
            except zlib.error as error:
                raise DamagedError(str(error)) from error
            yield found
            rest = engine.unused_data if engine.eof else engine.unconsumed_tail
            if not rest and len(found) < _STEP_BYTES:
                break
    if not engine.eof:
        raise DamagedError("the packed bytes break off")


def _slices(pieces: Pieces) -> Pieces:
    """The same bytes in small pieces: what the engine leaves of one is copied at every step and every member of it."""
    for piece in pieces:
        for start in range(0, len(piece), _SLICE_BYTES):
            yield piece[start : start + _SLICE_BYTES]


def _gunzipped(pieces: Pieces) -> Pieces:
    return _inflated(pieces, _GZIP_FORMAT)


def _deflated(pieces: Pieces) -> Pieces:
    """Deflate comes with a header of two bytes, as the standard asks, or without, as some servers send it."""
    head = b""
    for piece in pieces:
        head += piece
        if len(head) >= 2:
            break
    has_header = len(head) >= 2 and head[0] & 0x0F == 8 and (head[0] << 8 | head[1]) % 31 == 0

    def whole() -> Pieces:
        yield head
        yield from pieces

    return _inflated(whole(), _ZLIB_FORMAT if has_header else _RAW_FORMAT)


def _unbrotlied(pieces: Pieces) -> Pieces:
    engine = brotli.Decompressor()
    try:
        for piece in pieces:
            yield engine.process(piece, output_buffer_limit=_STEP_BYTES)
            while not engine.can_accept_more_data():
                yield engine.process(b"", output_buffer_limit=_STEP_BYTES)
            if engine.is_finished():
                return
    except brotli.error as error:
        raise DamagedError(str(error)) from error
    if not engine.is_finished():
        raise DamagedError("the packed bytes break off")


class _PieceFile(io.RawIOBase):
    """``pieces`` as a file, for a reader that wants one."""

    def __init__(self, pieces: Pieces) -> None:
        super().__init__()
        self._pieces, self._rest = pieces, b""

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return b""
            self._rest = piece
        found, self._rest = self._rest[:size], self._rest[size:]
        return found


def _unzstandarded(pieces: Pieces) -> Pieces:
    try:
        with pa.lib.CompressedInputStream(pa.lib.PythonFile(_PieceFile(pieces), mode="r"), "zstd") as stream:
            while found := stream.read(_STEP_BYTES):
                yield found
    except (OSError, pa.lib.ArrowException) as error:
        raise DamagedError(str(error).splitlines()[0] if str(error) else "not zstd") from error


_UNPACKERS: dict[str, Callable[[Pieces], Pieces]] = {
    "gzip": _gunzipped,
    "x-gzip": _gunzipped,
    "deflate": _deflated,
    "br": _unbrotlied,
    "zstd": _unzstandarded,
}
