"""Reads robots.txt in whatever encoding it comes: a rule that cannot be read is a rule broken.

Editors on Windows put a byte order mark before the first line or save the file as UTF-16, input methods write a
full-width colon, servers pack the file without saying so or wrap it in a page; read as plain UTF-8, the rules vanish
and every page seems allowed.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

from protego import Protego

from tasks.sources.compression import TooLargeError, UnpackingError, is_gzip, unpacked

MAX_BYTES = 500_000  # what RFC 9309 asks a crawler to read at least
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What a file without a mark may be in, the likely first. The first of them in which a rule can be read counts.
_CHARSETS = ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "gb18030")
_AGENT = re.compile(r"^[^\S\n]*+user-agent\s{0,4}:", re.IGNORECASE | re.MULTILINE)
_FIELD = re.compile(r"^[^\S\n]*+([^\s:：#]{1,20}[ \t]{0,4}[:：])", re.MULTILINE)
_UNSEEN = re.compile("[\0\N{ZERO WIDTH SPACE}\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}\N{WORD JOINER}\ufeff]+")
_TAG = re.compile(r"<[^<>]{0,1000}>")


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
    if is_gzip(body):
        try:
            body = unpacked(body, ["gzip"], MAX_BYTES, is_cut=True)
        except UnpackingError:
            return ""
    for mark, name in _BOMS:
        if body.startswith(mark):
            return _plain(body[len(mark) :].decode(name, "replace"))
    found = [_plain(body.decode(name, "replace")) for name in _CHARSETS[:1]]
    for name in _CHARSETS[1:]:
        if _AGENT.search(found[-1]):
            break
        found.append(_plain(body.decode(name, "replace")))
    return found[-1] if _AGENT.search(found[-1]) else found[0]


def _plain(text: str) -> str:
    """``text`` without characters that cannot be seen, its fields as they are typed without an input method; of a page
    around it, what it shows."""
    text = _UNSEEN.sub("", text)
    if text.lstrip().startswith("<"):
        text = _TAG.sub("\n", text)
    return _FIELD.sub(lambda field: unicodedata.normalize("NFKC", field[1]), text)
