"""The items of a bulletin: what its list of contents names again below, or lines that open like the paragraph below."""

from __future__ import annotations

from collections.abc import Sequence

from tasks.lexicon.characters import pattern_of
from tasks.pages.dumps.line_marks import Mark
from tasks.pages.dumps.title_lines import can_be_title
from tasks.pages.lines.lines import Line, ends_sentence, is_running
from tasks.pages.lines.titles import folded, shared_prefix

LEAST_ITEMS = 2
LEAST_SHARED = 3  # characters that a headline and its paragraph open with: a town with its ending
LINES_OF_CONTENTS = 20  # entries of a list of contents
_CONTENTS = pattern_of(
    r"[【\[]?(?:本期|今日|本刊)?\s*(?:目\s*[录次]|导\s*读|要\s*目|看\s*点|内容提要|内容导读)[】\]]?[：:]?"
)
_ENTRY = pattern_of(r"^[●■◆▲★☆○◇□•·*\-\s]*(?P<title>.+?)[\s.·…⋯]*\d{0,3}$")
# What numbers the sections of one text: 一、 （二） 3. 第四章
_NUMBERED = pattern_of(r"[（(]?(?:[[:one_to_ten:]]{1,3}|\d{1,2})[、．.）)]|第[[:one_to_ten:]]{1,3}[章节条部]")


def items_of_bulletin(lines: Sequence[Line], marks: Sequence[Mark]) -> list[tuple[int, int | None]]:
    """(first line, line of the title) of each item of a bulletin without its masthead; empty where nothing tells them.

    The sections of one report are numbered, and do not say their subject twice.
    """
    open_places = [place for place, line in enumerate(lines) if not line.kind]
    named = _named_in_contents(lines, open_places)
    if named:
        return [(place, place) for place in named]
    heads = [
        (place, below)
        for above, place, below in zip([-1, *open_places], open_places, open_places[1:], strict=False)
        if (above < 0 or ends_sentence(lines[above].text)) and _is_head(lines, marks, place, below)
    ]
    alike = sum(_opens_alike(lines[place].text, lines[below].text) for place, below in heads)
    if len(heads) < LEAST_ITEMS or alike < LEAST_ITEMS or alike * 2 < len(heads) or heads[0][0] != open_places[0]:
        return []
    return [(place, place) for place, _ in heads]


def _named_in_contents(lines: Sequence[Line], open_places: Sequence[int]) -> list[int]:
    """The lines that the list of contents at the top names, its own lines judged."""
    first = next(iter(open_places), None)
    if first is None or _CONTENTS.fullmatch(lines[first].raw.strip()) is None:
        return []
    found: list[int] = []
    entries: list[int] = []
    below = {folded(lines[place].text): place for place in reversed(open_places) if len(lines[place].text) >= 4}
    last = {folded(lines[place].text): place for place in open_places}
    for place in open_places[1 : 1 + LINES_OF_CONTENTS]:
        match = _ENTRY.match(lines[place].text)
        fold = folded(match["title"]) if match is not None else ""
        again = next((known[fold] for known in (last, below) if known.get(fold, place) != place), None)
        if again is None or again < place or is_running(lines[place].text) or _NUMBERED.match(lines[again].text):
            break
        entries.append(place)
        found.append(again)
    if len(found) < LEAST_ITEMS or found != sorted(found):
        return []
    for place in (first, *entries):
        lines[place].remove("navigation", "list of the contents of the issue")
    return found


def _is_head(lines: Sequence[Line], marks: Sequence[Mark], place: int, below: int) -> bool:
    line = lines[place]
    is_title = can_be_title(line, marks[place]) and not marks[place].is_running
    return is_title and not _NUMBERED.match(line.text) and is_running(lines[below].text)


def _opens_alike(title: str, paragraph: str) -> bool:
    return shared_prefix(folded(title), folded(paragraph[: len(title) + 8])) >= LEAST_SHARED
