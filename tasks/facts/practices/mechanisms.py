"""Mechanisms named by the list of what they do: 领导包片、干部包村、党员包户制度, and those of several levels or parties.

Nothing marks such a name, and commas of lists stand inside it. The members are alike in length or share a character; a
list of plain words (巡查、报告、值班制度) names several things and is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from tasks.facts.text.reading import Reading
from tasks.facts.text.sought import Sought
from tasks.lexicon.characters import pattern_of
from tasks.lexicon.practice_heads import head_of
from tasks.lexicon.word_lists import any_of, words_for

_MEMBER = r"[[:han:]]{3,10}"
_HEAD = (
    r"(?:[[:one_to_nine:]两][级方][[:han:]]{0,4})?(?:工作|联动|治理|服务|闭环)?(?:制度|机制|模式|体系|工作法|格局|办法)"
)
# 乡、村、组三级监督机制: only the levels have names of their own
_LEVELS = Sought(r"[二两三四五六七八九](?:级|方)[[:han:]]{1,6}?(?:制度|机制|体系|格局|模式)(?![制度化])")
_ACTS = "包联管领点派接评查访调审帮带办议"  # what members of a mechanism do alike
_SHORTEST_SHARED = 3
_LONGEST_CLAUSE = 600  # characters that are read before 等做法 of a clause that has no mark


@cache
def _listed() -> Sought:
    verbs = any_of(words_for("practices/setting_up_verbs", "create") | {"健全", "完善", "落实"})
    return Sought(rf"{verbs}(?:了|起)?({_MEMBER}(?:、{_MEMBER}){{1,5}}?)({_HEAD})(?![制度化])")


def listed_mechanisms(reading: Reading, taken: bytearray) -> Iterator[tuple[int, int]]:
    """Where mechanisms stand that are named by the list of their members.

    >>> reading = Reading("镇里建立领导包片、干部包村、党员包户制度。")
    >>> [reading.text[start:end] for start, end in listed_mechanisms(reading, bytearray(30))]
    ['领导包片、干部包村、党员包户制度']
    """
    for match in _listed().finditer(reading.text):
        if 1 not in taken[match.start() : match.end()] and _are_alike(match[1].split("、")):
            yield match.start(1), match.end(2)


def levelled_mechanisms(reading: Reading, taken: bytearray) -> Iterator[tuple[int, int]]:
    """Where mechanisms of several levels or parties stand, founded and behind the list of them.

    >>> reading = Reading("构建镇党委、村党支部、网格党小组三级组织体系。")
    >>> [reading.text[start:end] for start, end in levelled_mechanisms(reading, bytearray(30))]
    ['三级组织体系']
    """
    text = reading.text
    for match in _LEVELS.finditer(text):
        before = text[max(match.start() - 40, 0) : match.start()]
        clause = re.split(r"[，。；：\n]", before)[-1]
        if 1 not in taken[match.start() : match.end()] and "、" in clause and _founds(clause):
            yield match.start(), match.end()


def listed_examples(reading: Reading, taken: bytearray) -> Iterator[tuple[int, int]]:
    """Where names stand that are listed with their places as examples of one kind.

    >>> reading = Reading("天台县巡夜岗、仙居县“一单到底”、三门县回访专班等做法得到推广。")
    >>> [reading.text[start:end] for start, end in listed_examples(reading, bytearray(40))]
    ['巡夜岗', '回访专班']
    """
    text = reading.text
    for kind in _KIND.finditer(text):
        end = kind.start()
        first = max(end - _LONGEST_CLAUSE, 0)
        start = max(first, *(text.rfind(mark, first, end) + 1 for mark in "，。；：\n"))
        for item in _ITEM.finditer(text, start, end):
            place = _PLACE.match(item[0])
            if place is not None and 1 not in taken[item.start() : item.end()] and head_of(item[0][place.end() :]):
                yield item.start() + place.end(), item.end()


# 甲县…、乙县…等做法
_KIND = Sought(r"等(?<=[[:han:]”]等)(?:一批|\d{1,2}[个项])?(?:特色|创新|典型)?(?:做法|经验|机制|模式|品牌)")
_ITEM = re.compile(r"[^、，。；：\n]{4,20}")
_PLACE = pattern_of(r"[[:han:]]{2,7}?(?:[县市区旗镇乡]|街道|社区|村)的?(?=[[:han:]]{3,10}$)")


@cache
def _founding() -> re.Pattern[str]:
    return re.compile(any_of(words_for("practices/setting_up_verbs", "create") | {"健全", "完善", "落实"}))


def _founds(clause: str) -> bool:
    return _founding().search(clause) is not None


def _are_alike(members: list[str]) -> bool:
    if any(member[:2] in words_for("boundary_words", "phrase") for member in members):
        return False
    if len({len(member) for member in members}) == 1 and len(members[0]) > _SHORTEST_SHARED:
        return True
    return any(all(act in member for member in members) for act in _ACTS)
