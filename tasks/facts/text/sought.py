"""Patterns that are looked for in whole articles, and tried only where a pair of characters stands that begins them.

Most of them are found in one article of ten. A search of ``re`` goes over all characters for each; here one look at all
pairs of neighbours tells for all patterns together where each may begin, and most of them begin nowhere. The pairs are
read from the pattern itself, so that no list beside it can go out of step. Pairs share slots: a place that is no
beginning costs one vain try, never a match that is missed.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from re import _constants as kinds  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import numpy as np
import numpy.typing as npt

from tasks.lexicon.characters import spelled_out

_SLOTS = 1 << 16
# Of the pairs as in tasks/facts/text/anchors.py, and of their second slot, for time alone: so many slots are taken that
# three of five places where a pattern may begin by the first are none by the second.
_FACTOR, _SECOND_FACTOR = 40_503, 25_717
_MOST_PATTERNS = 64  # the bits of a slot
_MOST_PAIRS = 6_000  # of one pattern; with a tenth of the slots taken a pattern begins at every tenth pair by chance
# For time alone: below, the look at all pairs takes longer than a search.
_SHORT_CHARACTERS = 100
# For memory alone: longer texts are searched by the patterns themselves.
_LONG_CHARACTERS = 200_000


class Sought:
    """A pattern as of ``pattern_of``, each match of which begins with one of some pairs of characters.

    Raises ``ValueError`` for a pattern of which no such pairs can be told.

    >>> session = Sought("第[[:one_to_ten:]]{1,3}届")
    >>> [match.group() for match in session.finditer("第十二届，第一次" * 20)][:2], session.search("第一次") is None
    (['第十二届', '第十二届'], True)
    """

    __slots__ = ("_match", "number", "pairs", "pattern")

    def __init__(self, pattern: str) -> None:
        spelled = spelled_out(pattern)
        pairs = first_pairs(spelled)
        if pairs is None:
            raise ValueError(f"no first pairs can be told of {pattern}")
        if len(ALL_SOUGHT) == _MOST_PATTERNS:
            raise ValueError("a slot has no bit for one more pattern")
        self.pattern, self.pairs = re.compile(spelled), pairs
        self._match = self.pattern.match
        self.number = len(ALL_SOUGHT)
        ALL_SOUGHT.append(self)

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """What ``finditer`` of the pattern finds in ``text`` from ``start`` to ``end``."""
        if not _SHORT_CHARACTERS < len(text) < _LONG_CHARACTERS:
            return self.pattern.finditer(text, start, end)
        is_part = start > 0 or end < len(text)
        beginnings = _beginnings(text, len(ALL_SOUGHT))
        places = beginnings.between(self, start, end) if is_part else beginnings.of(self)
        return self._matches(text, places, start, end) if places else _NOTHING

    def search(self, text: str) -> re.Match[str] | None:
        """What ``search`` of the pattern finds in ``text``."""
        return next(self.finditer(text), None)

    def _matches(self, text: str, places: list[int], start: int, end: int) -> Iterator[re.Match[str]]:
        position = start
        for place in places:
            if position <= place:
                match = self._match(text, place, end)
                if match is not None:
                    position = match.end()
                    yield match


ALL_SOUGHT: list[Sought] = []
_NOTHING: Iterator[re.Match[str]] = iter(())
# Any decimal digit but those of ASCII, and what lies beyond the basic plane: there every pattern is tried.
_ALL_BITS = np.uint64((1 << _MOST_PATTERNS) - 1)


@cache
def _untold() -> npt.NDArray[np.bool_]:
    return np.array([code == 0 or (code > 127 and chr(code).isdecimal()) for code in range(_SLOTS)])


@cache
def _tables(count: int) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.uint64], npt.NDArray[np.uint64]]:
    """Whether any of the first ``count`` patterns begins with the pair of a slot, which, and which by second slots."""
    bits, second_bits = np.zeros(_SLOTS, np.uint64), np.zeros(_SLOTS, np.uint64)
    for sought in ALL_SOUGHT[:count]:
        for pair in sought.pairs:
            for table, factor in ((bits, _FACTOR), (second_bits, _SECOND_FACTOR)):
                table[(ord(pair[0]) * factor + ord(pair[1])) % _SLOTS] |= np.uint64(1 << sought.number)
    return bits != 0, bits, second_bits


class _Beginnings:
    """The places of one text where any of the first ``count`` patterns may begin, by pattern."""

    __slots__ = ("_begins", "_places")

    def __init__(self, text: str, count: int) -> None:
        is_any, bits, second_bits = _tables(count)
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
        if int(codes.max()) >= _SLOTS:
            codes = np.where(codes < _SLOTS, codes, 0)
        points = codes.astype(np.uint16)
        slots = points[:-1] * np.uint16(_FACTOR)
        slots += points[1:]
        is_place = is_any.take(slots)
        untold = _untold().take(points)
        is_untold = untold[:-1] | untold[1:] if untold.any() else None
        if is_untold is not None:
            is_place |= is_untold
        places = is_place.nonzero()[0]
        found = bits.take(slots.take(places))
        found &= second_bits.take(points.take(places) * np.uint16(_SECOND_FACTOR) + points.take(places + 1))
        if is_untold is not None:
            found[is_untold.take(places)] = _ALL_BITS
        # A row for each pattern, 1 in the columns of its places: all places in one list, those of one behind another's.
        is_of = np.unpackbits(found.astype("<u8").view(np.uint8).reshape(-1, 8), axis=1, count=count, bitorder="little")
        numbers, columns = is_of.T.nonzero()
        self._places: list[int] = places.take(columns).tolist()
        self._begins: list[int] = np.searchsorted(numbers, np.arange(count + 1)).tolist()

    def of(self, sought: Sought) -> list[int]:
        """Where ``sought`` may begin, in order."""
        return self._places[self._begins[sought.number] : self._begins[sought.number + 1]]

    def between(self, sought: Sought, start: int, end: int) -> list[int]:
        """Those from ``start`` on and before ``end``: a text that is read clause by clause asks for few at a time."""
        first, behind = self._begins[sought.number], self._begins[sought.number + 1]
        first = bisect_left(self._places, start, first, behind)
        return self._places[first : bisect_left(self._places, end, first, behind)]


# The texts of a batch, and those with digits folded: every reader asks for them again.
_beginnings = lru_cache(maxsize=128)(_Beginnings)


def first_pairs(pattern: str) -> frozenset[str] | None:
    """The pairs of characters one of which begins every match of ``pattern``; None where there are too many or none.

    >>> sorted(first_pairs("(?<!不)(?:台(?:胞|商)|两岸)"))
    ['两岸', '台商', '台胞']
    >>> first_pairs("年.") is None, first_pairs("年月?") is None
    (True, True)
    """
    tree = parser.parse(pattern)
    if tree.state.flags & re.IGNORECASE:
        return None
    found = _prefixes(list(tree), 2)
    return found if found is not None and _shortest(found) == 2 else None


# The first characters of what a thing of a pattern can match, ``length`` of them at most: one that is shorter is all of
# it. None where they cannot be told.
_Prefixes = frozenset[str] | None
_LONGEST_RANGE = 64
_NO_MORE = frozenset(("",))


def _prefixes(items: Sequence[tuple[Any, Any]], length: int) -> _Prefixes:
    if not items or length == 0:
        return _NO_MORE
    (kind, given), rest = items[0], items[1:]
    if kind is kinds.ASSERT and given[0] > 0:
        return _both(_prefixes(list(given[1]), length), _prefixes(rest, length), length)
    first = _prefixes_of(kind, given, length)
    return None if first is None else _joined(first, _prefixes(rest, length - _shortest(first)), length)


def _shortest(prefixes: frozenset[str]) -> int:
    return min(map(len, prefixes), default=0)


def _joined(first: frozenset[str], behind: _Prefixes, length: int) -> _Prefixes:
    if behind is None:
        return None
    found = frozenset((prefix + more)[:length] for prefix in first for more in behind)
    return found if len(found) <= _MOST_PAIRS else None


def _both(asked: _Prefixes, behind: _Prefixes, length: int) -> _Prefixes:
    """The prefixes ``behind`` what is asked first, as far as both can be."""
    if asked is None:
        return behind
    if behind is None:
        return asked if _shortest(asked) == length else None
    fit = ((one, other) for one in asked for other in behind if one.startswith(other) or other.startswith(one))
    return frozenset(one if len(one) == length else other for one, other in fit)


def _prefixes_of(kind: Any, given: Any, length: int) -> _Prefixes:
    if kind in (kinds.AT, kinds.ASSERT, kinds.ASSERT_NOT):
        return _NO_MORE
    if kind is kinds.LITERAL:
        return frozenset(chr(given))
    if kind is kinds.IN:
        return _united([_members(*member) for member in given])
    if kind is kinds.BRANCH:
        return _united([_prefixes(list(branch), length) for branch in given[1]])
    if kind is kinds.SUBPATTERN and not given[1] and not given[2]:
        return _prefixes(list(given[3]), length)
    if kind is kinds.ATOMIC_GROUP:
        return _prefixes(list(given), length)
    if kind in (kinds.MAX_REPEAT, kinds.MIN_REPEAT, kinds.POSSESSIVE_REPEAT):
        least, most, repeated = given
        return _repeated(least, most, repeated, length)
    return None


def _repeated(least: int, most: int, items: Any, length: int) -> _Prefixes:
    one = _prefixes(list(items), length)
    if one is None:
        return None
    found = set(_NO_MORE) if least == 0 else set()
    times: _Prefixes = _NO_MORE
    for number in range(1, min(most, length) + 1):
        times = None if times is None else _joined(times, one, length)
        if times is None:
            return None
        if number >= min(least, length):
            found |= times
    return frozenset(found)


def _members(kind: Any, given: Any) -> _Prefixes:
    if kind is kinds.LITERAL:
        return frozenset(chr(given))
    if kind is kinds.RANGE and given[1] - given[0] < _LONGEST_RANGE:
        return frozenset(map(chr, range(given[0], given[1] + 1)))
    if kind is kinds.CATEGORY:
        return _CATEGORIES.get(given)
    return None


# Other digits than those of ASCII are told by ``_untold``.
_CATEGORIES: dict[Any, frozenset[str]] = {
    kinds.CATEGORY_DIGIT: frozenset("0123456789"),
    kinds.CATEGORY_SPACE: frozenset(chr(code) for code in range(_SLOTS) if chr(code).isspace()),
}


def _united(parts: Sequence[_Prefixes]) -> _Prefixes:
    known = [part for part in parts if part is not None]
    return frozenset().union(*known) if len(known) == len(parts) else None
