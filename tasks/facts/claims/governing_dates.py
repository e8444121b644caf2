"""The date of a sentence that belongs to the verb by which a practice was set up.

A date holds for its own clause, or for those behind it where it stands alone before them (2018年，该镇推行…). The year in
which a place was founded, somebody was born or joined the party holds for that clause only and is no beginning of a
practice.
"""

from __future__ import annotations

import re
from dataclasses import replace

from tasks.facts.claims.beginnings import (
    BEGAN,
    BEGINS,
    FOUNDED_SINCE,
    GOES_ON_SINCE,
    HELD_BEHIND,
    OF_SUBJECT,
    USED,
    USED_BEFORE,
    VERBS,
    begins,
)
from tasks.facts.claims.clauses import BLANK, CLAUSE_END, Surroundings
from tasks.facts.claims.dates_above import ANOTHER_TIME, OPENING_DATE, in_answer, in_heading
from tasks.facts.claims.pointing_back import BEGAN_BY, POINTER, points_back
from tasks.facts.claims.told_years import (
    dated_between,
    dates_of,
    is_enlisted,
    is_preparation,
    is_subject_with_date,
    point_told_on,
    takes_office,
    without_subject,
)
from tasks.facts.dates.resolution import FoundDate
from tasks.facts.text.needed import led
from tasks.facts.text.paragraphs import paragraph_start
from tasks.facts.text.reading import Reading
from tasks.lexicon.characters import pattern_of
from tasks.lexicon.word_lists import any_of, words_for

# What happens to people and places in a year, and what is counted in it, is no beginning of a practice.
_LIFE = led(
    "前身|出生|生于|入党|入伍|参军|毕业(?!生)|退休(?![教干老工党职医法民])|退伍(?!军人|老兵)|转业|当选|上任|到任|任职|调到|调回|分到|分配到|下派到|担任|接任|调任|就任"
    "|嫁到|搬来|搬进|搬到|入住|始建|建于|建成于|成立于|建村|建镇"
    "|建县|建市|撤[县乡镇村]|"
    "更名(?!为[“《]?$)|落成|去世|逝世|发生|遇到|遭遇|暴发|爆发|来到|返乡(?!青年|大学生|创业)|回乡|离任|考入|考上|结婚|患|获评|荣获|获得|被评|评为|入选|脱贫|摘帽|调查显示|统计"
)
# 2023年|“板凳会”月, 2024年|石桥区第十一届宣传周: the year is part of the name.
_LABEL_BEHIND = pattern_of(
    f"度?(?:全[市县区省]|[“《]|[[:han:]{BLANK}]{{0,12}}第[[:one_to_ten:]百\\d]{{1,4}}[届次])|(?=$)"
)
_SINCE = re.compile("^份?(?:春天?|夏天?|秋天?|冬天?|底|初)?(?:以来|起(?![草点])|开始|至今)")
# 2017年，该镇已有“板凳会”: it was there by then.
HAD = led("(?:已经?|早已?)(?:建|设)?有了?(?:(?!没|的)[^，。；]){0,6}$")
# A clause that only tells on what occasion: 他当选支书后, 走访时.
_WHILE = re.compile("(?:之?后|时|之际|期间|过程中)$")
_EVERY = re.compile("每(?:年|月|周|逢|个?星期)|逢")
# A clause that is nothing but a date, with what may stand around it.
_LEAD_BEFORE = pattern_of(
    f"^(?:（{BLANK}{{1,2}}）|[[:one_to_ten:]]{{1,3}}[、是]|\\d{{1,2}}[.．、]|[①-⑩])?"
    "(?:早在|此前的?|之前的?|截至|截止到?|截止至|自从?|从|打|自打|到了?|直到|大约|约|于|在|预计|计划|力争|争取|有望|拟|将|也是|就在|其中|而|但"
    "|后来|随后|为此|所以|因此|于是|不久|[“‘ ●▲■◆★※·•○◎]){0,4}$"
)
# Behind a date that stands alone: 2019年|秋季学期, 2019年3月|起.
_LEAD_BEHIND = re.compile(
    "^(?:的)?(?:份|以来|起|开始|之后|以后|后|前后|左右|之际|前夕|来临之际|到来之际|当年|那年|初|底|末|年初|年底|期间|时|间|夏天|春天|秋天|冬天|春|夏|秋|冬|春节前|春节后|伊始|"
    "上旬|中旬|下旬|[春秋]季学期|学年|学期|暑假|寒假|汛期"
    "|的一天|入[春夏秋冬]|开[春年]|春耕|秋收|汛期|[“‘]?(?:元旦|春节|清明|五一|端午|六一|七一|中秋|国庆|十一|元宵|重阳)[”’]?节?"
    f"|“{BLANK}{{1,2}}”"
    "|[^，。；“”]{1,3}[季节期]前|之?前(?![后列])){0,4}$"
)
AS_OF = re.compile("(?:截至|截止到?|截止至|到|至|截至到)(?:了)?$")
_SINCE_LEAD = re.compile("(?:自|从|自从|打|始于)$")
_SINCE_ALONE = re.compile("(?:自从?|从|打从?)?")
# “板凳会”从|5月起24小时开放
_FROM = re.compile("[”》]?(?:工作法|机制|制度|做法|平台)?(?:便|就|已)?(?:自|从)")
# 始于2016年, 2018年: the date ends what is said of the mention.
_BEGAN_IN = led(f"(?:始|起步|兴起|诞生|起源|发端|创|创立|创办|创建|起|问世|出现|提出|(?:{VERBS}))[于在自]$")
_FOUNDED_IN = re.compile("[”》]?(?:最早|最初)?(?:始建|创建|建|设立|设|成立|创办|开办|诞生|始|起源|开张)于")
_WAS_IN = re.compile("(?:是在?|的时间是|时间为|时间是)$")
# 它是|2019年9月|由民政局扶持成立的: the clause has no other object than what is mentioned before.
_IT_WAS = re.compile(
    f"{POINTER}?(?:最早|最初|前身)?(?:是由[^，。；]{{2,24}}|(?:是|系)由?{BLANK}+的?[^，。；]{{0,6}}|是|于|在|系|自|从)?(?:在|于)?"
)
_IT_BEGAN = re.compile(f"{POINTER}?(?:最早|最初|真正)?{BEGAN_BY}[于自]")
# Behind the date of a clause without an object of its own: 2013年|由县扶贫办扶持成立的, 2020年元旦|投入使用.
_SET_UP_BY = re.compile(
    "(?:份|初|底|末|[春夏秋冬]天?|年初|年底|元旦|春节|国庆)?[前后]?起?(?:由[^，。；]{1,14}?)?"
    "(?:扶持|牵头|发起|投资|出资|联合|共同|合作|一起|正式|自发|率先|重新|最先|首先|最早){0,2}"
    rf"(?:{any_of(words_for('practices/setting_up_verbs', 'begun'))}|[添加增]设?|援建|捐建|兴建|投用|投入使用|投入运行|施行|执行"
    "|恢复|落成|建成|起步|重启|重开|[搞兴]起来?"
    r"|[建开设办摆][^，。；了]{1,2}(?=以来|至今))(?:起?来)?(?:的|以来|至今|后)?|(?:就|才|便)(?:已经?)?(?:有了?|[开办建设]起?来?了?)的?"
    "|(?:一直)?(?:坚持|开|办|用|沿用|延续)到(?:今天|现在|如今|今)了?"
)
# 第一张桌子叫|“早茶桌”: the next sentence tells how it came to be.
_NAMES_IT = re.compile("(?:叫|名叫|叫做|取名|名为|称为)[“《]?$")
# The next sentence opens with the date: 2020年5月|组建的，11名老农
_SET_UP_THEN = re.compile(
    f"(?:份|初|底|末|[春夏秋冬]天?)?(?:[组建开设办摆搞立挂](?:起来)?"
    f"|{any_of(words_for('practices/setting_up_verbs', 'begun'))})的"
)
# In the clause behind: 8月|起发放到…
_FROM_THEN = re.compile("起(?:正式|陆续|免费){0,2}(?:发放|投放|启用|施行|实施|推行|上线|运行|开放|配发|执行)")
_SEASON = re.compile("(?:份|初|底|末|[春夏秋冬](?:天|季|耕|播|收)?|年初|年底|前后|左右)?")
# What is yet to come, in the clause behind: 2022年|启动试点.
_STARTS_THEN = re.compile(
    "(?:将|拟|计划|争取|力争|全面|正式|先行|起|开始){0,3}" + any_of(words_for("practices/setting_up_verbs", "then"))
)
# “板凳会”|成立|两周年之际, “板凳会”|已|开了三年.
_ANNIVERSARY_OF = re.compile(
    "[”》]?(?:自|从)?(?:成立|设立|创办|创立|开办|运行|启动|建立|实施|推行|挂牌|开通|诞生)(?:至今)?(?:已|满|已满|整整|即将迎来|迎来)?"
    "|[”》]?(?:已经?|今天|今年|刚|也|就)?满"
)
_FOR_YEARS = re.compile("[”》]?(?:机制|制度|工作法)?[^，。；“”]{0,6}$")
# A sentence that tells when and what happened, behind which the next one tells what was set up.
_MEETS = re.compile("召开[^，。；]{0,16}会")  # the day of a meeting is that of no practice it hears of
_IT_IS = re.compile("[”》]?(?:工作法|机制|制度|做法|模式|品牌|项目|活动|平台)?(?:最早|最初|原本)?是")
# “板凳会”和柳溪镇的“茶亭”都是|去年办的
_AND_OTHERS = re.compile("[”》]?[、和与及][^，。；]{1,24}(?:都|均)是?(?:在|于)?")
_CALLED = re.compile("(?:称|叫|取名|更名|改名|定名|命名|称呼|唤)(?:之|它|其)?(?:为|作|做)?[“《]?$")
BY_NOW = re.compile("(?:截至)?(?:目前|如今|现在?|眼下)")  # what is so by now began on no day told before
DISTANCES = ("anniversary", "length")  # forms of dates that hold for what is mentioned beside them alone
_FARTHEST_BEHIND = 10  # characters between the mention and a date behind it


def governing_date(reading: Reading, around: Surroundings) -> FoundDate | None:
    """The date that belongs to the verb of setting up: in the clause of the mention, or alone before it.

    >>> from tasks.facts.claims.clauses import surroundings
    >>> reading = Reading("早在2017年3月，石桥镇就推行“板凳会”。")
    >>> governing_date(reading, surroundings(reading, 16, 19)).start
    2
    """
    dates = dates_of(reading)
    if not dates:
        return None
    at = Dates(dates, around)
    if not at.dates:  # as in most sentences: their clauses need not be read
        return beyond_the_sentence(reading, dates, around)
    own = at.between(around.clause_start, around.start)
    others = [found for found in own if not at.is_label(found)]
    if len(others) < len(own) and (found := at.behind() or (at.own(others[-1]) if others else at.earlier())):
        return found
    found = at.behind() or (at.own(own[-1]) if own else at.earlier())
    return found or _in_next_sentence(reading, dates, around) or in_answer(reading, dates, around)


def beyond_the_sentence(reading: Reading, dates: tuple[FoundDate, ...], around: Surroundings) -> FoundDate | None:
    """The date of the next sentence that points back, or of the sentence before that opens with it, for a mention whose
    own sentence has none.

    >>> from tasks.facts.claims.clauses import surroundings
    >>> reading = Reading("石桥镇有“板凳会”。这一做法始于2017年。")
    >>> beyond_the_sentence(reading, dates_of(reading), surroundings(reading, 5, 8)).point.year
    2017
    """
    return (
        _in_next_sentence(reading, dates, around)
        or _in_sentence_before(reading, dates, around)
        or in_answer(reading, dates, around)
        or in_heading(reading, dates, around)
    )


def date_leading(reading: Reading, around: Surroundings, clause: tuple[int, int]) -> FoundDate | None:
    """The date that stands alone before the mention, for the places of a later ``clause``; None where the mention is
    only used by then.

    >>> from tasks.facts.claims.clauses import surroundings
    >>> reading = Reading("2021年，市里将“板凳会”列为重点，在石桥镇推开。")
    >>> date_leading(reading, surroundings(reading, 10, 13), (19, 25)).point.year
    2021
    """
    is_used = USED.match(around.behind) is not None or USED_BEFORE.search(around.before) is not None
    if is_used or BY_NOW.match(around.text, clause[0]):
        return None
    return Dates(dates_of(reading), around).standing_alone()


def _in_next_sentence(reading: Reading, dates: tuple[FoundDate, ...], around: Surroundings) -> FoundDate | None:
    text = reading.text
    following = reading.sentences_between(around.offset + around.end, around.offset + len(around.text) + 2)
    if not following:
        return None
    start = following[0].start_char
    for found in dated_between(dates, start, following[0].end_char)[:1]:
        end = CLAUSE_END.search(text, found.end)
        rest = text[found.end : len(text) if end is None else end.start()]
        is_of_it = points_back(reading, around, start, found.start) and _is_of_setting_up(rest)
        is_named_before = _NAMES_IT.search(around.before) is not None and not around.behind.strip("”》")
        is_told = is_named_before and found.start == start and _tells_of_beginning(text, found, following[0].end_char)
        if is_of_it or is_told or (found.start == start and _SET_UP_THEN.fullmatch(rest)):
            return found
    return None


def _tells_of_beginning(text: str, found: FoundDate, end: int) -> bool:
    """Whether the sentence that opens with the date ``found`` tells of something that begins: 2017年8月，村口支起方桌."""
    return _LEAD_BEHIND.match(text[found.end : found.end + 1].rstrip("，")) is not None and (
        BEGAN.search(text, found.end, end) is not None and _LIFE.search(text, found.end, end) is None
    )


def _is_of_setting_up(rest: str) -> bool:
    """Whether a clause says behind its date only that something was set up, or since when it does what follows."""
    if _SET_UP_BY.fullmatch(rest) or _SEASON.fullmatch(rest):
        return True
    since = _SET_UP_BY.match(rest)
    return since is not None and since[0].endswith(("以来", "至今"))


def _in_sentence_before(reading: Reading, dates: tuple[FoundDate, ...], around: Surroundings) -> FoundDate | None:
    """2018年，该镇的纠纷多了起来。|镇里办起“板凳会”: what is set up right behind, in the year that opens the sentence before."""
    text = reading.text
    line = paragraph_start(text, around.offset)
    sentences = reading.sentences_between(line, around.offset, last=1)
    told = around.text[: around.start]
    if not sentences or ANOTHER_TIME.search(told) or not begins(around.before, around.behind):
        return None
    start, end = sentences[-1].start_char, sentences[-1].end_char
    found = dated_between(dates, start, end)
    if len(found) != 1 or found[0].point is None or OPENING_DATE.fullmatch(text, start, found[0].start) is None:
        return None
    rest = text[found[0].end : end]
    is_life = _LIFE.search(rest) is not None and not takes_office(rest, told)
    if is_life or ANOTHER_TIME.search(rest) or _MEETS.search(rest) or around.behind[:3].endswith("以来"):
        return None
    if "“" in rest and BEGAN.search(rest, 0, rest.index("“")):
        return None  # 2018年，镇里建立“甲”。|镇里办起“乙”: the year is that of the first
    point = found[0].point
    point = found[0].point if found[0].point.is_range else point_told_on(found[0].point, around.before + around.behind)
    return replace(found[0], point=point, form="before")


class Dates:
    """The dates of the sentence around one mention that have a year, by the offsets of the sentence."""

    def __init__(self, dates: tuple[FoundDate, ...], around: Surroundings) -> None:
        self.around = around
        self.text = around.text
        self.dates = dated_between(dates, around.offset, around.offset + len(around.text))

    def between(self, start: int, end: int) -> list[FoundDate]:
        return [found for found in self.dates if start <= found.start - self.around.offset < end]

    def is_label(self, found: FoundDate) -> bool:
        """Whether ``found`` is the year in what something is called: 7月11日，镇里开展2023年“板凳会”月活动."""
        if found.point is None or found.point.month is not None or found.form in ("anniversary", "length"):
            return False
        return _LABEL_BEHIND.match(self.behind_date(found, self.around.start)) is not None

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
            if found.form == "anniversary":
                if _ANNIVERSARY_OF.fullmatch(between):
                    return found
                continue
            if found.form == "length":
                if _FOR_YEARS.fullmatch(between):
                    return found
                continue
            if (
                (len(between) > _FARTHEST_BEHIND and not _IT_IS.match(between) and not _AND_OTHERS.fullmatch(between))
                or _LIFE.search(between)
                or _LIFE.search(rest)
            ):
                continue
            is_told = _WAS_IN.search(between) and BEGAN.search(around.before) and not rest.strip("”》")
            if is_told or BEGAN.search(rest) or BEGINS.search(rest) or _BEGAN_IN.search(between):
                return found
            if _FROM.fullmatch(between) and GOES_ON_SINCE.match(rest):
                return found
        return self.next_clause()

    def next_clause(self) -> FoundDate | None:
        """A date of the clause behind, where that says nothing but when and by whom: “板凳会”在老街，是2019年9月组建的."""
        if not self.around.later:
            return None
        start, end = self.around.later[0]
        for found in self.between(start, end)[:1]:
            lead, rest = self.before_date(found, start), self.behind_date(found, end)
            if _IT_WAS.fullmatch(lead) and (lead or not _SEASON.fullmatch(rest)) and _is_of_setting_up(rest):
                return found
            if not lead and _FROM_THEN.match(rest):
                return found
            if _IT_BEGAN.fullmatch(lead) and _SEASON.fullmatch(rest):
                return found
        return None

    def ahead(self) -> FoundDate | None:
        """The date with which the clause behind says when it is to start: 实施“板凳会”，|2022年启动试点."""
        if not self.around.later:
            return None
        start, end = self.around.later[0]
        for found in self.between(start, end)[:1]:
            if _IT_WAS.fullmatch(self.before_date(found, start)) and _STARTS_THEN.match(self.behind_date(found, end)):
                return found
        return None

    def own(self, found: FoundDate) -> FoundDate | None:
        """``found``, the last date before the mention in its clause, where what begins stands between the two."""
        around = self.around
        between = self.behind_date(found, around.start)
        if _LIFE.search(between):
            return None
        lead = self.before_date(found, around.clause_start)
        if found.form in DISTANCES:
            return None
        if (
            AS_OF.search(lead)
            or HAD.search(between)
            or begins(between, around.behind)
            or (not self.is_label(found) and HELD_BEHIND.match(around.behind))
            or self._is_since(lead, between)
        ):
            return found
        return None

    def earlier(self) -> FoundDate | None:
        """The date that stands alone in a clause before: 2018年，该镇推行“板凳会”."""
        around = self.around
        if BY_NOW.match(around.before):
            return None
        is_begun = begins(around.before, around.behind) or HAD.search(around.before) is not None
        is_begun = is_begun or HELD_BEHIND.match(around.behind) is not None
        is_called = around.earlier and _CALLED.search(around.before) is not None
        if not is_begun and is_called:
            # 1999年，镇里办起茶会，人称“板凳会”
            is_begun = any(BEGAN.search(self.text, *span) for span in around.earlier)
        if (founded := self._since_founding()) is not None:
            return founded
        for start, end in around.earlier:
            clause = self.text[start:end]
            found = self.between(start, end)
            if _EVERY.search(clause) if found else _WHILE.search(clause):
                continue  # 1986年，他当选支书后，办起; 每月10日开会，人称
            if _LIFE.search(clause):
                return None
            if not found:
                continue
            if found[-1].form in DISTANCES:
                return None
            lead, rest = self.before_date(found[-1], start), self.behind_date(found[-1], end)
            is_alone = _LEAD_BEFORE.match(without_subject(lead)) is not None and _LEAD_BEHIND.match(rest) is not None
            if is_called and BEGAN.search(rest):
                return found[-1]  # 永定区于2020年引入，更名为“板凳会”
            is_since = is_alone and self._is_since(lead, rest)
            if not (is_begun or is_since or is_enlisted(self.text[start : around.start])):
                return None
            is_run_up = is_preparation(lead, rest, self.text[end : around.start])
            return found[-1] if is_alone or is_run_up or is_subject_with_date(lead, rest) else None
        return None

    def _since_founding(self) -> FoundDate | None:
        """The date since which what the next clause is about is there: 自2021年6月开张以来，“板凳会”接待320人次."""
        around = self.around
        if not around.earlier or OF_SUBJECT.fullmatch(around.before) is None:
            return None
        start, end = around.earlier[0]
        for found in self.between(start, end)[-1:]:
            if found.form in DISTANCES or _SINCE_ALONE.fullmatch(self.before_date(found, start)) is None:
                continue
            if FOUNDED_SINCE.fullmatch(self.behind_date(found, end)):
                return found
        return None

    def standing_alone(self) -> FoundDate | None:
        """The date that the nearest clause before with a date holds and little else: 2018年，…, 去年7月起，…."""
        for start, end in self.around.earlier:
            found = self.between(start, end)
            if not found:
                continue
            lead, rest = self.before_date(found[-1], start), self.behind_date(found[-1], end)
            is_alone = _LEAD_BEFORE.match(without_subject(lead)) is not None and _LEAD_BEHIND.match(rest) is not None
            return found[-1] if is_alone and found[-1].form not in DISTANCES else None
        return None

    def _is_since(self, lead: str, rest: str) -> bool:
        """Whether something goes on from a date: 自2015年起. What is counted since then (起累计调解) began at any time."""
        is_open = _SINCE_LEAD.search(lead) is not None or _SINCE.match(rest) is not None
        return is_open and USED.match(self.around.behind) is None and USED_BEFORE.search(self.around.before) is None
