"""Characters that a match begins or ends with: a pattern is searched only where one of them stands.

They are read from the pattern itself, so that no list beside it can go out of step. The answer may be yes for a pattern
that does not match, never no for one that does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from re import _compiler as compiler  # type: ignore[attr-defined]
from re import _constants as kinds  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from tasks.lexicon.characters import spelled_out
from tasks.lexicon.clues import REPEATS, needed_of, needed_of_member, united


def last_characters(pattern: str) -> frozenset[str] | None:
    """Characters one of which ends every string that ``pattern``, which ends in ``$``, is found in; None where none
    can be told, or where it does not end so.

    >>> sorted(last_characters("(?:[赴到]|前往)(?:了|过)?$"))
    ['\\n', '了', '到', '往', '赴', '过']
    >>> last_characters("(?:赴|到)?$") is None
    True
    """
    tree = parser.parse(pattern)
    found = None if tree.state.flags & re.IGNORECASE else _last_before_end(list(tree))
    return None if found is None else found | {"\n"}  # ``$`` holds before the last line feed too


def _last_before_end(items: list[tuple[Any, Any]]) -> frozenset[str] | None:
    """The last characters before the ``$`` that ends ``items``, or each of the branches they end in."""
    if not items:
        return None
    kind, given = items[-1]
    if kind is kinds.AT and given is kinds.AT_END:
        found, may_be_empty = _edge_of_all(items[:-1], needed_of, from_end=True)
        return None if may_be_empty else found
    if kind is kinds.BRANCH:
        return united([_last_before_end([*items[:-1], *branch]) for branch in given[1]])
    if kind is kinds.SUBPATTERN:
        return _last_before_end([*items[:-1], *given[3]])
    return None


# The characters that one thing of a pattern, no group of others, can begin or end with.
Edge = Callable[[Any, Any], frozenset[str] | None]


def _edge_of_all(items: Iterable[tuple[Any, Any]], edge: Edge, *, from_end: bool) -> tuple[frozenset[str] | None, bool]:
    """What things in a row can end with (``from_end``) or begin with, and whether they may be nothing at all."""
    found: frozenset[str] | None = frozenset()
    for item in reversed(list(items)) if from_end else items:
        one, may_be_empty = _edge(item, edge, from_end=from_end)
        found = united([found, one])
        if not may_be_empty:
            return found, False
    return found, True


def _edge(item: tuple[Any, Any], edge: Edge, *, from_end: bool) -> tuple[frozenset[str] | None, bool]:
    kind, given = item
    if kind in (kinds.AT, kinds.ASSERT, kinds.ASSERT_NOT):
        return frozenset(), True
    if kind is kinds.BRANCH:
        branches = [_edge_of_all(branch, edge, from_end=from_end) for branch in given[1]]
        return united([one for one, _ in branches]), any(may_be_empty for _, may_be_empty in branches)
    if kind is kinds.SUBPATTERN:
        return _edge_of_all(given[3], edge, from_end=from_end)
    if kind is kinds.ATOMIC_GROUP:
        return _edge_of_all(given, edge, from_end=from_end)
    if kind in REPEATS:
        one, may_be_empty = _edge_of_all(given[2], edge, from_end=from_end)
        return one, may_be_empty or given[0] == 0
    return edge(kind, given), False


def led(pattern: str) -> re.Pattern[str]:
    """A pattern as of ``pattern_of``, before which stands what its matches can begin with, so that a search passes by.

    The search of ``re`` leaps to where a match can begin only if a single class or plain words open the pattern. Where
    groups or what stands before are asked first, all of it is tried at every character, which takes two to five times
    as long as one class. A pattern that may begin with anything is compiled as it is.

    >>> led("(?<!不)(?:(?:建|设)立|推行)了").pattern
    '(?=[建推设])(?:(?<!不)(?:(?:建|设)立|推行)了)'
    >>> led(".(?:建|设)立").pattern
    '.(?:建|设)立'
    """
    spelled = spelled_out(pattern)
    tree = parser.parse(spelled)
    first, may_be_empty = _edge_of_all(tree, _first, from_end=False)
    if first is None or may_be_empty or tree[0][0] is kinds.AT or tree.state.flags & re.IGNORECASE:
        return re.compile(spelled)
    members = "".join(sorted(member if member == _DIGIT else re.escape(member) for member in first))
    return re.compile(f"(?=[{members}])(?:{spelled})")


_DIGIT = r"\d"


def _first(kind: Any, given: Any) -> frozenset[str] | None:
    """Characters and ``_DIGIT``: a class of them may hold both."""
    return united([_first_of_member(*member) for member in (given if kind is kinds.IN else [(kind, given)])])


def _first_of_member(kind: Any, given: Any) -> frozenset[str] | None:
    is_digit = kind is kinds.CATEGORY and given is kinds.CATEGORY_DIGIT
    return frozenset((_DIGIT,)) if is_digit else needed_of_member(kind, given)


def core_of(pattern: str) -> re.Pattern[str] | None:
    """The last choice that every match of ``pattern`` goes through, as a pattern; None where there is none or a group.

    What stands before it may stand in many ways: all of them are tried where the words that tell are nowhere.

    >>> core = core_of("^(?:但|最后|[^，。]{1,8}){0,3}?(?:没成|未果|作罢)")
    >>> core.search("最后大家都没搞懂"), core.search("最后只好作罢").group()
    (None, '作罢')
    """
    tree = parser.parse(spelled_out(pattern))
    choices = [item for item in tree if item[0] is kinds.BRANCH]
    if not choices or tree.state.groups > 1 or tree.state.flags & re.IGNORECASE:
        return None
    items = choices[-1:]
    if not all(branch and branch[0][0] is kinds.LITERAL for branch in items[0][1][1]):  # as in ``led``
        first, may_be_empty = _edge_of_all(items, _first, from_end=False)
        if first is None or may_be_empty:
            return None  # it would be tried at every character, which takes longer than the pattern itself
        members = [
            (kinds.CATEGORY, kinds.CATEGORY_DIGIT) if one == _DIGIT else (kinds.LITERAL, ord(one)) for one in first
        ]
        items = [(kinds.ASSERT, (1, parser.SubPattern(tree.state, [(kinds.IN, sorted(members, key=str))]))), *items]
    core: re.Pattern[str] = compiler.compile(parser.SubPattern(tree.state, items))
    return core


class Head:
    """A pattern as of ``pattern_of``, matched only where a character stands that it can begin with: seldom, mostly.

    Raises ``ValueError`` for a pattern that may begin with a digit, with anything or with nothing.

    >>> native = Head("籍|人(?:氏|士)")
    >>> native.match("安吉人士", 2) is not None, native.match("安吉县", 2) is not None
    (True, False)
    """

    __slots__ = ("_firsts", "_match")

    def __init__(self, pattern: str) -> None:
        spelled = spelled_out(pattern)
        firsts, may_be_empty = _edge_of_all(parser.parse(spelled), _first, from_end=False)
        if firsts is None or may_be_empty or _DIGIT in firsts:
            raise ValueError(f"no first character can be told of {pattern}")
        self._firsts, self._match = firsts, re.compile(spelled).match

    def match(self, text: str, start: int = 0) -> re.Match[str] | None:
        """What ``match`` of the pattern finds at ``start``, which is 0 or more."""
        return self._match(text, start) if text[start : start + 1] in self._firsts else None


class Tail:
    """A pattern as of :func:`pattern_of` that ends in ``$``, searched only in what ends as it does.

    Most texts do not end so, and each is a search.

    Raises ``ValueError`` for a pattern of which no last character can be told.

    >>> gone = Tail("(?:赴|前往)(?:了|过)?$")
    >>> gone.search("昨天前往") is not None, gone.search("昨天前往的") is not None
    (True, False)
    """

    __slots__ = ("_ends", "_search")

    def __init__(self, pattern: str) -> None:
        ends = last_characters(spelled_out(pattern))
        if ends is None:
            raise ValueError(f"no last character can be told of {pattern}")
        self._ends, self._search = ends, led(pattern).search

    def search(self, text: str) -> re.Match[str] | None:
        """What ``search`` of the pattern finds in ``text``."""
        return self._search(text) if text[-1:] in self._ends else None

    def search_before(self, text: str, start: int, end: int) -> re.Match[str] | None:
        """What it finds from ``start`` to ``end``, which lie within ``text``."""
        return self._search(text, start, end) if text[end - 1 : end] in self._ends else None
