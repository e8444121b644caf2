"""A body while its lines are judged in order: where it stands on the page, what its lines are worth, what is known so
far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from tasks.lexicon.characters import FIRST_HAN, LAST_HAN
from tasks.pages.drafts import Draft
from tasks.pages.html.body_element import asides_of, worths_of
from tasks.pages.html.captions import places_tell_captions
from tasks.pages.html.data_tables import rows_of_tables
from tasks.pages.html.markup import Markup
from tasks.pages.lines.lines import Line, is_running
from tasks.pages.lines.titles import folded
from tasks.records import RemovedKind

Removal = tuple[RemovedKind, str]  # as what a line is removed, and why


@dataclass(slots=True)
class BodyWalk:
    """A body while its lines ``first`` to ``end`` are judged in order, and what is known of it so far."""

    markup: Markup
    lines: list[Line]
    body: int  # the element
    first: int
    end: int
    title_index: int | None
    draft: Draft
    worths: Sequence[float]
    total: float  # worth of all its lines
    rows: dict[int, int]  # the row of each cell of a data table
    has_prose: bool
    captions_by_place: bool
    title_fold: str = ""
    title_sign: str = ""  # stands in every line that prints the title
    title_end: str = ""  # the same, towards its end
    row: int = -1  # of the table that is being read
    started: bool = False  # a line of the text stands above
    done: float = 0.0  # worth of the lines that are judged
    skipped_until: int = -1
    skipped_as: Removal = ("other", "")
    ended_by: Removal | None = None  # what the lines below the end of the article are
    last_sentence: int = -1  # no line below it holds a sentence; -1 where nobody has looked
    rests: list[float] | None = None  # the worth of the last lines that are open, by how many they are
    sums: list[float] | None = None  # the worth of the first lines of the page, by how many they are
    text_blocks: set[int] = field(default_factory=set)  # the elements right below the body that hold text

    def left(self, start: int) -> float:
        """The worth of what is still to be judged from ``start``, behind the line that is being judged, on."""
        if self.rests is None:
            # Of lines below nothing is settled until they are reached: it is added up once, from the last on.
            open_worths = (
                0.0 if self.lines[index].kind else max(self.worths[index], 0.0)
                for index in range(self.end - 1, self.first - 1, -1)
            )
            self.rests = [0.0, *accumulate(open_worths)]
        return self.rests[self.end - start]

    def worth_of(self, first: int, end: int) -> float:
        """The worth of all that stands from ``first`` to ``end``."""
        if self.sums is None:
            self.sums = [0.0, *accumulate(max(worth, 0.0) for worth in self.worths)]
        return self.sums[end] - self.sums[first]

    def block_of(self, index: int) -> int:
        """The element right below the body that holds the line; -1 where the line stands in the body itself."""
        element, parents = self.markup.leaves.elements[index], self.markup.elements.parents
        while element >= 0 and parents[element] != self.body:
            element = parents[element] if element != self.body else -1
        return element


def walk_of(
    markup: Markup, lines: list[Line], body: int, title_index: int | None, draft: Draft, span: tuple[int, int]
) -> BodyWalk:
    first, end = span
    worths = worths_of(markup)
    total = sum(max(worth, 0.0) for worth in worths[first:end]) or 1.0
    _remove_asides(markup, lines, body, span, worths, total)
    title_fold = folded(draft.title or "")
    return BodyWalk(
        markup,
        lines,
        body,
        first,
        end,
        title_index,
        draft,
        worths,
        total,
        rows_of_tables(markup),
        any(not line.kind and is_running(line.text) for line in lines[first:end]),
        places_tell_captions(markup, lines, first, end),
        title_fold,
        next((char for char in title_fold if FIRST_HAN <= char <= LAST_HAN), ""),
        next((char for char in reversed(title_fold) if FIRST_HAN <= char <= LAST_HAN), ""),
    )


def _remove_asides(
    markup: Markup, lines: list[Line], body: int, span: tuple[int, int], worths: Sequence[float], total: float
) -> None:
    first, end = span
    skip_until = first
    asides, elements = asides_of(markup), markup.elements
    for index in range(body + 1, len(elements)):
        start, stop = elements.span(index)
        if start >= end:
            break
        found = asides[index]
        if found is None or start < skip_until or stop <= start or stop > end:
            continue
        held = sum(max(worth, 0.0) for worth in worths[start:stop])
        if held > total * 0.35:
            continue
        kind, reason = found
        for line in lines[start:stop]:
            if not line.kind:
                line.remove(kind, reason)
        skip_until = stop
