"""The year a figure speaks of: that of the date before it, of issue where the text says now."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from tasks.facts.text.reading import Reading
from tasks.lexicon.characters import pattern_of
from tasks.records import DateMention

_NOW_REACH = 160  # characters: a sentence without an end must not cost more the longer it is
# 目前, 现有, 现在, 现已, 如今, 至今, 今年, 眼下; the first character stands alone, so that the search leaps from one to the next.
_NOW = re.compile(r"[目现如至今眼](?:(?<=目)前|(?<=现)[有在已]|(?<=[如至])今|(?<=今)年|(?<=眼)下)")
# What counts from a year that nothing else tells.
_OTHER_YEAR = re.compile("[去今前明后](?<![从以目之日])年(?!轻|级|龄|货)")
_FOUNDED_BEFORE = re.compile("(?:始建|[修筑组创]?建|创办|成立|设立|建成|落成|投用|开业|起源|发源)于$")
_SINCE = re.compile("以来|至今|(?<=[年月日底初])起(?![草点])")
_SINCE_REACH = 30  # characters: 自2018年4月在安仁镇设立以来; in what stands further on another date is meant
_ADDED_UP = re.compile("[已现目累先总共](?:(?<=已)|(?<=现)有|(?<=目)前|(?<=[累总共])计|(?<=先)后)")
# A span that reaches until now takes no year from the sentence before: 2017年成立。两年来调解217件.
_YEARS_UNTIL_NOW = pattern_of(r"[\d[:one_to_ten:]两几数多]年多?来(?![自访])")
_FOUNDED_BEHIND = re.compile("(?:建成|成立|创办|创建|设立|始建|落成|投用|开业|组建|建[村镇市])")


def year_of(reading: Reading, dates: Sequence[DateMention], date_starts: Sequence[int], start: int) -> int | None:
    """The year of the last date before ``start`` in the sentence, else in the paragraph; of issue where the text says
    now."""
    sentence = reading.sentence_at(start)
    index = bisect_right(date_starts, start) - 1
    if index >= 0 and dates[index].start_char >= sentence.start_char:
        told = dates[index]
        if reading.published_on is None and _OTHER_YEAR.search(reading.text, told.end_char, start):
            return None  # 2020年修了5个院落，去年9个, on a page without a date
        is_until_now = (
            _is_of_founding(reading.text, told) and _NOW.search(reading.text, told.end_char, start) is not None
        )
        if not is_until_now and not _is_counted_since(reading.text, told, start):
            return _year(told.iso)
        return None if reading.published_on is None else reading.published_on.year
    if reading.published_on is not None and _NOW.search(
        reading.text, max(sentence.start_char, start - _NOW_REACH), start
    ):
        return reading.published_on.year
    if _YEARS_UNTIL_NOW.search(reading.text, max(sentence.start_char, start - _NOW_REACH), start):
        return None if reading.published_on is None else reading.published_on.year
    if index >= 0 and reading.text.find("\n", dates[index].end_char, start) < 0:
        return _year(dates[index].iso)
    return None


def _is_of_founding(text: str, told: DateMention) -> bool:
    """Whether a date is when something began, so that what 现有 counts is of another year: 始建于1983年，现有楼房41栋."""
    before = text[max(told.start_char - 4, 0) : told.start_char]
    return _FOUNDED_BEFORE.search(before) is not None or _FOUNDED_BEHIND.match(text, told.end_char) is not None


def _is_counted_since(text: str, told: DateMention, start: int) -> bool:
    """Whether the figure at ``start`` adds up from a date until now: 自2018年4月设立以来，已调解635件."""
    since = _SINCE.search(text, told.end_char, min(start, told.end_char + _SINCE_REACH))
    return since is not None and _ADDED_UP.search(text, since.end(), start) is not None


def _year(iso: str) -> int | None:
    first, _, last = iso.partition("/")
    if last and first[:4] != last[:4]:
        return None
    return int(first[:4]) if first[:4].isdigit() else None
