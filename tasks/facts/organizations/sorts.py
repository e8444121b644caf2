"""Words before a head that say of what sort a school, a hospital or a cooperative is, and name none."""

from __future__ import annotations

from tasks.facts.organizations.own_names import stands_clear
from tasks.facts.text.reading import Reading
from tasks.lexicon.body_heads import Head
from tasks.lexicon.characters import pattern_of
from tasks.lexicon.dictionary import is_word

# What sort a school or a hospital is: 现代化小学, 标志性学校, 六轨制小学, 公办完全小学, 师属重点中学.
_SORT = pattern_of(
    "(?:[[:han:]]{2,4}[化性型]|[[:han:]]{1,3}制|(?:公办|民办|乡镇|城区|大中|农村|基层)+|[[:han:]]{0,4}(?:重点|示范|骨干|定点))"
    "(?:完全|公办|民办)*"
)
_COLLECTIVE = ("合作社", "农场", "牧场", "联合社", "基地", "加工厂", "养殖场", "采摘园")


def is_sort(reading: Reading, head: Head, start: int, at: int) -> bool:
    """Whether all that stands before the head says of what sort it is, so that it names none.

    Words of the language name a cooperative where they stand clear (，丰收合作社), and say what one does behind others
    (进一步规范农民专业合作社, 领办的有机蔬菜合作社).
    """
    text, words = reading.text, reading.words
    if head.kind in ("school", "hospital"):
        return _SORT.fullmatch(text, start, at) is not None
    if not head.text.endswith(_COLLECTIVE) or stands_clear(text, start):
        return False
    pieces = range(words.index_of(start), words.index_of(at - 1) + 1)
    return all(is_word(words.texts[index]) and words.tags[index][0] in "nvabdl" for index in pieces) and not any(
        words.tags[index] in ("nr", "ns", "nz", "nt") for index in pieces
    )
