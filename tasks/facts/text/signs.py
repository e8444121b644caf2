"""Evidence that is added up: every piece of it has a name, a weight and a condition, so that a verdict can be traced.

A rule that stands alone needs none of this. Where several weak signs decide together, they stand in a table of
:class:`Sign`; the verdict is :func:`weigh`, one sum, and :func:`reckoning` tells which signs made it. Signs that
exclude one another stand in a group of which the first that applies counts: :func:`leading` gives those, one of each
group.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Generic, NamedTuple, TypeVar

Candidate = TypeVar("Candidate")


class Sign(NamedTuple, Generic[Candidate]):
    """``weight`` is added where ``applies`` is true of what is judged; a negative one speaks against it."""

    name: str
    weight: float
    applies: Callable[[Candidate], object]


def weigh(signs: Iterable[Sign[Candidate]], candidate: Candidate) -> float:
    """The sum of the weights of the signs that apply.

    >>> long, loud = Sign("is long", 1.0, lambda text: len(text) > 3), Sign("is loud", -2.0, str.isupper)
    >>> weigh((long, loud), "abcd"), weigh((long, loud), "ABCD")
    (1.0, -1.0)
    """
    total = 0.0
    for _, weight, applies in signs:
        if applies(candidate):
            total += weight
    return total


def leading(groups: Iterable[Sequence[Sign[Candidate]]], candidate: Candidate) -> list[Sign[Candidate]]:
    """Of each group the first sign that applies.

    >>> size = (Sign("is long", 1.0, lambda text: len(text) > 3), Sign("is short", -1.0, lambda text: True))
    >>> [sign.name for sign in leading([size], "ab")]
    ['is short']
    """
    found = []
    for group in groups:
        for sign in group:
            if sign.applies(candidate):
                found.append(sign)
                break
    return found


def reckoning(signs: Iterable[Sign[Candidate]], candidate: Candidate) -> dict[str, float]:
    """Weight by name of each sign that applies, in the order of the table.

    >>> reckoning((Sign("is long", 1.0, lambda text: len(text) > 3),), "abcd")
    {'is long': 1.0}
    """
    return {name: weight for name, weight, applies in signs if applies(candidate)}
