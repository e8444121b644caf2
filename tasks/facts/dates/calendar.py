"""Points and ranges of the calendar as precise as a text states them: a half year, a quarter, a decade, a five-year
plan."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from tasks.facts.dates.reigns import small_number
from tasks.facts.dates.relative_words import WEEKDAYS, WEEKS

_MONTHS_OF_PERIOD = {
    "上半年": (1, 6), "下半年": (7, 12), "前三季度": (1, 9), "前三个季度": (1, 9), "前两季度": (1, 6), "前两个季度": (1, 6),
}  # fmt: skip
_SEASONS = {"春": 3, "夏": 6, "秋": 9, "冬": 12}
_QUARTER = re.compile(r"第?([一二三四1234])季度")
_PLAN_STARTS = {1: 1953, 2: 1958}  # from the third plan on every five years: 1951 + 5 n

# Behind a year that is not what is told of but since when, or until when: 2018年以来.
_OPEN_YEAR = re.compile("以来|起|至今|开始|以后|之后|前|底前")


@dataclass(frozen=True, slots=True)
class CalendarPoint:
    """A point or, with ``end_*``, a range of the calendar, as precise as it was stated."""

    year: int | None
    month: int | None = None
    day: int | None = None
    end_year: int | None = None
    end_month: int | None = None
    end_day: int | None = None

    @property
    def is_range(self) -> bool:
        return self.end_year is not None or self.end_month is not None or self.end_day is not None

    def iso(self) -> str:
        start = _iso(self.year, self.month, self.day)
        return f"{start}/{_iso(self.end_year, self.end_month, self.end_day)}" if self.is_range else start


@dataclass(slots=True)
class FoundDate:
    """``point`` is None for what reads like a date but names no point: recurring, vague or impossible ones.

    ``form``: what was written, as the parts of ``ATOM`` name it (iso, year, bare_month); of a range that of its
    beginning.
    """

    start: int
    end: int
    point: CalendarPoint | None
    time: str = ""
    recurs: bool = False
    form: str = ""


def _iso(year: int | None, month: int | None, day: int | None) -> str:
    head = "-" if year is None else f"{year:04d}"
    if month is None:
        return head
    return f"{head}-{month:02d}" + ("" if day is None else f"-{day:02d}")


def day_point(day: date) -> CalendarPoint:
    """A single day."""
    return CalendarPoint(day.year, day.month, day.day)


def weekday_point(issued: date, week: str, weekday: str) -> CalendarPoint:
    """The day of the week before, of or behind that of ``issued``.

    >>> weekday_point(date(2021, 4, 1), "上", "五").iso()
    '2021-03-26'
    """
    monday = issued - timedelta(days=issued.weekday())
    return day_point(monday + timedelta(days=7 * WEEKS[week] + WEEKDAYS[weekday]))


def month_told(issued: date, surface: str, day: int | None) -> CalendarPoint:
    """The month before, of or behind that of ``issued``, by its first word.

    >>> month_told(date(2021, 1, 5), "上月", None).iso()
    '2020-12'
    """
    index = issued.year * 12 + issued.month - 1 + {"上": -1, "下": 1}.get(surface[0], 0)
    return CalendarPoint(index // 12, index % 12 + 1, day)


def is_possible(point: CalendarPoint) -> bool:
    """Whether months and days exist: there is no month 13 and no 31 February."""
    for year, month, day in ((point.year, point.month, point.day), (point.end_year, point.end_month, point.end_day)):
        if month is not None and not 1 <= month <= 12:
            return False
        if day is not None and month is not None and not 1 <= day <= monthrange(year or 2000, month)[1]:
            return False
    return True


def period_of_year(year: int, surface: str) -> CalendarPoint:
    """The months of a half year, a season, a quarter or the first n months of ``year``; its last month; or the year
    itself.

    >>> period_of_year(2020, "三季度").iso(), period_of_year(2020, "年底").iso(), period_of_year(2020, "初").iso()
    ('2020-07/2020-09', '2020-12', '2020')
    >>> period_of_year(2020, "秋天").iso(), period_of_year(2020, "冬季").iso()
    ('2020-09/2020-11', '2020-12/2021-02')
    >>> period_of_year(2020, "春").iso(), period_of_year(2020, "三季度末").iso()
    ('2020-03/2020-05', '2020-09')
    """
    months = _MONTHS_OF_PERIOD.get(surface)
    if months is not None:
        return CalendarPoint(year, months[0], None, year, months[1])
    if surface.endswith("个月"):
        count = surface[1:-2]
        return CalendarPoint(year, 1, None, year, 2 if count == "两" else small_number(count))
    first = _SEASONS.get(surface[0])
    if first is not None:
        return CalendarPoint(year, first, None, year + (first == 12), (first + 1) % 12 + 1)
    quarter = _QUARTER.match(surface)
    if quarter is not None:
        number = "一二三四".find(quarter[1]) + 1 or int(quarter[1])
        if surface[-1] in "底末":
            return CalendarPoint(year, 3 * number)
        return CalendarPoint(year, 3 * number - 2, None, year, 3 * number)
    # The end of a year is its December; 年初 may be any of its first months.
    return CalendarPoint(year, 12) if surface[-1] in "底末" or surface == "年终" else CalendarPoint(year)


def decade(century: str | None, tens: str, first_year: str | None = None) -> CalendarPoint:
    """The ten years of 上世纪80年代 (``century`` None), 20世纪九十年代 or 1990年代 (``first_year``).

    >>> decade("20", "九十").iso(), decade(None, "80").iso()
    ('1990/1999', '1980/1989')
    """
    if first_year is not None:
        return CalendarPoint(int(first_year), end_year=int(first_year) + 9)
    number = 20 if century is None else int(century) if century.isdigit() else small_number(century)
    first = (number - 1) * 100 + (int(tens) if tens.isdigit() else small_number(tens))
    return CalendarPoint(first, end_year=first + 9)


def five_year_plan(number: str, tail: str) -> CalendarPoint:
    """The years of the plan 十四五 (``number`` 十四), or its first or last one.

    >>> five_year_plan("十四", "期间").iso(), five_year_plan("二", "时期").iso()
    ('2021/2025', '1958/1962')
    """
    count = small_number(number)
    start = _PLAN_STARTS.get(count, 1951 + 5 * count)
    if tail == "末":
        return CalendarPoint(start + 4)
    if tail == "初期":
        return CalendarPoint(start)
    return CalendarPoint(start, end_year=start + 4)


def is_decade(point: CalendarPoint) -> bool:
    """Whether ``point`` is a stretch of whole years.

    >>> is_decade(CalendarPoint(1990, end_year=1999)), is_decade(CalendarPoint(1990))
    (True, False)
    """
    return point.month is None and point.end_year is not None


def goes_on_from(last: CalendarPoint, between: str, day: int | None = None) -> bool:
    """Whether a month without a ``day`` goes on from the year ``last``, told in an earlier sentence of the paragraph.

    >>> goes_on_from(CalendarPoint(2018), "，该县建成中心。"), goes_on_from(CalendarPoint(2018), "以来，建成中心。")
    (True, False)
    """
    is_year = last.month is None and not last.is_range
    return day is None and is_year and "\n" not in between and _OPEN_YEAR.match(between) is None
