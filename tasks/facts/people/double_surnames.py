"""Names of four characters: a married woman's with her husband's surname before her own, or one of two families.

Frequent in Taiwan, Hong Kong and Macao, and met in lists everywhere. A name judged by its characters ends behind three
of them, so these are told by what closes them in on both sides.
"""

from __future__ import annotations

from tasks.facts.people.spans import FoundName
from tasks.facts.people.stretches import CLAUSE_EDGE, given_merit, is_spoken
from tasks.lexicon.characters import pattern_of
from tasks.lexicon.dictionary import is_word
from tasks.lexicon.names import surnames
from tasks.lexicon.posts import post_ending_at, title_starting_at
from tasks.lexicon.word_lists import words_for

_COMMON = 0.9  # the weight of surnames that are seldom met as another word
_LIKELY = 0.0  # log odds of the given characters together, from which on names have them rather than running text
_LENGTH = 4
_LIST_MARKS = frozenset("、和与及")
_REST = pattern_of("[[:han:]]{4}")


def lengthen_double_surnames(text: str, found: list[FoundName]) -> None:
    """Lengthen in ``found`` the names that end before the given name of a woman of two surnames.

    >>> text = "理事长陈黄淑媛；理事许丽红、蔡许金莲。陈黄淑媛致谢。"
    >>> found = [FoundName(3, 5, "陈黄"), FoundName(10, 13, "许丽红"), FoundName(14, 16, "蔡许"), FoundName(19, 21, "陈黄")]
    >>> lengthen_double_surnames(text, found)
    >>> [item.name for item in found]
    ['陈黄淑媛', '许丽红', '蔡许金莲', '陈黄淑媛']
    """
    table = surnames()
    candidates = [
        item
        for item in found
        if len(item.name) < _LENGTH and min(table.get(char, -1.0) for char in item.name[:2]) >= _COMMON
    ]
    whole = {text[item.start : item.start + _LENGTH] for item in candidates if _is_closed_in(text, item.start)}
    for item in candidates:
        name = text[item.start : item.start + _LENGTH]
        if name in whole:
            item.end, item.name = item.start + _LENGTH, name


def _is_closed_in(text: str, start: int) -> bool:
    """Whether a post or the mark of a list leads what may be such a name at ``start``, and an edge closes it."""
    end = start + _LENGTH
    given = text[end - 2 : end]
    if _REST.match(text, start) is None or given_merit(given) < _LIKELY or is_word(text[start : end - 1]):
        return False
    is_listed = text[start - 1 : start] in _LIST_MARKS and start > 0
    if is_word(given) and not is_listed:
        return False  # 村民王金|来到
    return (is_listed or post_ending_at(text, start, max(0, start - 12)) is not None) and _is_closed(text, end)


def _is_closed(text: str, end: int) -> bool:
    """Whether a mark, a form of address, a verb of saying or the end of the list stands behind the name."""
    following = text[end : end + 1]
    if following in CLAUSE_EDGE or following in "等和与及":
        return True  # also where the text ends
    is_addressed = title_starting_at(text, end) is not None or text[end : end + 2] in words_for("names/posts", "civil")
    return is_addressed or is_spoken(text, end)
