"""Tells pages from text dumps, feeds, sitemaps and WARC by what the text looks like; claims count only in doubt."""

from __future__ import annotations

import re

HTML = "text/html"
PLAIN = "text/plain"

_HEAD_CHARACTERS = 4_000
_FEED = re.compile(r"<(?:rss|feed|rdf:RDF)[\s>]", re.IGNORECASE)
_SITEMAP = re.compile(r"<(?:urlset|sitemapindex)[\s>]", re.IGNORECASE)
_DOCUMENT = re.compile(r"<(?:!doctype\s+html|html|head|body|frameset|title)\b", re.IGNORECASE)
_BLOCK_TAG = re.compile(r"</?(?:p|div|td|tr|table|br|li|ul|span|section|article|h[1-6])\b[^<>]{0,200}>", re.IGNORECASE)
# A dump may hold the odd tag as debris; a fragment of a page holds one every few lines.
_CHARACTERS_PER_TAG = 400


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
    if _DOCUMENT.search(head):
        return HTML
    if head.lstrip("\ufeff \r\n\t").startswith("<"):
        if _FEED.search(head):
            return "application/rss+xml"
        if _SITEMAP.search(head):
            return "application/sitemap+xml"
    if claimed == PLAIN:
        return HTML if _DOCUMENT.search(text) else PLAIN
    tags = sum(1 for _ in _BLOCK_TAG.finditer(text))
    if claimed in {HTML, "application/xhtml+xml"}:
        return HTML if tags else PLAIN
    return HTML if tags * _CHARACTERS_PER_TAG >= len(text) and tags else PLAIN
