"""Resolves the dates of one text in reading order: against the day of issue, and against the dates read before them."""

from __future__ import annotations

import re
from bisect import bisect_left
from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta

from tasks.facts.dates.calendar import (
    CalendarPoint,
    FoundDate,
    day_point,
    decade,
    five_year_plan,
    goes_on_from,
    is_decade,
    is_possible,
    month_told,
    period_of_year,
    weekday_point,
)
from tasks.facts.dates.issue_days import is_day_of_news, issued_on
from tasks.facts.dates.official_months import LONGEST_SENTENCE, planned_by_heading, year_of_report
from tasks.facts.dates.reigns import old_year, republican_date, small_number, year_of_republic
from tasks.facts.dates.relative_words import ANAPHORIC_YEARS, RELATIVE_DAYS, RELATIVE_YEARS
from tasks.facts.dates.surface_forms import (
    AHEAD_BEFORE,
    ATOM,
    BEGINNING,
    RANGE_DAY,
    RANGE_MARK,
    RECURRING,
    TIME,
    clock_time,
    is_length,
    lies_ahead,
    year_number,
)
from tasks.facts.text.once import kept
from tasks.facts.text.reading import Reading
from tasks.lexicon.characters import SENTENCE_END

__all__ = ["FoundDate", "resolve_dates"]

_SPEECH = re.compile(r"“[^”\n]*”?")
_TITLE = re.compile(r"《[^》\n]{1,80}》")
_GOES_ON = ("、", "和", "及", "与", "至", "到", "—", "-", "")  # what joins a recurring day to the next
# A day alone goes on from a date of an earlier paragraph that is not older than two months.
_RECENT = timedelta(days=62)
_GRACE = timedelta(days=3)  # a paper dated the 4th may announce the 5th
_AHEAD = timedelta(days=31)  # news announces the coming weeks without a year; further ahead a bare date means last year


@kept
def resolve_dates(reading: Reading) -> tuple[FoundDate, ...]:
    """Every date-like span of the text in order, none overlapping another."""
    return tuple(_Resolver(reading.folded, reading.published_on or issued_on(reading)).found())


class _Resolver:
    """Walks over the matches of one text and keeps the last date read, which later ones lean on."""

    def __init__(self, text: str, issued: date | None) -> None:
        self.text = text
        self.issued = issued
        self.last: CalendarPoint | None = None
        self.last_end = 0
        self.period: CalendarPoint | None = None  # the last stretch of months in the paragraph, whose 同期 is spoken of
        self.plan: tuple[int, int] | None = None  # the year that the last heading plans, and where what it plans ends
        self.republic = 0  # the year of the Republic last told, from which bare numbers go on
        self.named_months: dict[tuple[int, int], int] = {}  # the year in which it last named a stretch of months
        self.named: dict[tuple[int, int], int] = {}  # the year in which the article last named a day
        self.speech: list[tuple[int, int]] | None = None  # found when a date asks: few do
        self.titles = [match.span() for match in _TITLE.finditer(text)]

    def found(self) -> list[FoundDate]:
        text = self.text
        found: list[FoundDate] = []
        position = 0
        for beginning in BEGINNING.finditer(text):
            start = beginning.start()
            if self.republic and start >= position and (item := self._goes_on_in_republic(start)) is not None:
                found.append(item)
                position = item.end
                continue
            match = ATOM.match(text, start) if start >= position else None
            if match is None:
                continue
            end = match.end()
            position = end
            if _inside(self.titles, start) or is_length(self.text, match):
                continue
            goes_on = bool(found) and found[-1].recurs and text[found[-1].end : start] in _GOES_ON
            if goes_on or RECURRING.search(text, start - 6, start):
                time = TIME.match(text, end)
                found.append(FoundDate(start, time.end() if time else end, None, recurs=True))
                continue
            point = self._point(match)
            if point is None and (match["bare_period"] or "").startswith("前"):
                continue  # 前三个月不施肥
            start -= 2 * bool(match["reign"])  # the name of the reign stands before
            item = FoundDate(start, end, point, form=match.lastgroup or "")
            if (match["year"] or "").startswith("民国"):
                self.republic = small_number(match["year"][2:].strip())
            if point is not None and not is_possible(point):
                item.point = point = None
            if point is not None and found and self._joins(found[-1], item):
                previous = found[-1]
                assert previous.point is not None
                previous.point = replace(
                    previous.point,
                    end_year=point.end_year or point.year,
                    end_month=point.end_month or point.month,
                    end_day=point.end_day or point.day,
                )
                previous.end = end
                self._remember(point, end)
                continue
            if point is not None:
                self.plan = planned_by_heading(text, start, point) or self.plan
                point = self._read_range_day(item, point)
                self._read_time(item, match)
                self._remember(point, end)
            position = max(position, item.end)
            found.append(item)
        return found

    def _joins(self, previous: FoundDate, item: FoundDate) -> bool:
        if (
            previous.point is None
            or item.point is None
            or previous.point.is_range != item.point.is_range
            or (previous.point.is_range and not (is_decade(previous.point) and is_decade(item.point)))
            or previous.time
        ):
            return False
        mark = RANGE_MARK.match(self.text, previous.end)
        if mark is None or mark.end() != item.start:
            return False
        a, b = previous.point, item.point
        return (a.year or 0, a.month or 0, a.day or 0) <= (b.year or 9999, b.month or 12, b.day or 31)

    def _remember(self, point: CalendarPoint, end: int) -> None:
        if "\n" in self.text[self.last_end : end]:
            self.period = None
        if self.republic and point.year not in (None, year_of_republic(self.republic)):
            self.republic = 0
        if point.is_range and point.month is not None:
            self.period = point
            if point.year is not None and point.day is None and point.end_month is not None:
                self.named_months[point.month, point.end_month] = point.year
        self.last, self.last_end = point, end
        if point.year is not None and point.month is not None and point.day is not None:
            self.named[point.month, point.day] = point.year

    def _point(self, match: re.Match[str]) -> CalendarPoint | None:
        group = match.groupdict()
        start = match.start()
        if group["iso_year"]:
            return CalendarPoint(int(group["iso_year"]), int(group["iso_month"]), int(group["iso_day"]))
        if group["spaced"]:
            return CalendarPoint(int(group["spaced_year"]), int(group["spaced_month"]), int(group["spaced_day"]))
        if group["from_year"]:
            return CalendarPoint(year_number(group["from_year"]), end_year=year_number(group["to_year"]))
        if group["decade"]:
            return decade(group["century"], group["tens"] or group["late_tens"] or "", group["decade_year"])
        if group["listed_year"]:
            return CalendarPoint(int(group["listed_year"]))
        if group["plan"]:
            return five_year_plan(group["plan_number"], group["plan_tail"])
        if group["year"] or group["relative_year"]:
            return self._with_year(group)
        if group["relative_month"]:
            return self._relative_month(group["relative_month"], group["relative_month_day"])
        if group["era"] or group["reign"]:
            return CalendarPoint(year) if (year := old_year(group)) else None
        if group["daily"]:
            return self._numbered_day(RELATIVE_DAYS[f"{group['daily_word']}天"], int(group["daily_number"] or 0), start)
        if group["bare_from"]:
            told = self.named_months.get((int(group["bare_from"]), int(group["bare_to"] or 0)))
            year = told or self._year_for(int(group["bare_to"]), None, start, match.end())
            return CalendarPoint(year, int(group["bare_from"]), None, year, int(group["bare_to"]))
        if group["lunar"]:
            return None  # 八月十五 is a day of the lunar year
        if group["bare_month"]:
            month = small_number(group["bare_month"])
            day = small_number(group["bare_day"]) if group["bare_day"] else None
            between = self.text[max(self.last_end, start - LONGEST_SENTENCE) : start]
            reported = year_of_report(between, start, month, self.issued, self.plan)
            return CalendarPoint(reported or self._year_for(month, day, start, match.end()), month, day)
        if group["relative_day"]:
            return self._relative_day(match)
        if group["weekday"]:
            return None if self.issued is None else weekday_point(self.issued, group["week"][0], group["weekday"])
        if group["bare_period"]:
            return self._bare_period(group["bare_period"], start, match.end())
        if group["lone_day_number"]:
            return self._lone_day(int(group["lone_day_number"]), start)
        return None

    def _with_year(self, group: dict[str, str | None]) -> CalendarPoint | None:
        relative = group["relative_year"]
        if relative:
            year = self._relative_year(relative, group)
            if year is None and not (group["month"] and relative in RELATIVE_YEARS):
                return None  # but 去年5月 is a month of a year that nobody knows
        else:
            year = year_number(group["year"] or "")
        period = group["period"]
        if period == "同期":
            last = self.period or self.last
            if last is None or last.month is None or last.year is None:
                return CalendarPoint(year)
            return replace(last, year=year, end_year=None if last.end_year is None else year)
        if period and year is not None:
            return period_of_year(year, period)
        if group["month_from"]:
            return CalendarPoint(year, int(group["month_from"]), None, year, int(group["month_to"] or 0))
        if group["month"]:
            return CalendarPoint(
                year, small_number(group["month"]), small_number(group["day"]) if group["day"] else None
            )
        return CalendarPoint(year)

    def _relative_year(self, surface: str, group: dict[str, str | None]) -> int | None:
        if surface in RELATIVE_YEARS:
            return None if self.issued is None else self.issued.year + RELATIVE_YEARS[surface]
        if self.last is None or self.last.year is None:
            return None
        is_bare = not (group["month"] or group["period"] or group["month_from"])
        if is_bare and surface in ("当年", "同年"):
            return None  # 当年 alone is "back then"
        return self.last.year + ANAPHORIC_YEARS[surface]

    def _year_for(self, month: int, day: int | None, start: int, end: int) -> int | None:
        """The year of a date that names none: the one its sentence goes on about, else the one nearest before issue."""
        if not 1 <= month <= 12:
            return None if self.issued is None else self.issued.year
        if (month, day) in self.named:
            return self.named[month, day or 0]
        nearest = self._nearest_year(month, day, start, end)
        last = self.last
        carried = (last.end_year or last.year) if last is not None else None
        if last is None or carried is None:
            return nearest
        if last.month is not None:
            # What a range begins in it ends in; a plan that has come to what lies ahead goes on from there.
            if (mark := RANGE_MARK.match(self.text, self.last_end)) is not None and mark.end() == start:
                return carried + (month < (last.end_month or last.month))
            issued = self.issued
            if issued is not None and issued.year == carried and issued.month < (last.end_month or last.month) <= month:
                return carried
        if AHEAD_BEFORE.search(self.text, start - 3, start) is not None:
            return nearest
        between = self.text[self.last_end : start]
        same_sentence = not any(char in between for char in SENTENCE_END + "\n")
        if not same_sentence and ("\n" in between or last.month is None):
            # 2018年，该县…。9月，该镇…: a month alone goes on from the year that the paragraph tells of.
            return carried if goes_on_from(last, between, day) else nearest
        if self.issued is not None and nearest is not None:
            # December, then January: the story has passed into the next year.
            is_next = month < (last.end_month or last.month or 0) and nearest > carried
            return nearest if is_next or self._is_too_late(carried, month, same_sentence) else carried
        return carried

    def _is_too_late(self, year: int, month: int, same_sentence: bool) -> bool:
        """Whether a month would lie ahead in ``year``, and the sentence tells of no year to come (明年6月开工，12月完工)."""
        assert self.issued is not None
        return not (same_sentence and year > self.issued.year) and date(year, month, 1) > self.issued + _GRACE

    def _nearest_year(self, month: int, day: int | None, start: int, end: int) -> int | None:
        if self.issued is None:
            return None
        year = self.issued.year
        candidate = date(year, month, min(max(day or 1, 1), monthrange(year, month)[1]))
        return year if candidate <= self.issued + _AHEAD or lies_ahead(self.text, start, end) else year - 1

    def _relative_month(self, surface: str, day: str | None) -> CalendarPoint | None:
        number = small_number(day) if day else None
        if surface[0] in "同当":
            is_known = self.last is not None and self.last.month is not None
            return CalendarPoint(self.last.year, self.last.month, number) if self.last and is_known else None
        return None if self.issued is None else month_told(self.issued, surface, number)

    def _relative_day(self, match: re.Match[str]) -> CalendarPoint | None:
        surface = match["relative_day"]
        if surface in ("当天", "当日", "当晚", "同日"):
            last = self.last
            return None if last is None or last.day is None or last.is_range else last
        if surface in ("次日", "翌日"):
            last = self.last
            if last is None or last.year is None or last.month is None or last.day is None:
                return None
            return day_point(date(last.year, last.month, last.day) + timedelta(days=1))
        # Who says 今天 inside quotation marks speaks on a day of his own, or of our times.
        if self.issued is None or self._is_spoken(match.start()):
            return None
        if surface in ("今天", "明天", "昨天") and self.text[match.end() : match.end() + 1] == "的":
            return None
        if surface in ("今天", "今日", "明天") and not is_day_of_news(self.text, match.end()):
            return None
        return day_point(self.issued + timedelta(days=RELATIVE_DAYS[surface]))

    def _is_spoken(self, position: int) -> bool:
        if self.speech is None:
            self.speech = [match.span() for match in _SPEECH.finditer(self.text)]
        return _inside(self.speech, position)

    def _goes_on_in_republic(self, start: int) -> FoundDate | None:
        """20年 behind 民国17年, at the beginning of a clause."""
        found = republican_date(self.text, start, self.republic)
        point = None if found is None else CalendarPoint(year_of_republic(found.number), found.month, found.day)
        if found is None or point is None or not is_possible(point):
            return None
        self.republic = found.number
        self._remember(point, found.end)
        return FoundDate(start, found.end, point, form="year")

    def _numbered_day(self, shift: int, number: int, start: int) -> CalendarPoint | None:
        """昨（27）日: the day before the paper came out, which was the 27th."""
        if self.issued is None:
            return None
        day = self.issued + timedelta(days=shift)
        return day_point(day) if day.day == number else self._lone_day(number, start)

    def _bare_period(self, surface: str, start: int, end: int) -> CalendarPoint | None:
        point = period_of_year(2000 if self.issued is None else self.issued.year, surface)
        months = surface[0] == "前" and surface.endswith("月")  # 前8个月, which may be of anything else
        if self.issued is None or (months and not 0 <= self.issued.month - (point.end_month or 0) <= 2):
            told = self.named_months.get((point.month or 0, point.end_month or 0))
            return None if told is None else replace(point, year=told, end_year=told)
        if months:
            return point
        if surface in ("年底", "年末"):
            is_past = self.issued.month <= 3 and not lies_ahead(self.text, start, end)
            return period_of_year(self.issued.year - is_past, surface)
        last = self.last
        goes_on = last is not None and last.year == self.issued.year and (last.month or 0) > self.issued.month
        if (point.month or 0) > self.issued.month + 1 and not goes_on and not lies_ahead(self.text, start, end):
            return period_of_year(self.issued.year - 1, surface)
        return point

    def _lone_day(self, day: int, start: int) -> CalendarPoint | None:
        last = self.last
        # A month named in an earlier paragraph holds only where nothing tells the day of issue, or a day was named too.
        # Months that pass without a day (上半年) hold none.
        is_stretch = last is not None and last.is_range and last.day is None
        if last is not None and last.month is not None and not is_stretch and self._still_holds(last, start):
            return CalendarPoint(last.end_year or last.year, last.end_month or last.month, day)
        if self.issued is None:
            return None
        year, month = self.issued.year, self.issued.month
        if day > self.issued.day + _GRACE.days:
            year, month = (year, month - 1) if month > 1 else (year - 1, 12)
        return CalendarPoint(year, month, day)

    def _still_holds(self, last: CalendarPoint, start: int) -> bool:
        if self.issued is None or "\n" not in self.text[self.last_end : start]:
            return True
        if last.day is None or last.month is None:
            return False
        if last.year is None:
            return True
        return abs(date(last.year, last.end_month or last.month, 1) - self.issued) <= _RECENT

    def _read_range_day(self, item: FoundDate, point: CalendarPoint) -> CalendarPoint:
        """11月5日-10日: the second day shares year and month."""
        if point.day is None or point.is_range:
            return point
        match = RANGE_DAY.match(self.text, item.end)
        if match is None or not point.day < small_number(match["day"]) <= 31:
            return point
        item.point = replace(point, end_year=point.year, end_month=point.month, end_day=small_number(match["day"]))
        item.end = match.end()
        return item.point

    def _read_time(self, item: FoundDate, match: re.Match[str]) -> None:
        if item.point is None or item.point.day is None or item.point.is_range:
            return
        time = TIME.match(self.text, item.end)
        if time is None:
            return
        clock = clock_time(time, time["part"] or match["relative_day"])
        if clock is None:
            return
        item.time = clock
        item.end = time.end()


def _inside(spans: list[tuple[int, int]], position: int) -> bool:
    """Whether one of ``spans``, which are in order and apart, holds ``position``."""
    at = bisect_left(spans, (position + 1,)) - 1
    return at >= 0 and position < spans[at][1]
