"""A repaired text together with every edit that led to it, and the way back to the damaged one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tasks.records import Repair, RepairKind

LOST_MARK = "\N{WHITE SQUARE}"  # what stands where no byte of a character survives


class Repaired(NamedTuple):  # one for each line of a page, and a tuple is made in half the time of a frozen record
    """``text`` after all repairs, in the order they were made; ``lost_count`` counts characters nothing could
    restore."""

    text: str
    repairs: tuple[Repair, ...] = ()
    lost_count: int = 0


class Edit(NamedTuple):  # a mirror's page has thousands, and they are sorted
    """``text[start_char:end_char]`` is to become ``restored``."""

    start_char: int
    end_char: int
    restored: str
    kind: RepairKind
    confidence: float = 1.0


class Restoration:
    """Collects layers of edits over one text; offsets of a layer refer to the text the layer before left."""

    def __init__(self, text: str, block_ordinal: int | None = None) -> None:
        self.text = text
        self.lost_count = 0
        self._block_ordinal = block_ordinal
        self._repairs: list[Repair] = []
        self._layer = 0

    def apply(self, edits: Iterable[Edit]) -> None:
        """Makes all ``edits`` (which must not overlap) as one layer; edits that change nothing are left out."""
        pieces: list[str] = []
        position = 0
        changed = False
        text = self.text
        for start_char, end_char, restored, kind, confidence in sorted(edits):
            damaged = text[start_char:end_char]
            if damaged == restored or start_char < position:
                continue
            changed = True
            pieces += (text[position:start_char], restored)
            position = end_char
            self._repairs.append(
                Repair(kind, damaged, restored, confidence, self._layer, start_char, self._block_ordinal)
            )
        if changed:
            pieces.append(text[position:])
            self.text = "".join(pieces)
            self._layer += 1

    def replace(self, after: str, kind: RepairKind, confidence: float = 1.0) -> None:
        """Takes ``after`` for the present text, as one edit from the first to the last difference."""
        if after != self.text:
            self._repairs.append(change(self.text, after, kind, confidence, self._layer, self._block_ordinal))
            self._layer += 1
            self.text = after

    def count_lost(self) -> None:
        """Count the characters that the edits marked as lost: they are few, where a page is long."""
        self.lost_count = sum(
            repair.restored.count(LOST_MARK) - repair.damaged.count(LOST_MARK) for repair in self._repairs
        )

    def result(self) -> Repaired:
        return Repaired(self.text, tuple(self._repairs), self.lost_count)


def change(
    before: str, after: str, kind: RepairKind, confidence: float, layer: int = 0, block_ordinal: int | None = None
) -> Repair:
    """What made ``after`` of ``before``, as one edit from the first to the last difference."""
    start, end = _changed_span(before, after)
    restored = after[start : len(after) - (len(before) - end)]
    return Repair(kind, before[start:end], restored, confidence, layer, start, block_ordinal)


def _changed_span(before: str, after: str) -> tuple[int, int]:
    """Where ``before`` differs from ``after``: what lies outside is a common head and a common tail."""
    shorter = min(len(before), len(after))
    start = _common_length(before, after, shorter) if before[:1] == after[:1] else 0
    if before.endswith(after[start:]):  # characters were dropped, as white space is before most lines of a page
        tail = shorter - start
    else:
        tail = _common_length(before[::-1], after[::-1], shorter - start)
    return start, len(before) - tail


def _common_length(left: str, right: str, limit: int) -> int:
    """How many characters agree from the start, by halving: comparing slices is far quicker than comparing
    characters."""
    low, high = 0, limit
    while low < high:
        middle = (low + high + 1) // 2
        if left[:middle] == right[:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def undo(text: str, repairs: Sequence[Repair]) -> str:
    """The text as it was before ``repairs`` were made: the exact inverse of the function that returned both.

    >>> from tasks.repair.repaired import Edit, Restoration
    >>> restoration = Restoration("社區(qū)里")
    >>> restoration.apply([Edit(1, 6, "區", "pinyin")])
    >>> restoration.text, undo(restoration.text, restoration.result().repairs)
    ('社區里', '社區(qū)里')
    """
    layers: dict[int, list[Repair]] = {}
    for repair in repairs:
        layers.setdefault(repair.layer, []).append(repair)
    for layer in sorted(layers, reverse=True):
        pieces: list[str] = []
        position = 0  # in the restored text
        shift = 0  # restored offset minus damaged offset
        for repair in sorted(layers[layer], key=lambda each: each.start_char):
            start = repair.start_char + shift
            pieces += (text[position:start], repair.damaged)
            position = start + len(repair.restored)
            shift += len(repair.restored) - len(repair.damaged)
        pieces.append(text[position:])
        text = "".join(pieces)
    return text
