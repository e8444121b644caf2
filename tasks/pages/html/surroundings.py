"""The lines around the body of an HTML page: credits of the article, its rubric and summary, and the furniture of the
site."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from tasks.lexicon.characters import pattern_of
from tasks.pages.drafts import Draft
from tasks.pages.html.body_element import asides_of
from tasks.pages.html.body_lines import is_lead
from tasks.pages.html.credit_lines import with_label
from tasks.pages.html.markup import Markup
from tasks.pages.lines.bylines import read_byline
from tasks.pages.lines.credits import MEDIA_NAME, Credits, read_credits, read_unlabelled
from tasks.pages.lines.line_patterns import stock_phrase
from tasks.pages.lines.lines import Line, han_count, is_running
from tasks.pages.lines.personal_names import read_bare_names
from tasks.pages.lines.publication_dates import PublicationDate
from tasks.pages.lines.stated_days import EDITED, LABELLED, PLAIN
from tasks.pages.lines.summaries import lead_of, read_summary
from tasks.records import RemovedKind

LINES_ABOVE, LINES_BESIDE_TITLE = 30, 7  # credits stand within so many lines above a body, above a title
LINES_AT_HEAD = 8  # of a body, where it holds title and credits as well
LINES_BELOW = 12  # credits, pagers and buttons that belong to the article stand within these below its body
LONGEST_CREDIT = 120  # characters

_AUTHOR_HINT = re.compile(r"(?:^|[ _-])(?:author|byline|writer|reporter|zuozhe)(?:[ _-]|$)")
_ACCOUNT_HINT = re.compile(r"(?:^|[ _-])(?:name|nick-?name|account|media|source|from)(?:[ _-]|$)")
LONGEST_ACCOUNT = 14  # characters
_TODAY = re.compile(r"今天是|现在是")
_DAY_OF_ARTICLE = re.compile(r"时间|日期|发布|刊发|更新|(?:编辑|发表|修改)于")
_RUBRIC_HINT = re.compile(r"(?:^|[ _-])(?:rubric|column-?name|lanmu|section-?name|kicker-label|eyebrow)(?:[ _-]|$)")


@dataclass(frozen=True, slots=True)
class Place:
    """Where the article stands among the lines: its body from ``first`` to ``end``, the last line of its title."""

    first: int
    end: int
    title_index: int | None
    dates_below: bool  # forums print the day of a post below it
    above: int = LINES_BESIDE_TITLE  # lines above the title that may hold credits

    @property
    def head(self) -> int:
        return self.title_index if self.title_index is not None else max(0, self.first - LINES_ABOVE)

    def around(self, line_count: int) -> Iterable[int]:
        """The lines that may hold credits: between title and body, above the title, below the body."""
        yield from range(self.head, self.first)
        yield from range(self.head - 1, max(self.head - self.above, -1), -1)
        yield from range(self.end, min(self.end + LINES_BELOW, line_count))


def stated_above(lines: Sequence[Line], title_index: int | None, first: int, draft: Draft) -> PublicationDate | None:
    """The day that the page prints between title and body, or with a label near above it or at its head."""
    head = title_index if title_index is not None else max(0, first - LINES_ABOVE)
    best: PublicationDate | None = None
    for index in range(head, max(head, first) + LINES_AT_HEAD):
        if index >= len(lines) or is_running(lines[index].text):
            if index >= first:
                break
            continue
        if lines[index].kind or len(lines[index].text) > LONGEST_CREDIT:
            continue
        raw = with_label(lines, index)
        stated = read_credits(raw)
        found = draft.possible(stated.date, raw)
        if found is None or found.on is None:
            continue
        is_plain = found.rank == PLAIN and not stated.outlet and found.at is None
        if is_plain and (title_index is None or index >= first):
            continue
        if best is None or found.rank > best.rank:
            best = found
    return best


def judge_rest(
    markup: Markup,
    lines: list[Line],
    span: tuple[int, int],
    title_index: int | None,
    draft: Draft,
    *,
    dates_below: bool,
) -> None:
    """Judge what stands outside the body's ``span``. ``dates_below``: forums print the day of a post below it."""
    place = Place(*span, title_index, dates_below)
    place = replace(place, above=_lines_of_index(lines, place.head))
    for index in place.around(len(lines)):
        line = lines[index]
        if line.kind or place.first <= index < place.end or len(line.text) > LONGEST_CREDIT:
            continue
        if index == title_index:
            line.kind, line.article = "title", 0
        elif not (index < place.first and _take_label(markup, line, index, draft)):
            _take_credits(markup, lines, index, place, draft)
    _remove_others(markup, lines, title_index)


def _lines_of_index(lines: Sequence[Line], head: int) -> int:
    """How many lines above ``head`` may hold credits: more where they are the cells of an index of the document."""
    above = 1
    while above < LINES_ABOVE and above <= head and lines[head - above].tag in ("td", "th"):
        above += 1
    return max(above, LINES_BESIDE_TITLE)


def _take_label(markup: Markup, line: Line, index: int, draft: Draft) -> bool:
    """Whether a line above the text is its rubric or its summary."""
    if not draft.rubric and _is_rubric(markup, line):
        line.kind, line.article, draft.rubric = "rubric", 0, line.text
        return True
    summary = read_summary(line.text) if not draft.summary else None
    if summary or (not draft.summary and is_running(line.text) and is_lead(markup, index, -1)):
        line.kind, line.article = "summary", 0
        draft.summary = summary or lead_of(line.text)
        return True
    return False


def _take_credits(markup: Markup, lines: list[Line], index: int, place: Place, draft: Draft) -> None:
    line = lines[index]
    raw = with_label(lines, index)
    found = read_unlabelled(raw, read_credits(raw), draft.site)
    is_labelled = found.date is not None and found.date.rank == LABELLED
    if is_running(line.text) and len(line.text) > 50 and not is_labelled:
        return
    if found.date and _TODAY.search(raw):
        found.date = None
    if found.is_empty:
        is_above = index < place.first
        names = read_byline(line.raw) or (_signed_names(markup, line, index, place.head) if is_above else None)
        if names:
            found = Credits(authors=names)
    if found.date and index >= place.end:
        if found.date.rank == EDITED:
            draft.signed = draft.signed or draft.possible(
                found.date, raw
            )  # of a later edit, unless nothing else is stated
            found.date = None
        elif not place.dates_below and not _DAY_OF_ARTICLE.search(line.text):
            found.date = None
    if found.is_empty or (found.date and found.date.on is None and found.outlet is None and not found.authors):
        return
    if found.date is not None and index < place.first and not found.outlet:
        found.account = _account_above(markup, lines, index, draft)
    draft.take_credits(found, raw)
    line.kind, line.reason = "metadata", "credits around the article"


def _account_above(markup: Markup, lines: list[Line], index: int, draft: Draft) -> str | None:
    """The account that an app names right above the day, in an element called after it, and again elsewhere."""
    above = lines[index - 1] if index else None
    if above is None or above.kind or not 3 <= len(above.text) <= LONGEST_ACCOUNT or han_count(above.text) < 3:
        return None
    is_named = _ACCOUNT_HINT.search(markup.elements.hints_of(above.element)) is not None
    is_again = any(line is not above and line.text.startswith(above.text) for line in lines)
    if not is_named or not (is_again or MEDIA_NAME.search(above.text)):
        return None
    above.kind, above.reason, above.article = "metadata", "the account that posted the article", draft.ordinal
    return above.text


def _is_rubric(markup: Markup, line: Line) -> bool:
    """Whether a label above the text stands in an element called after the column."""
    hints = markup.elements.hints_of(line.element)
    return (
        bool(_RUBRIC_HINT.search(hints) and pattern_of(r"[[:han:]·]{2,10}").fullmatch(line.text))
        and line.link_share < 0.5
    )


def _signed_names(markup: Markup, line: Line, index: int, title_index: int) -> list[str] | None:
    """The names in a line above the text that stands right below the title, or in an element called after its
    author."""
    names = read_bare_names(line.raw)
    hints = markup.elements.hints_of(line.element)
    if not names or _AUTHOR_HINT.search(hints):
        return names
    is_below = title_index < index <= title_index + 3
    return names if is_below and all(len(name) > 2 for name in names) else None


def _remove_others(markup: Markup, lines: list[Line], title_index: int | None) -> None:
    around: list[
        tuple[RemovedKind, str] | None
    ] = []  # what each element is by its own name or by the nearest around it
    for parent, aside in zip(markup.elements.parents, asides_of(markup), strict=True):
        around.append(aside if aside is not None or parent < 0 else around[parent])
    around.append(None)  # of lines outside all elements, whose element is -1
    for index, line in enumerate(lines):
        if line.kind:
            continue
        if index == title_index:
            line.kind, line.article = "title", 0
            continue
        rule = stock_phrase(line.text) if line.link_share < 0.9 else None
        if rule is not None and rule.kind != "metadata":
            line.remove(rule.kind, rule.reason)
            continue
        found_kind = around[line.element]
        if found_kind is not None:
            line.remove(*found_kind)
        elif line.link_share >= 0.5:
            line.remove("navigation", "a link outside the article")
        else:
            line.remove("other", "outside the part of the page that holds the article")
