"""Dates of a text as claims read them: those of ``dates``, and years that are told as a distance or by an anniversary.

三年前 counts from the day of publication, 建党百年之际 (at the centenary of the party) from 1921. They are no dates of
``core.dates``, which holds what is written as one; for the beginning of a practice they say as much.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from datetime import date
from itertools import accumulate
from operator import attrgetter

from tasks.facts.claims.clauses import BLANK
from tasks.facts.dates.calendar import CalendarPoint
from tasks.facts.dates.resolution import FoundDate, resolve_dates
from tasks.facts.text.needed import led
from tasks.facts.text.once import kept
from tasks.facts.text.paragraphs import paragraph_start
from tasks.facts.text.reading import Reading
from tasks.facts.text.sought import Sought
from tasks.lexicon.characters import pattern_of
from tasks.lexicon.numerals import read_numeral

# 三年前, 两个月前; 三年前后 and 前三年 are other things, 明年前 no distance.
_AGO = Sought(
    "(?<![第\\d几多数明今去本当])(?P<count>\\d{1,2}|[两[:one_to_ten:]]{1,2}|半)(?:(?P<month>个月)|年)(?:多)?(?:以|之)?前(?![后列几茅])"
)
# An anniversary of the party, the state or a turn of policy tells the year that is spoken of: 建党百年之际.
_ANNIVERSARY = Sought(
    "(?P<what>建党|中国共产党成立|党成立|新中国成立|中华人民共和国成立|建国|改革开放|香港回归|建军)(?P<count>百|\\d{2,3}|[百[:one_to_ten:]]{1,4})(?:周?年)(?=之际"
    "|前夕|前后|期间|来临|到来|那年|当年|的时候|，)"
)
# The anniversary of what is mentioned, and the years for which it has gone on: 成立两周年之际, 已运行整整五年.
_YEARS = Sought(
    "(?<![第\\d])(?P<count>\\d{1,2}|[两[:one_to_ten:]]{1,3})(?:周年|(?<=满[一二两三四五六七八九])周?岁)"
    "|(?:运行|运营|开办|坚持|实行|推行|实施|开|(?<!停)办)(?:了|已经?|满){0,2}(?:整整)?"
    "(?P<years>\\d{1,2}|[两[:one_to_ten:]]{1,3})(?:个)?(?P<more>多)?(?:年头|年)(?![前后来级度中底末初级])"
)
# 当年 alone is "back then" as often as "in that year".
_THAT_YEAR = Sought(
    "是年|同年(?=[，底初春夏秋冬]|年)|那一年|那年(?=[春夏秋冬底初]|年[初底]|\\d{1,2}月)|这一年(?=，)|当年(?=[底春夏秋冬初]|年[底末]|，(?:镇|村|乡|县|社区|街道|该))"
    "|(?P<next>次年|翌年|转年|第二年|(?<![第\\d几])一年后)(?=[，底初春夏秋冬又]|年[初底]|\\d{1,2}月)"
)
_MONTH = re.compile("(1[0-2]|[1-9])月")  # 那年|10月
_FOUNDED = {"建党": 1921, "中国共产党成立": 1921, "党成立": 1921, "改革开放": 1978, "香港回归": 1997, "建军": 1927}
_REPUBLIC = 1949
# Congresses of the party, since which something is done: 党的十九大以来.
_CONGRESS = re.compile(
    "(?:中国共产党|党的?)(?P<number>十[五六七八九]|二十)(?:次全国代表)?大(?:会)?(?:召开)?(?=以来|之?后|召开以来|闭幕)"
)
_CONGRESSES = {
    "十五": CalendarPoint(1997, 9),
    "十六": CalendarPoint(2002, 11),
    "十七": CalendarPoint(2007, 10),
    "十八": CalendarPoint(2012, 11),
    "十九": CalendarPoint(2017, 10),
    "二十": CalendarPoint(2022, 10),
}
# In a report of January to March the past year is the one before: 过去一年，我们推行“板凳会”.
_PAST_YEAR = re.compile("(?:过去|刚刚过去|回顾过去)的?(?:这)?一年(?:来|里|中)?(?=，)")
_LAST_MONTH_OF_REPORTS = 3


@kept
def dates_of(reading: Reading) -> tuple[FoundDate, ...]:
    """The dates of ``reading`` in order, with the years that are told in other ways where they overlap none.

    >>> reading = Reading("三年前，石桥镇推行“板凳会”；建党百年之际，邻镇也推行了。", published_on=date(2022, 5, 1))
    >>> [found.point.year for found in dates_of(reading)]
    [2019, 2021]
    """
    return _merged(reading.folded, reading.published_on, resolve_dates(reading))


_START = attrgetter("start")


def dated_between(dates: tuple[FoundDate, ...], start: int, end: int) -> list[FoundDate]:
    """Those of ``dates`` from ``start`` to ``end`` that have a year."""
    first = bisect_left(dates, start, key=_START)
    last = bisect_left(dates, end, key=_START)
    return [found for found in dates[first:last] if found.point is not None and found.point.year is not None]


def _told(folded: str, issued: date | None) -> tuple[FoundDate, ...]:
    told = []
    if issued is not None:
        for match in _AGO.finditer(folded):
            point = _ago(match, issued)
            if point is not None:
                told.append(FoundDate(match.start(), match.end(), point))
    for match in _ANNIVERSARY.finditer(folded):
        year = _FOUNDED.get(match["what"], _REPUBLIC) + _number(match["count"])
        told.append(FoundDate(match.start(), match.end(), CalendarPoint(year)))
    for match in _CONGRESS.finditer(folded) if "大" in folded and "党" in folded else ():
        if (point := _CONGRESSES.get(match["number"])) is not None:
            told.append(FoundDate(match.start(), match.end(), point))
    if issued is not None and issued.month <= _LAST_MONTH_OF_REPORTS:
        for match in _PAST_YEAR.finditer(folded):
            told.append(FoundDate(match.start(), match.end(), CalendarPoint(issued.year - 1)))
    if issued is not None:
        is_free = _free_of(sorted((found.start, found.end) for found in told))
        told += [found for found in _lengths(folded, issued) if is_free(found)]
    return tuple(sorted(told, key=_START))


def _merged(folded: str, issued: date | None, dates: tuple[FoundDate, ...]) -> tuple[FoundDate, ...]:
    back = tuple(_that_year(folded, dates))
    told = (*_told(folded, issued), *back)
    if not told:
        return dates
    if back:  # 那年|10月 is of that year, whatever year the month alone was read with
        is_apart = _free_of([(found.start, found.end) for found in back])
        dates = tuple(filter(is_apart, dates))
    is_free = _free_of(sorted((found.start, found.end) for found in dates if found.point is not None))
    return tuple(sorted((*dates, *filter(is_free, told)), key=_START))


def _that_year(folded: str, dates: tuple[FoundDate, ...]) -> Iterator[FoundDate]:
    """The years that point back to the last one told in the paragraph: 是年, 同年, 次年 (the year after)."""
    with_year = [found for found in dates if found.point is not None and found.point.year is not None]
    starts = [found.start for found in with_year]
    for match in _THAT_YEAR.finditer(folded):
        line = paragraph_start(folded, match.start()) if match[0] != "是年" else 0
        last = bisect_left(starts, match.start()) - 1
        if last >= 0 and starts[last] >= line:
            point = with_year[last].point
            year = point.year if point else None
            month = _MONTH.match(folded, match.end())
            year = year + 1 if year and match["next"] else year
            end = match.end() if month is None else month.end()
            yield FoundDate(match.start(), end, CalendarPoint(year, int(month[1]) if year and month else None))


def _free_of(spans: list[tuple[int, int]]) -> Callable[[FoundDate], bool]:
    """Tells whether a date overlaps none of ``spans``, which are in order."""
    starts = [start for start, _ in spans]
    ends = list(accumulate((end for _, end in spans), max))

    def is_free(found: FoundDate) -> bool:
        before = bisect_left(starts, found.end)
        return before == 0 or ends[before - 1] <= found.start

    return is_free


def _lengths(folded: str, issued: date) -> Iterator[FoundDate]:
    for match in _YEARS.finditer(folded):
        if match["count"]:
            yield FoundDate(*match.span(), CalendarPoint(issued.year - _number(match["count"])), form="anniversary")
            continue
        year = issued.year - _number(match["years"])
        point = CalendarPoint(year - 1, end_year=year) if match["more"] else CalendarPoint(year)
        yield FoundDate(*match.span(), point, form="length")


def _ago(match: re.Match[str], issued: date) -> CalendarPoint | None:
    months = 6 if match["count"] == "半" else _number(match["count"]) * (1 if match["month"] else 12)
    if match["count"] == "半" and match["month"]:
        return None
    if not match["month"] and match["count"] != "半":
        return CalendarPoint(issued.year - months // 12)
    index = issued.year * 12 + issued.month - 1 - months
    return CalendarPoint(index // 12, index % 12 + 1)


def _number(numeral: str) -> int:
    """A whole number in digits or characters; 百 alone is a hundred, as in 建党百年.

    >>> [_number(numeral) for numeral in ("12", "两", "七十", "百", "一百")]
    [12, 2, 70, 100, 100]
    """
    read = read_numeral("一百" if numeral == "百" else numeral)
    return 0 if read is None else int(read.value)


# A heading in brackets on the line of its paragraph, as yearbooks have it, and the place or body that acts.
_HEADED = re.compile("^[【［\\[][^】］\\]]{1,20}[】］\\]]")
_SUBJECT_BEFORE = pattern_of(f"^[[:han:]{BLANK}]{{2,12}}?(?=自|从|在|于|早在|$)")


def without_subject(lead: str) -> str:
    """What stands before a date, ``lead``, without the place or body that acts and without a heading in brackets.

    >>> without_subject("【议事】石桥镇早在"), without_subject("也于")
    ('早在', '也于')
    """
    lead = _HEADED.sub("", lead)
    return lead if len(lead) <= 3 else _SUBJECT_BEFORE.sub("", lead)


def is_subject_with_date(lead: str, rest: str) -> bool:
    """Whether a clause says who and when but not yet what: 2019年起该镇针对邻里纠纷多的实际."""
    return (
        len(lead) <= 14
        and len(rest) <= 30
        and re.match(
            "^(?:以来|起|开始|初|底|末|上旬|中旬|下旬)?[^了]*(?:实际|问题|现状|难题|引领|为抓手|契机|作用|优势|党建|特点|需求|部署|要求|要求下|后|以来|牵头|领导下|支持下|指导下"
            "|坚持[^了]*|聚焦[^了]*|围绕[^了]*|针对[^了]*|立足[^了]*|结合[^了]*|以[^了]*"
            "|[^了]{0,12}(?:来|去|到|赴)[^了]{0,8}(?:取经|考察|参观|观摩|见学)(?:后|回来)?|(?:学习|借鉴)[^了]{2,14}(?:经验|做法|模式))$",
            rest,
        )
        is not None
    )


# What is done before a thing is set up: 3月2日石桥镇、柳溪镇签订协议，|组建“板凳会”.
_PREPARES = led(
    "招募|招聘|选聘|聘请|邀请|挑选|选拔|选派|遴选|推选|召集|动员|发动|签订|签署|签下|达成|投入|投资|筹集|筹资|争取|腾出|改造|整合|盘活|租下|出台|印发"
    "|制定|下发|研究"
)
_PREPARED = re.compile("(?:初|底|末|起|以来)?[^了，]{0,16}$")
_WHO_AND_ON = pattern_of("(?:[^，]{0,40}?[县市区镇乡村旗道会委府局办所院里部社])?(?:早在|[就已便于在从自])*")
_LATER_ON = led("后来|此后|之后|目前|如今|现在|近年|多年|不久|每[年月周天]|计划|准备|打算")
_ENLISTS = led("招募|招聘|选聘|聘请|选派|推选|遴选|挑选|选拔|动员|邀请")
_AS = re.compile("(?:担任|充当|当起|当上|出任|成为)$")


def is_preparation(lead: str, rest: str, told: str) -> bool:
    """Whether a clause, with ``lead`` before its date and ``rest`` behind it, tells the run-up to what is set up behind
    ``told``, where nobody else acts and no other time is spoken of.

    >>> is_preparation("石桥镇于", "签订协议", "，组建"), is_preparation("石桥镇于", "签订协议", "，后来组建")
    (True, False)
    """
    prepares = _PREPARES.search(rest)
    return (
        prepares is not None
        and _PREPARED.match(rest[: prepares.start()]) is not None
        and _WHO_AND_ON.fullmatch(lead) is not None
        and BLANK not in told
        and _LATER_ON.search(told) is None
    )


def is_enlisted(told: str) -> bool:
    """Whether people are sought and take on what is named behind ``told``: a team begins with its first members.

    >>> is_enlisted("招募12名村民，担任"), is_enlisted("他退休回村，担任")
    (True, False)
    """
    return _AS.search(told) is not None and _ENLISTS.search(told) is not None and _LATER_ON.search(told) is None


_INTO_OFFICE = led("换届|当选|上任|到任|就任|任职|接任|调任|担任|任(?:第一书记|村支书|支书|村主任|镇长|乡长|书记)")
_FIRST_THING = re.compile(
    "(?:上任|到任|就任|任职|接任|当选|到村)后?的?(?:头|第)一(?:件|桩)[^，]{0,6}，?(?:就是|便是|是)"
)


def takes_office(rest: str, told: str) -> bool:
    """Whether a sentence, ``rest`` behind its date, tells who took office, and ``told`` what he did first of all.

    >>> takes_office("他当选村支书", "上任第一件事，就是办起"), takes_office("他当选村支书", "镇里办起")
    (True, False)
    """
    return _FIRST_THING.match(told) is not None and _INTO_OFFICE.search(rest) is not None


def point_told_on(point: CalendarPoint, clause: str) -> CalendarPoint:
    """How much of the day that opens a sentence holds for what the next one sets up, in ``clause``: of what follows at
    once (随即) the month.

    >>> day = CalendarPoint(2019, 12, 3)
    >>> [point_told_on(day, clause).month for clause in ("镇里随即成立", "镇里成立")]
    [12, None]
    """
    if "同时" in clause:
        return point
    return CalendarPoint(point.year, point.month if _AT_ONCE.search(clause) else None)


_AT_ONCE = re.compile("随即|旋即|当即|当月|立即|立刻|马上|当天|当日|紧接着")
