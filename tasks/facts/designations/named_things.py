"""What a place is named pilot or model of, by the words right before the word of the designation."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tasks.lexicon.characters import pattern_of
from tasks.lexicon.word_lists import any_of, words_for

# The words before a designation that only say whose it is, since when or the how-manyeth.
_NOT_OF_THE_THING = pattern_of(
    rf"^.*(?:{any_of(words_for('designation_verbs', 'before'))}"
    r"|全国|国家级?|全省|省级|全市|市级|州级|全州|全县|县级|全区|区级|自治区级?|首批|[第首[:one_to_ten:]\d]+批次?|我[省市县区])(?:次)?"
)
# 已于今年6月先行|试点: when and how it was tried out, before anything that would be named.
_WHEN_AND_HOW = pattern_of(
    r"^(?:.*(?:[今去前明]年|年[初底末]|\d[年月日号])(?:份|初|底|末|起|以来|上旬|中旬|下旬|开始)?)?"
    r"(?:已经?|均|都|也|又|还|正|便|就|率先|先行|首先|先后|首批|同步|全面|正式|继续){0,3}"
)
_HOW_AT_END = re.compile("(?:率先|先行|首先|同步|全面|正式){1,2}$")
_COUNTED_AT_END = pattern_of(r"(?:工作)?(?:\d+|[两[:one_to_ten:]]+)个$")  # 全国生活垃圾分类|工作46个|试点城市之一
_IS_A_SPOT = re.compile("(?:小区|社区|街道|园区|校区|片区|[村镇乡县])$")
# Verbs that names hold as well (乡村治理体系建设): they end what stands before a name, where enough of one is left.
_VERB_BEFORE_THING = pattern_of(
    rf"^.*(?:{any_of(words_for('designation_verbs', 'inside'))}|[为是被了]|[省市县区旗](?=[[:han:]]{{4}}))(?=.{{3}})"
)
_VERB_AT_END = re.compile(rf"(?:{any_of(words_for('designation_verbs', 'end'))}|[为是被了的在])$")
_QUOTED_BEFORE = pattern_of(r"“([^“”]{2,24})”(?:[[:han:]]{0,4}(?:机制|制度|模式|项目|品牌))?$")
_SHORTEST_THING = 3
_LONGEST_THING = 24


def thing_before(words: str, places: Sequence[str]) -> str | None:
    """What stands right before the word of a designation, when it is the name of something: 全市村级议事协商创新实验试点."""
    quoted = _QUOTED_BEFORE.search(words)
    if quoted is not None:
        return quoted[1]
    clause = re.split(r"[，。；：、“”]", words)[-1]
    for place in places:
        if place in clause:
            clause = clause[clause.rindex(place) + len(place) :]
    thing = _VERB_BEFORE_THING.sub("", _NOT_OF_THE_THING.sub("", _WHEN_AND_HOW.sub("", _HOW_AT_END.sub("", clause))))
    thing = _COUNTED_AT_END.sub("", thing)
    thing = thing.removeprefix("过").removeprefix("了")  # 没有开展过邻里茶桌试点
    if _IS_A_SPOT.search(thing):
        return None  # 城东小区先行试点: where, not what
    if not _SHORTEST_THING <= len(thing) <= _LONGEST_THING or not pattern_of(r"[[:han:]A-Za-z0-9+]+").fullmatch(thing):
        return None
    if _VERB_AT_END.search(thing):
        return None
    return thing
