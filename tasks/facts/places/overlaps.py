"""Mentions that are left where others are read in their place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tasks.records import PlaceMention


def outside(mentions: Iterable[PlaceMention], found: Sequence[PlaceMention]) -> list[PlaceMention]:
    """Those of ``mentions`` that share no character with any of ``found``.

    >>> first, second = (PlaceMention(at, at + 3, "安吉县", None, "安吉县", "county") for at in (0, 3))
    >>> outside([first, second], [first]) == [second], outside([first], []) == [first]
    (True, True)
    """
    covered = bytearray(max((mention.end_char for mention in found), default=0))
    for mention in found:
        covered[mention.start_char : mention.end_char] = b"\1" * (mention.end_char - mention.start_char)
    return [mention for mention in mentions if 1 not in covered[mention.start_char : mention.end_char]]
