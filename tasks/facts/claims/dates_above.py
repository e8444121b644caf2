"""Dates that hold for a mention though another line has them: that of an answer, the year of a heading."""

from __future__ import annotations

import re

from tasks.facts.claims.beginnings import begins
from tasks.facts.claims.clauses import Surroundings
from tasks.facts.claims.told_years import dated_between
from tasks.facts.claims.topics import heading_above
from tasks.facts.dates.resolution import FoundDate
from tasks.facts.text.needed import led
from tasks.facts.text.reading import Reading

OPENING_DATE = re.compile("(?:早在|那是|大约|约|到了?|直到|自从?|从|在|于)?")
ANOTHER_TIME = led(
    "后来|此后|之后|后(?=，)|目前|如今|现在|眼下|近年|今年|去年|前年|最近|近日|日前|次年|翌年|第二年|多年|\\d年|[一二两三四五六七八九十几]年|年[前后来]|将|计划|打算|曾|原来|本来"
    "|过去|以前|那时|当时"
)
_ASKED_WHEN = re.compile("(?:什么时候|何时|哪一?年|几时|哪个时候|怎么来的|怎么想[到起]|从何而来)[^，。；！？]{0,12}？")
# The heading of what was done in a year, and what was there before it.
_LOOKS_BACK = re.compile(
    "度?(?:的)?(?:主要|重点)?工作(?:回顾|总结|完成情况|开展情况|情况|成效)|(?:工作)?回顾$", re.MULTILINE
)
_GONE_ON = led("继续|深化|巩固|坚持|持续|完善|优化|进一步|不断|全面推行$")
_ANSWER = re.compile("(?:[^：，。\\n]{1,10}：)?(?:是|大概是?|应该是)?[“]?")
_LATEST_IN_ANSWER = 12  # characters of an answer in which the date stands


def in_answer(reading: Reading, dates: tuple[FoundDate, ...], around: Surroundings) -> FoundDate | None:
    """The date that opens the answer to the question when it began: “板凳会”是什么时候办的？|答：2018年秋天."""
    asked = _ASKED_WHEN.search(around.text, around.clause_start)
    if asked is None:
        return None
    line = reading.text.find("\n", around.offset + asked.end()) + 1
    opened = _ANSWER.match(reading.text, line) if line else None
    if opened is None:
        return None
    found = dated_between(dates, opened.end(), opened.end() + _LATEST_IN_ANSWER)
    return found[0] if found and OPENING_DATE.fullmatch(reading.text, opened.end(), found[0].start) else None


def in_heading(reading: Reading, dates: tuple[FoundDate, ...], around: Surroundings) -> FoundDate | None:
    """The year a heading looks back on, of what is set up below it: 一、2020年工作回顾, 石桥镇推行“板凳会”."""
    span = heading_above(reading.text, around.offset)
    if span is None or ANOTHER_TIME.search(around.sentence) or _GONE_ON.search(around.before):
        return None
    found = dated_between(dates, *span)
    if len(found) != 1 or not _LOOKS_BACK.match(reading.text, found[0].end):
        return None
    return found[0] if begins(around.before, around.behind) else None
