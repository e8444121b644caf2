"""Damaged stretches of a page and what they were."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tasks.repair.torn.neighbourhood import clean

# For time alone: characters of a line that is searched for open quotation marks.
_LONGEST_LINE = 400


@dataclass(frozen=True, slots=True)
class Run:
    """A damaged stretch and what it was. ``confidence`` weighs the reading against all others that were found."""

    start_char: int
    end_char: int
    restored: str
    confidence: float


def line_before(text: str, at: int, found: Sequence[Run]) -> str:
    """The line of ``text`` up to ``at`` with the runs of ``found`` (in order, all before it) restored, readings
    removed.

    >>> line_before("看圖(tú)說?！焙，他們", 11, [Run(7, 10, "。”好", 0.99)])
    '看圖說。”好，'
    """
    earliest = max(at - _LONGEST_LINE, 0)
    start = text.rfind("\n", earliest, at) + 1 or earliest
    pieces: list[str] = []
    end = at
    for run in reversed(found):
        if run.start_char < start:
            break
        pieces += (text[run.end_char : end], run.restored)
        end = run.start_char
    pieces.append(text[start:end])
    return clean("".join(reversed(pieces))).rpartition("\n")[2]
