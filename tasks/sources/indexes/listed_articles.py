"""What index pages name: an article with what was printed beside its link."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from tasks.records import Fetched, RejectionReason
from tasks.repair.decoding.charsets import decode
from tasks.sources.indexes.anchors import Anchor
from tasks.sources.source_lists import SourceEntry


@dataclass(frozen=True, slots=True)
class ListedArticle:
    """A page that an index page names. ``listed_on`` is the day printed beside the link, ``listed_at`` the index
    page."""

    uri: str
    source: str
    title: str | None
    listed_on: date | None
    listed_at: str


@dataclass
class PagedList:
    """One ``location`` of a source, a list with pages behind it: what was ``found`` by address, what failed, and what
    earlier runs have ``known``."""

    source: SourceEntry
    location: str
    today: date
    known: Collection[str]
    found: dict[str, ListedArticle] = field(default_factory=dict)
    failures: list[Fetched] = field(default_factory=list)


def add_listed(
    found: dict[str, ListedArticle], anchors: Iterable[Anchor], source: str, listed_at: str, day: date | None = None
) -> None:
    """Add to ``found`` those of the ``anchors`` that are not in it; ``day`` is that of all, where one is known."""
    for one in anchors:
        found.setdefault(one.uri, ListedArticle(one.uri, source, one.text or None, day or one.listed_on, listed_at))


def text_of(answer: Fetched) -> str | None:
    """The text of an index page, None where it could not be had."""
    if answer.body is None:
        return None
    return decode(answer.body, declared=answer.charset, media_type=answer.media_type).text


def failure_of(answer: Fetched, source: str) -> Fetched:
    """What the ledger says of an index page that could not be had."""
    reason: RejectionReason = answer.reason or "undecodable"
    return Fetched(answer.uri, source, None, answer.media_type, reason=reason, detail=answer.detail)
