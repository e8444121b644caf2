"""Characters without which a pattern cannot match: of many patterns, only those a text has characters for are searched.

A table of fifty patterns is mostly searched in vain. Of each, ``needed_characters`` tells a set of characters of which
every match holds at least one, read from the pattern itself, so that no list beside it can go out of step. ``Clues``
looks up the characters of a text once for all patterns of a table. The answer may be yes for a pattern that does not
match, never no for one that does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from re import _constants as kinds  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

# A class of more characters than this ([:han:]) is in nearly every text and rules nothing out.
_LONGEST_RANGE = 64
REPEATS = (kinds.MAX_REPEAT, kinds.MIN_REPEAT, kinds.POSSESSIVE_REPEAT)


def needed_characters(pattern: str) -> frozenset[str] | None:
    """Characters of which every string that ``pattern`` is found in has at least one; None where none can be told.

    >>> sorted(needed_characters("(?:计划|打算)[^，。]{0,4}(?:推行)?$"))
    ['打', '计']
    >>> needed_characters("[^，。]{0,4}(?!推行)$") is None
    True
    """
    tree = parser.parse(pattern)
    return None if tree.state.flags & re.IGNORECASE else _needed_of_all(tree)


def _needed_of_all(items: Iterable[tuple[Any, Any]]) -> frozenset[str] | None:
    """Of things in a row each has to be there: the one with the fewest characters rules out the most."""
    found = [needed for item in items if (needed := needed_of(*item)) is not None]
    return min(found, key=len, default=None)


def needed_of(kind: Any, given: Any) -> frozenset[str] | None:
    if kind is kinds.LITERAL:
        return frozenset(chr(given))
    if kind is kinds.IN:
        return _needed_of_class(given)
    if kind is kinds.BRANCH:
        return united([_needed_of_all(branch) for branch in given[1]])
    if kind is kinds.SUBPATTERN:
        return _needed_of_all(given[3])
    if kind is kinds.ATOMIC_GROUP:
        return _needed_of_all(given)
    if kind is kinds.ASSERT:
        return _needed_of_all(given[1])
    if kind in REPEATS and given[0] > 0:
        return _needed_of_all(given[2])
    return None


def _needed_of_class(members: Sequence[tuple[Any, Any]]) -> frozenset[str] | None:
    return united([needed_of_member(*member) for member in members])


def needed_of_member(kind: Any, given: Any) -> frozenset[str] | None:
    if kind is kinds.LITERAL:
        return frozenset(chr(given))
    if kind is kinds.RANGE and given[1] - given[0] < _LONGEST_RANGE:
        return frozenset(map(chr, range(given[0], given[1] + 1)))
    return None


def united(parts: Sequence[frozenset[str] | None]) -> frozenset[str] | None:
    known = [part for part in parts if part is not None]
    return frozenset().union(*known) if len(known) == len(parts) else None


class Clues:
    """Which of ``patterns`` can be found in a text at all, by their numbers.

    >>> clues = Clues({0: "计划", 1: "打算", 2: "^.{3}$"})
    >>> clues.bits("打开"), clues.always, list(clues.numbers("打开"))
    (2, 4, [1, 2])
    >>> list(Clues({0: "tags?：", 1: "标签："}, ignore_case=True).numbers("TAGS"))
    [0]
    """

    def __init__(self, patterns: Mapping[int, str], *, ignore_case: bool = False) -> None:
        self._bits: dict[str, int] = {}
        self.always = 0
        for number, pattern in patterns.items():
            needed = needed_characters(pattern)
            if needed is None:
                self.always |= 1 << number
            else:
                for character in _in_all_cases(needed) if ignore_case else needed:
                    self._bits[character] = self._bits.get(character, 0) | 1 << number
        self._known = frozenset(self._bits)

    def bits(self, text: str) -> int:
        """A bit for each pattern that ``text`` has a character for, besides those of ``always``."""
        found = 0
        for character in self._known.intersection(text):
            found |= self._bits[character]
        return found

    def numbers(self, text: str) -> Iterator[int]:
        """The patterns that can be found in ``text``, in order."""
        bits = self.always | self.bits(text)
        while bits:
            lowest = bits & -bits
            yield lowest.bit_length() - 1
            bits ^= lowest


# What ``re.IGNORECASE`` takes for these letters besides their own two cases.
_OTHER_CASES = {"i": "\u0130\u0131", "k": "\u212a", "s": "\u017f"}


def _in_all_cases(characters: Iterable[str]) -> frozenset[str]:
    lower = {character.lower() for character in characters}
    return frozenset(case for letter in lower for case in (letter, letter.upper(), *_OTHER_CASES.get(letter, "")))
