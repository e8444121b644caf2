"""A text dump read as one or more articles: which lines begin an article, which belong to it, and what the rest is."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import pairwise

from tasks.pages.drafts import Draft, tell_by_summary
from tasks.pages.dumps.article_starts import article_starts
from tasks.pages.dumps.articles import read_article
from tasks.pages.dumps.broadcast import take_cues
from tasks.pages.dumps.bulletins import items_of_bulletin
from tasks.pages.dumps.index_fields import take_index
from tasks.pages.dumps.labelled_heads import LabelledHead, take_labelled_heads
from tasks.pages.dumps.line_marks import Mark, mark_line, mark_particulars
from tasks.pages.dumps.mastheads import Masthead, take_masthead
from tasks.pages.dumps.rubrics import part_rubrics
from tasks.pages.dumps.title_lines import is_account, take_badges, title_of_path
from tasks.pages.dumps.verse import take_poem, take_post
from tasks.pages.lines.affiliations import is_affiliation
from tasks.pages.lines.bylines import paper_of_desk
from tasks.pages.lines.credits import Credits, read_credits, read_unlabelled
from tasks.pages.lines.line_patterns import LINES_OF_FOOT, stock_phrase_in_text
from tasks.pages.lines.lines import Line
from tasks.pages.lines.paper_names import bulletin_in
from tasks.pages.lines.publication_dates import ANY_DAY, PossibleDays, find_date, find_day
from tasks.pages.lines.round_ups import Item, items_of
from tasks.pages.lines.site_names import name_site
from tasks.pages.lines.stated_days import LABELLED
from tasks.pages.repetition import around_text, remove_repeated

_NUMBER_ALONE = re.compile(r"[\d,，]+(?:\.\d+)?")
# Lines around a cell in which so many others stand; a toolbar has two or three counters, none with a decimal point.
LINES_OF_TABLE, LEAST_CELLS = 8, 4
_LABELLED_TIME = re.compile(r"(?:时间|日期)[：:]")  # with the time of day, which a visit's day has none of
LINES_ABOVE_TITLE = 3  # in which labelled credits stand; further up they are those of a menu


def read_dump(lines: list[Line], *, repeated: frozenset[str], days: PossibleDays = ANY_DAY) -> list[Draft]:
    """Judge ``lines`` (markup already judged) and return the articles in the order of the page, published on one of
    ``days``."""
    if repeated:
        remove_repeated(lines, repeated, around_text(lines, repeated))
    masthead, heads = _heads_of(lines)
    index = Credits() if heads else take_index(lines)
    marks = [Mark() if place in heads else mark_line(line) for place, line in enumerate(lines)]
    _note_account(lines, marks)
    _spare_contacts(lines, marks)
    take_badges(lines)
    mark_particulars(lines, marks)
    found = _starts_of(heads) or _starts_below(masthead, lines, marks)
    starts, items = _told_apart(lines, marks, found or _start_of_short_lines(lines, marks))
    above = _credits_above(lines, marks, min((start for start, _ in starts), default=0), days)
    _remove_preamble(lines, marks, starts[0][0] if starts else len(lines))
    drafts: list[Draft] = []
    for number, (start, title) in enumerate(starts):
        end = starts[number + 1][0] if number + 1 < len(starts) else len(lines)
        head = heads.get(title) if title is not None else None
        kicker = _kicker_of(lines, head, len(drafts)) if head is not None else None
        draft = read_article(lines, marks, start, end, title, len(drafts), is_one_of_several=len(starts) > 1, days=days)
        if not draft.parts and draft.summary:
            tell_by_summary(draft, lines[start:end])
        draft.kicker = draft.kicker or kicker
        draft.rubric = draft.rubric or (head.rubric if head is not None else None)
        if draft.parts:
            item = items.get(start)
            if item is not None:
                draft.title = item.title
                draft.credits.outlet = draft.credits.outlet or item.outlet
                draft.credits.fill(above)
            elif len(starts) > 1 and draft.dateline and draft.credits.date is None:
                draft.credits.fill(above)
            elif not drafts:
                _take_credits_above(lines, marks, start, draft)
            drafts.append(draft)
            continue
        _remove_rest(lines[start:end], "nothing of an article follows", with_judged=True)
    _remove_rest(lines, "not part of an article", with_judged=False)
    _take_what_holds_for_all(lines, drafts, masthead, index)
    return drafts


def _remove_rest(lines: list[Line], reason: str, *, with_judged: bool) -> None:
    for line in lines:
        if not line.kind or (with_judged and line.kind != "removed"):
            line.article = None
            line.remove("other", reason)


def _heads_of(lines: list[Line]) -> tuple[Masthead | None, dict[int, LabelledHead]]:
    """What stands above the texts of a dump: its masthead, and the labelled heads of its articles by their title."""
    masthead = take_masthead(lines)
    part_rubrics(lines)
    take_cues(lines)
    return masthead, {head.title: head for head in take_labelled_heads(lines)}


def _start_of_short_lines(lines: list[Line], marks: list[Mark]) -> list[tuple[int, int | None]]:
    """The start of a poem or of a post of short lines, none where a dump is neither."""
    poem = take_poem(lines, marks)
    post = take_post(lines, marks) if poem is None else None
    return [(poem, poem)] if poem is not None else [(post, None)] if post is not None else []


def _starts_below(masthead: Masthead | None, lines: list[Line], marks: list[Mark]) -> list[tuple[int, int | None]]:
    if masthead is not None and masthead.is_bulletin:
        items = items_of_bulletin(lines, marks)
        if items:
            return items
    return article_starts(lines, marks, has_masthead=masthead is not None)


def _take_what_holds_for_all(lines: list[Line], drafts: list[Draft], masthead: Masthead | None, index: Credits) -> None:
    """Give ``drafts`` what the page says of all of them, and the day of a signature to those without another."""
    if drafts:
        drafts[0].title = drafts[0].title or title_of_path(lines)
        drafts[0].take_credits(index, "")
    _share_head(drafts)
    if masthead is not None:
        _take_masthead(masthead, drafts)
    site = name_site(line.raw for line in lines if line.kind in ("removed", "metadata"))
    site = site or _site_before_credits(lines) or (masthead.paper if masthead is not None else None)
    for draft in drafts:
        draft.site = site
        if draft.signed is not None and (draft.credits.date is None or draft.credits.date.on is None):
            draft.credits.date = draft.signed


def _take_masthead(masthead: Masthead, drafts: list[Draft]) -> None:
    """Give the articles of a paper's page its day, paper and name, where they do not state their own."""
    for draft in drafts:
        of_page = Credits(find_date(masthead.day), masthead.paper, editors=list(masthead.editors))
        draft.take_credits(of_page, masthead.day)
        draft.rubric = draft.rubric or masthead.name


def _starts_of(heads: dict[int, LabelledHead]) -> list[tuple[int, int | None]]:
    return [(head.start, title) for title, head in heads.items()]


def _kicker_of(lines: list[Line], head: LabelledHead, ordinal: int) -> str | None:
    """The kicker that a labelled head names beside the title, its line judged."""
    if head.kicker is None:
        return None
    line = lines[head.kicker]
    line.kind, line.article = "kicker", ordinal
    return line.text


def _take_credits_above(lines: list[Line], marks: list[Mark], start: int, draft: Draft) -> None:
    """Add what labels right above the title say of the article; a day without one, and without the paper that printed
    it, is that of the visit."""
    signed: list[str] = []
    for place in range(max(start - LINES_ABOVE_TITLE, 0), start):
        found, line = marks[place].credits, lines[place]
        is_last = all(is_affiliation(below.text) for below in lines[place + 1 : start])
        names = marks[place].byline or (marks[place].bare_names if is_last else None)
        if names and draft.credits.authors == signed and line.kind:
            line.kind, line.reason, line.article = "metadata", "byline", draft.ordinal
            signed = list(dict.fromkeys([*signed, *names]))
            draft.credits.authors = list(signed)
        if found is None or line.kind != "metadata":
            continue
        paper = paper_of_desk(line.raw)
        is_said = found.date is not None and (
            found.date.rank == LABELLED
            or bool(paper or found.outlet or found.account)
            or (found.date.at is not None and _LABELLED_TIME.search(line.raw) is not None)
        )
        outlet = found.outlet or paper or found.account
        named = Credits(found.date if is_said else None, None if draft.credits.outlet else outlet)
        named.authors = [] if draft.credits.authors else found.authors
        named.editors = [] if draft.credits.editors else found.editors
        draft.take_credits(named, line.raw)


def _note_account(lines: list[Line], marks: list[Mark]) -> None:
    """Give the moment of a post the account that stands above it, at the top of the dump."""
    first = next((place for place, line in enumerate(lines) if not line.kind), None)
    if first is None or not is_account(lines, first) or not _is_headed(lines[first + 2 :]):
        return
    posted = marks[first + 1].credits or read_credits(lines[first + 1].raw)
    posted.account = lines[first].text
    marks[first + 1].credits = posted
    lines[first].kind, lines[first].reason = "metadata", "the account that posted the article"


def _is_headed(lines: list[Line]) -> bool:
    """Whether the next line is a headline in brackets, as posts have it."""
    return next((line.text.startswith("【") for line in lines if not line.kind), False)


def _spare_contacts(lines: list[Line], marks: list[Mark]) -> None:
    """Take the rule from lines that say whom to call or who holds a meeting, unless the foot of the site follows."""
    numbers = [place for place, line in enumerate(lines) if not line.kind and _NUMBER_ALONE.fullmatch(line.text)]
    cells = _cells_of_tables(lines, numbers)
    for index, mark in enumerate(marks):
        if index in cells:
            mark.rule = None
        elif mark.rule is not None and mark.rule.is_of_texts:
            texts = [line.text for line in lines[index : index + 1 + LINES_OF_FOOT] if not line.kind]
            mark.rule = stock_phrase_in_text(texts)


def _cells_of_tables(lines: list[Line], numbers: list[int]) -> set[int]:
    """Which of the lines that are ``numbers`` alone are cells of a table laid flat, and no counters of a toolbar."""
    found: set[int] = set()
    for place in numbers:
        begin, end = bisect_left(numbers, place - LINES_OF_TABLE), bisect_right(numbers, place + LINES_OF_TABLE)
        near = [lines[other].text for other in numbers[begin:end]]
        if len(near) >= LEAST_CELLS and any("." in text or len(text) >= 4 for text in near):
            found.add(place)
    return found


def _told_apart(
    lines: list[Line], marks: list[Mark], starts: list[tuple[int, int | None]]
) -> tuple[list[tuple[int, int | None]], dict[int, Item]]:
    """``starts`` with those of round-ups replaced by the starts of their items, and the items by their start."""
    found: list[tuple[int, int | None]] = []
    named: dict[int, Item] = {}
    for number, (start, title) in enumerate(starts):
        end = starts[number + 1][0] if number + 1 < len(starts) else len(lines)
        items = items_of(lines, start if title is None else title + 1, end, _authors_of(marks[start:end]))
        if not items or any(item.headline is None for item in items[1:]):
            found.append((start, title))
            continue
        for item in items:
            if item.headline is None:
                found.append((start, title))
            else:
                found.append((item.start, item.headline))
                named[item.start] = item
    return found, named


def _authors_of(marks: list[Mark]) -> frozenset[str]:
    """Who the first line of credits says wrote the article."""
    first = next((mark.credits for mark in marks if mark.credits is not None), None)
    return frozenset(first.authors) if first is not None else frozenset()


def _credits_above(lines: list[Line], marks: list[Mark], end: int, days: PossibleDays) -> Credits:
    """What the lines above the first item of a round-up say of all of them: the day and the outlet."""
    page = Draft(days=days)
    for line, mark in zip(lines[:end], marks[:end], strict=True):
        if mark.credits is not None:
            stated = read_unlabelled(line.raw, mark.credits)
            page.take_credits(Credits(date=stated.date, outlet=stated.outlet), line.raw)
    return page.credits


def _share_head(drafts: list[Draft]) -> None:
    """A brief without a rubric of its own stands under that of the brief before it; day and outlet are the page's."""
    for before, draft in pairwise(drafts):
        if draft.rubric is None and draft.dateline and before.dateline:
            draft.rubric = before.rubric
        if draft.dateline and draft.credits.date is None:
            draft.credits.fill(Credits(date=before.credits.date, outlet=before.credits.outlet))
    bulletin = bulletin_in(drafts[0].title) if drafts and drafts[0].title else None
    if bulletin is not None and bulletin[1]:
        for draft in drafts[1:]:
            draft.credits.fill(Credits(date=drafts[0].credits.date, outlet=drafts[0].credits.outlet))


def _remove_preamble(lines: list[Line], marks: list[Mark], end: int) -> None:
    for line, mark in zip(lines[:end], marks[:end], strict=True):
        if line.kind:
            continue
        if mark.rule and mark.rule.kind != "metadata":
            line.remove(mark.rule.kind, mark.rule.reason)
        elif mark.credits or mark.byline or is_affiliation(line.text):
            line.kind, line.reason = "metadata", "credits above the title"
        else:
            line.remove("navigation", "stands above the title of the first article")


def _site_before_credits(lines: list[Line]) -> str | None:
    """The name before the date of the credits line, where the page prints it as a line of its own as well."""
    alone = {line.text for line in lines if len(line.text) <= 16}
    for line in lines:
        if line.kind == "metadata":
            head = re.split(r"\s+|时间|发布|\d{4}", line.raw.strip())[0]
            if head in alone and len(line.text) > len(head) + 6 and find_day(line.raw):
                return head
    return None
