"""A clean twin of a damaged text: what it prints where the other lost characters or had them repaired.

Nothing is guessed: a passage is taken over only where what stands before and after it occurs around exactly one place
of the twin.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tasks.duplicates.folding import Counts, fold_with_offsets

LOST = "□"  # the mark of characters that nothing in the damaged text determines

_CONTEXT_LENGTH = 8  # letters on either side: shorter ones recur in an article, longer ones meet the next damage
_SHORTEST_CONTEXT = 4
_EXTRA_LENGTH = 4  # a mark may stand for a character or for a short run of them
_EXACT_CONFIDENCE = 0.99
_OTHER_LENGTH_CONFIDENCE = 0.9


@dataclass(frozen=True, slots=True)
class TwinReading:
    """``text[start_char:end_char]`` of the damaged text is ``damaged``; its twin prints ``restored`` there."""

    start_char: int
    end_char: int
    damaged: str
    restored: str
    confidence: float


class _Folded:
    """A text, its letters as one string, and where each letter stands."""

    def __init__(self, text: str) -> None:
        self.text = text
        units, self.offsets = fold_with_offsets(text)
        self.letters = units.astype("<u2").tobytes().decode("utf-16-le", "surrogatepass")
        if len(self.letters) != len(units):  # a rare character takes two units but is one letter of the string
            self.offsets = _by_letter(self.letters, self.offsets)


def read_places(text: str, places: Sequence[tuple[int, int]], twin_text: str) -> list[TwinReading]:
    """What the twin prints at each of ``places`` (start, end) of ``text``, in order; those without answer left out.

    >>> read_places("青石县今年新建□□驿站十二处，覆盖全部街道。", [(7, 9)], "青石县今年新建红色驿站十二处，覆盖全部街道。")
    [TwinReading(start_char=7, end_char=9, damaged='□□', restored='红色', confidence=0.99)]
    """
    own, twin = _Folded(text), _Folded(twin_text)
    found = []
    for start, end in places:
        reading = _reading(own, start, end, twin)
        if reading is not None and reading and LOST not in reading:
            confidence = _EXACT_CONFIDENCE if len(reading) == end - start else _OTHER_LENGTH_CONFIDENCE
            found.append(TwinReading(start, end, text[start:end], reading, confidence))
    return found


def place_between(text: str, before: str, inner: str, after: str) -> tuple[int, int] | None:
    """Where ``text`` prints ``inner`` between the letters of ``before`` and ``after``, in whatever script and
    punctuation.

    Start and end, from the letter before to the letter after; None where that is nowhere or in several places.

    >>> place_between("今年新建红色驿站十二处。", "今年新建", "紅色", "驛站十二處")
    (4, 6)
    """
    own = _Folded(text)
    left, middle, right = (_Folded(part).letters for part in (before, inner, after))
    left, right = left[-_CONTEXT_LENGTH:], right[:_CONTEXT_LENGTH]
    if min(len(left), len(right)) < _SHORTEST_CONTEXT:
        return None
    place = own.letters.find(left + middle + right)
    if place < 0 or own.letters.find(left + middle + right, place + 1) >= 0:
        return None
    first = place + len(left)
    return int(own.offsets[first - 1]) + 1, int(own.offsets[first + len(middle)])


def _reading(damaged: _Folded, start: int, end: int, twin: _Folded) -> str | None:
    before = int(np.searchsorted(damaged.offsets, start))
    after = int(np.searchsorted(damaged.offsets, end))
    previous_mark = damaged.text.rfind(LOST, 0, start)
    next_mark = damaged.text.find(LOST, end)
    first = int(np.searchsorted(damaged.offsets, previous_mark))
    last = int(np.searchsorted(damaged.offsets, next_mark)) if next_mark >= 0 else len(damaged.letters)
    left = damaged.letters[max(first, before - _CONTEXT_LENGTH) : before]
    right = damaged.letters[after : min(last, after + _CONTEXT_LENGTH)]
    if len(right) < _SHORTEST_CONTEXT and next_mark < 0:
        return _reading_before_the_end(damaged, start, end, left, twin)
    if min(len(left), len(right)) < _SHORTEST_CONTEXT:
        return None
    places = _places_between(twin.letters, left, right, end - start + _EXTRA_LENGTH)
    if len(places) != 1:
        return None
    twin_start, twin_end = places[0]
    # Whatever stands between the last letter before and the first letter after, marks of punctuation included.
    printed = twin.text[int(twin.offsets[twin_start - 1]) + 1 : int(twin.offsets[twin_end])]
    kept_before = damaged.text[int(damaged.offsets[before - 1]) + 1 : start]
    kept_after = damaged.text[end : int(damaged.offsets[after])]
    if not printed.startswith(kept_before) or not printed[len(kept_before) :].endswith(kept_after):
        return None
    return printed[len(kept_before) : len(printed) - len(kept_after)]


def _reading_before_the_end(damaged: _Folded, start: int, end: int, left: str, twin: _Folded) -> str | None:
    """Of a run with next to nothing behind it: as many characters as are lost, where a whole context leads up to
    them."""
    place = twin.letters.find(left)
    if len(left) < _CONTEXT_LENGTH or place < 0 or twin.letters.find(left, place + 1) >= 0:
        return None
    last = int(np.searchsorted(damaged.offsets, start)) - 1
    kept_before = damaged.text[int(damaged.offsets[last]) + 1 : start]
    begin = int(twin.offsets[place + len(left) - 1]) + 1
    if not twin.text.startswith(kept_before, begin):
        return None
    begin += len(kept_before)
    close = begin + end - start
    if not twin.text.startswith(damaged.text[end:] or "\n", close) and close != len(twin.text):
        return None
    return twin.text[begin:close]


def _places_between(letters: str, left: str, right: str, longest: int) -> list[tuple[int, int]]:
    found = []
    at = letters.find(left)
    while at >= 0:
        start = at + len(left)
        end = letters.find(right, start, start + longest + len(right))
        if end >= 0:
            found.append((start, end))
        at = letters.find(left, at + 1)
    return found


def _by_letter(letters: str, offsets: Counts) -> Counts:
    sizes = np.array([2 if ord(letter) > 0xFFFF else 1 for letter in letters], dtype=np.int64)
    firsts: Counts = offsets[np.cumsum(sizes) - sizes]
    return firsts
