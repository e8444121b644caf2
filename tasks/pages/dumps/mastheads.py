"""The masthead with which the dump of a paper's page begins: paper, day and page (第02版：乡村) hold for all its
articles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from tasks.lexicon.characters import pattern_of
from tasks.pages.lines.credits import read_credits
from tasks.pages.lines.lines import Line, is_running
from tasks.pages.lines.paper_names import LONGEST_MASTHEAD, masthead_in, page_in, paper_in
from tasks.pages.lines.publication_dates import find_day

LINES_OF_MASTHEAD = 12  # from the top of a dump; below it a page that is named is one an article speaks of
_WEEKDAY = re.compile(r"\s*[（(]?(?:星期|周)[一二三四五六日天]")
_NUMBERED_PAGE = pattern_of(
    r"(?:[A-Z]\d{1,2}|0\d)\s*(?P<name>[[:han:]·]{2,8})"
)  # without the word for a page: A05 要闻
# What an office sends round, and its issue on the line below: 青石政法简报, 第14期（总第203期）.
_BULLETIN = pattern_of(r"《?(?P<name>[[:han:]]{2,14}(?:简报|专报|快报|信息|动态|内参|通讯|参考))》?")
_ISSUE = pattern_of(
    r"[（(\[【]?(?:20\d{2}年)?第?\s*[\d[:one_to_ten:]]{1,4}\s*期(?:\s*[（(]?总第?\s*\d{1,4}\s*期[）)]?)?[）)\]】]?"
)
MOST_BESIDE_PAGE = 24  # characters of a line beside the page it names: paper, day and weekday


@dataclass(frozen=True, slots=True)
class Masthead:
    """``paper`` printed the page, which is called ``name`` and made by ``editors``; ``day`` is the line that tells
    when. Some dumps leave the paper out."""

    paper: str | None
    name: str | None
    day: str
    editors: tuple[str, ...] = ()


def take_masthead(lines: Sequence[Line]) -> Masthead | None:
    """The masthead at the top of a dump, its lines judged; None where it names no paper and page on lines of their
    own."""
    top = [line for line in lines[:LINES_OF_MASTHEAD] if not line.kind and len(line.text) <= LONGEST_MASTHEAD]
    alone = _on_one_line(lines) or _of_bulletin(top)
    if alone is not None:
        return alone
    papers = {place: paper for place, line in enumerate(top) if (paper := _paper_of(line.raw)) is not None}
    pages = {place: page["name"] for place, line in enumerate(top) if (page := _page_of(line)) is not None}
    if not papers or not pages:
        return _without_paper(lines)
    place, paper = next(iter(papers.items()))
    others = [other for other in pages if abs(other - place) <= 3]
    if not others:
        return _without_paper(lines)
    held = range(min(place, *others), max(place, *others) + 1)
    dated = [other for other in range(max(held.start - 1, 0), min(held.stop + 1, len(top))) if find_day(top[other].raw)]
    day = next((other for other in dated if other in held or _is_day(top[other])), None)
    for other in {place, *others, *([] if day is None else [day])}:
        top[other].kind, top[other].reason = "metadata", "masthead of the paper's page"
    editors = [name for other in (place, *others) for name in read_credits(top[other].raw).editors]
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
            line.kind, line.reason = "metadata", "masthead of the paper's page"
            return Masthead(*found, line.raw, tuple(read_credits(line.raw).editors))
    return None


def _of_bulletin(top: Sequence[Line]) -> Masthead | None:
    """The masthead of a bulletin above all text: its name, its issue right below, who issues it and the day."""
    if len(top) < 3:
        return None
    name, issue = _BULLETIN.fullmatch(top[0].raw.strip()), _ISSUE.fullmatch(top[1].raw.strip())
    if name is None or issue is None:
        return None
    dated = find_day(top[2].raw) is not None and len(top[2].text) <= LONGEST_MASTHEAD and not is_running(top[2].text)
    for line in top[: 3 if dated else 2]:
        line.kind, line.reason = "metadata", "masthead of the bulletin"
    return Masthead(name["name"], None, top[2].raw if dated else "")


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


def _is_day(line: Line) -> bool:
    """Whether a line is a day and at most its weekday and a link to other days."""
    day = find_day(line.raw)
    return day is not None and len(line.raw) - (day.end - day.start) <= 10 and "今天" not in line.raw
