"""When an article was published, as precisely as the page says and never more: no date of today, no guess.

Times without an offset are those of the page's readers: Asia/Shanghai.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

from tasks.lexicon.characters import ONE_TO_NINE, pattern_of
from tasks.records import FIRST_DAY, DateOrigin, DatePrecision

SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")  # no summer time since 1991
FIRST_YEAR = 1900
LAST_YEAR = 2100

_DIGITS = {char: str(value) for value, char in enumerate("〇" + ONE_TO_NINE)} | {"零": "0", "○": "0", "Ｏ": "0"}
_NUMERALS = "〇零○" + ONE_TO_NINE
_CLOCK = (
    r"(?:[T\s,，]*(?:[(（]?(?:星期|周|週)[一二三四五六日天][)）]?)?\s*(?P<half>上午|下午|凌晨|晚上|早上|中午)?"
    r"\s*(?P<hour>[01]?\d|2[0-4])\s*(?:[:：]|[时点])\s*(?P<minute>[0-5]\d)"
    r"(?:\s*(?:[:：]|分)\s*(?P<second>[0-5]\d))?(?:[.,]\d+)?\s*(?P<offset>Z|[+-]\d{2}:?\d{2})?)?"
)
# A day with its year first: 2021-05-06, 2021年5月6日 09:30.
_DAY = re.compile(
    r"(?<![\d.])(?P<year>(?:19|20)\d{2})(?:\s*(?:[-/.．·—－]|年)\s*|\s+(?=\d{1,2}\s*/\s*\d))(?P<month>1[0-2]"
    r"|0?[1-9])\s*(?:[-/.．·—－]|月)\s*"
    r"(?P<day>3[01]|[12]\d|0?[1-9])(?!\d)\s*[日号]?" + _CLOCK
)
# A day with two digits for its year: 21-05-06.
_SHORT_YEAR_DAY = re.compile(
    r"(?<![\d.\-/])(?P<year>[012]\d)[-/](?P<month>1[0-2]|0[1-9])[-/](?P<day>3[01]|[12]\d|0[1-9])(?!\d)" + _CLOCK
)
_COMPACT_DAY = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d{2})(?P<month>1[0-2]|0[1-9])(?P<day>3[01]|[12]\d|0[1-9])(?!\d)")
# A day in Chinese numerals: 二〇二一年五月六日.
_CHINESE_DAY = pattern_of(
    rf"(?P<year>[一二][{_NUMERALS}]{{3}})\s*年\s*(?P<month>十[一二]?|[[:one_to_nine:]])\s*月\s*"
    r"(?P<day>三十一?|二?十[[:one_to_nine:]]?|廿[[:one_to_nine:]]?|[[:one_to_nine:]])\s*日"
)
# A day of the calendar of Taiwan: 民國110年5月6日.
_ROC_DAY = pattern_of(
    r"(?:中[华華])?民[国國]\s*(?P<year>\d{1,3}|[〇零[:one_to_ten:]百]{1,5})\s*年\s*(?P<month>\d{1,2}|十[一二]?"
    r"|[[:one_to_nine:]])\s*月\s*"
    r"(?P<day>\d{1,2}|三十一?|二?十[[:one_to_nine:]]?|[[:one_to_nine:]])\s*日" + _CLOCK
)
_SIGN = re.compile(r"(?:19|20)\d{2}|\d[-/][01]|年")  # without one there is no date
_LATIN = re.compile(r"[A-Za-z]{3}")
_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# A day as English pages print it: May 6, 2021; 6 May 2021.
_ENGLISH_DAY = re.compile(
    r"(?<![A-Za-z\d])(?:(?P<day_>\d{1,2})(?:st|nd|rd|th)?\s+)?(?P<name>(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov"
    r"|dec)[a-z]{0,6})\.?\s+"
    r"(?(day_)|(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+)(?P<year>(?:19|20)\d{2})(?!\d)",
    re.IGNORECASE,
)
# Set as a block, the day large above the month.
_DAY_OVER_MONTH = re.compile(
    r"\s*(?P<day>3[01]|[12]\d|0?[1-9])\s*[日/]?\s+(?P<year>(?:19|20)\d{2})\s*[-./年]\s*(?P<month>1[0-2]|0?[1-9])\s*月?\s*$"
)
# A day with its year last, whose order of day and month the figures may tell: 06/05/2021.
_YEAR_LAST = re.compile(
    r"(?<![\d./\-])(?P<first>\d{1,2})(?P<sep>[/.\-])(?P<second>\d{1,2})(?P=sep)(?P<year>(?:19|20)\d{2})(?![\d./\-])"
)
_MONTH = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d{2})\s*(?:年|[-/.])\s*(?P<month>1[0-2]|0?[1-9])\s*月?(?![\d期])")
_CHINESE_MONTH = pattern_of(rf"(?P<year>[一二][{_NUMERALS}]{{3}})\s*年\s*(?P<month>十[一二]?|[[:one_to_nine:]])\s*月")
_ISSUE = pattern_of(r"(?<!\d)(?P<year>(?:19|20)\d{2})\s*年?\s*第?\s*[\d[:one_to_ten:]]{1,3}\s*期")
# A day in an address: /20210506/, /2021-05-06/, /t20210506_1. Without a mark between them month and day have two digits
# each: /202011/ is a month.
_URL_DAY = re.compile(
    r"(?:/|[-_])[a-z]?(?P<year>(?:19|20)\d{2})(?P<sep>[-/_]|(?=\d{4}))(?P<month>1[0-2]|0?[1-9])"
    r"(?P=sep)(?P<day>3[01]|[12]\d|0?[1-9])(?=\D|\d{4,}|$)"
)
# The folders of large portals: /n1/2021/0917/, /2021-09/17/.
_URL_FILED = re.compile(
    r"/(?P<year>(?:19|20)\d{2})(?P<sep>[-/])(?P<month>1[0-2]|0[1-9])/?(?P<day>3[01]|[12]\d|0[1-9])(?=/)"
)


@dataclass(frozen=True, slots=True)
class PublicationDate:
    """``at`` only where a time of day is stated; ``on`` only where a day is; ``start``/``end``: the span in the text.

    ``rank``: how plainly the page says that it is the day of publication (``tasks.pages.lines.stated_days``)."""

    on: date | None
    at: datetime | None
    precision: DatePrecision
    start: int = 0
    end: int = 0
    rank: int = 2
    origin: DateOrigin = "page"


@dataclass(frozen=True, slots=True)
class PossibleDays:
    """The days on which a page can have been published: none before ``first``, none after ``last``, when it was
    fetched."""

    last: date | None = None
    first: date = FIRST_DAY

    def hold(self, found: PublicationDate) -> bool:
        """Whether ``found`` can be the day of publication; what states no day says nothing against it.

        >>> days = PossibleDays(date(2021, 5, 3))
        >>> [days.hold(find_date(text)) for text in ("2021-05-03", "2021-05-04", "1938-07-01", "2031年5月")]
        [True, False, False, True]
        """
        return found.on is None or (found.on >= self.first and (self.last is None or found.on <= self.last))


ANY_DAY = PossibleDays(first=date.min)  # where nothing is known of the page but its line


def chinese_number(text: str) -> int | None:
    """A Chinese numeral below 1,000 (or digits one by one) as a number, None where it is none.

    >>> chinese_number("二〇二一"), chinese_number("二十三"), chinese_number("一百零八"), chinese_number("廿一")
    (2021, 23, 108, 21)
    """
    if text.isascii() and text.isdigit():
        return int(text)
    if not text:
        return None
    if all(char in _DIGITS for char in text):
        return int("".join(_DIGITS[char] for char in text))
    total, current = 0, 0
    for char in text:
        if char in _DIGITS:
            current = int(_DIGITS[char])
        elif char == "廿":
            total += 20
        elif char in "十百":
            total += (current or 1) * (10 if char == "十" else 100)
            current = 0
        else:
            return None
    return total + current


def find_date(text: str, *, start: int = 0) -> PublicationDate | None:
    """The first day (with its time) that ``text`` states; a month or a journal's issue where no day is stated.

    >>> find_date("时间：2020年3月1日 09:05 来源：青石日报").precision
    'minute'
    >>> find_date("民國108年5月3日").on
    datetime.date(2019, 5, 3)
    >>> find_date("2018年5期").on is None
    True
    """
    if _SIGN.search(text, start) is None:
        return None
    split = _DAY_OVER_MONTH.match(text) if start == 0 else None
    if split:
        on = _existing(int(split["year"]), int(split["month"]), int(split["day"]))
        if on is not None:
            return PublicationDate(on, None, "day", split.start("day"), split.end("month"))
    best: PublicationDate | None = None
    for pattern in (_DAY, _CHINESE_DAY, _ROC_DAY, _SHORT_YEAR_DAY):
        for match in pattern.finditer(text, start):
            found = _day_of(match, is_roc=pattern is _ROC_DAY)
            if found and (best is None or found.start < best.start):
                best = found
            if found:
                break
    if best:
        return best
    for match in _YEAR_LAST.finditer(text, start):
        # Day or month may stand first: one of them must be too great for a month.
        first, second = int(match["first"]), int(match["second"])
        if first != second and max(first, second) > 12:
            on = _existing(int(match["year"]), min(first, second), max(first, second))
            if on is not None:
                return PublicationDate(on, None, "day", match.start(), match.end())
    english = _ENGLISH_DAY.search(text, start) if _LATIN.search(text, start) else None
    if english:
        in_english = _english_day(english)
        if in_english:
            return in_english
    for pattern in (_MONTH, _CHINESE_MONTH):
        monthly = pattern.search(text, start)
        if monthly:
            year, month = chinese_number(monthly["year"]), chinese_number(monthly["month"])
            if year and month and FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12:
                return PublicationDate(None, None, "month", monthly.start(), monthly.end())
    issue = _ISSUE.search(text, start)
    if issue:
        return PublicationDate(None, None, "year", issue.start(), issue.end())
    return None


def _english_day(match: re.Match[str]) -> PublicationDate | None:
    month = _MONTH_NAMES.index(match["name"][:3].lower()) + 1
    on = _existing(int(match["year"]), month, int(match["day_"] or match["day"]))
    return PublicationDate(on, None, "day", match.start(), match.end()) if on is not None else None


def _existing(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def find_day(text: str, *, start: int = 0) -> PublicationDate | None:
    """Like ``find_date``, but only where a day is stated."""
    found = find_date(text, start=start)
    return found if found and found.on else None


def date_of_url(url: str) -> PublicationDate | None:
    """The day that the path of ``url`` is filed under.

    >>> date_of_url("http://news.example.cn/2019/09/07/1234.html").on
    datetime.date(2019, 9, 7)
    """
    path = url.partition("?")[0]
    for pattern in (_URL_DAY, _URL_FILED):
        for match in pattern.finditer(path):
            found = _day_of(match)
            if found:
                return found
    return None


def date_of_machine_text(text: str) -> PublicationDate | None:
    """A date from a meta tag or a script: ISO with an offset, a plain day, eight digits or a Unix time in s or ms."""
    text = text.strip()
    if re.fullmatch(r"1\d{9}|1\d{12}", text):
        seconds = int(text[:10])
        at = datetime.fromtimestamp(seconds, UTC).astimezone(SHANGHAI)
        return PublicationDate(at.date(), at, "second")
    found = find_day(text)
    if found:
        return found
    compact = _COMPACT_DAY.match(text)
    return _day_of(compact) if compact else None


def _day_of(match: re.Match[str], *, is_roc: bool = False) -> PublicationDate | None:
    parts = match.groupdict()
    year, month, day = (chinese_number(parts[name]) for name in ("year", "month", "day"))
    if year is None or month is None or day is None:
        return None
    if is_roc:
        year += 1911
    elif year < 100:
        year += 2000
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        on = date(year, month, day)
    except ValueError:
        return None
    hour_text, minute_text = parts.get("hour"), parts.get("minute")
    if not hour_text or not minute_text:
        return PublicationDate(on, None, "day", match.start(), match.end())
    hour, minute, second = int(hour_text), int(minute_text), int(parts.get("second") or 0)
    if parts.get("half") in ("下午", "晚上") and hour < 12:
        hour += 12
    if hour == 24:
        hour = 0
    offset = parts.get("offset")
    zone: timezone = SHANGHAI
    if offset == "Z":
        zone = UTC
    elif offset:
        sign = -1 if offset[0] == "-" else 1
        zone = timezone(sign * timedelta(hours=int(offset[1:3]), minutes=int(offset[-2:])))
    at = datetime(year, month, day, hour, minute, second, tzinfo=zone).astimezone(SHANGHAI)
    return PublicationDate(at.date(), at, "second" if parts.get("second") else "minute", match.start(), match.end())
