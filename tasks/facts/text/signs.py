"""Evidence that is added up: every piece of it has a name, a weight and a condition, so that a verdict can be traced.

A rule that stands alone needs none of this. Where several weak signs decide together, they stand in a table of
:class:`Sign`; the verdict is :func:`weigh`, one sum, and :func:`reckoning` tells which signs made it. Signs that
exclude one another stand in a group of which the first that applies counts: :func:`leading` gives those, one of each
group.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Generic, NamedTuple, TypeVar

Candidate = TypeVar("Candidate")


class Sign(NamedTuple, Generic[Candidate]):
    """``weight`` is added where ``applies`` is true of what is judged; a negative one speaks against it.

    ``only``: what the table is looked up by (:class:`Narrowed`) has to be one of these, or the sign cannot apply.
    """

    name: str
    weight: float
    applies: Callable[[Candidate], object]
    only: Collection[str] | None = None


class Narrowed(Generic[Candidate]):
    """A group of signs, cut down to those that can apply beside a character, or in a place: most ask for one of a few.

    Of the signs of what stands around a name, two in three need not be asked then. The order is that of the group.

    >>> stop, word = Sign("a stop", 1.0, str.isspace, only="，。"), Sign("a word", 0.5, str.isalpha)
    >>> signs = Narrowed((stop, word))
    >>> [sign.name for sign in signs.at("。")], [sign.name for sign in signs.at("村")]
    (['a stop', 'a word'], ['a word'])
    """

    __slots__ = ("_others", "_table")

    def __init__(self, signs: Sequence[Sign[Candidate]]) -> None:
        self._others = tuple(sign for sign in signs if sign.only is None)
        self._table = {
            key: tuple(sign for sign in signs if sign.only is None or key in sign.only)
            for key in {key for sign in signs for key in sign.only or ()}
        }

    def at(self, key: str) -> Sequence[Sign[Candidate]]:
        """The signs that can apply beside or in ``key``."""
        return self._table.get(key, self._others)


def weigh(signs: Iterable[Sign[Candidate]], candidate: Candidate) -> float:
    """The sum of the weights of the signs that apply.

    >>> long, loud = Sign("is long", 1.0, lambda text: len(text) > 3), Sign("is loud", -2.0, str.isupper)
    >>> weigh((long, loud), "abcd"), weigh((long, loud), "ABCD")
    (1.0, -1.0)
    """
    total = 0.0
    for _, weight, applies, _ in signs:
        if applies(candidate):
            total += weight
    return total


def weigh_leading(groups: Iterable[Sequence[Sign[Candidate]]], candidate: Candidate) -> float:
    """The sum of the weights of the signs that ``leading`` finds.

    >>> size = (Sign("is long", 1.0, lambda text: len(text) > 3), Sign("is short", -1.0, lambda text: True))
    >>> weigh_leading([size], "ab")
    -1.0
    """
    total = 0.0
    for group in groups:
        for _, weight, applies, _ in group:
            if applies(candidate):
                total += weight
                break
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
    return {name: weight for name, weight, applies, _ in signs if applies(candidate)}
