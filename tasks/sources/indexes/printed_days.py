"""The day printed beside a link of an index page, in the forms that portals print it in."""

from __future__ import annotations

import re
from datetime import date, timedelta

from tasks.lexicon.characters import pattern_of
from tasks.lexicon.numerals import DIGITS, read_numeral

_LONGEST_ITEM = 400  # characters of an item that are looked at for a day
# A day of publication stands by itself; one that a headline or an abstract speaks of goes on (2024年3月1日起施行, 3月5日，全县…).
_ALONE = r"(?=$|[\s\])）】|星周])"
# A whole day beside a link: 2021-05-06, 2021年5月6日.
_FULL_DAY = re.compile(
    rf"(?<!\d)((?:19|20)\d\d)\s*[-./年]\s*(\d{{1,2}})\s*[-./月]\s*(\d{{1,2}})(?!\d)(?:(?!\s*日)|\s*日{_ALONE})"
)
# A point between month and day is left alone: 4.5级地震 is no day; nor are 第3-5期 and 3-5人.
_SHORT_DAY = re.compile(
    r"(?<![\d.:/第-])(\d{1,2})\s*"
    rf"(?:(?<![^\s\[(（【|:：\d]\d)(?<![^\s\[(（【|:：]\d\d)月\s*(\d{{1,2}})\s*日{_ALONE}"
    rf"|[-/]\s*(\d{{1,2}})(?![\d.:%/期版号届次人名个年月-]))"
)
# A day printed like this beside its year and month: 15 above 2024-03, as calendar leaves show it.
_LEAF = re.compile(r"^\s*(\d{1,2})\s+((?:19|20)\d\d)\s*[-./年]\s*(\d{1,2})(?!\d)")
_LEAF_OF_MONTH = re.compile(r"^\s*(\d{1,2})\s+(\d{1,2})\s*月\s*$")
# A day that is the only thing printed: 20240315, or 24-03-15 with the year cut short.
_ONLY_DAY = re.compile(r"^\W*(?:(20\d\d)(\d\d)(\d\d)|(\d\d)[-./](\d{1,2})[-./](\d{1,2}))\W*$")
_NARROW = str.maketrans("０１２３４５６７８９－．／○", "0123456789-./〇")
# 二〇二四年三月五日, with or without its year, is read as its digits are.
_IN_CHINESE = pattern_of(
    r"(?:([[:one_to_nine:]〇零]{4})(\s*年\s*))?"
    r"(?<![[:one_to_ten:]])([[:one_to_ten:]]{1,2})(\s*月\s*)([[:one_to_ten:]]{1,3})(?=\s*日)"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)(?![a-z])\.?"
)
_LATIN = re.compile(r"[a-z]", re.IGNORECASE)
# 5 Mar 2024, 05-Mar-2024, Mar. 5th, 2024; without a year only where nothing else is printed.
_IN_ENGLISH = re.compile(
    rf"(?<![a-z\d])(?:(?P<before>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+(?P<month>{_MONTH})"
    rf"|(?P<first>{_MONTH})[\s-]*(?P<behind>\d{{1,2}})(?:st|nd|rd|th)?)"
    r"(?:[\s,-]+(?P<year>(?:19|20)\d\d)(?!\d)|(?![\w,]))",
    re.IGNORECASE,
)


def printed_day(text: str, today: date, until: date | None = None) -> date | None:
    """The day that stands beside a link; None where there is none, or more than one, or one that is yet to come.

    ``until`` is the last day that one without a year can be, where the page is an old one: today where it is not given.

    >>> printed_day("关于征求意见的公告 [02-29]", date(2024, 3, 1)), printed_day("12-30 年终盘点", date(2024, 3, 1))
    (datetime.date(2024, 2, 29), datetime.date(2023, 12, 30))
    >>> printed_day("二〇二四年二月九日", date(2024, 3, 1)), printed_day("Feb 9, 2024", date(2024, 3, 1))
    (datetime.date(2024, 2, 9), datetime.date(2024, 2, 9))
    >>> printed_day("满意率98.2%", date(2024, 3, 1))
    """
    text = text[:_LONGEST_ITEM].translate(_NARROW)
    if "月" in text:
        text = _IN_CHINESE.sub(_in_digits, text)
    elif _LATIN.search(text):
        text = _IN_ENGLISH.sub(_from_english, text)
    leaf = _LEAF.match(text)
    if leaf:
        return _day(int(leaf[2]), int(leaf[3]), int(leaf[1]), today)
    only = _ONLY_DAY.match(text)
    if only:
        year, month, number = (int(part) for part in only.groups() if part is not None)
        return _day(year if year > 99 else 2000 + year, month, number, today)
    month_leaf = _LEAF_OF_MONTH.match(text)
    if month_leaf:
        return _latest(int(month_leaf[2]), int(month_leaf[1]), until or today)
    full = {_day(int(year), int(month), int(day), today) for year, month, day in _FULL_DAY.findall(text)}
    if full:
        return full.pop() if len(full) == 1 else None
    short = {(int(month), int(day or other)) for month, day, other in _SHORT_DAY.findall(text)}
    days = {found for month, day in short if (found := _latest(month, day, until or today)) is not None}
    return days.pop() if len(days) == 1 else None


def _in_digits(found: re.Match[str]) -> str:
    """A day in Chinese numerals with digits in their place; a year is written figure by figure."""
    year = "".join(str(DIGITS[figure]) for figure in found[1] or "")
    month, day = read_numeral(found[3]), read_numeral(found[5])
    if month is None or day is None:
        return found[0]
    return f"{year}{found[2] or ''}{month.value:.0f}{found[4]}{day.value:.0f}"


def _from_english(found: re.Match[str]) -> str:
    """A day with an English month, as 2024-3-5 or 3-5."""
    month = _MONTHS.index((found["month"] or found["first"])[:3].lower()) + 1
    day = f"{month}-{found['before'] or found['behind']}"
    if found["year"]:
        return f"{found['year']}-{day}"
    return day if not (found.string[: found.start()] + found.string[found.end() :]).strip() else found[0]


def _day(year: int, month: int, day: int, today: date) -> date | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    # Servers east of here print tomorrow's day for some hours.
    return found if found <= today + timedelta(days=1) else None


def _latest(month: int, day: int, today: date) -> date | None:
    for year in (today.year, today.year - 1):
        found = _day(year, month, day, today)
        if found is not None:
            return found
    return None
