"""Reads robots.txt in whatever encoding it comes: a rule that cannot be read is a rule broken.

Editors on Windows put a byte order mark before the first line or save the file as UTF-16; read as plain UTF-8, the
rules vanish and every page seems allowed.
"""

from __future__ import annotations

import codecs
import re

from protego import Protego

from tasks.sources.compression import TooLargeError

MAX_BYTES = 500_000  # what RFC 9309 asks a crawler to read at least
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HEAD_BYTES = 200
_AGENT = re.compile(r"^\s*user-agent\s*:", re.IGNORECASE | re.MULTILINE)


def read_rules(body: bytes) -> Protego:
    """The rules in ``body``; an empty body has none. Raises TooLargeError where it is cut and no rule is in what is
    left: of a bomb or an endless stream nobody knows what it forbids.

    >>> rules = "User-agent: *\\nDisallow: /inner/"
    >>> [read_rules(rules.encode(name)).can_fetch("/inner/1", "x") for name in ("utf-8-sig", "utf-16", "utf-16-be")]
    [False, False, False]
    """
    text = _decoded(body)
    if len(body) >= MAX_BYTES and not _AGENT.search(text):
        raise TooLargeError(f"no rule in the first {MAX_BYTES:,} bytes")
    return Protego.parse(text)


def _decoded(body: bytes) -> str:
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    # Rules are ASCII for the most part: in UTF-16 without a mark every second byte is zero.
    head = body[:_HEAD_BYTES]
    if head.count(0) * 3 > len(head):
        return body.decode("utf-16-be" if head.startswith(b"\0") else "utf-16-le", "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return body.decode("gb18030", "replace")
