"""The words of designations: what a place is named (试点县, 示范村), and in which clause it is named so.

Most uses of the words name nobody: 试点经验, 每个试点, 示范引领, the title of a paper. A designation needs a verb that
names (列为, 授予), one that tries out (开展…试点) or a list of who is what (试点县：…).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tasks.facts.designations.place_rolls import ROLL_HEADING
from tasks.facts.text.reading import Reading
from tasks.facts.text.sought import Sought
from tasks.lexicon.word_lists import any_of, words_for
from tasks.records import DesignationLevel

_WORD = Sought(
    r"(?:试点|示范|试验|实验|先行|样板|标杆)"
    r"(?:区县|乡镇|村镇|镇村|[区县市旗州镇乡村户校点院站园]|街道|街区|社区|小区|片区|单位|基地|项目|工程|城市|嘎查|连队|苏木|家庭)?"
)
# 示范 alone is a verb, 先行 an adverb: only with what is named do they tell a status.
_STATUS_ALONE = frozenset(("试点",))
_NAMING = re.compile(rf"(?!系[统列数级]){any_of(words_for('designation_verbs', 'name'))}|(?<=[县市区旗镇乡村户家])为")
_TRYING = re.compile(any_of(words_for("designation_verbs", "try")))
_GENERAL_BEFORE = re.compile(
    r"(?:每个|各个|各|所有|这些|那些|其他|该|本|上述|多个|一些|若干|首个|通过|经过|根据|按照|总结|从|扩大|深化|在)$"
)
_IN_TITLE = re.compile(r"《[^》]*$")
# 示范村申报未获通过: the word stands before its verb.
_SOUGHT_BEHIND = re.compile(r"(?:的|称号|资格)?(?:申报|申请|评选|创建|称号|资格)")
_GENERAL_BEHIND = re.compile(
    r"(?:的?(?:经验|办法|方案|期间|期满|期限|阶段|成果|成效|任务|台账|效应|引领|作用|带动|性|意义|名单|通知|要求|范围|需要|要|应|须|可|不得|均|都|于)"
    r"|》)"
)
# 试点县：甲县、乙县; 一、甲市，试点项目为“…”
_LISTED_BEHIND = re.compile(r"(?:名单)?(?:为|是|包括|：)")
_LEVELS: tuple[tuple[re.Pattern[str], DesignationLevel], ...] = (
    (re.compile(r"全国|国家级|部级"), "national"),
    (re.compile(r"全省|省级|自治区级|全自治区"), "province"),
    (re.compile(r"全市|市级|州级|全州"), "city"),
    (re.compile(r"全县|县级|全区|区级|全旗|旗级"), "county"),
    (re.compile(r"国家|中央"), "national"),
    (re.compile(r"省|自治区"), "province"),
)
_CLAUSE_MARKS = "。；！？\n"
_CLAUSE_STOP = re.compile(r"[，。；！？\n]")
# Characters. For time alone: no sentence says so far off who is named, and a text without a mark is looked through for
# each of its words.
LONGEST_SCOPE = 500


@dataclass(frozen=True, slots=True)
class DesignationWord:
    """A word that names a status, with the stretch of text that says whose it is.

    ``scope_start``: behind the last mark of a sentence or the last such word; ``verb_start``, ``verb_end`` the verb
    that governs the word, both ``start`` where a list does; ``scope_end`` the end of the clause behind the word.
    """

    start: int
    end: int
    scope_start: int
    scope_end: int
    verb_start: int
    verb_end: int
    level: DesignationLevel | None


def designation_words(reading: Reading) -> Iterator[DesignationWord]:
    """The words of ``reading`` that somebody is named, in order.

    >>> reading = Reading("甲县被列为全省议事试点，推广试点经验。乙村获评市级示范村。")
    >>> [(reading.text[word.start:word.end], word.level) for word in designation_words(reading)]
    [('试点', 'province'), ('示范村', 'city')]
    """
    text = reading.text
    last_end = 0
    for match in _WORD.finditer(text):
        start, end = match.span()
        earliest = max(start - LONGEST_SCOPE, last_end)
        sentence = max(text.rfind(mark, earliest, start) for mark in _CLAUSE_MARKS) + 1
        scope_start = max(sentence, earliest)
        words = text[scope_start:start]
        governed = _governed(text, match[0], words, end)
        if governed is None:
            continue
        verb_start, verb_end = governed
        scope_end = _clause_end(text, end)
        phrase = words[-30:]
        level = next((level for pattern, level in _LEVELS if pattern.search(phrase)), None)
        last_end = end
        yield DesignationWord(
            start, end, scope_start, scope_end, scope_start + verb_start, scope_start + verb_end, level
        )


def _governed(text: str, word: str, words: str, end: int) -> tuple[int, int] | None:
    """The span in ``words``, which stand before ``word``, of the verb that makes it a designation; None where it is
    none."""
    clause = re.split(r"[，,]", words)[-1]
    offset = len(words) - len(clause)
    is_status = word in _STATUS_ALONE or not word.endswith(("试点", "示范", "试验", "实验", "先行", "样板", "标杆"))
    if not is_status:
        return None
    if _IN_TITLE.search(words):
        return None
    naming = _last(_NAMING, clause)
    if naming is not None:
        return offset + naming[0], offset + naming[1]
    if _LISTED_BEHIND.match(text, end) and not _GENERAL_BEFORE.search(words):
        return len(words), len(words)
    if ROLL_HEADING.match(text, end) and "\n" not in words and not _GENERAL_BEFORE.search(words):
        return len(words), len(words)  # 第三批示范村名单, above its lines
    if _SOUGHT_BEHIND.match(text, end):
        return len(words), len(words)
    if _GENERAL_BEHIND.match(text, end) or _GENERAL_BEFORE.search(words):
        return None
    trying = _last(_TRYING, clause)
    if trying is not None and word.endswith("试点"):
        return offset + trying[0], offset + trying[1]
    if naming is None and offset and re.match(r"(?:计划|拟|准备|将)", clause):
        return offset, offset
    return None


def _last(pattern: re.Pattern[str], clause: str) -> tuple[int, int] | None:
    found = None
    for match in pattern.finditer(clause):
        found = match.span()
    return found


def _clause_end(text: str, end: int) -> int:
    last = min(len(text), end + LONGEST_SCOPE)
    stop = _CLAUSE_STOP.search(text, end, last)
    return stop.start() if stop is not None else last
