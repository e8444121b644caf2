"""Unpacks gzip within a limit: what strangers packed may unfold to any size."""

from __future__ import annotations

import zlib

_GZIP, _GZIP_FORMAT = b"\x1f\x8b", 31


def unzipped(body: bytes, max_bytes: int) -> bytes:
    """At most ``max_bytes`` of what ``body`` holds; ``body`` as it is where it is not gzip, or broken.

    >>> import gzip
    >>> unzipped(gzip.compress(b"<urlset/>"), 100), unzipped(b"<urlset/>", 100)
    (b'<urlset/>', b'<urlset/>')
    """
    if not body.startswith(_GZIP):
        return body
    try:
        return zlib.decompressobj(wbits=_GZIP_FORMAT).decompress(body, max_bytes)
    except zlib.error:
        return body
