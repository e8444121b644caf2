"""When a practice is said to have begun: the date that belongs to the verb of setting up, as an interval of days.

A date holds for its own clause, or for those behind it where it stands alone before them (2018年，该镇推行…). The year in
which a place was founded, somebody was born or joined the party holds for that clause only and is no beginning of a
practice.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from calendar import monthrange
from datetime import date
from typing import NamedTuple

from tasks.facts.claims.clauses import BLANK, Surroundings
from tasks.facts.claims.told_years import dates_of
from tasks.facts.dates.calendar import CalendarPoint
from tasks.facts.dates.resolution import FoundDate
from tasks.facts.text.needed import led
from tasks.facts.text.reading import Reading
from tasks.lexicon.characters import pattern_of
from tasks.lexicon.word_lists import any_of, words_for
from tasks.records import StatedPrecision


class Stated(NamedTuple):
    """The first and last day on which it can have begun; ``first`` is None where only the latest day is told."""

    first: date | None
    last: date | None
    precision: StatedPrecision


_VERBS = any_of(words_for("practices/setting_up_verbs", "claim"))
_BEGAN = led(
    f"(?:{_VERBS}|提出|牵头|决定|试验|尝试|兴起|诞生|问世|面世|亮相|落户|取消|停办|撤销|废止|停止|叫停|解散|关停|停用|发起|首批|有了|用上|变成|改为)"
)
# What happens to people and places in a year, and what is counted in it, is no beginning of a practice.
_LIFE = led(
    "出生|生于|入党|入伍|参军|毕业|退休|退伍|转业|当选|上任|到任|任职|担任|接任|调任|就任|嫁到|搬来|搬进|搬到|入住|始建|建于|建成于|成立于|建村|建镇|建县|建市|撤[县乡镇村]|"
    "更名|落成|去世|逝世|发生|遇到|遭遇|暴发|爆发|来到|返乡|回乡|离任|考入|考上|结婚|患|获评|荣获|获得|被评|评为|入选|脱贫|摘帽|调查显示|统计"
)
_SET_UP = led("设立|成立|建立|推行|创办|开办|组建|建成|实行|启动|办起|设的|建的")
# Uses of a practice that say nothing of its beginning: 2019年“板凳会”累计调解32件.
_USED = re.compile(
    "^[”》]?(?:机制|制度|平台|工作法)?(?:共|累计|已|年均|先后|全年|又){0,4}(?:受理|调解|化解|解决|服务(?=了|[^，。；]{0,6}\\d|群众|居民|村民|老人)|处理|处置|收到|办结|"
    "开了|召开|举办了?|接待|帮助|发放|募集|议定|议事)(?![会厅室堂点角亭站队团员岗日]|中心|工作室)"  # “板凳会”议事会 is a body
)
_USED_BEFORE = led(
    f"(?:通过|依托|依靠|借助|利用|凭借|运用|以|(?<![沿使采试启应引])用|靠)(?:(?!{_VERBS})[^，。；]){{0,8}}$"
)
_SINCE = re.compile("^(?:春天?|夏天?|秋天?|冬天?|底|初)?(?:以来|起(?![草点])|开始|至今)")
# A clause that is nothing but a date, with what may stand around it.
_LEAD_BEFORE = re.compile(
    "^(?:早在|截至|截止到?|截止至|自从?|从|打|自打|到了?|直到|大约|约|于|在|预计|计划|力争|争取|有望|拟|将|也是|就在|其中|而|但|后来|随后|为此|不久|[“‘ ]){0,4}$"
)
# Behind a date that stands alone: 2019年|秋季学期, 2019年3月|起.
_LEAD_BEHIND = re.compile(
    "^(?:的)?(?:以来|起|开始|之后|以后|后|前后|左右|之际|前夕|来临之际|到来之际|当年|那年|初|底|末|年初|年底|期间|时|间|夏天|春天|秋天|冬天|春|夏|秋|冬|春节前|春节后|伊始|上旬|中旬|下旬|"
    "[春秋]季学期|学年|学期|暑假|寒假|汛期"
    "|的一天){0,4}$"
)
_AS_OF = re.compile("(?:截至|截止到?|截止至|到|至|截至到)(?:了)?$")
_SINCE_LEAD = re.compile("(?:自|从|自从|打|始于)$")
_PLAN = re.compile('^[“"]?十[一二三四五六]五')
# 始于2016年, 2018年: the date ends what is said of the mention.
_BEGAN_IN = led(f"(?:始|起步|兴起|诞生|起源|发端|创|创立|创办|创建|起|问世|出现|提出|(?:{_VERBS}))[于在自]$")
_FOUNDED_IN = re.compile(
    "[”》]?(?:最早|最初)?(?:始建|创建|建|设立|设|成立|创办|开办|诞生|始|起源|开张)于"
)  # what is mentioned, no place
_WAS_IN = re.compile("(?:是在?|的时间是|时间为|时间是)$")
# 它是|2019年9月|由民政局扶持成立的: the clause has no other object than what is mentioned before.
_IT_WAS = re.compile(
    "(?:它|其|该(?:队|会|站|点|组织|机制|制度)|这(?:支队伍|个组织|一机制))?(?:最早|最初)?(?:是|于|在|系|自|从)?(?:在|于)?"
)
# Behind the date of a clause without an object of its own: 2013年|由县扶贫办扶持成立的.
_SET_UP_BY = re.compile(
    "(?:初|底|末|春|夏|秋|冬|年初|年底)?(?:由[^，。；]{1,14}?)?(?:扶持|牵头|发起|投资|出资|正式|自发|率先){0,2}"
    rf"{any_of(words_for('practices/setting_up_verbs', 'begun'))}(?:起来)?(?:的|以来|至今|后)?"
)
_FARTHEST_BEHIND = 10  # characters between the mention and a date behind it


def governing_date(reading: Reading, around: Surroundings) -> FoundDate | None:
    """The date that belongs to the verb of setting up: in the clause of the mention, or alone before it.

    >>> from tasks.facts.claims.clauses import surroundings
    >>> reading = Reading("早在2017年3月，石桥镇就推行“板凳会”。")
    >>> governing_date(reading, surroundings(reading, 16, 19)).start
    2
    """
    at = _Dates(dates_of(reading), around)
    if not at.dates:
        return None  # as in most sentences: their clauses need not be read
    own = at.between(around.clause_start, around.start)
    return at.behind() or (at.own(own[-1]) if own else at.earlier())


def stated_time(reading: Reading, around: Surroundings, found: FoundDate | None) -> Stated | None:
    """When the practice mentioned in ``around`` is said to have begun, by its ``governing_date``; None where that does
    not say.

    >>> from tasks.facts.claims.clauses import surroundings
    >>> reading = Reading("早在2017年3月，石桥镇就推行“板凳会”。", published_on=date(2021, 5, 1))
    >>> around = surroundings(reading, 16, 19)
    >>> stated_time(reading, around, governing_date(reading, around))
    Stated(first=datetime.date(2017, 3, 1), last=datetime.date(2017, 3, 31), precision='month')
    """
    return None if found is None else _interval(reading, found, around)


def ended_time(reading: Reading, around: Surroundings) -> Stated | None:
    """When the practice mentioned in ``around`` is said to have ended: by a date no verb of founding stands behind.

    >>> from tasks.facts.claims.clauses import surroundings
    >>> reading = Reading("石桥镇2015年设立“板凳会”，2018年撤销。")
    >>> stated = ended_time(reading, surroundings(reading, 11, 14))
    >>> stated.first.year
    2018
    """
    at = _Dates(dates_of(reading), around)
    first_later = around.later[0][0] if around.later else len(around.text)
    for start, end in ((first_later, len(around.text)), (around.end, around.clause_end), (0, around.start)):
        found = at.between(start, end)
        if found:
            rest = at.behind_date(found[-1], around.start) if end == around.start else ""
            return None if _SET_UP.search(rest) else _interval(reading, found[-1], around)
    return None


def is_yet_to_come(reading: Reading, found: FoundDate | None) -> bool:
    """Whether the date ``found`` of a mention lies behind the day of publication: what is told is a plan.

    >>> from tasks.facts.claims.clauses import surroundings
    >>> reading = Reading("2023年，石桥镇推行“板凳会”。", published_on=date(2021, 5, 1))
    >>> is_yet_to_come(reading, governing_date(reading, surroundings(reading, 13, 16)))
    True
    """
    if reading.published_on is None or found is None or found.point is None:
        return False
    return _first_day(found.point) > reading.published_on


class _Dates:
    """The dates of the sentence around one mention that have a year, by the offsets of the sentence."""

    def __init__(self, dates: tuple[FoundDate, ...], around: Surroundings) -> None:
        self.around = around
        self.text = around.text
        first = bisect_left(dates, around.offset, key=lambda found: found.start)
        last = bisect_left(dates, around.offset + len(around.text), key=lambda found: found.start)
        self.dates = [found for found in dates[first:last] if found.point is not None and found.point.year is not None]

    def between(self, start: int, end: int) -> list[FoundDate]:
        return [found for found in self.dates if start <= found.start - self.around.offset < end]

    def before_date(self, found: FoundDate, start: int) -> str:
        return self.text[start : found.start - self.around.offset]

    def behind_date(self, found: FoundDate, end: int) -> str:
        return self.text[found.end - self.around.offset : end]

    def behind(self) -> FoundDate | None:
        """A date behind the mention in its clause: “板凳会”于2019年9月启动."""
        around = self.around
        for found in self.between(around.end, around.clause_end):
            between = self.before_date(found, around.end)
            rest = self.behind_date(found, around.clause_end)
            if _FOUNDED_IN.fullmatch(between):
                return found
            if len(between) > _FARTHEST_BEHIND or _LIFE.search(between) or _LIFE.search(rest):
                continue
            is_told = _WAS_IN.search(between) and _BEGAN.search(around.before) and not rest.strip("”》")
            if is_told or _BEGAN.search(rest) or _BEGAN_IN.search(between):
                return found
        return self.next_clause()

    def next_clause(self) -> FoundDate | None:
        """A date of the clause behind, where that says nothing but when and by whom: “板凳会”在老街，是2019年9月组建的."""
        if not self.around.later:
            return None
        start, end = self.around.later[0]
        for found in self.between(start, end)[:1]:
            lead, rest = self.before_date(found, start), self.behind_date(found, end)
            if _IT_WAS.fullmatch(lead) and _SET_UP_BY.fullmatch(rest):
                return found
        return None

    def own(self, found: FoundDate) -> FoundDate | None:
        """``found``, the last date before the mention in its clause, where what begins stands between the two."""
        around = self.around
        between = self.behind_date(found, around.start)
        if _LIFE.search(between):
            return None
        lead = self.before_date(found, around.clause_start)
        if _AS_OF.search(lead) or _begins(between, around.behind) or self._is_since(lead, between):
            return found
        return None

    def earlier(self) -> FoundDate | None:
        """The date that stands alone in a clause before: 2018年，该镇推行“板凳会”."""
        around = self.around
        begins = _begins(around.before, around.behind)
        for start, end in around.earlier:
            clause = self.text[start:end]
            if _LIFE.search(clause):
                return None
            found = self.between(start, end)
            if not found:
                continue
            lead, rest = self.before_date(found[-1], start), self.behind_date(found[-1], end)
            is_alone = _LEAD_BEFORE.match(_without_subject(lead)) is not None and _LEAD_BEHIND.match(rest) is not None
            if not begins and not (is_alone and self._is_since(lead, rest)):
                return None
            return found[-1] if is_alone or _is_subject_with_date(lead, rest) else None
        return None

    def _is_since(self, lead: str, rest: str) -> bool:
        """Whether something goes on from a date: 自2015年起. What is counted since then (起累计调解) began at any time."""
        is_open = _SINCE_LEAD.search(lead) is not None or _SINCE.match(rest) is not None
        return is_open and _USED.match(self.around.behind) is None and _USED_BEFORE.search(self.around.before) is None


def _begins(between: str, behind: str) -> bool:
    """Whether a verb of setting up stands between a date and the mention, or behind the mention."""
    if _USED_BEFORE.search(between) or _USED.match(behind):
        return False
    return (
        _BEGAN.search(between) is not None
        or re.match(
            "[^，。]{0,24}?(?:应运而生|正式|开张|开业|开馆|开园|开讲|开课|投用|投入使用|启动|成立|揭牌|挂牌|启用|上线|诞生|落地|推行|试点|实行|实施|开始|亮相|问世|创立|设立|建立|组建"
            "|被取消|停办)",
            behind,
        )
        is not None
    )


# A heading in brackets on the line of its paragraph, as yearbooks have it, and the place or body that acts.
_HEADED = re.compile("^[【［\\[][^】］\\]]{1,20}[】］\\]]")
_SUBJECT_BEFORE = pattern_of(f"^[[:han:]{BLANK}]{{2,12}}?(?=自|从|在|于|早在|$)")


def _without_subject(lead: str) -> str:
    lead = _HEADED.sub("", lead)
    return lead if len(lead) <= 3 else _SUBJECT_BEFORE.sub("", lead)


def _is_subject_with_date(lead: str, rest: str) -> bool:
    """Whether a clause says who and when but not yet what: 2019年起该镇针对邻里纠纷多的实际."""
    return (
        len(lead) <= 14
        and len(rest) <= 30
        and re.match(
            "^(?:以来|起|开始|初|底|末|上旬|中旬|下旬)?[^了]*(?:实际|问题|现状|难题|引领|为抓手|契机|作用|优势|党建|特点|需求|部署|要求|要求下|后|以来|牵头|领导下|支持下|指导下"
            "|坚持[^了]*|聚焦[^了]*|围绕[^了]*|针对[^了]*|立足[^了]*|结合[^了]*|以[^了]*)$",
            rest,
        )
        is not None
    )


def _interval(reading: Reading, found: FoundDate, around: Surroundings) -> Stated | None:
    point, text = found.point, around.text
    if point is None or point.year is None:
        return None
    issued = reading.published_on
    first = _first_day(point)
    last = _last_day(point)
    lead = text[max(found.start - around.offset - 4, 0) : found.start - around.offset]
    if first > last:
        return None
    surface = reading.folded[found.start : found.end]
    if _AS_OF.search(lead):
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
