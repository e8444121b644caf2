"""Reads robots.txt in whatever encoding it comes: a rule that cannot be read is a rule broken.

Editors on Windows put a byte order mark before the first line or save the file as UTF-16, input methods write a
full-width colon, word processors put in hyphens of their own, servers pack the file without saying so or wrap it in a
page; read as plain UTF-8, the rules vanish and every page seems allowed.
"""

from __future__ import annotations

import codecs
import html
import re
import unicodedata

from protego import Protego

from tasks.sources.compression import TooLargeError, unpacked

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
_AGENT = re.compile(r"^[^\S\n]*+user-?[ ]?agent\s{0,4}:", re.IGNORECASE | re.MULTILINE)
_LINE = re.compile(r"^[^\S\n]*+([^\s:：#][^:：#\n]{0,20}+)[:：][^\S\n]*+([^\n]*+)", re.MULTILINE)
_UNSEEN = re.compile("[\0\xad\u200b-\u200f\u202a-\u202e\u2060\ufeff]+")  # joiners, marks of direction, soft hyphens
_DASHES = dict.fromkeys(map(ord, "_‐‑‒–—−﹣"), "-")
_WIDE_SIGNS = str.maketrans("＊／", "*/")  # where a value begins; further on they are characters of a path
_OWN_ADDRESS = re.compile(r"https?://[^/\s]*+", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,1000}>")
_GZIP = b"\x1f\x8b\x08"  # with the only method that there is
_MAX_LAYERS = 2  # of gzip: a file that was packed, which the server packs again


def read_rules(body: bytes) -> Protego:
    """The rules in ``body``; an empty body has none. Raises TooLargeError where it is cut and no rule is in what is
    left (of a bomb or an endless stream nobody knows what it forbids), DamagedError where it is packed and breaks off.

    >>> rules = "User-agent: *\\nDisallow: /inner/"
    >>> [read_rules(rules.encode(name)).can_fetch("/inner/1", "x") for name in ("utf-8-sig", "utf-16", "utf-16-be")]
    [False, False, False]
    """
    text = _decoded(body)
    if len(body) >= MAX_BYTES and not _AGENT.search(text):
        raise TooLargeError(f"no rule in the first {MAX_BYTES:,} bytes")
    return Protego.parse(text)


def _decoded(body: bytes) -> str:
    for _ in range(_MAX_LAYERS):
        if body.startswith(_GZIP):
            body = unpacked(body, ["gzip"], MAX_BYTES, is_cut=True)
    for mark, name in _BOMS:
        if body.startswith(mark):
            text = _plain(body[len(mark) :].decode(name, "replace"))
            if _AGENT.search(text):
                return text
            body = body[len(mark) :]  # a mark that was put before another encoding
            break
    found = [_plain(body.decode(name, "replace")) for name in _CHARSETS[:1]]
    for name in _CHARSETS[1:]:
        if _AGENT.search(found[-1]):
            break
        found.append(_plain(body.decode(name, "replace")))
    return found[-1] if _AGENT.search(found[-1]) else found[0]


def _plain(text: str) -> str:
    """``text`` without characters that cannot be seen, its lines as they are typed without an input method; of a page
    around it, what it shows."""
    text = _UNSEEN.sub("", text)
    if text.lstrip().startswith("<"):
        text = html.unescape(_TAG.sub("\n", text))
    elif "<br" in text:
        text = _TAG.sub("\n", text)
    return _LINE.sub(_typed, "\n".join(text.splitlines()))


def _typed(line: re.Match[str]) -> str:
    """A line in the form that the rules of robots.txt have."""
    field, value = line[1].rstrip(), line[2]
    plain = unicodedata.normalize("NFKC", field).translate(_DASHES)
    if plain[:1] != field[:1]:  # typed in full width from its first letter on
        value = unicodedata.normalize("NFKC", value)
    value = value[:1].translate(_WIDE_SIGNS) + value[1:]
    if _AGENT.match(f"{plain}:"):
        value = value.partition("/")[0]  # with its version, a name is none
    elif plain.lower() == "disallow" and value and value[0] not in "/*#":
        value = "/" + _OWN_ADDRESS.sub("", value, count=1).removeprefix("/")
    return f"{plain}: {value}"
