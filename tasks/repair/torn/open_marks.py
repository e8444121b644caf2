"""Quotation marks and brackets around a damaged run: which of them wait for a partner, and what a reading does to
them."""

from __future__ import annotations

import re
from functools import lru_cache

_BRACKETS = re.compile("[“”‘’（）()《》【】]")
_WIDE = str.maketrans("()", "（）")
_PARTNER = {"”": "“", "’": "‘", "）": "（", "》": "《", "】": "【"}
_OPENING = tuple(sorted(_PARTNER.values()))

# Nats against a reading. Double marks may span paragraphs and are forgotten now and then, the others hardly ever.
_BAD = 2.5  # a mark of the reading opens twice or closes nothing
_BAD_AT_END = 1.7  # … closes nothing at the end of a line: what it closes may have been opened in another paragraph
_OPENS_TWICE_BEHIND = 1.5  # the next mark of its kind behind the reading opens what is open
_MISSES_BEHIND = {"“": 1.8, "‘": 4.5, "（": 4.5, "《": 4.5, "【": 4.5}  # … closes what is not
_LEFT_OPEN = {"“": 1.5, "‘": 2.5, "（": 4.5, "《": 4.5, "【": 4.5}  # no partner to the end of the line
_OPENS_LAST = 4.0  # the reading opens a mark and the line ends


@lru_cache(maxsize=4_096)  # the readings of one run share what stands around them
def _brackets_in(text: str) -> tuple[str, ...]:
    return tuple(_BRACKETS.findall(text.translate(_WIDE)))


def unclosed_in(left: str) -> dict[str, bool]:
    """Which opening marks of a line still wait for their partner.

    >>> [mark for mark, waits in unclosed_in("他说：“这是（见图）").items() if waits]
    ['“']
    """
    is_open = dict.fromkeys(_OPENING, False)
    for mark in _brackets_in(left):
        if mark in _OPENING:
            is_open[mark] = True
        else:
            is_open[_PARTNER[mark]] = False
    return is_open


def closing_marks(is_open: dict[str, bool]) -> set[str]:
    """The marks that close what ``is_open``, and the closing quotation mark, whose partner may be far away.

    >>> sorted(closing_marks(unclosed_in("【编者按：看《新溪村志")))
    ['”', '》', '】']
    """
    return {"”"} | {closing for closing, opening in _PARTNER.items() if is_open[opening]}


def bracket_faults(before: dict[str, bool], restored: str, right: str) -> float:
    """Nats against ``restored`` between a line with ``before`` unclosed and its rest ``right``.

    >>> before = unclosed_in("他说：“这样好")
    >>> bracket_faults(before, "。”", "大家都笑了。") < bracket_faults(before, "。“", "大家都笑了。")
    True
    """
    is_open = before.copy()
    faults = 0.0
    for mark in _brackets_in(restored):
        if mark in _OPENING:
            faults += _BAD * is_open[mark]
            is_open[mark] = True
        else:
            if not is_open[_PARTNER[mark]]:
                faults += _BAD_AT_END if not right and mark == "”" and restored.endswith(mark) else _BAD
            is_open[_PARTNER[mark]] = False
    if not right and restored[-1:] in _OPENING:
        faults += _OPENS_LAST
    seen = set()
    for mark in _brackets_in(right):
        opening = mark if mark in _OPENING else _PARTNER[mark]
        if opening not in seen:
            seen.add(opening)
            if mark in _OPENING:
                faults += _OPENS_TWICE_BEHIND * is_open[opening]
            else:
                faults += _MISSES_BEHIND[opening] * (not is_open[opening])
    return faults + sum(_LEFT_OPEN[mark] for mark, waits in is_open.items() if waits and mark not in seen)
