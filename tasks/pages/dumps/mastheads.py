"""The masthead with which the dump of a paper's page begins: paper, day and page (第02版：乡村) hold for all its
articles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from tasks.lexicon.characters import pattern_of
from tasks.pages.lines.credits import read_credits
from tasks.pages.lines.lines import Line, is_headline, is_running
from tasks.pages.lines.paper_names import (
    LONGEST_MASTHEAD,
    bulletin_in,
    is_issue,
    journal_in,
    masthead_in,
    page_in,
    paper_in,
)
from tasks.pages.lines.publication_dates import find_date, find_day

LINES_OF_MASTHEAD = 12  # from the top of a dump; below it a page that is named is one an article speaks of
_WEEKDAY = re.compile(r"\s*[（(]?(?:星期|周)[一二三四五六日天]")
_NUMBERED_PAGE = pattern_of(
    r"(?:[A-Z]\d{1,2}|0\d)\s*(?P<name>[[:han:]·]{2,8})"
)  # without the word for a page: A05 要闻
_NUMBER_ALONE = re.compile(r"[A-Z]\d{1,2}")
_NAME_ALONE = pattern_of(r"[[:han:]·]{2,8}")
# Who issues a bulletin: 中共青石县委办公室编, 主办：青石县民政局.
_ISSUER = pattern_of(
    r"(?:(?:主办|主编|编印|编发|编辑)(?:单位)?[：:])?[[:han:]（）]{3,28}(?:[局厅委办部会]|办公室|领导小组|政府|中心)(?:主?编印?|编发|印|主办)?"
)
# 青石县广播电视台《民生一线》播出稿
_PROGRAMME = pattern_of(
    r"(?P<station>[[:han:]]{2,18}(?:[电视]台|融媒体中心|广播电视[总局]?台?))《(?P<name>[[:han:]\d]{2,12})》(?:栏目|节目)?"
    r"(?:播出|新闻|口播|解说|电视)?(?:文?稿|稿件|稿本|词|脚本|文本)"
)
LINES_OF_JOURNAL = 6  # from the top of a dump, within which a journal's name, volume and month stand
_BOXED = re.compile(r"[【\[][^【】\[\]]{2,8}[】\]]")  # a rubric alone
MOST_BESIDE_PAGE = 24  # characters of a line beside the page it names: paper, day and weekday


@dataclass(frozen=True, slots=True)
class Masthead:
    """``paper`` printed the page, which is called ``name`` and made by ``editors``; ``day`` is the line that tells
    when. Some dumps leave the paper out."""

    paper: str | None
    name: str | None
    day: str
    editors: tuple[str, ...] = ()
    is_bulletin: bool = False


def take_masthead(lines: Sequence[Line]) -> Masthead | None:
    """The masthead at the top of a dump, its lines judged; None where it names no paper and page on lines of their
    own."""
    top = [line for line in lines[:LINES_OF_MASTHEAD] if not line.kind and len(line.text) <= LONGEST_MASTHEAD]
    for read in (_on_one_line, _of_bulletin, _of_journal, _of_programme):
        found = read(lines)
        if found is not None:
            return found
    papers = {place: paper for place, line in enumerate(top) if (paper := _paper_of(line.raw)) is not None}
    pages = _pages_of(top)
    place, paper = next(iter(papers.items()), (0, None))
    others = [other for other in pages if abs(other - place) <= 3]
    if paper is None or not others:
        return _without_paper(lines)
    held = range(min(place, *others), max(place, *others) + 1)
    dated = [other for other in range(max(held.start - 1, 0), min(held.stop + 1, len(top))) if find_day(top[other].raw)]
    day = next((other for other in dated if other in held or _is_day(top[other])), None)
    taken = [place, *others, *([] if day is None else [day])]
    below = max(taken) + 1
    if below < len(top) and _names_editors(top[below]):
        taken.append(below)
    for other in taken:
        top[other].kind, top[other].reason = "metadata", "masthead of the paper's page"
    editors = [name for other in taken for name in read_credits(top[other].raw).editors]
    name = next(filter(None, pages.values()), None)
    return Masthead(paper, name, "" if day is None else top[day].raw, tuple(dict.fromkeys(editors)))


def _on_one_line(lines: Sequence[Line]) -> Masthead | None:
    """The masthead that is one line of paper and day, with its page or above everything else: elsewhere a paper and a
    day are the credits of an article."""
    top = [line for line in lines[:LINES_OF_MASTHEAD] if not line.kind]
    for line in takewhile(lambda line: not is_running(line.text), top):
        day = find_day(line.raw)
        found = masthead_in(line.raw, (day.start, day.end)) if day is not None else None
        if found is not None and (line is top[0] or page_in(line.raw) is not None):
            held = [line, *(below for below in top[top.index(line) + 1 :][:1] if _names_editors(below))]
            for each in held:
                each.kind, each.reason = "metadata", "masthead of the paper's page"
            return Masthead(*found, line.raw, tuple(name for each in held for name in read_credits(each.raw).editors))
    return None


def _of_bulletin(lines: Sequence[Line]) -> Masthead | None:
    """The masthead of a bulletin above all text: its name and its issue, who issues it and the day.

    Where no headline stands below, the name is the only title that its text has.
    """
    top = [line for line in lines[: LINES_OF_MASTHEAD + 1] if not line.kind]
    found = bulletin_in(top[0].raw) if top else None
    if found is None:
        return None
    name, has_issue = found
    held = 1
    while held < len(top) - 1 and is_issue(top[held].raw):
        held, has_issue = held + 1, True
    if not has_issue:
        return None
    day: Line | None = None
    while held < len(top) - 1 and day is None and _is_imprint(top[held]):
        day = top[held] if find_day(top[held].raw) is not None else None
        held += 1
    if not _may_be_headline(top[held]):
        return None
    for line in top[:held]:
        line.kind, line.reason = "metadata", "masthead of the bulletin"
    return Masthead(name, None, "" if day is None else day.raw, is_bulletin=True)


def _of_journal(lines: Sequence[Line]) -> Masthead | None:
    """The head of a journal's page above all text: its name, volume and issue, on one line or several."""
    open_lines = [line for line in lines[:LINES_OF_JOURNAL] if not line.kind]
    found = [journal_in(line.raw) for line in open_lines]
    held = next((place for place, head in enumerate(found) if head is None), len(found))
    heads = [head for head in found[:held] if head is not None]
    names = [head.name for head in heads if head.name]
    if len(names) != 1 or not any(head.has_issue for head in heads):
        return None
    for line in open_lines[:held]:
        line.kind, line.reason = "metadata", "head of the journal's page"
    dated = [line.raw for line in open_lines[:held] if (day := find_date(line.raw)) and day.precision != "year"]
    return Masthead(names[0], None, dated[0] if dated else "")


def _of_programme(lines: Sequence[Line]) -> Masthead | None:
    """The head of a script: the station and its programme."""
    first = next((line for line in lines if not line.kind), None)
    match = _PROGRAMME.fullmatch(first.raw.strip()) if first is not None else None
    if first is None or match is None:
        return None
    first.kind, first.reason = "metadata", "programme of a broadcast"
    return Masthead(match["station"], match["name"], "")


def _is_imprint(line: Line) -> bool:
    """Whether a line of a bulletin's head says who issues it, or when."""
    text = line.text
    if len(text) > LONGEST_MASTHEAD or is_running(text):
        return False
    return find_day(line.raw) is not None or _ISSUER.fullmatch(text) is not None


def _may_be_headline(line: Line) -> bool:
    return not is_running(line.text) and is_headline(line.text, LONGEST_MASTHEAD) and not _BOXED.fullmatch(line.text)


def _without_paper(lines: Sequence[Line]) -> Masthead | None:
    """The masthead above all text that names no paper: day, weekday and editors on the first line, or the page and its
    day on lines of their own."""
    top = [line for line in lines[:LINES_OF_MASTHEAD] if not line.kind]
    top = list(takewhile(lambda line: not is_running(line.text), top))
    day = find_day(top[0].raw) if top else None
    if day is not None and _WEEKDAY.match(top[0].raw, day.end) and (editors := read_credits(top[0].raw).editors):
        top[0].kind, top[0].reason = "metadata", "masthead of the paper's page"
        return Masthead(None, None, top[0].raw, tuple(editors))
    for number, line in enumerate(top):
        page = _page_of(line)
        if page is None or page.group() != line.raw.strip():
            continue
        dated = next((near for near in top[max(number - 3, 0) : number + 4] if _is_day(near)), None)
        if dated is not None:
            for held in (line, dated):
                held.kind, held.reason = "metadata", "masthead of the paper's page"
            return Masthead(None, page["name"], dated.raw)
    return None


def _paper_of(raw: str) -> str | None:
    """The paper that a line names, alone or before day and page."""
    paper = paper_in(raw)
    if paper is None:
        return None
    rest = raw.strip(" 《》").removeprefix(paper)
    is_alone = len(rest) <= 5
    return paper if is_alone or find_day(rest) is not None or page_in(rest) is not None else None


def _page_of(line: Line) -> re.Match[str] | None:
    page = page_in(line.raw) or _NUMBERED_PAGE.fullmatch(line.raw.strip())
    if page is None or is_running(line.text):
        return None
    return page if len(line.text) - (page.end() - page.start()) <= MOST_BESIDE_PAGE else None


def _pages_of(top: Sequence[Line]) -> dict[int, str | None]:
    """Which lines name a page of the paper, and what they call it; its number and its name may stand below each
    other."""
    pages = {place: page["name"] for place, line in enumerate(top) if (page := _page_of(line)) is not None}
    for place in range(1, len(top)):
        if _names_page(top[place - 1], top[place]):
            pages |= {place - 1: top[place].text, place: top[place].text}
    return pages


def _names_page(number: Line, name: Line) -> bool:
    """Whether two lines are the number of a page and what it is called: A06, 社区·民生."""
    return (
        _NUMBER_ALONE.fullmatch(number.raw.strip()) is not None and _NAME_ALONE.fullmatch(name.raw.strip()) is not None
    )


def _names_editors(line: Line) -> bool:
    """Whether a line says who made the page and nothing else."""
    found = read_credits(line.raw)
    return bool(found.editors) and not (found.authors or found.outlet or found.date)


def _is_day(line: Line) -> bool:
    """Whether a line is a day and at most its weekday and a link to other days."""
    day = find_day(line.raw)
    return day is not None and len(line.raw) - (day.end - day.start) <= 10 and "今天" not in line.raw
