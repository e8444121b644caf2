"""A section page and the pages behind it, newest first; where it shows no list itself, the list behind its frames."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from selectolax.lexbor import LexborHTMLParser

from tasks.records import Fetched
from tasks.sources.indexes.anchors import Anchor, parse_markup, read_anchors
from tasks.sources.indexes.article_links import ArticleLinks, choose_articles, is_dated
from tasks.sources.indexes.doors import read_doors
from tasks.sources.indexes.left_links import left_headlines, why_empty
from tasks.sources.indexes.listed_articles import PagedList, add_listed, failure_of, text_of
from tasks.sources.indexes.paging import next_index_page, piece_behind, piece_of_button
from tasks.sources.indexes.script_lists import read_script_lists
from tasks.sources.page_names import address_key

# A frameset stands before its frame, a page that sends on before that: what leads further is a trap.
_DEEPEST_DOOR = 3
_MOST_DOORS = 8
_NO_LIST = "no list of articles could be told on this page"


@dataclass(frozen=True)
class _IndexPage:
    """One page as it was read: ``articles`` are what it lists."""

    address: str
    text: str
    tree: LexborHTMLParser
    anchors: tuple[Anchor, ...]
    articles: ArticleLinks


@dataclass
class SectionWalk(PagedList):
    """One location of a section. ``form`` is the form of address by which its articles were told, ``notes`` say where
    the list was found when it was not on the page itself; pages in ``asked_whole`` showed no list of their own: of them
    nothing is known that a server could call unchanged.
    """

    form: str | None = None
    notes: list[str] = field(default_factory=list)
    asked_whole: set[str] = field(default_factory=set)
    _first: str = ""
    _next: str | None = None
    # The newest day of the page before: newest first, a page behind it that prints no years has no later one. Without
    # it the second January of a long list would be taken for the first.
    _until: date | None = None
    _seen: set[str] = field(default_factory=set)
    _page_count: int = 0
    _number: int = 0
    _fetches_pieces: bool = False
    # What the first page leads to without a link, with how far behind it that lies; what was found there.
    _doors: dict[str, int] = field(default_factory=dict)
    _behind_doors: list[_IndexPage] = field(default_factory=list)
    _shut: list[Fetched] = field(default_factory=list)
    _outside: list[str] = field(default_factory=list)
    _is_unchanged: bool = False
    _why: str = ""

    def __post_init__(self) -> None:
        self._next = self._first = self.location

    def wanted(self) -> list[str]:
        """The doors of the first page, else the next index page, until the limit."""
        if self._doors:
            return list(self._doors)
        return [self._next] if self._next is not None and self._page_count < self.source.max_index_pages else []

    def take(self, answer: Fetched) -> None:
        """Read one index page, and find the one behind it unless this one named nothing new."""
        self._seen.add(answer.uri)
        depth = self._doors.pop(answer.uri, 0)
        if depth == 0:
            self._next = None
            self._page_count += 1
        page = self._read(answer, depth)
        if page is not None:
            if page.articles.anchors:
                self._behind_doors.append(page)
            elif depth < _DEEPEST_DOOR and self._page_count == 1:
                self._open_doors(page, depth + 1)
        if not self._doors:
            self._settle()

    def _read(self, answer: Fetched, depth: int) -> _IndexPage | None:
        """The page that came, None where nothing did."""
        if answer.is_unchanged:
            self._is_unchanged = True
            return None
        text = text_of(answer)
        if text is None:
            # A page number too many ends the section; it is no failure of the source.
            if depth == 0 and (self._page_count == 1 or answer.reason != "http_error"):
                self.failures.append(failure_of(answer, self.source.name))
            self._shut += [failure_of(answer, self.source.name)] if depth else []
            return None
        tree = parse_markup(text)
        anchors = read_anchors(tree, answer.uri, self.today, self._until)
        links = choose_articles(anchors, answer.uri, self.source.follow)
        if not is_dated(links.anchors) and (self.source.follow is None or not links.anchors):
            scripted = read_script_lists(tree, text, answer.uri, self.today)
            drawn = choose_articles(scripted, answer.uri, self.source.follow)
            if drawn.anchors and (not links.anchors or is_dated(drawn.anchors)):
                links = drawn
                self.notes += ["a script draws the list from data in the page"] if not self.notes else []
        return _IndexPage(answer.uri, text, tree, tuple(anchors), links)

    def _open_doors(self, page: _IndexPage, depth: int) -> None:
        self.asked_whole.add(page.address)
        self._why = self._why or why_empty(page.tree, page.text, page.anchors, page.address)
        doors = read_doors(page.tree, page.address)
        fresh = [uri for uri in doors.inside if uri not in self._seen and uri not in self._doors]
        self._doors |= dict.fromkeys(fresh[:_MOST_DOORS], depth)
        self._outside += doors.outside

    def _settle(self) -> None:
        """Take the one list that was found, or say why there is none."""
        lists, self._behind_doors = self._behind_doors, []
        if len(lists) > 1:
            lists = [one for one in lists if is_dated(one.articles.anchors)] or lists
        if len(lists) == 1:
            if self._page_count == 1 and lists[0].address != self.location:
                self._first = lists[0].address
                self.notes.append(f"the list stands in {self._first}")
            if self._page_count == 1:
                left = left_headlines(lists[0].anchors, {one.uri for one in lists[0].articles.anchors}, self._first)
                self.notes += [left] if left is not None else []
            self._take_list(lists[0])
            return
        if self._page_count > 1 or self._is_unchanged or self.failures:
            return
        if lists:
            those = ", ".join(one.address for one in lists)
            detail = f"several pages behind this one show a list ({those}); give the address of the one that is meant"
        else:
            detail = f"{_NO_LIST}; {self._why}"
            if self._outside:
                detail = f"{_NO_LIST}; it leads to another site: {self._outside[0]}"
        self.asked_whole.add(self.location)
        self.failures += self._shut
        empty = Fetched(self.location, self.source.name, None, reason="section_empty", detail=detail)
        self.failures.append(empty)

    def _take_list(self, page: _IndexPage) -> None:
        anchors = page.articles.anchors
        self._until = max((one.listed_on for one in anchors if one.listed_on is not None), default=self._until)
        self.form = self.form or page.articles.form
        repeats_first = self._page_count > 1 and {one.uri for one in anchors} <= self.found.keys()
        is_new = any(address_key(one.uri) not in self.known and one.uri not in self.found for one in anchors)
        add_listed(self.found, anchors, self.source.name, page.address)
        self._number += 1
        # A pattern that counts from 2 shows the first page again as number 1: that alone is no end.
        if is_new or (self.source.next is not None and self._page_count == 2 and repeats_first):
            following = self._following(page)
            self._next = following if following not in self._seen else None

    def _following(self, page: _IndexPage) -> str | None:
        found = next_index_page(page.tree, page.text, page.address, self._first, self._number, self.source.next)
        if found is None:
            found = piece_of_button(page.tree, page.address)
            if found is None and self._fetches_pieces:
                return piece_behind(page.address, self._number)
            self._fetches_pieces = found is not None
        return found
