"""Figures that count what was done: 检查1次电线, 调解过两次, 转移96人; and things told without what was done with them."""

from __future__ import annotations

import re

from tasks.facts.figures.leads import region_before
from tasks.facts.figures.said_behind import deed_of_all
from tasks.facts.text.reading import Reading
from tasks.lexicon.dictionary import is_word
from tasks.lexicon.word_lists import words_for

TALLIES = frozenset(("次", "遍", "趟"))
NO_NOUN_BEHIND = frozenset(("", *"，。；：！？、\n”）"))


def told_by_unit(reading: Reading, start: int, end: int, unit: str) -> str | None:
    """What a figure is of where no noun says so: what was paid, what was done so many times."""
    if unit == "元":
        at = start - (reading.text[start - 1 : start] == "了")
        paid = reading.text[at - 2 : at]
        carried = _CARRIED_OVER.search(reading.text, max(0, start - 8), start)
        if carried is not None:
            return carried[0]
        return paid if at > 1 and paid in words_for("counted_deeds", "paid") else None
    if unit == "度" and (line := _CIRCLE.search(reading.text, start - 2, start)) is not None:
        return line[0]
    if unit == "票":
        beside = (reading.text[start - 2 : start], reading.text[end : end + 2])  # 赞成41票, 41票赞成
        return next((vote for vote in beside if vote in _VOTES), None)
    if unit in _PERSONS and reading.text[end : end + 1] in NO_NOUN_BEHIND:
        return deed_before(reading, start)  # 转移96人
    if unit in _PERSONS:
        suffered = _SUFFERED.match(reading.text, end)
        deed = suffered[0] if suffered is not None else deed_of_all(reading, end)
        if deed is not None:
            return deed
    if unit == "次" and (done := _done_behind(reading, end)) is not None:
        return done
    if unit not in TALLIES and unit not in ("场次", "场", "人次", "期", "单"):
        return None
    return deed_before(reading, region_before(reading, start)[1])


def _done_behind(reading: Reading, end: int) -> str | None:
    """What was done or suffered so many times, said behind: 一个月内5次|被停机."""
    at = end + reading.text.startswith(("被", "获"), end)
    index = reading.words.index_of(min(at, len(reading.text) - 1))
    word, tag = reading.words.texts[index], reading.words.tags[index]
    is_deed = reading.words.starts[index] == at and tag == "v" and len(word) == 2 and is_word(word)
    return word if is_deed and word not in words_for("boundary_words", "phrase") else None


_CARRIED_OVER = re.compile("(?:年终)?结转(?:下一?年度?|至?次年)$")  # 结转下年1.2亿元
_VOTES = frozenset(("赞成", "同意", "反对", "弃权"))
_PERSONS = frozenset(("人", "户", "名", "头", "间"))
# What happened to those counted, where nothing else is said of them: 2人死亡、1人失联.
_SUFFERED = re.compile(
    "(?:受灾|死亡|失联|受伤|遇难|获救|被困|失踪|倒塌|受损|病故|中毒|轻伤|重伤|参加|到场|在场|缺席|请假)(?=[，。；、！\n]|$)"
)


def deed_before(reading: Reading, start: int) -> str | None:
    """What was done so many times: 每季度检查1次电线, 村委会调解过两次."""
    words = reading.words
    index = words.index_of(start - 1) if start else -1
    if index > 0 and words.texts[index] in ("过", "了"):
        index -= 1
    if index < 0 or len(words.texts[index]) != 2:
        return None
    deed = words.texts[index]
    if words.tags[index][0] != "v" and deed not in _DONE_OFTEN:
        return None
    if deed in words_for("boundary_words", "phrase") and deed not in _DONE_OFTEN:
        return None
    return deed if is_word(deed) and deed[-1] not in "到了过达" and deed not in _LEFT else None


_CIRCLE = re.compile("[东西]经|[南北]纬")
_LEFT = ("剩下", "留下", "剩余")
_DONE_OFTEN = frozenset(("走访", "慰问", "调研", "考察", "参观", "报名", "参与", "联系", "上门", "入户", "下乡"))


def title_before(text: str, start: int, end: int) -> str | None:
    """The writing that has so many parts: 订《护林公约》12条, 《文集》（40万字）."""
    start -= text[start - 1 : start] in ("（", "(")
    if text[start - 1 : start] != "》" or text[end : end + 1] not in NO_NOUN_BEHIND:
        return None
    opening = text.rfind("《", max(0, start - 24), start)
    return text[opening + 1 : start - 1] if opening >= 0 else None


def without_deed(noun: str, unit: str) -> str:
    """The things without what was done with them, where the segmenter made one noun of both: 排查隐患, 办实事.

    What ends in the head of a compound stays whole (服务中心, 调解协议书).
    """
    if unit == "元" and noun[:-2].endswith(_PAYERS) and noun[-2:] in words_for("counted_deeds", "paid"):
        return noun[-2:]  # 青禾有限公司|认捐
    length = 1 if noun[:1] == "办" else 2
    rest = noun[length:]
    is_deed = length == 1 or noun[:2] in _DEEDS_WITH_OBJECT
    if noun[:2] in _GETTING and len(noun) > 3 and noun[-1] in "金款费":
        return noun[2:]  # 争取老旧小区改造资金
    is_thing = is_word(rest) or (len(rest) == 4 and is_word(rest[:2]) and is_word(rest[2:]))
    return rest if is_deed and len(rest) > 1 and rest[-1] not in _HEADS and is_thing else noun


_DEEDS_WITH_OBJECT = frozenset(
    (
        "张贴",
        "清运",
        "排查",
        "化解",
        "调解",
        "调处",
        "整改",
        "处置",
        "清理",
        "清除",
        "拆除",
        "解决",
        "节省",
        "节约",
        "筹集",
        "募集",
        "发展",
        "种植",
        "栽种",
        "栽植",
        "播种",
        "养殖",
        "流转",
        "承包",
    )
)
_GETTING = frozenset(("争取", "整合", "撬动", "申请", "下拨", "筹措", "落实", "追加", "发放", "奖励", "安排", "划拨"))
_PAYERS = ("公司", "集团", "银行", "基金会", "合作社", "政府", "商会", "协会")
_HEADS = frozenset("员队站点室所院会线费率量数书表单卡制法度力组厅心")
