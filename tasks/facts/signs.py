"""Evidence that is added up: each piece a named sign with a weight, so that a sum can be traced to what was seen.

Signs that exclude one another stand in one group, of which only the first that applies counts; what belongs to no group
is a group of its own. A weight is in natural logarithms of odds, roughly: 1 makes a fact about three times as likely.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, NamedTuple, TypeVar

Seen = TypeVar("Seen")


class Sign(NamedTuple, Generic[Seen]):
    """``applies`` tells whether, or how strongly, the sign is there; ``weight`` times that is what it adds."""

    name: str
    weight: float
    applies: Callable[[Seen], float]


Groups = Sequence[Sequence[Sign[Seen]]]


def weigh(groups: Groups[Seen], seen: Seen) -> float:
    """The sum of all signs that apply to ``seen``.

    >>> long, short = Sign("long", 2.0, lambda text: len(text) > 3), Sign("short", -1.0, lambda text: True)
    >>> weigh([[long, short]], "网格员"), weigh([[long, short]], "社区网格员")
    (-1.0, 2.0)
    """
    total = 0.0
    for group in groups:
        for _, weight, applies in group:
            strength = applies(seen)
            if strength:
                total += weight * strength
                break
    return total


def reckoning(groups: Groups[Seen], seen: Seen) -> list[tuple[str, float]]:
    """The name of each sign that applies to ``seen`` with what it adds: the sum of ``weigh`` taken apart.

    >>> reckoning([[Sign("long", 2.0, lambda text: len(text) > 3)]], "社区网格员")
    [('long', 2.0)]
    """
    found = []
    for group in groups:
        for name, weight, applies in group:
            strength = applies(seen)
            if strength:
                found.append((name, weight * strength))
                break
    return found
