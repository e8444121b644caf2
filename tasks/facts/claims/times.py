"""When a practice is said to have begun, as an interval of days; when it ended; what is yet to come."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import NamedTuple

from tasks.facts.claims.clauses import Surroundings
from tasks.facts.claims.governing_dates import AS_OF, DISTANCES, HAD, Dates
from tasks.facts.claims.sign import ENDING
from tasks.facts.claims.told_years import dates_of
from tasks.facts.dates.calendar import CalendarPoint
from tasks.facts.dates.resolution import FoundDate
from tasks.facts.text.needed import led
from tasks.facts.text.reading import Reading
from tasks.lexicon.characters import pattern_of
from tasks.records import StatedPrecision


class Stated(NamedTuple):
    """The first and last day on which it can have begun; ``first`` is None where only the latest day is told."""

    first: date | None
    last: date | None
    precision: StatedPrecision


_SET_UP = led("设立|成立|建立|推行|创办|开办|组建|建成|实行|启动|办起|设的|建的")
_ENDED = pattern_of(f"[^，。；]{{0,8}}?{ENDING}")
# 到了2018年|，村里…办起“板凳会”: what happens then; 到了2018年|，村里已办起 or 12所: what was there by then.
_HAPPENS = re.compile("(?:[春夏秋冬]天?|年?[初底末])?，.*", re.DOTALL)
_BY_THEN = led("已|累计|总计|共[有建]|均有|都有|全部|全覆盖|建有|设有")
_PLAN = re.compile('^[“"]?十[一二三四五六]五')

# Holidays of the solar calendar tell the day: 去年“六一”. Those of the lunar one leave it at the year.
_FEASTS = {
    "元旦": (1, 1),
    "五一": (5, 1),
    "六一": (6, 1),
    "七一": (7, 1),
    "八一": (8, 1),
    "十一": (10, 1),
    "国庆": (10, 1),
}
_FEAST = re.compile(f"的?[“‘]?({'|'.join(_FEASTS)})(?!月)[”’]?+(?:当天|那天|(?!节?(?:前|后|期间|假期|长假|黄金周)))")


def stated_time(reading: Reading, around: Surroundings, found: FoundDate | None) -> Stated | None:
    """When the practice mentioned in ``around`` is said to have begun, by its ``governing_date``; None where that does
    not say.

    >>> from tasks.facts.claims.clauses import surroundings
    >>> from tasks.facts.claims.governing_dates import governing_date
    >>> reading = Reading("早在2017年3月，石桥镇就推行“板凳会”。", published_on=date(2021, 5, 1))
    >>> around = surroundings(reading, 16, 19)
    >>> stated_time(reading, around, governing_date(reading, around))
    Stated(first=datetime.date(2017, 3, 1), last=datetime.date(2017, 3, 31), precision='month')
    """
    return None if found is None else _interval(reading, found, around)


def time_of_clause(reading: Reading, around: Surroundings, clause: tuple[int, int]) -> Stated | None:
    """When a place of a later ``clause`` is said to have begun; None where that clause has no date.

    >>> from tasks.facts.claims.clauses import surroundings
    >>> reading = Reading("2019年石桥镇推行“板凳会”，2021年扩大到柳溪镇。")
    >>> time_of_clause(reading, surroundings(reading, 11, 14), (16, 26)).first.year
    2021
    """
    found = Dates(dates_of(reading), around).between(*clause)
    return _interval(reading, found[0], around) if found else None


def ended_time(reading: Reading, around: Surroundings) -> Stated | None:
    """When the practice mentioned in ``around`` is said to have ended: by a date no verb of founding stands behind.

    >>> from tasks.facts.claims.clauses import surroundings
    >>> reading = Reading("石桥镇2015年设立“板凳会”，2018年撤销。")
    >>> stated = ended_time(reading, surroundings(reading, 11, 14))
    >>> stated.first.year
    2018
    """
    at = Dates(dates_of(reading), around)
    first_later = around.later[0][0] if around.later else len(around.text)
    for start, end in ((first_later, len(around.text)), (around.end, around.clause_end), (0, around.start)):
        found = [told for told in at.between(start, end) if told.form not in DISTANCES]  # 取消运行两年的“板凳会”
        if found:
            # 2018年停办；去年，邻区加入“板凳会”: the date of the clause that says so, else the last.
            ended = [date for date in found if _ENDED.match(around.text, date.end - around.offset)]
            if ended:
                return _interval(reading, ended[0], around)
            rest = at.behind_date(found[-1], around.start) if end == around.start else ""
            return None if _SET_UP.search(rest) else _interval(reading, found[-1], around)
    return None


def is_yet_to_come(reading: Reading, found: FoundDate | None) -> bool:
    """Whether the date ``found`` of a mention lies behind the day of publication: what is told is a plan.

    >>> from tasks.facts.claims.clauses import surroundings
    >>> from tasks.facts.claims.governing_dates import governing_date
    >>> reading = Reading("2023年，石桥镇推行“板凳会”。", published_on=date(2021, 5, 1))
    >>> is_yet_to_come(reading, governing_date(reading, surroundings(reading, 13, 16)))
    True
    """
    if reading.published_on is None or found is None or found.point is None:
        return False
    return _first_day(found.point) > reading.published_on


def starts_later(reading: Reading, around: Surroundings) -> bool:
    """Whether the clause behind the mention says that it starts after the day of publication.

    >>> from tasks.facts.claims.clauses import surroundings
    >>> reading = Reading("石桥镇实施“板凳会”，2023年启动试点。", published_on=date(2021, 5, 1))
    >>> starts_later(reading, surroundings(reading, 6, 9))
    True
    """
    if not around.later:
        return False
    at = Dates(dates_of(reading), around)
    return bool(at.dates) and is_yet_to_come(reading, at.ahead())


def _interval(reading: Reading, found: FoundDate, around: Surroundings) -> Stated | None:
    point, text = found.point, around.text
    if point is None or point.year is None:
        return None
    issued = reading.published_on
    if point.month is None and not point.is_range and (feast := _FEAST.match(reading.text, found.end)) is not None:
        point = CalendarPoint(point.year, *_FEASTS[feast[1]])
    first = _first_day(point)
    last = _last_day(point)
    lead = text[max(found.start - around.offset - 4, 0) : found.start - around.offset]
    if first > last:
        return None
    surface = reading.folded[found.start : found.end]
    behind = text[found.end - around.offset : around.start] if found.end - around.offset >= 0 else ""
    is_told = lead.endswith("到了") and _HAPPENS.fullmatch(behind) is not None and _BY_THEN.search(text) is None
    if not is_told and (AS_OF.search(lead) or HAD.search(behind)):
        return (
            None
            if issued is not None and first > issued
            else Stated(None, last if issued is None else min(last, issued), "before")
        )
    if issued is not None:
        if first > issued:
            return None
        last = min(last, issued)
    return Stated(first, last, _precision(point, surface))


def _precision(point: CalendarPoint, surface: str) -> StatedPrecision:
    if _PLAN.match(surface):
        return "period" if point.is_range else "year"
    if not point.is_range:
        return "year" if point.month is None else "month" if point.day is None else "day"
    if point.day is None and point.month is not None and point.end_month is not None and point.year == point.end_year:
        months = point.end_month - point.month + 1
        return "quarter" if months == 3 else "half_year" if months == 6 else "period"
    return "period"


def _first_day(point: CalendarPoint) -> date:
    return date(point.year or 1, point.month or 1, point.day or 1)


def _last_day(point: CalendarPoint) -> date:
    year = point.end_year or point.year or 1
    month = (point.end_month if point.is_range else point.month) or 12
    day = point.end_day if point.is_range else point.day
    return date(year, month, day or monthrange(year, month)[1])
