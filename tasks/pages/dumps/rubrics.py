"""The rubrics that a bulletin or a paper's column prints before the titles of its items, on one line with them."""

from __future__ import annotations

from itertools import pairwise

from tasks.lexicon.characters import pattern_of
from tasks.pages.lines.lines import Line, aligned, is_running

LEAST_ITEMS = 2  # one title with a label before it keeps the label: it may be part of the title
_HEADED = pattern_of(r"【(?P<rubric>[[:han:]]{2,6})】\s*(?=(?P<title>[^【】。]{6,50})$)")


def part_rubrics(lines: list[Line]) -> None:
    """Part the rubrics from the titles behind them (【基层动态】石桥镇办起夜校), each of which becomes a line of its own.

    What opens the dump in this form is a row of items; below a title of their own, such lines are its sub-headings.
    """
    open_places = [place for place, line in enumerate(lines) if not line.kind]
    heads = [
        place
        for place, below in pairwise(open_places)
        if _HEADED.match(lines[place].raw) is not None
        and not is_running(lines[place].text)
        and is_running(lines[below].text)
    ]
    if len(heads) < LEAST_ITEMS or heads[0] != open_places[0]:
        return
    for place in reversed(heads):
        line = lines[place]
        match = _HEADED.match(line.raw)
        if match is None:
            continue
        label = line.raw[: match.end()].strip()
        start = aligned(line.text, label)
        lines.insert(place, Line(line.text[:start].strip(), label, gap=line.gap))
        line.text, line.raw, line.gap = line.text[start:].strip(), line.raw[match.end() :], 0
