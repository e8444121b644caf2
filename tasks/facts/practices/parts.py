"""The named members of a practice: 需求清单, 资源清单 and 项目清单 of 三大清单.

A name that is a list has its own members. A numbered one has them beside it: as many as the number says, right before
the name, behind a colon, later in the sentence, or in marks anywhere in the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tasks.facts.practices.enumerations import members_before, members_behind, quoted_members
from tasks.facts.text.reading import Reading
from tasks.lexicon.characters import pattern_of
from tasks.lexicon.practice_heads import head_of

_COUNT = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_NUMBERED = pattern_of(
    r"^“?([两二三四五六七八九])(?:大|张|本|项|个|类|份|条)?([[:han:]]{1,4})|([二三四五六七])(?=[级方色])"
)
_COUNTED_MEMBER = re.compile(r"[二两三四五六七八九十](?:大|张|项|本|个|份)")
_INNER = re.compile(r"“([^”]+)”")
_IS_A_DEED = re.compile("(?:活动|大赛|比赛|征集|评选|展示|论坛|研讨会|展览|培训班?)$")
_SEPARATOR = re.compile(r"\s*[、，＋+／/；]\s*")
_AMOUNT = re.compile(r"^[\dNnXx至到～—-]+[名户个支家人位]?")
# What a mechanism adds to the last of the members that name it: 党员包户制度.
_LISTED_HEAD = pattern_of(
    r"(?:[[:one_to_nine:]两][级方][[:han:]]{0,4})?(?:工作|联动|治理|服务|闭环)?(?:制度|机制|模式|体系|工作法|格局|办法)$"
)
# Between the members and the name: 组织联建、产业联育等, 甲、乙、丙这.
_BEFORE_NAME = re.compile(r"(?:组成的|构成的|等|的|这|为主的|为内容的|在内的|共|形成|合成)*[“‘]?$")
# Characters of the sentence before and behind the name in which they are: a sentence without an end costs no more.
_LONGEST_LIST = 600
_HIGHEST_DISTANCE = 70  # characters behind the name in which its members are looked for


def parts_of(reading: Reading, name: str, spans: Sequence[tuple[int, int]]) -> tuple[str, ...]:
    """The members of the practice ``name``, which stands at ``spans``; empty where it has none or the text names none.

    >>> text = "村里建立“问题清单”“责任清单”两张清单。"
    >>> parts_of(Reading(text), "两张清单", [(14, 18)])
    ('问题清单', '责任清单')
    """
    own = _own_members(name)
    if own:
        return own
    match = _NUMBERED.search(name)
    if match is None:
        return ()
    count = _COUNT[match[1] or match[3]]
    for start, end in spans:
        found = _before(reading, start, end, count)
        if found:
            return _in_full(reading.text, found, match[2])
    alike = _same_head(reading.text, name, match[2], count) if match[2] else ()
    if alike:
        return alike
    for start, end in spans:
        found = _around(reading, start, end, count)
        if found:
            return tuple(found)
    return ()


def _own_members(name: str) -> tuple[str, ...]:
    inner = _INNER.search(name)
    if inner is not None and _IS_A_DEED.search(name, inner.end()):
        return ()  # “互联网+党建”典型案例征集活动 is made of neither
    members = [_AMOUNT.sub("", member) for member in _SEPARATOR.split(inner[1] if inner is not None else name)]
    if len(members) < 2 or not all(2 <= len(member) <= 14 for member in members):
        return ()
    if inner is None:
        if not ("、" in name or "+" in name or "＋" in name):
            return ()
        members[-1] = _LISTED_HEAD.sub("", members[-1])
    return tuple(dict.fromkeys(members))


def _before(reading: Reading, start: int, end: int, count: int) -> list[str]:
    """The members right before the name: 甲、乙、丙“三色”, “甲、乙、丙”的“三老”."""
    text = reading.text
    gap = _BEFORE_NAME.search(text, start - 8, start)
    stop = gap.start() if gap is not None else start
    if stop > 0 and text[stop - 1] == "”":
        opening = text.rfind("“", max(reading.sentence_at(start).start_char, stop - _LONGEST_LIST), stop)
        members = text[opening + 1 : stop - 1].split("、") if opening >= 0 else []
        return members if len(members) == count else []
    members = members_before(reading, stop)
    return members if len(members) == count and _are_members(members) else []


def _around(reading: Reading, start: int, end: int, count: int) -> list[str]:
    """The members in marks around the name, or listed behind it in the same sentence."""
    text, sentence = reading.text, reading.sentence_at(start)
    limit = min(sentence.end_char + _HIGHEST_DISTANCE, end + _LONGEST_LIST, len(text))
    for members in quoted_members(text, max(sentence.start_char, start - _LONGEST_LIST), limit):
        if len(members) == count:
            return members
    members = members_behind(reading, end, min(sentence.end_char, end + _HIGHEST_DISTANCE))
    return members if len(members) == count and _are_members(members) else []


def _in_full(text: str, members: list[str], noun: str | None) -> tuple[str, ...]:
    """需求、资源、项目三张清单: the members are lists too, where the text says so."""
    head = head_of(noun) if noun else None
    full = [member + head.noun for member in members] if head is not None else []
    return tuple(full) if full and all(member in text for member in full) else tuple(members)


def _are_members(members: list[str]) -> bool:
    return all(2 <= len(member) <= 12 for member in members) and len(set(members)) == len(members)


def _same_head(text: str, name: str, noun: str, count: int) -> tuple[str, ...]:
    """Members anywhere in the text that end in the noun of the name: “三张清单” … “问题清单” …"""
    head = head_of(noun)
    ending = head.noun if head else noun[-1:] if len(noun) == 1 else noun
    pattern = rf"(?<=[“、和及与是：立入])([[:han:]]{{2,6}}?{re.escape(ending)})(?=[”、和及与，。；）（])"
    members: dict[str, None] = {}
    for member in pattern_of(pattern).finditer(text):
        if member[1] != name and not _COUNTED_MEMBER.search(member[1]):
            members[member[1]] = None
    return tuple(members) if len(members) == count else ()
