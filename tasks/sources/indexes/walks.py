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

from tasks.records import Fetched, RejectionReason
from tasks.repair.decoding.charsets import decode
from tasks.sources.indexes.anchors import Anchor, parse_markup, read_anchors
from tasks.sources.indexes.article_links import choose_articles
from tasks.sources.indexes.epapers import read_issue_page
from tasks.sources.indexes.json_lists import JsonListError, read_json_list
from tasks.sources.indexes.paging import next_index_page
from tasks.sources.page_names import address_key
from tasks.sources.source_lists import SourceEntry

# An issue has some dozens of pages; a front page that names more is a calendar of issues, or a trap.
_MOST_ISSUE_PAGES = 150


@dataclass(frozen=True, slots=True)
class ListedArticle:
    """A page that an index page names. ``listed_on`` is the day printed beside the link, ``listed_at`` the index
    page."""

    uri: str
    source: str
    title: str | None
    listed_on: date | None
    listed_at: str


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
class SectionWalk:
    """A section page and the pages behind it, newest first."""

    source: SourceEntry
    location: str
    today: date
    known: Collection[str]
    found: dict[str, ListedArticle] = field(default_factory=dict)
    failures: list[Fetched] = field(default_factory=list)
    form: str | None = None
    _next: str | None = None
    # The newest day of the page before: newest first, a page behind it that prints no years has no later one. Without
    # it the second January of a long list would be taken for the first.
    _until: date | None = None
    _seen: set[str] = field(default_factory=set)
    _page_count: int = 0
    _number: int = 0

    def __post_init__(self) -> None:
        self._next = self.location

    def wanted(self) -> list[str]:
        """The next index page, until the limit."""
        return [self._next] if self._next is not None and self._page_count < self.source.max_index_pages else []

    def take(self, answer: Fetched) -> None:
        """Read one index page, and find the one behind it unless this one named nothing new."""
        self._next, address = None, answer.uri
        self._seen.add(address)
        self._page_count += 1
        if answer.is_unchanged:
            return
        text = _text_of(answer)
        if text is None:
            self._fail(answer)
            return
        tree = parse_markup(text)
        anchors = read_anchors(tree, address, self.today, self._until)
        chosen = choose_articles(anchors, address, self.source.follow)
        self._until = max((one.listed_on for one in chosen.anchors if one.listed_on is not None), default=self._until)
        if not chosen.anchors and self._page_count == 1:
            detail = "no list of articles could be told on this page; follow = '…' names the form of their addresses"
            self.failures.append(Fetched(address, self.source.name, None, reason="section_empty", detail=detail))
        self.form = self.form or chosen.form
        repeats_first = self._page_count > 1 and {one.uri for one in chosen.anchors} <= self.found.keys()
        is_new = any(address_key(one.uri) not in self.known and one.uri not in self.found for one in chosen.anchors)
        _add(self.found, chosen.anchors, self.source.name, address)
        self._number += 1
        # A pattern that counts from 2 shows the first page again as number 1: that alone is no end.
        if is_new or (self.source.next is not None and self._page_count == 2 and repeats_first):
            following = next_index_page(tree, text, address, self.location, self._number, self.source.next)
            self._next = following if following not in self._seen else None

    def _fail(self, answer: Fetched) -> None:
        # A page number too many ends the section; it is no failure of the source.
        if self._page_count == 1 or answer.reason != "http_error":
            self.failures.append(_failure(answer, self.source.name))


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
        text = _text_of(answer)
        if text is None:
            is_missing = answer.uri == self.front and answer.reason == "http_error"
            failed = _failure(answer, self.source.name)
            detail = f"no issue of {self.day.isoformat()}: {answer.detail}"
            self.failures.append(
                Fetched(answer.uri, self.source.name, None, reason="issue_missing", detail=detail)
                if is_missing
                else failed
            )
            return
        anchors = read_anchors(parse_markup(text), answer.uri, self.day)
        links = read_issue_page(anchors, answer.uri, self.front, self.day, self.source.follow)
        for uri in links.pages:
            if uri not in self._seen and uri not in self._waiting and len(self._seen) < _MOST_ISSUE_PAGES:
                self._waiting.append(uri)
                self.found.pop(uri, None)
        articles = [one for one in links.articles if one.uri not in self._seen and one.uri not in self._waiting]
        _add(self.found, articles, self.source.name, answer.uri, self.day)

    @property
    def is_complete(self) -> bool:
        """Whether every page of the issue was read and named at least one article in all."""
        return not self._waiting and not self.failures and bool(self.found)


@dataclass
class JsonListWalk:
    """A list in JSON and the pages behind it."""

    source: SourceEntry
    location: str
    today: date
    known: Collection[str]
    found: dict[str, ListedArticle] = field(default_factory=dict)
    failures: list[Fetched] = field(default_factory=list)
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
        text = _text_of(answer)
        if text is None:
            # A page number too many ends the list; it is no failure of the source.
            if self._page_count == 1 or answer.reason != "http_error":
                self.failures.append(_failure(answer, self.source.name))
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


def _add(
    found: dict[str, ListedArticle], anchors: Iterable[Anchor], source: str, listed_at: str, day: date | None = None
) -> None:
    for one in anchors:
        found.setdefault(one.uri, ListedArticle(one.uri, source, one.text or None, day or one.listed_on, listed_at))


def _text_of(answer: Fetched) -> str | None:
    if answer.body is None:
        return None
    return decode(answer.body, declared=answer.charset, media_type=answer.media_type).text


def _failure(answer: Fetched, source: str) -> Fetched:
    reason: RejectionReason = answer.reason or "undecodable"
    return Fetched(answer.uri, source, None, answer.media_type, reason=reason, detail=answer.detail)


def in_rounds(walks: Iterable[IndexWalk]) -> Iterator[list[tuple[IndexWalk, str]]]:
    """Round after round what the walks want, each address with its walk; the caller hands the answers back between."""
    under_way = list(walks)
    while wants := [(walk, address) for walk in under_way for address in walk.wanted()]:
        yield wants
