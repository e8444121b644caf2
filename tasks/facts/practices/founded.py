"""Noun phrases behind a verb of founding: names that nothing else marks (新设便民寄递点, 组建护林党小组12个).

Read forwards from the verb over its particles and counts to the end of the noun phrase; the phrase is a candidate as
far as the last head noun in it, even one too short to be looked for anywhere else (点, 岗, 队).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from tasks.facts.practices.name_words import HEAD_GOES_ON, may_name
from tasks.facts.text.reading import Reading
from tasks.facts.text.sought import Sought
from tasks.lexicon.characters import pattern_of
from tasks.lexicon.practice_heads import Head, head_of
from tasks.lexicon.word_lists import any_of, words_for

_LONGEST_NAME = 16
_SHORTEST_NAME = 4
# What may stand between the verb and the name: 成立了由老党员组成的, 建成12个, 每年安排300万元.
_BETWEEN = pattern_of(
    r"(?:并?(?:实施|建立|推出|推行|打造|形成|构建|开展|运行|成立))?(?:了|起了?|出了?|过|为|成)?"
    r"(?:由[^，。；：“”\n]{2,40}?(?:组成|参加|参与|牵头|负责|担任)的)?"
    r"(?:首[个支家批]|一[个支批套项条张本份处间座]|总?规模(?:为|达)?|每年|(?:约|近)?[\d.]{1,9}[万亿]?余?元的?"
    r"|(?:\d{1,6}|[一二两三四五六七八九十]{1,3})(?:多|余)?(?:个|支|家|批|套|项|条|处|座|名|类|间|所|张|块|台|期|场|位|面|本)){0,2}"
    r"(?:[[:han:]]{2,3}的|标准化|规范化|专门|统一)?"
)
# Posts that are filled everywhere (配备专职网格员312名) are no practices.
_STAFF = pattern_of(
    r"(?:专兼?职|兼职|持证|在岗|村级|社区)?(?:网格|调解|联络|监督|观察|指导|专干|护林|协理|辅导|信息)员"
)
# Heads that end the names of bodies and buildings everywhere: they name a practice only in quotation marks.
_ONLY_IN_MARKS = frozenset(
    ("中心", "会", "街", "公园", "广场", "学校", "党建", "网", "馆", "社", "店", "台", "号", "车", "通道")
)
# 四级网格, 三方会商: numerals with which a name may begin or go on.
_NUMERAL_WORD = re.compile(r"[一二两三四五六七八九十](?:级|方|色|员|会|社|家|社|联|长|治|定|办|单)")


@cache
def _verbs() -> Sought:
    return Sought(any_of(words_for("practices/setting_up_verbs", "create")))


def founded_phrases(reading: Reading, taken: bytearray) -> Iterator[tuple[int, int, Head]]:
    """Start, end and head of each noun phrase behind a verb of founding, and of those listed with it.

    ``taken`` marks the characters of quoted names and titles.
    """
    text, words = reading.text, reading.words
    done = 0
    for verb in _verbs().finditer(text):
        if verb.start() < done or not words.is_start[verb.start()] or taken[verb.start()]:
            continue
        start = _beginning(reading, verb.end())
        for found in _listed(reading, start, taken):
            done = found[1]
            if found[2] is not None:
                yield found[0], found[1], found[2]


def _beginning(reading: Reading, at: int) -> int:
    """Where the noun phrase behind the verb that ends at ``at`` begins: behind particles and counts, at a whole
    word."""
    between = _BETWEEN.match(reading.text, at)
    if between is not None and reading.words.is_start[between.end()]:
        return between.end()
    return at


def _listed(reading: Reading, start: int, taken: bytearray) -> Iterator[tuple[int, int, Head | None]]:
    """The phrase at ``start`` and what is listed with it: “甲”、乙工具屋和丙诊所; the head is None where there is none."""
    text = reading.text
    while start < len(text) and reading.words.is_start[start]:
        if text[start] == "“":
            closing = text.find("”", start, start + _LONGEST_NAME)
            if closing < 0:
                return
            end, start = closing + 1, closing + 1
            tail = _TAIL.match(text, end)
            end = tail.end() if tail is not None else end
        else:
            found = _phrase(reading, start, taken)
            if found is None:
                return
            yield found
            end = found[1]
        link = _LINK.match(text, end)
        if link is None:
            return
        start = link.end()


_LINK = re.compile(r"\d{0,4}[个支家处名]?(?:、|和|及|以及|与)")
_TAIL = pattern_of(r"[[:han:]]{1,8}(?=[[:list_mark:]])")


def _phrase(reading: Reading, start: int, taken: bytearray) -> tuple[int, int, Head | None] | None:
    """The longest noun phrase at ``start`` that ends in a head noun; without a head where it ends in another."""
    text, words = reading.text, reading.words
    stop_verbs, naming_words = words_for("boundary_words", "phrase"), words_for("name_parts", "practice")
    best: tuple[int, int, Head] | None = None
    end = start
    for index in range(words.index_of(start), len(words.texts)):
        word = words.texts[index]
        if end + len(word) - start > _LONGEST_NAME or taken[end] or not word.isalnum():
            break
        so_far = text[start : end + len(word)]
        head = head_of(so_far) if end > start or len(word) >= _SHORTEST_NAME else None
        if head is not None and (head.strength == "weak" or head.noun in _ONLY_IN_MARKS):
            head = None
        if head is not None and _STAFF.fullmatch(so_far):
            head = None
        ends_with_head = head is not None and len(head.noun) >= min(len(word), 2)
        if not ends_with_head and not (
            may_name(word, words.tags[index], stop_verbs, naming_words) or _NUMERAL_WORD.fullmatch(word)
        ):
            break
        end += len(word)
        if ends_with_head and head is not None and len(so_far) >= _SHORTEST_NAME and not HEAD_GOES_ON.match(text, end):
            best = (start, end, head)
    if best is not None:
        return best
    return (start, end, None) if end > start else None
