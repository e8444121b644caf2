"""A source that names pages, walked index page by index page: what to ask for next, and what was named.

A walk asks for nothing itself: the caller fetches what a walk wants (all walks together, hosts side by side) and hands
the answers back. So a walk is a plain function of the answers, and a test needs no network.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Protocol, assert_never
from urllib.parse import urljoin

from tasks.records import Fetched
from tasks.sources.indexes.anchors import parse_markup, read_anchors
from tasks.sources.indexes.doors import read_doors
from tasks.sources.indexes.epapers import is_of_issue, read_issue_page
from tasks.sources.indexes.json_lists import JsonListError, read_json_list
from tasks.sources.indexes.listed_articles import ListedArticle, PagedList, add_listed, failure_of, text_of
from tasks.sources.indexes.section_walks import SectionWalk
from tasks.sources.page_names import address_key
from tasks.sources.source_lists import SourceEntry

# An issue has some dozens of pages; a front page that names more is a calendar of issues, or a trap.
_MOST_ISSUE_PAGES = 150


class IndexWalk(Protocol):
    """One location of one source under way."""

    source: SourceEntry
    found: dict[str, ListedArticle]
    failures: list[Fetched]

    def wanted(self) -> list[str]:
        """Addresses to ask for now; none when the walk is over."""

    def take(self, answer: Fetched) -> None:
        """The answer to one address that was wanted."""


def plan_walks(source: SourceEntry, today: date, known: Collection[str], issues: Collection[str]) -> list[IndexWalk]:
    """The walks of a source of kind ``section``, ``epaper`` or ``api``; none for the other kinds.

    ``known`` are the keys of addresses that need not be asked for (``tasks.sources.page_names``), ``issues`` the front
    pages of e-paper issues that are complete. A section is walked until a page of it names nothing that is not known.
    """
    match source.kind:
        case "section":
            return [SectionWalk(source, location, today, known) for location in source.locations]
        case "api":
            return [JsonListWalk(source, location, today, known) for location in source.locations]
        case "epaper":
            days = [today - timedelta(days=back) for back in range(source.days)]
            fronts = ((source.on_day(location, day), day) for location in source.locations for day in days)
            return [IssueWalk(source, front, day) for front, day in fronts if front not in issues]
        case "page" | "feed" | "sitemap":
            return []
        case _:
            assert_never(source.kind)


@dataclass
class IssueWalk:
    """The issue of one day of an e-paper."""

    source: SourceEntry
    front: str
    day: date
    found: dict[str, ListedArticle] = field(default_factory=dict)
    failures: list[Fetched] = field(default_factory=list)
    _waiting: list[str] = field(default_factory=list)
    _seen: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._waiting = [self.front]

    def wanted(self) -> list[str]:
        """The pages of the issue that were named and not yet read."""
        return list(self._waiting)

    def take(self, answer: Fetched) -> None:
        """Read one page of the issue."""
        self._waiting.remove(answer.uri)
        self._seen.add(answer.uri)
        text = text_of(answer)
        if text is None:
            is_missing = answer.uri == self.front and answer.reason == "http_error"
            failed = failure_of(answer, self.source.name)
            detail = f"no issue of {self.day.isoformat()}: {answer.detail}"
            self.failures.append(
                Fetched(answer.uri, self.source.name, None, reason="issue_missing", detail=detail)
                if is_missing
                else failed
            )
            return
        tree = parse_markup(text)
        links = read_issue_page(
            read_anchors(tree, answer.uri, self.day), answer.uri, self.front, self.day, self.source.follow
        )
        pages = links.pages
        if not pages and not links.articles:
            doors = read_doors(tree, answer.uri).inside
            pages = tuple(uri for uri in doors if is_of_issue(uri, self.front, self.day))
        for uri in pages:
            if uri not in self._seen and uri not in self._waiting and len(self._seen) < _MOST_ISSUE_PAGES:
                self._waiting.append(uri)
                self.found.pop(uri, None)
        articles = [one for one in links.articles if one.uri not in self._seen and one.uri not in self._waiting]
        add_listed(self.found, articles, self.source.name, answer.uri, self.day)

    @property
    def is_complete(self) -> bool:
        """Whether every page of the issue was read and named at least one article in all."""
        return not self._waiting and not self.failures and bool(self.found)


@dataclass
class JsonListWalk(PagedList):
    """A list in JSON and the pages behind it."""

    _next: str | None = None
    _page_count: int = 0

    def __post_init__(self) -> None:
        self._next = self.location

    def wanted(self) -> list[str]:
        """The next page of the list, until the limit."""
        return [self._next] if self._next is not None and self._page_count < self.source.max_index_pages else []

    def take(self, answer: Fetched) -> None:
        """Read one page of the list."""
        self._next = None
        self._page_count += 1
        if answer.is_unchanged:
            return
        text = text_of(answer)
        if text is None:
            # A page number too many ends the list; it is no failure of the source.
            if self._page_count == 1 or answer.reason != "http_error":
                self.failures.append(failure_of(answer, self.source.name))
            return
        source = self.source
        try:
            items = read_json_list(
                text, answer.uri, source.items, source.address or "", source.title, source.day, self.today
            )
        except JsonListError as error:
            failed = Fetched(answer.uri, source.name, None, reason="section_empty", detail=str(error))
            self.failures.append(failed)
            return
        is_new = any(address_key(item.uri) not in self.known and item.uri not in self.found for item in items)
        for item in items:
            listed = ListedArticle(item.uri, source.name, item.title, item.listed_on, answer.uri)
            self.found.setdefault(item.uri, listed)
        if is_new and source.next is not None:
            self._next = urljoin(self.location, source.next.replace("{n}", str(self._page_count + 1)))


def in_rounds(walks: Iterable[IndexWalk]) -> Iterator[list[tuple[IndexWalk, str]]]:
    """Round after round what the walks want, each address with its walk; the caller hands the answers back between."""
    under_way = list(walks)
    while wants := [(walk, address) for walk in under_way for address in walk.wanted()]:
        yield wants
