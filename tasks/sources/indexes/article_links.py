"""Which links of a section page are its articles: told by what the page repeats and by the form of the addresses.

Navigation, paging, side bars and attachments stand on the same page. The articles of a section are the list whose items
have one make, whose addresses have one form with numbers in it, and whose texts are headlines, most often with a day.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from tasks.sources.indexes.anchors import Anchor, is_headline, same_site

# The share of a list's items that must look like headlines: lists of people or places have one by chance.
_HEADLINE_SHARE = 0.5
_DATED_SHARE = 0.5
# A list this much shorter than the longest one of the same make is a side bar, unless its addresses have the same form.
_LEAST_OF_LONGEST = 0.2
_DIGITS = re.compile(r"\d+")
# A UUID; or letters behind digits in one word of eight characters or more: a hash or a random key, not a name with a
# number.
_HASH = re.compile(
    r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}"
    r"|(?<![0-9A-Za-z])(?=[0-9A-Za-z]{8})[0-9A-Za-z]*\d[A-Za-z][0-9A-Za-z]*"
)
_NO_PAGE = re.compile(r"\.(?:jpe?g|png|gif|webp|mp[34]|pdf|docx?|xlsx?|pptx?|zip|rar|7z|wps|et|ofd|css|js|apk)$", re.I)


@dataclass(frozen=True, slots=True)
class ArticleLinks:
    """The links that are articles, and the form of address by which they were told (None where ``follow`` told)."""

    anchors: tuple[Anchor, ...]
    form: str | None


def address_form(uri: str) -> str:
    """The address with its numbers and hashes taken out: the same for all articles that one template made.

    >>> address_form("http://x.example/zw/202403/t20240315_5512.html")
    '/zw/#/t#_#.html'
    >>> address_form("http://x.example/n/7c9e6679-7425-40de-944b-e07fc1f90ae7")
    '/n/#'
    """
    parts = urlsplit(uri)
    form = _DIGITS.sub("#", _HASH.sub("#", parts.path or "/"))
    keys = sorted({_DIGITS.sub("#", pair.split("=")[0]) for pair in parts.query.split("&") if pair})
    return form + ("?" + "&".join(keys) if keys else "")


def choose_articles(anchors: Sequence[Anchor], address: str, follow: str | None = None) -> ArticleLinks:
    """The articles among the ``anchors`` of the section page at ``address``, each once, in the order of the page.

    ``follow`` is a pattern that an article's address holds; it also allows other sites, without it the addresses stay
    on the page's own.
    """
    if follow is not None:
        pattern = re.compile(follow)
        return ArticleLinks(_each_once(one for one in anchors if pattern.search(one.uri)), None)
    lists: dict[tuple[str, str], list[Anchor]] = defaultdict(list)
    for anchor in anchors:
        if _can_be_article(anchor, address):
            lists[anchor.place, address_form(anchor.uri)].append(anchor)
    worths = {key: _worth(items) for key, items in lists.items()}
    best = max(worths, key=lambda key: (worths[key], key), default=None)
    if best is None or worths[best] <= 0:
        return ArticleLinks((), None)
    chosen = {key for key in lists if worths[key] > 0 and _belongs(key, best, lists)}
    picked = {id(one) for key in chosen for one in lists[key]}
    return ArticleLinks(_each_once(one for one in anchors if id(one) in picked), best[1])


def _belongs(key: tuple[str, str], best: tuple[str, str], lists: dict[tuple[str, str], list[Anchor]]) -> bool:
    """Whether a list is part of the section: made like the best one, or of its form of address and as well dated."""
    if key == best:
        return True
    if is_dated(lists[best]) and not is_dated(lists[key]):
        return False
    if key[0] == best[0]:
        return True
    return key[1] == best[1] and len(lists[key]) >= _LEAST_OF_LONGEST * len(lists[best])


def _worth(items: Sequence[Anchor]) -> float:
    """How much a list of links looks like the articles of a section: its headlines, twice where a day stands beside."""
    headlines = sum(is_headline(one.text) for one in items)
    dated = sum(one.listed_on is not None for one in items)
    has_number = "#" in address_form(items[0].uri) or _DIGITS.search(urlsplit(items[0].uri).query) is not None
    if headlines < _HEADLINE_SHARE * len(items) or not (has_number or dated):
        return 0.0
    return headlines + dated


def is_dated(items: Sequence[Anchor]) -> bool:
    """Whether a list prints a day beside its links."""
    return sum(one.listed_on is not None for one in items) >= max(_DATED_SHARE * len(items), 1)


def can_be_page(uri: str) -> bool:
    """Whether an address can be that of a page: neither a site's front page nor a file to be taken down."""
    path = urlsplit(uri).path
    return path not in {"", "/"} and not _NO_PAGE.search(path)


def _can_be_article(anchor: Anchor, address: str) -> bool:
    return same_site(anchor.uri, address) and anchor.uri != address and can_be_page(anchor.uri)


def _each_once(anchors: Iterable[Anchor]) -> tuple[Anchor, ...]:
    found: dict[str, Anchor] = {}
    for one in anchors:
        known = found.get(one.uri)
        if known is None or (known.listed_on is None and one.listed_on is not None):
            found[one.uri] = one
    return tuple(found.values())
