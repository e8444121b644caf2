"""An issue of an e-paper: its front page names the other pages of the issue, each page names its articles.

Links to articles stand in image maps over the picture of the page and in title lists beside it; links to pages say
第02版 or have the front page's form of address. Both carry the day of the issue, or lie in the front page's folder.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urljoin, urlsplit

from tasks.lexicon.characters import pattern_of
from tasks.sources.indexes.anchors import Anchor, same_site
from tasks.sources.indexes.article_links import address_form, can_be_page

# 第02版：要闻, A3版, 02：民生; a title of an article may begin with a number too (3名网格员 …), so a mark must follow; or a
# short name behind a letter or a nought (A01 要闻).
_PAGE_LABEL = pattern_of(
    r"^\W*(?:(?:第\s*)?[A-Z]?\s*[\d[:one_to_ten:]]{1,3}\s*(?:版|[:：]|$)|(?:[A-Z]\d{1,3}|0\d)\s+\S{2,6}$)",
    re.IGNORECASE,
)
_DAY_IN_ADDRESS = "%Y%m%d"


@dataclass(frozen=True, slots=True)
class IssueLinks:
    """What one page of an issue names: further ``pages`` of the issue, and ``articles``, each once, in order."""

    pages: tuple[str, ...]
    articles: tuple[Anchor, ...]


def read_issue_page(
    anchors: Sequence[Anchor], address: str, front: str, day: date, follow: str | None = None
) -> IssueLinks:
    """Tell pages from articles among the links of the page at ``address`` of the issue of ``day`` that begins at
    ``front``.

    ``follow`` is a pattern that an article's address holds. Other days' issues, other sites and files are neither.
    """
    pattern = re.compile(follow) if follow is not None else None
    pages: dict[str, None] = {}
    articles: dict[str, Anchor] = {}
    front_form = address_form(front)
    for anchor in anchors:
        if anchor.uri in {address, front} or not can_be_page(anchor.uri):
            continue
        if pattern is not None and pattern.search(anchor.uri):
            _add(articles, anchor)
        elif not same_site(anchor.uri, front) or not is_of_issue(anchor.uri, front, day):
            continue
        elif address_form(anchor.uri) == front_form or (not anchor.is_area and _PAGE_LABEL.match(anchor.text)):
            pages.setdefault(anchor.uri)
        elif pattern is None:
            _add(articles, anchor)
    for uri in pages:
        articles.pop(uri, None)
    return IssueLinks(tuple(pages), tuple(articles.values()))


def _add(articles: dict[str, Anchor], anchor: Anchor) -> None:
    known = articles.get(anchor.uri)
    if known is None or len(anchor.text) > len(known.text):
        articles[anchor.uri] = anchor


def is_of_issue(uri: str, front: str, day: date) -> bool:
    """Whether an address carries the day of the issue, or lies in the front page's folder where that carries none."""
    written = day.strftime(_DAY_IN_ADDRESS)
    if written in _digits(front):
        return written in _digits(uri)
    return uri.startswith(urljoin(front, "."))


def _digits(uri: str) -> str:
    parts = urlsplit(uri)
    return re.sub(r"[^0-9?]", "", f"{parts.path}?{parts.query}")
