"""The lines of one article of a dump while they are judged in order: where the walk stands, and what is known so
far."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from tasks.pages.drafts import Draft
from tasks.pages.dumps.line_marks import Mark
from tasks.pages.lines.lines import Line, Removal


@dataclass(slots=True)
class DumpWalk:
    """The lines ``start`` to ``end`` of a dump while they are judged in order, and what is known of their article so
    far."""

    lines: list[Line]
    marks: list[Mark]
    start: int
    end: int
    title_index: int | None
    ordinal: int
    draft: Draft
    usual_gap: int  # blank lines between two lines of this dump
    running_left: int  # characters of running text still to be judged
    running_done: int = 0
    started: bool = False  # a paragraph of the text stands above
    agency: str | None = None  # whose dateline the text begins with; printed first by it where no source is named
    over: Removal | None = None  # what the lines below the end of the article are

    def remove(self, index: int, removal: Removal) -> None:
        """Remove a line, which then belongs to no article."""
        self.lines[index].article = None
        self.lines[index].remove(*removal)

    def note(self, index: int, reason: str) -> None:
        """Keep a line as metadata."""
        self.lines[index].kind, self.lines[index].reason = "metadata", reason

    def is_below_title(self, index: int) -> bool:
        """Whether nothing but judged lines stand between the title and a line."""
        return self.title_index is not None and all(self.lines[p].kind for p in range(self.title_index, index))

    def is_beside_credits(self, index: int) -> bool:
        """Whether credits stand next to a line that is none, with a sign of a list between."""
        return self.marks[index].credits is None and any(
            mark.credits is not None for mark in self.marks[max(index - 2, 0) : index + 3]
        )

    def is_near_end(self, index: int, most: float) -> bool:
        """Whether at most this share of what has been read is still to come, or nothing follows the line but lists."""
        return self.running_left <= self.running_done * most or _nothing_follows(
            self.lines, self.marks, index, self.end
        )

    def is_list_entry(self, index: int) -> bool:
        """Whether a dated line below the text is one of several with nothing but short lines between them."""
        if not _is_dated(self.marks[index]):
            return False
        following = _open_below(self.lines, index, self.end, 4)
        return any(_is_dated(self.marks[place]) for place in following) and not any(
            self.marks[place].is_running and len(self.lines[place].text) > 40 for place in following
        )


def _nothing_follows(lines: list[Line], marks: list[Mark], index: int, end: int) -> bool:
    """Whether the next three lines are no running text: what ends an article is followed by lists."""
    following = _open_below(lines, index, end, 3)
    for place in following[:2]:
        rule = marks[place].rule
        if rule is not None and rule.ends:
            return True
    return not any(marks[place].is_running and not marks[place].rule for place in following)


def _open_below(lines: list[Line], index: int, end: int, count: int) -> list[int]:
    return list(islice((place for place in range(index + 1, end) if not lines[place].kind), count))


def _is_dated(mark: Mark) -> bool:
    return mark.credits is not None and mark.credits.date is not None and mark.credits.date.on is not None
