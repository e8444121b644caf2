"""Tells pages from text dumps, feeds, sitemaps and WARC by what the text looks like; claims count only in doubt."""

from __future__ import annotations

import re

HTML = "text/html"
PLAIN = "text/plain"

_HEAD_CHARACTERS = 4_000
FEED = "application/rss+xml"
SITEMAP = "application/sitemap+xml"

_ROOT = re.compile(r"<(?:\w{1,20}:)?(?:(?P<feed>rss|feed|RDF)|(?P<sitemap>urlset|sitemapindex))[\s/>]", re.IGNORECASE)
_WHITE = re.compile(r"[\ufeff\s\x00]*")
_SUBSET = re.compile(r"""\[(?:"[^"]*+"|'[^']*+'|[^"'\]])*+\]\s*+>""")
_PROLOG_PARTS = 50  # declarations, comments and style sheets before the first element; a handful is usual
_DOCUMENT = re.compile(r"<(?:!doctype\s+html|html|head|body|frameset|title)\b", re.IGNORECASE)
_BLOCK_TAG = re.compile(r"</?(?:p|div|td|tr|table|br|li|ul|span|section|article|h[1-6])\b[^<>]{0,200}>", re.IGNORECASE)
# A dump may hold the odd tag as debris; a fragment of a page holds one every few lines.
_CHARACTERS_PER_TAG = 400


def names_pages(head: str) -> str | None:
    """The media type of a feed (any kind) or sitemap that begins with ``head``; None where it is something else.

    >>> names_pages('<?xml version="1.0"?><rss version="2.0"><channel><title>')
    'application/rss+xml'
    """
    root = _ROOT.match(head, _root_start(head))
    if root is None:
        return None
    return FEED if root["feed"] else SITEMAP


def _root_start(head: str) -> int:
    """Where the first element begins: behind the declaration, comments, style sheets and a document type, the list of
    entities in it included."""
    position = 0
    for _ in range(_PROLOG_PARTS):
        white = _WHITE.match(head, position)
        position = white.end() if white else position
        if head.startswith("<!--", position):
            end = head.find("-->", position)
            stop = end + 3
        elif head.startswith(("<?", "<!"), position):
            end = head.find(">", position)
            subset = head.find("[", position, end) if head.startswith("<!", position) else -1
            closing = _SUBSET.match(head, subset) if subset >= 0 else None
            stop = closing.end() if closing else end + 1
        else:
            return position
        if end < 0:
            return len(head)
        position = stop
    return len(head)


def sniff_media_type(text: str, claimed: str | None) -> str:
    """The media type of decoded ``text``: ``text/html``, ``text/plain``, ``application/rss+xml`` (any feed),
    ``application/sitemap+xml`` or ``application/warc``.

    >>> sniff_media_type("<p>某县推行网格化管理。</p>", None)
    'text/html'
    >>> sniff_media_type("某县推行网格化管理。", "text/html")
    'text/plain'
    """
    head = text[:_HEAD_CHARACTERS]
    if head.startswith("WARC/1."):
        return "application/warc"
    if (named := names_pages(head)) is not None:
        return named
    if _DOCUMENT.search(head):
        return HTML
    if claimed == PLAIN:
        return HTML if _DOCUMENT.search(text) else PLAIN
    tags = sum(1 for _ in _BLOCK_TAG.finditer(text))
    if claimed in {HTML, "application/xhtml+xml"}:
        return HTML if tags else PLAIN
    return HTML if tags * _CHARACTERS_PER_TAG >= len(text) and tags else PLAIN
