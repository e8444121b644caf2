"""Readings that a mirror put behind characters, removed where the whole page proves that it was a mirror."""

from __future__ import annotations

from collections.abc import Sequence

from tasks.repair.repaired import Edit
from tasks.repair.torn.mirrors import Mirror

_CONFIDENCE = 0.999


def pinyin_edits(text: str, mirror: Mirror, taken: Sequence[Edit] = ()) -> list[Edit]:
    """One edit per annotation, ``區(qū)`` to ``區``, outside the stretches that ``taken`` already covers.

    >>> from tasks.repair.torn.mirrors import study
    >>> text = "社區(qū)網(wǎng)格,小區(qū)"
    >>> [text[edit.start_char:edit.end_char] for edit in pinyin_edits(text, study(text))]
    ['區(qū)', '網(wǎng)', '區(qū)']
    """
    edits = []
    index = 0
    for start, end in mirror.annotations:
        while index < len(taken) and taken[index].end_char < end:
            index += 1
        if index < len(taken) and taken[index].start_char < end:
            continue
        character = text[start - 1]
        if index and taken[index - 1].end_char == start:  # the character itself has just been restored
            edits.append(Edit(start, end, "", "pinyin", _CONFIDENCE))
        else:
            edits.append(Edit(start - 1, end, character, "pinyin", _CONFIDENCE))
    return edits
