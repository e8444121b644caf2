"""Where one running text is several articles: briefs below each other, each with a headline and a sign of its own
origin.

A sub-heading divides one article; a headline begins another. Shape does not tell them apart, so each kind of round-up
needs a proof beside its headlines: the outlet each item was taken from, the dateline each begins with or the credit
each ends with. A guide with numbered or bracketed sub-headings has none of these.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise

from tasks.lexicon.characters import pattern_of
from tasks.pages.lines.bylines import read_byline, read_dateline
from tasks.pages.lines.credits import MEDIA_NAME
from tasks.pages.lines.line_patterns import stock_phrase
from tasks.pages.lines.lines import Line, clause_marks, ends_sentence, han_count, is_headline, is_running

LEAST_ITEMS = 3  # two bracketed lines are two sub-headings
LEAST_LEAD = 60  # characters of running text; a shorter lead only introduces the items
LEAST_FULL = 120  # characters of an item that is more than its own lead
LEAST_ITEM = 30  # characters of running text under a headline

_OUTLET_HEAD = pattern_of(r"^【(?P<outlet>[[:han:]A-Za-z0-9]{2,12})】\s*(?P<title>.{8,70})$")
_BRACKET_HEAD = re.compile(r"^[【\[](?P<title>[^【】\[\]]{10,45})[】\]]$")
_OWN_CREDIT = pattern_of(
    r"[（(](?:据|来源[：:]|文[/：:]|作者[：:]|[[:han:]]{0,8}(?:记者|通讯员)[\s：:]*)[^（）()。]{2,24}[）)]\s*$"
)
_CUT = re.compile(r"(?:\.{2,}|…)\s*$")
_LABEL = pattern_of(r"^[[:han:]]{2,8}$")


@dataclass(frozen=True, slots=True)
class Item:
    """One article of several: the place of its headline (None: the text above the first), and what that says."""

    start: int
    headline: int | None = None
    title: str | None = None
    outlet: str | None = None
    rubric: int | None = None


def items_of(lines: Sequence[Line], first: int, end: int, authors: frozenset[str] = frozenset()) -> list[Item]:
    """The articles in ``lines[first:end]`` in order, empty where they are one.

    A digest, which gives the lead of each item and the outlet to read it in, is one article: its headlines are set off.
    ``authors`` signed the page: what one of them reports is a section of their article.
    The first item has no headline where enough text stands above the first headline to be an article of its own.
    """
    open_places = [place for place in range(first, end) if not lines[place].kind and not _is_furniture(lines[place])]
    for find in (_by_bracket, partial(_by_dateline, authors=authors)):
        heads = find(lines, open_places)
        if heads:
            return _with_lead(lines, open_places, first, heads)
    heads = _by_outlet(lines, open_places)
    if not heads:
        return []
    if _are_told_in_full(_texts(lines, open_places, heads)):
        return _with_lead(lines, open_places, first, heads)
    for head in heads:
        for place in (head.rubric, head.headline):
            if place is not None:
                lines[place].is_set_off = True
    return []


def _is_furniture(line: Line) -> bool:
    return line.link_share >= 0.6 or stock_phrase(line.text) is not None


def _by_outlet(lines: Sequence[Line], places: list[int]) -> list[Item]:
    """【青石日报】三个村合办一个食堂 — each item names who printed it."""
    heads = []
    for number, place in enumerate(places):
        match = _OUTLET_HEAD.match(lines[place].raw.strip())
        if match and not ends_sentence_plainly(lines[place].text):
            title = lines[place].text.partition("】")[2].strip()
            heads.append(Item(place, place, title, match["outlet"], _label_above(lines, places, number)))
    heads = [head for head, text in zip(heads, _texts(lines, places, heads), strict=True) if _is_told(text)]
    outlets = {head.outlet or "" for head in heads}
    named = sum(bool(MEDIA_NAME.search(outlet)) for outlet in outlets)
    return heads if len(heads) >= LEAST_ITEMS and named >= 2 and named * 3 >= len(outlets) else []


def _are_told_in_full(texts: list[list[str]]) -> bool:
    """Whether items are articles rather than the one-paragraph leads of a digest."""
    return sum(len(text) >= 2 and sum(map(len, text)) >= LEAST_FULL for text in texts) * 2 > len(texts)


def _by_bracket(lines: Sequence[Line], places: list[int]) -> list[Item]:
    """【三个村合办一个食堂】 — a bracketed headline, whose items name their reporter or their source."""
    heads = []
    for number, place in enumerate(places):
        match = _BRACKET_HEAD.match(lines[place].text)
        if match and han_count(match["title"]) >= 8:
            heads.append(Item(place, place, match["title"], None, _label_above(lines, places, number)))
    texts = _texts(lines, places, heads)
    if len(heads) < LEAST_ITEMS or not all(map(_is_told, texts)):
        return []
    proofs = sum(bool(_OWN_CREDIT.search(text[-1]) or _has_dateline(text[0])) for text in texts)
    return heads if proofs >= len(texts) * 0.6 else []


def _has_dateline(text: str) -> bool:
    if "讯" not in text[:90] and "电" not in text[:90]:
        return False
    found = read_dateline(text)
    return found is not None and bool(re.search(r"[讯电]", found[0]))


def _by_dateline(lines: Sequence[Line], places: list[int], authors: frozenset[str]) -> list[Item]:
    """A headline right above 本报讯 or 新华社某地5月3日电: the briefs of a newspaper's column."""
    heads = []
    for number, (place, below) in enumerate(pairwise(places)):
        line = lines[place]
        if len(lines[below].text) < LEAST_ITEM or not _has_dateline(lines[below].raw):
            continue
        reported = read_dateline(lines[below].raw)
        if reported is not None and reported[1] and authors.issuperset(reported[1]):
            continue
        is_title = is_headline(line.text, 50) and len(line.text) >= 6 and han_count(line.text) >= 5
        if read_byline(line.raw) is not None or _is_teaser(lines, place, below):
            continue
        if is_title and not is_running(line.text) and clause_marks(line.text) <= 2 and "：“" not in line.text:
            heads.append(Item(place, place, line.text, None, _label_above(lines, places, number)))
    if not heads:
        return []
    # Below its own title the first article may begin with its dateline at once.
    opens = places[0] if places else -1
    is_first = heads[0].headline != opens and read_dateline(lines[opens].raw) is not None
    return heads if len(heads) + is_first >= 2 else []


def _is_teaser(lines: Sequence[Line], place: int, below: int) -> bool:
    """Whether a line and the cut lead ``below`` it are the first that a list of other articles names (新闻推荐)."""
    rule = stock_phrase(lines[place - 1].text) if place and _CUT.search(lines[below].text) else None
    return rule is not None and rule.kind == "related" and rule.ends


def ends_sentence_plainly(text: str) -> bool:
    """Whether ``text`` ends with a full stop; headlines of items end in ？ and ！ often enough."""
    return text.rstrip().endswith(("。", "；", "，"))


def _label_above(lines: Sequence[Line], places: list[int], number: int) -> int | None:
    """The label (国内资讯) of a group of items, where it stands right above a headline."""
    above = places[number - 1] if number else None
    return above if above is not None and _LABEL.match(lines[above].text) else None


def _texts(lines: Sequence[Line], places: list[int], heads: list[Item]) -> list[list[str]]:
    """The running text below each headline, as far as the next one."""
    found: list[list[str]] = [[] for _ in heads]
    starts = {head.start: number for number, head in enumerate(heads)}
    current: int | None = None
    for place in places:
        if place in starts:
            current = starts[place]
        elif current is not None and (is_running(lines[place].text) or ends_sentence(lines[place].text)):
            found[current].append(lines[place].text)
    return found


def _is_told(text: list[str]) -> bool:
    return sum(map(len, text)) >= LEAST_ITEM


def _with_lead(lines: Sequence[Line], places: list[int], first: int, heads: list[Item]) -> list[Item]:
    start = heads[0].rubric if heads[0].rubric is not None else heads[0].start
    above = sum(len(lines[place].text) for place in places if place < start and is_running(lines[place].text))
    moved = [replace(head, start=head.start if head.rubric is None else head.rubric) for head in heads]
    if above >= LEAST_LEAD:
        return [Item(first), *moved]
    return moved
