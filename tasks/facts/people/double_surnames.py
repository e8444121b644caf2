"""Names of four characters: a married woman's with her husband's surname before her own, or one of two families.

Frequent in Taiwan, Hong Kong and Macao, and met in lists everywhere. A name judged by its characters ends behind three
of them, so these are told by what closes them in on both sides.
"""

from __future__ import annotations

from tasks.facts.people.spans import FoundName
from tasks.facts.people.stretches import CLAUSE_EDGE, is_spoken, tag_of
from tasks.lexicon.characters import pattern_of
from tasks.lexicon.dictionary import is_word
from tasks.lexicon.names import given_name_characters, surnames
from tasks.lexicon.posts import post_ending_at, title_starting_at
from tasks.lexicon.word_lists import words_for

# The weights of the two surnames: neither mostly another word, one of them common.
_LEAST, _COMMON = 0.0, 1.0
_LIKELY = 0.5  # log odds of each given character: below lie words of grammar, which end other names (胡凌波|的)
_LENGTH = 4
_LIST_MARKS = frozenset("、和与及")
_REST = pattern_of("[[:han:]]{4}")


def lengthen_double_surnames(text: str, found: list[FoundName]) -> None:
    """Lengthen in ``found`` the names that end before the given name of a woman of two surnames.

    >>> text = "理事长陈黄素娥；理事许丽珍、蔡许金梅。陈黄素娥致谢。"
    >>> found = [FoundName(3, 5, "陈黄"), FoundName(10, 13, "许丽珍"), FoundName(14, 16, "蔡许"), FoundName(19, 21, "陈黄")]
    >>> lengthen_double_surnames(text, found)
    >>> [item.name for item in found]
    ['陈黄素娥', '许丽珍', '蔡许金梅', '陈黄素娥']
    """
    table = surnames()
    candidates = [
        item
        for item in found
        if len(item.name) < _LENGTH
        and min(weights := [table.get(char, -1.0) for char in item.name[:2]]) >= _LEAST
        and max(weights) >= _COMMON
    ]
    whole = {text[item.start : item.start + _LENGTH] for item in candidates if _is_closed_in(text, item.start)}
    for item in candidates:
        name = text[item.start : item.start + _LENGTH]
        if name in whole:
            item.end, item.name = item.start + _LENGTH, name


def _is_closed_in(text: str, start: int) -> bool:
    """Whether a post or the mark of a list leads what may be such a name at ``start``, and an edge closes it."""
    end = start + _LENGTH
    given, known = text[end - 2 : end], given_name_characters()
    if _REST.match(text, start) is None or min(known.get(char, -1.0) for char in given) < _LIKELY:
        return False
    if is_word(text[start : end - 1]) or (is_word(given) and tag_of(given)[0] == "v"):
        return False  # 村民王金|来到
    before = text[start - 1 : start] if start else "\n"
    is_led = before in _LIST_MARKS or post_ending_at(text, start, max(0, start - 12)) is not None
    return (is_led and _is_closed(text, end)) or (before in CLAUSE_EDGE and _is_addressed(text, end))


def _is_closed(text: str, end: int) -> bool:
    """Whether a mark, a form of address, a verb of saying or the end of the list stands behind the name."""
    following = text[end : end + 1]
    return not following or following in CLAUSE_EDGE or following in "等和与及" or _is_addressed(text, end)


def _is_addressed(text: str, end: int) -> bool:
    is_titled = title_starting_at(text, end) is not None or text[end : end + 2] in words_for("names/posts", "civil")
    return is_titled or is_spoken(text, end)
