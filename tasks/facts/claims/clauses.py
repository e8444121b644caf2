"""The clause a mention stands in, and the clauses before and behind it in the same sentence.

What other names in quotation marks, titles and brackets say is blanked out, offsets kept: “没有围墙的养老院” denies nothing.
A name inside a title (《关于推行“板凳会”的意见》) stands for the whole title.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from tasks.facts.text.once import once
from tasks.facts.text.reading import Reading

# The class before what is asked of a dash lets the search leap from mark to mark.
CLAUSE_END = re.compile("[，；：！？。…\n—](?:(?<!—)|—)")
_ENCLOSED = re.compile("“[^“”\n]*”|‘[^‘’\n]*’|《[^《》\n]*》|（[^（）\n]*）")
# A quotation with more characters besides the mention, marks counted, or with a mark of a pause, is speech and no name.
_LONGEST_BESIDE = 6
_PAUSE = re.compile("[，。！？；]")
# 与徐汇区的“三会”相比，: nothing there acts in the clauses behind.
_COMPARES = re.compile(
    "(?:[与和跟同].*(?:相比|相比较|相较|比起来|不同)|(?:不同于|区别于|有别于|比起|相比于|相较于|较之).*)", re.DOTALL
)
BLANK = "\N{WHITE SQUARE}"
# Characters of the sentence that are read before and behind the mention: a sentence without an end costs no more.
# A clause of more characters is a table or lacks its marks.
_LONGEST_CLAUSE = 120
_FARTHEST_BEFORE, _FARTHEST_BEHIND = 600, 300


@dataclass(frozen=True)
class Surroundings:
    """The sentence around a mention, ``text``, what is quoted there blanked out.

    ``next_sentence`` is that behind it in the paragraph. ``start`` and ``end`` of the mention and all other offsets are
    those of ``text``, which begins at ``offset`` of the article's text.
    """

    text: str
    offset: int
    start: int
    end: int
    next_sentence: str = ""

    @once
    def clause_start(self) -> int:
        """Behind the last mark of a pause before the mention."""
        at = 0
        for mark in CLAUSE_END.finditer(self.text, 0, self.start):
            at = mark.end()
        return at

    @once
    def clause_end(self) -> int:
        """Before the first mark of a pause behind the mention."""
        mark = CLAUSE_END.search(self.text, self.end)
        return len(self.text) if mark is None else mark.start()

    @once
    def before(self) -> str:
        """The clause up to the mention, or as much of it as signs are looked for in."""
        return self.text[max(self.clause_start, self.start - _LONGEST_CLAUSE) : self.start]

    @once
    def behind(self) -> str:
        """The clause from the mention on, or as much of it as signs are looked for in."""
        return self.text[self.end : min(self.clause_end, self.end + _LONGEST_CLAUSE)]

    @once
    def sentence(self) -> str:
        """The sentence, or as much of it on either side of the mention as signs are looked for in."""
        return self.text[max(self.start - _LONGEST_CLAUSE, 0) : self.end + _LONGEST_CLAUSE]

    @once
    def earlier(self) -> list[tuple[int, int]]:
        """Start and end of the clauses before that of the mention, the nearest first, but for what only compares."""
        clauses = _clauses(self.text, 0, self.clause_start)[::-1]
        return [(start, end) for start, end in clauses if _COMPARES.fullmatch(self.text, start, end) is None]

    @once
    def later(self) -> list[tuple[int, int]]:
        """Start and end of the clauses behind that of the mention, in order."""
        return _clauses(self.text, self.clause_end, len(self.text))

    @once
    def earlier_texts(self) -> list[str]:
        """The clauses before that of the mention, the nearest first."""
        return [self.text[max(start, end - _LONGEST_CLAUSE) : end] for start, end in self.earlier]

    @once
    def later_texts(self) -> list[str]:
        """The clauses behind that of the mention, in order."""
        return [self.text[start : min(end, start + _LONGEST_CLAUSE)] for start, end in self.later]


def _clauses(text: str, start: int, end: int) -> list[tuple[int, int]]:
    found = []
    at = start
    for mark in CLAUSE_END.finditer(text, start, end):
        found.append((at, mark.start()))
        at = mark.end()
    found.append((at, end))
    return [(start, end) for start, end in found if text[start:end].strip("”’）》 ")]


def surroundings(
    reading: Reading, start_char: int, end_char: int, names: Sequence[tuple[int, int]] = ()
) -> Surroundings:
    """What stands around the mention from ``start_char`` to ``end_char``.

    ``names``: spans of place names in order, whose characters say nothing: 大若岩镇 holds no 若 (if). Their last is kept.

    >>> text = "镇里计划，明年在“无讼村”推行“板凳会”，先不收费。"
    >>> around = surroundings(Reading(text), text.index("板凳"), text.index("板凳") + 3)
    >>> around.before, around.behind, around.earlier_texts, around.later_texts
    ('明年在“□□□”推行', '', ['镇里计划'], ['先不收费'])
    """
    sentence = reading.sentence_at(start_char)
    first = max(sentence.start_char, start_char - _FARTHEST_BEFORE)
    last = min(max(sentence.end_char, end_char), end_char + _FARTHEST_BEHIND)
    whole = reading.text[first:last]
    start, end = start_char - first, end_char - first
    enclosed = [match.span() for match in _ENCLOSED.finditer(whole)]
    for opened, closed in enclosed:
        if opened <= start and closed >= end and whole[opened] != "（":
            is_name = closed - opened - (end - start) <= _LONGEST_BESIDE and not _PAUSE.search(whole, end, closed)
            if whole[opened] == "《" or is_name:
                start, end = opened, closed
    blanked = list(whole)
    for opened, closed in enclosed:
        holds_mention = opened <= start and closed >= end
        is_speech = whole[opened] in "“‘" and _PAUSE.search(whole, opened, closed) is not None
        if not holds_mention and not is_speech:
            blanked[opened + 1 : closed - 1] = BLANK * (closed - opened - 2)
    for opened, closed in names[bisect_left(names, (first, first)) : bisect_left(names, (last, last))]:
        is_apart = closed <= start_char or opened >= end_char
        if is_apart and closed <= last and closed - opened > 2:
            blanked[opened - first : closed - first - 1] = BLANK * (closed - opened - 1)
    following = reading.sentences_between(last, last + 2)
    behind = ""
    if following and "\n" not in reading.text[last : last + 1]:
        behind = _without_first_name(reading.text, following[0].start_char, following[0].end_char, names)
    return Surroundings("".join(blanked), first, start, end, behind[:_FARTHEST_BEHIND])


def _without_first_name(text: str, start: int, end: int, names: Sequence[tuple[int, int]]) -> str:
    """The sentence from ``start`` to ``end``, the place it begins with blanked out but for its last character."""
    at = bisect_left(names, (start, start))
    if at < len(names) and names[at][0] == start and names[at][1] - start > 2 and names[at][1] <= end:
        return BLANK * (names[at][1] - start - 1) + text[names[at][1] - 1 : end]
    return text[start:end]
