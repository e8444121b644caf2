"""Sentences that name a practice of no place, by what stands around them on the page: papers cited, questions, appeals,
lists of demands.
"""

from __future__ import annotations

import re

from tasks.facts.claims.clauses import Surroundings
from tasks.facts.claims.signs import DONE
from tasks.facts.text.paragraphs import paragraph_start
from tasks.facts.text.reading import Reading
from tasks.lexicon.characters import pattern_of

# 王若彤（2019）认为, 认为（李明哲，2016）: a paper by its author and year; 石桥镇（2019） is none.
_CITED = pattern_of(
    r"[[:han:]]{2,4}(?<![镇村县乡区市省旗社年版])(?:等人?)?（(?:19|20)\d\d[a-z]?）|（[[:han:]]{2,4}(?:等)?[，,]\s?(?:19|20)\d\d[a-z]?）"
)
# 您所在的社区是否设有“…”？A.有 B.没有
_OPTIONS = re.compile(r"[？：:）)。]\s*[（(]?A[)）]?\s*[.．、：:）)\s]")
_APPEAL_TITLE = re.compile("(?:倡议书|倡议)(?:（[^（）]*）)?$")
_FARTHEST = 1_000  # characters of the line on either side: lines of whole pages cost no more
_ITEM = pattern_of("([[:one_to_ten:]])(?:是|要|、)")
_DEMANDS = pattern_of("[[:one_to_nine:]]是(?:要(?![素求点件])|须|应|必须|应当)")


def said_of_none(reading: Reading, around: Surroundings) -> str | None:
    """What makes the sentence of ``around`` one of no place; None where nothing does.

    >>> from tasks.facts.claims.clauses import surroundings
    >>> reading = Reading("王若彤（2019）把“板凳会”视为行政力量的延伸。")
    >>> said_of_none(reading, surroundings(reading, 11, 14))
    'a paper cited'
    """
    start = around.offset + around.start
    line = paragraph_start(reading.text, start)
    before = reading.text[max(line, around.offset) : start]
    if _CITED.search(before) is not None:
        return "a paper cited"
    last = min(start + _FARTHEST, len(reading.text))
    end = reading.text.find("\n", start, last)
    first = max(line, start - _FARTHEST)
    if _OPTIONS.search(reading.text, first, end if end >= 0 else last) is not None:
        return "a question with options"
    is_done = DONE.search(around.before) is not None or DONE.search(around.behind) is not None
    if not is_done and _APPEAL_TITLE.search(reading.title) is not None:
        return "an appeal by its title"
    item = _ITEM.match(before)
    if item is not None and item[1] != "一" and before[1] == "是":
        # 一是要建；二是实施“板凳会”: an item of what is demanded
        demanded = reading.text[first : start - len(before)]
        if _DEMANDS.search(demanded) is not None:
            return "an item of demands"
    return None
