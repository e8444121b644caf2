"""The chain of one story: which article printed it first, in what order the others followed, and how they came by
it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlsplit

from tasks.records import StoryRole

_EARLIEST_TRUSTED_DAY = date(1994, 4, 20)  # China's first full connection to the internet; earlier days are defaults
_OPEN_SUFFIXES = frozenset({"com", "net", "org", "gov", "edu", "ac", "mil"})  # of com.cn, gov.cn, com.hk …
_NOT_NAME = re.compile(r"[\W_]+")
_SHORTEST_NAME = 3  # 人民 would match too much; 人民网 is a name


class Copy(NamedTuple):
    """One article of a story, as far as its place in the chain depends on it.

    ``is_holder``: a page of which the story is the lesser part. ``is_cut``: another article of the story holds it
    nearly whole and goes on.
    """

    article_id: str
    published_on: date | None = None
    published_at: datetime | None = None
    site: str | None = None
    outlet: str | None = None
    uri: str | None = None
    is_complete: bool = True
    lost_char_count: int = 0
    repair_count: int = 0
    is_holder: bool = False
    is_cut: bool = False


class Link(NamedTuple):
    """The place of an article in its chain; ``lag_days`` after the canonical article, None where a day is unknown."""

    article_id: str
    role: StoryRole
    position: int
    lag_days: int | None


def order_chain(copies: Sequence[Copy]) -> list[Link]:
    """The articles of one story in the order of their publication, the canonical one first.

    Canonical is what was published first, as far as the day can be trusted; on one day the outlet that others name, or
    that names no other, before a reprint; then the complete text before the cut, the undamaged before the repaired,
    at last the smaller id. A copy whose site others name as their source takes the story's first day where it states
    none.

    >>> chain = order_chain([
    ...     Copy("b", date(2021, 5, 2), site="明湖网", outlet="青石日报"),
    ...     Copy("a", date(2021, 5, 3), site="北岭在线", outlet="青石日报"),
    ...     Copy("c", None, site="青石日报"),
    ... ])
    >>> [(link.article_id, link.role, link.lag_days) for link in chain]
    [('c', 'original', None), ('b', 'reprint_credited', None), ('a', 'reprint_credited', None)]
    """
    days = {copy.article_id: _trusted_day(copy) for copy in copies}
    crediting = {copy.article_id: copy.outlet for copy in copies if credits_another(copy)}
    outlets = set(crediting.values())
    first_day = min((day for day in days.values() if day is not None), default=None)

    def key(copy: Copy) -> tuple[bool, date, bool, bool, float, bool, bool, int, int, str]:
        reprints = copy.article_id in crediting
        is_named = not reprints and any(same_publisher(outlet, copy.site) for outlet in outlets)
        day = days[copy.article_id]
        if day is None and is_named:
            day = first_day
        moment = copy.published_at.timestamp() if day and copy.published_at else float("inf")
        return (
            copy.is_holder,
            day or date.max,
            reprints,
            not is_named,
            moment,
            copy.is_cut or not copy.is_complete,
            copy.lost_char_count > 0,
            copy.lost_char_count,
            copy.repair_count,
            copy.article_id,
        )

    ordered = sorted(copies, key=key)
    canonical = ordered[0]
    start = days[canonical.article_id]
    return [
        Link(
            copy.article_id,
            _role(copy, canonical),
            position,
            (day - start).days if start and (day := days[copy.article_id]) else None,
        )
        for position, copy in enumerate(ordered)
    ]


def credits_another(copy: Copy) -> bool:
    """Whether the article names an outlet that is not the site it stands on.

    >>> credits_another(Copy("a", site="明湖网", outlet="青石日报"))
    True
    >>> credits_another(Copy("a", site="青石日报网", outlet="青石日报"))
    False
    """
    return bool(copy.outlet) and not same_publisher(copy.outlet, copy.site)


def same_publisher(left: str | None, right: str | None) -> bool:
    """Whether two printed names mean one publisher: equal, or one begins with the other (青石日报, 青石日报客户端)."""
    first, second = _name(left), _name(right)
    if not first or not second:
        return False
    shorter, longer = sorted((first, second), key=len)
    return shorter == longer or (len(shorter) >= _SHORTEST_NAME and longer.startswith(shorter))


def publisher_of(site: str | None, uri: str | None) -> str | None:
    """Who published an article: its site's name, else the registered domain of its address, None where neither is
    known.

    >>> publisher_of("明湖网", None), publisher_of(None, "https://www.example.cn/1")
    ('明湖网', 'example.cn')
    """
    return _name(site) or domain_of(uri)


def domain_of(uri: str | None) -> str | None:
    """The registered domain of a web address, None for a file.

    >>> domain_of("http://news.qingshi.gov.cn/a/1.html"), domain_of("https://m.example.com/2"), domain_of("page.html")
    ('qingshi.gov.cn', 'example.com', None)
    """
    if not uri or "://" not in uri:
        return None
    try:
        host = urlsplit(uri).hostname
    except ValueError:
        return None
    if not host:
        return None
    labels = host.split(".")
    if labels[-1].isdigit():
        return host
    size = 3 if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _OPEN_SUFFIXES else 2
    return ".".join(labels[-size:])


def role_alone(site: str | None, outlet: str | None) -> StoryRole:
    """The role of an article without copies: an original, unless it names another outlet as its source."""
    return "reprint_credited" if outlet and not same_publisher(outlet, site) else "original"


def _role(copy: Copy, canonical: Copy) -> StoryRole:
    if copy is not canonical and _same_house(copy, canonical):
        return "mirror"
    if credits_another(copy):
        return "reprint_credited"
    return "original" if copy is canonical else "reprint_uncredited"


def _same_house(copy: Copy, canonical: Copy) -> bool:
    if copy.site and canonical.site:
        return same_publisher(copy.site, canonical.site)
    domain = domain_of(copy.uri)
    return domain is not None and domain == domain_of(canonical.uri)


def _trusted_day(copy: Copy) -> date | None:
    day = copy.published_on
    return day if day is not None and day >= _EARLIEST_TRUSTED_DAY else None


@lru_cache(maxsize=1 << 16)  # of a million articles the sites and outlets are some thousands
def _name(printed: str | None) -> str:
    return _NOT_NAME.sub("", printed).lower() if printed else ""
