"""The day an article was issued, where only its text tells, and whether 今天 is that day or the day of a scene told."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from tasks.facts.dates.surface_forms import TIME
from tasks.facts.text.once import kept
from tasks.facts.text.reading import Reading
from tasks.lexicon.characters import pattern_of

_DAY_PART = re.compile(r"[上下中]午|[傍夜]?晚|凌晨|清晨|早[上晨]|一早")
# What makes 今天 the day of a piece of news: an hour, or what is done on a day. 今天 in a scene told is that scene's day.
_EVENT_BEHIND = pattern_of(
    r"[^[:sentence_end:]\n]{0,30}?(?:记者|获悉|举行|召开|举办|发布|公布|揭牌|开幕|闭幕|启动|开工|开通|签约|宣布|印发|通报|挂牌)"
)
_NEWS_OPENING = re.compile(r"^[^\n]{0,60}?(?:[本新][报社台网][^\n]{0,14}?[讯电]|[日晚]电|讯[（(　 ])")
# A sentence that is nothing but a day signs a document.
_SIGNED = re.compile(r"\n[^\n，。]{0,30}?(?P<year>(?:19|20)\d\d)年(?P<month>\d{1,2})月(?P<day>\d{1,2})日[）)]?\s*$")
# A chronicle goes through the days of the year in its title: 2018年…大事记.
_CHRONICLE = pattern_of(r"(?P<year>(?:19|20)\d\d)年度?[[:han:]]{0,20}?(?:大事记|纪事|要事|大事|日志)")
_MASTHEAD = re.compile(r"(?P<year>(?:19|20)\d\d)\s?[年/.-]\s?(?P<month>\d{1,2})(?:\s?[月/.-]\s?(?P<day>\d{1,2}))?")


@kept
def issued_on(reading: Reading) -> date | None:
    """The day of issue where the page tells none: as the document is signed, else as a masthead above it says.

    A masthead without a day stands for the last of its month, so that its days alone are days of that month; the year
    of a chronicle for its last day.
    """
    chronicle = _CHRONICLE.search(reading.title) if reading.title else None
    if chronicle is not None:
        return date(int(chronicle["year"]), 12, 31)
    found = _SIGNED.search(reading.folded)
    for hint in (reading.dateline, reading.title, reading.outlet):
        found = found or (_MASTHEAD.search(hint) if hint else None)
    if found is None or not 1 <= int(found["month"]) <= 12:
        return None
    year, month = int(found["year"]), int(found["month"])
    last = monthrange(year, month)[1]
    day = int(found["day"] or last)
    return date(year, month, day) if 1 <= day <= last else None


def is_day_of_news(text: str, end: int) -> bool:
    """Whether 今天, which ends at ``end``, is the day of issue: by the hour or the event named, or by a news opening.

    >>> is_day_of_news("今天，县里召开大会。", 2), is_day_of_news("今天轮到他值班。", 2)
    (True, False)
    """
    time = TIME.match(text, end)
    return (
        (time is not None and bool(time["part"] or time["hour"]))
        or _DAY_PART.match(text, end) is not None
        or _EVENT_BEHIND.match(text, end) is not None
        or _NEWS_OPENING.match(text) is not None
    )
