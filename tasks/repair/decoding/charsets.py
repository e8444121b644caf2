"""Bytes to text: which charset a page is in, whatever it says of itself.

Twelve of 134 real UTF-8 pages declare gb2312, and Big5 pages declare nothing: the bytes decide, a declaration only
breaks a tie. What cannot be decoded is refused with the best guess; no wrongly decoded text ever passes for a page.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from operator import itemgetter

import charset_normalizer

from tasks.records import RejectionReason
from tasks.repair.decoding.likeness import japanese_likeness, korean_likeness, likeness


@dataclass(frozen=True, slots=True)
class Decoding:
    """``text`` is None when the bytes are no text we can read: ``reason`` is then ``empty``, ``binary`` or
    ``undecodable``.

    ``charset`` is the name of the Python codec that was right, or the best guess. ``lost_count``: sequences of bytes
    that were broken and stand as U+FFFD in ``text``.
    """

    text: str | None
    charset: str | None
    reason: RejectionReason | None = None
    detail: str | None = None
    lost_count: int = 0


_BOMS = (  # UTF-32 first: its mark begins with that of UTF-16
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_MAGIC = (
    b"%PDF-", b"\x89PNG\r\n", b"GIF87a", b"GIF89a", b"\xff\xd8\xff", b"PK\x03\x04", b"\x1f\x8b", b"RIFF", b"OggS",
    b"ID3", b"\xd0\xcf\x11\xe0", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf", b"Rar!", b"\x7fELF", b"MZ\x90",
    b"\x00\x00\x01\x00", b"wOFF", b"wOF2", b"\x00\x00\x00\x18ftyp", b"\x00\x00\x00\x20ftyp", b"\x00asm", b"FLV\x01",
    b"SQLite format 3",
)  # fmt: skip

_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,30})""", re.IGNORECASE)
_HEAD_BYTES = 4096
_MOST_BROKEN = 0.001  # of all bytes: a page of 100 kB may have a hundred; more is another charset
_FEW_BROKEN = 3  # in a short page

# What browsers mean by the names; gb2312 and gbk pages hold characters that only GB18030 has.
_ALIASES = {
    "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "gb_2312-80": "gb18030", "gb18030": "gb18030",
    "cp936": "gb18030", "ms936": "gb18030", "chinese": "gb18030", "euc-cn": "gb18030", "hz-gb-2312": "hz",
    "big5": "big5hkscs", "big5-hkscs": "big5hkscs", "x-x-big5": "big5hkscs", "big5-eten": "big5hkscs",
    "cp950": "big5hkscs", "utf8": "utf-8", "unicode": "utf-8", "iso-8859-1": "cp1252", "latin1": "cp1252",
    "us-ascii": "utf-8", "ascii": "utf-8", "shift_jis": "cp932", "x-sjis": "cp932", "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
}  # fmt: skip


def decode(body: bytes, *, declared: str | None = None, media_type: str | None = None) -> Decoding:
    """The text of ``body`` and its charset, or the reason why it is none.

    ``declared``: the charset (or the whole Content-Type header) the server sent; ``media_type``: its media type.

    >>> decode("基层治理的经验".encode("gbk"), declared="utf-8").charset
    'gb18030'
    >>> decode(b"%PDF-1.7 ...").reason
    'binary'
    """
    if not body.strip(b"\x00 \t\r\n"):
        return Decoding(None, None, "empty", f"{len(body)} bytes, none of them text")
    for bom, charset in _BOMS:
        if body.startswith(bom):
            return _decode_leniently(body, charset)
    if body.startswith(_MAGIC) or (media_type or "").startswith(("image/", "audio/", "video/", "font/")):
        return Decoding(
            None, None, "binary", f"starts with {body[:8]!r}" + (f", sent as {media_type}" if media_type else "")
        )
    wide = _utf16_without_mark(body)
    if wide:
        return _decode_leniently(body, wide)
    if b"\x00" in body and body.count(b"\x00") > max(len(body) // 200, 2):
        return Decoding(None, None, "binary", f"{body.count(bytes(1))} null bytes in {len(body)}")
    if body.isascii():
        if _is_hz(body):
            return _decode_leniently(body, "hz")
        if b"\x1b$" in body:
            return _decode_iso_2022(body)
        return Decoding(body.decode("ascii"), "utf-8")
    try:
        return Decoding(body.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _decode_multibyte(body, _declarations(body, declared))


def _declarations(body: bytes, declared: str | None) -> list[str]:
    """Charsets that the server and the page name, as Python codecs, the server's first."""
    named = []
    if declared:
        match = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", declared, re.IGNORECASE)
        named.append(match.group(1) if match else declared)
    named += [match.decode("ascii") for match in _DECLARED.findall(body[:_HEAD_BYTES])]
    codecs_named = []
    for name in named:
        codec = _ALIASES.get(name.strip().lower(), name.strip().lower())
        try:
            codecs.lookup(codec)
        except LookupError:
            continue
        if codec not in codecs_named:
            codecs_named.append(codec)
    return codecs_named


def _utf16_without_mark(body: bytes) -> str | None:
    """UTF-16 without a byte order mark: markup leaves every other byte null."""
    head = body[: _HEAD_BYTES & ~1]
    if len(head) < 4 or b"\x00" not in head:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > 0.15 * half and even < 0.02 * half:
        return "utf-16-le"
    if even > 0.15 * half and odd < 0.02 * half:
        return "utf-16-be"
    return None


def _is_hz(body: bytes) -> bool:
    return re.search(rb"~\{(?:[\x21-\x7d][\x21-\x7e]){2,}~\}", body) is not None


def _decode_iso_2022(body: bytes) -> Decoding:
    for charset in ("iso2022_jp_2", "iso2022_kr"):
        try:
            return Decoding(body.decode(charset), charset)
        except UnicodeDecodeError:
            continue
    return Decoding(None, "iso2022", "undecodable", "escape sequences of an ISO 2022 charset")


def _decode_leniently(body: bytes, charset: str) -> Decoding:
    """With a charset that is certain; broken bytes become U+FFFD unless there are too many."""
    text = body.decode(charset, "replace")
    lost = text.count("\ufffd")
    if lost > max(_FEW_BROKEN, len(text) // 50):
        return Decoding(None, charset, "undecodable", f"looks like {charset}, {lost} broken characters")
    name = {"utf-8-sig": "utf-8"}.get(charset, charset)
    return Decoding(text.removeprefix("\ufeff"), name, lost_count=lost)


_CANDIDATES = ("gb18030", "big5hkscs", "euc_jp", "cp932", "cp949")
# Of the characters beyond ASCII, those common in Chinese: pages in GBK have .98 and more. Of a page that names its
# charset and reads so well in it the others are not asked: that takes longer than to decode it, and a short text whose
# characters all stand in the first half of GBK is pure hangul in the Korean charset.
_PLAINLY_AS_SAID = 0.95


def _decode_multibyte(body: bytes, declared: list[str]) -> Decoding:
    """What is not plain UTF-8: with a few broken bytes in it, or in another charset."""
    broken = _utf8_broken(body)
    if broken <= _allowed(body):
        text = body.decode("utf-8", "replace")
        return Decoding(text, "utf-8", lost_count=broken)
    scored = []
    for charset in _CANDIDATES:
        text = body.decode(charset, "replace")
        lost = text.count("\ufffd")
        if lost <= _allowed(body):
            score = _likeness(text, charset)
            scored.append((score, charset in declared, charset, text, lost))
            others = [other for other in declared if other != charset and other in _CANDIDATES]
            if not others and (score >= 1.0 or (score >= _PLAINLY_AS_SAID and charset in declared and not lost)):
                break  # none of the others can be likelier, or the page says what it plainly is
    if scored:
        # Of several that fit equally well it is the one that the page or its server names.
        score, _, charset, text, lost = max(scored, key=itemgetter(0, 1))
        if score >= _LEAST_LIKENESS:
            return Decoding(text, charset, lost_count=lost)
    mixed = _decode_by_lines(body)
    return mixed or _ask_charset_normalizer(body, declared, scored[0][2] if scored else None)


def _decode_by_lines(body: bytes) -> Decoding | None:
    """A page put together from parts in UTF-8 and in GBK, each line in one of them; None where it is no such page."""
    bytes_of = {"utf-8": 0, "gb18030": 0}
    lines = []
    for line in body.split(b"\n"):
        for charset in bytes_of:
            try:
                lines.append(line.decode(charset))
            except UnicodeDecodeError:
                continue
            bytes_of[charset] += len(line)
            break
        else:
            return None
    text = "\n".join(lines)
    if likeness(text) < _LEAST_LIKENESS_OF_MIXED:
        return None
    return Decoding(text, max(bytes_of, key=lambda charset: bytes_of[charset]))


def _allowed(body: bytes) -> int:
    return max(_FEW_BROKEN if len(body) > 200 else 0, int(len(body) * _MOST_BROKEN))


def _utf8_broken(body: bytes) -> int:
    """How many sequences of ``body`` are not UTF-8; stops counting where there are plainly too many."""
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        # Text in another charset breaks at nearly every character: a sample shows it without decoding all.
        sample = body[: 1 << 16]
        broken = sample.decode("utf-8", "replace").count("\ufffd")
        if broken > _allowed(sample) + 1 and broken > _allowed(body):
            return broken
        return body.decode("utf-8", "replace").count("\ufffd")
    return 0


_LEAST_LIKENESS = 0.35
_LEAST_LIKENESS_OF_MIXED = 0.9  # nearly any bytes can be read as GBK


def _likeness(text: str, charset: str) -> float:
    text = text.replace("\ufffd", "")
    if charset in ("euc_jp", "cp932"):
        return japanese_likeness(text)
    return korean_likeness(text) if charset == "cp949" else likeness(text)


def _ask_charset_normalizer(body: bytes, declared: list[str], guess: str | None) -> Decoding:
    best = charset_normalizer.from_bytes(body[: 1 << 18]).best()
    name = best.encoding if best is not None else None
    for charset in (name, "utf-16-le", "utf-16-be", *declared):
        if charset is None or (charset.startswith("utf") and likeness(body.decode(charset, "replace")) < 0.9):
            continue
        try:
            text = body.decode(charset)
        except (UnicodeDecodeError, LookupError):
            continue
        if charset in _CANDIDATES and _likeness(text, charset) < _LEAST_LIKENESS / 2:
            continue
        if "\x00" in text or len(re.findall("[\x01-\x08\x0e-\x1f\x7f-\x9f]", text)) > len(text) // 100:
            continue
        return Decoding(text, charset)
    best_guess = name or guess or (declared[0] if declared else "unknown")
    return Decoding(None, best_guess, "undecodable", f"best guess: {best_guess}")
