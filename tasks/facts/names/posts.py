"""Posts as printed: the office or occupation that stands directly before or after a name."""

from __future__ import annotations

import re
from functools import cache

import rjieba

from tasks.facts.names.lexicon import words


def post_ending_at(text: str, end: int, left: int = 0) -> int | None:
    """Where the post that ends at ``end`` begins, its modifiers included; None where no post ends there.

    >>> text = "石桥镇党委副书记"
    >>> text[post_ending_at(text, len(text)):]
    '党委副书记'
    """
    start = _word_ending_at(text, end, left, "posts")
    if start is None:
        return None
    while True:
        modifier = _word_ending_at(text, start, left, "post_modifiers")
        if modifier is None:
            break
        start = modifier
    if start - 2 >= left and text[start - 1] in "、兼":
        earlier = post_ending_at(text, start - 1, left)
        if earlier is not None:
            return earlier
    return start


_OCCUPATION_ENDS = frozenset("员工农匠师长主书")
_OCCUPATION = re.compile(r"([\u4e00-\u9fff]{0,3})(员|工|农|匠|师|长|主|文书)$")
_TAIL_LENGTH = {"员": 2, "主": 2, "师": 2, "工": 1, "农": 1, "匠": 1, "长": 1, "文书": 0}
_FUNCTION = frozenset("的了和与及在是由把被从对向让请该这那有为个位名")


def occupation_ending_at(text: str, end: int, left: int = 0) -> int | None:
    """Where a word for an occupation that no list holds begins (桃农, 评理员, 椅长), judged by its last character.

    >>> text = "桃农"
    >>> occupation_ending_at(text, 2), occupation_ending_at("快速增长", 4)
    (0, None)
    """
    if text[end - 1 : end] not in _OCCUPATION_ENDS:
        return None
    match = _OCCUPATION.search(text, max(left, end - 4), end)
    if match is None or text[end - 2 : end] in words("occupation_exceptions") or text[end - 1 : end + 1] == "主任":
        return None
    tail = match.group(2)
    start = max(match.start(), end - len(tail) - _TAIL_LENGTH[tail])
    while start < end - len(tail) and text[start] in _FUNCTION:
        start += 1
    if end - start > 2 and start > 0 and rjieba.has_word(text[start - 1 : start + 1]):
        start += 1  # 年轻船员 is no 轻船员
    if end - start < 2:
        return None
    modifier = _word_ending_at(text, start, left, "post_modifiers")
    return start if modifier is None else modifier


def post_starting_at(text: str, start: int) -> int | None:
    """Where the post that begins at ``start`` ends; None where none begins there.

    >>> post_starting_at("总书记强调", 0)
    3
    """
    lengths = _lengths_by_first().get(text[start : start + 1])
    if lengths is not None:
        table = words("posts")
        for length in lengths:
            if text[start : start + length] in table:
                return start + length
    return None


def _word_ending_at(text: str, end: int, left: int, name: str) -> int | None:
    if end <= left:
        return None
    lengths = _lengths_by_last(name).get(text[end - 1])
    if lengths is not None:
        table = words(name)
        for length in lengths:
            if end - length >= left and text[end - length : end] in table:
                return end - length
    return None


@cache
def _lengths_by_last(name: str) -> dict[str, tuple[int, ...]]:
    """Lengths of the words of a list by their last character, longest first."""
    return _lengths(words(name), -1)


@cache
def _lengths_by_first() -> dict[str, tuple[int, ...]]:
    return _lengths(frozenset(word for word in words("posts") if len(word) > 1), 0)


def _lengths(table: frozenset[str], at: int) -> dict[str, tuple[int, ...]]:
    grouped: dict[str, set[int]] = {}
    for word in table:
        grouped.setdefault(word[at], set()).add(len(word))
    return {character: tuple(sorted(found, reverse=True)) for character, found in grouped.items()}
