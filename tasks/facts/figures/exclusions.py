"""Where numerals state no quantity: dates, clock times, ordinals, names and fixed phrases that hold a number."""

from __future__ import annotations

import re
from functools import lru_cache

from tasks.facts.dates.resolution import resolve_dates
from tasks.facts.text.reading import Reading
from tasks.facts.text.sought import Sought
from tasks.lexicon.characters import pattern_of
from tasks.lexicon.units import unit_at
from tasks.lexicon.word_lists import word_list

# A short stretch in quotation marks without a pause is a name or a catchword, not speech: “三色网格”, “1+5+N”.
_QUOTED_NAME = re.compile(r"[“‘\"](?<![：:说道][“‘\"])([^“”‘’\"\n，。！？；：]{1,14})[”’\"]")
_HAS_NUMERAL = re.compile(r"[\d一二两三四五六七八九十百千万]")
# How many different names in marks are sought in the rest of the text, each by a pass over it. An article has some ten;
# a page of nothing else would be read once for each. For time alone.
_MOST_NAMES = 100
# What ends in a number with its share or its ten thousands is a figure though it is quoted: “5.5%左右”, “扩招200万人”.
_STATED = re.compile(r"\d(?:%|[万亿][人户元亩套个吨])(?:左右|以上|以内|以下)?$")
_SPOKEN = re.compile(r"[我你他她您们吧吗呢啊了]")
_COORDINATE = Sought(r"\d{1,3}°\d{1,2}[′'’](?:\d{1,2}[″”\"])?")  # 113°46′: where a place lies
_TITLE = re.compile(r"《[^》\n]{1,80}》")
# A time of day, which counts nothing: 9:30, 14时20分.
_CLOCK = Sought(
    r"\d\d?(?:[:：]\d{2}(?:[:：]\d{2})?(?!\d)|[点时](?:\d{1,2}分(?:\d{1,2}秒)?|半|整|许|左右|多钟|钟|(?=[-—至到~]\d))"
    r"|(?<!\d\d\d)点(?=[，。、开到起就前后]))"
)
# A time of day behind its part of the day: 晚上7点半, 清晨六点.
_CLOCK_OF_DAY = Sought(
    r"[凌清早上中下傍晚深夜至到~—-](?:(?<=[凌清])晨|(?<=早)[上晨]?|(?<=[上中下])午|(?<=傍)晚|(?<=晚)[上间]?|(?<=夜)间|(?<=深)夜|(?<=[-—至到~]))\s?"
    r"(?:\d{1,2}|[一二两三四五六七八九十]{1,3})\s?[点时](?:\d{1,2}分?|[一二三四五]?十[[:one_to_nine:]]?分?|半|多)?"
)
# 15分钟生活圈 names a zone, 三年行动计划 a plan, 三大清单 an instrument, 3号楼 and 2单元 an address, 60后 a cohort.
_NUMBERED_NAME = pattern_of(
    r"(?:(?:\d{1,9}|[[:one_to_ten:]]{1,6})(?:分钟|公里|小时|米)[[:han:]]{0,8}圈"
    r"|(?:\d{1,9}|[[:one_to_ten:]]{1,6})年(?:行动|攻坚|规划|计划|提升行动|倍增)"
    r"|[一二两三四五六七八九十]{1,6}(?:大|张|本|项)(?:清单|台账)(?!\d)"
    r"|[二三四五六七八九十\d]个[[:one_to_ten:]][条百项必有新好化严][[:han:]]?"
    r"|\d{1,9}(?:号|单元|路|线|弄|栋\d|幢\d|室|#)"
    r"|[〔\[（(]\d{4}[〕\])）]\s?\d*号?"
    r"|\d0后"
    r"|[（(](?:\d{1,2}|[[:one_to_ten:]]{1,3})[）)]"
    r"|第(?:\d{1,9}|[一二两三四五六七八九十百千〇零]{1,6})"
    r"|[A-Za-z]{1,12}[-—]?\d[\d.]{0,8}|\d{1,9}\s?\+\s?[\dNnXx]{1,6}(?:\s?\+\s?[\dNnXx]{1,6})*"
    r"|\d{1,3}(?:∶\d{1,3})+|\d{1,2}[:：]\d(?![\d:：])"  # shared 4∶6
    r"|头一[年天回次个]|(?<=[说讲走听读写吃干看念做]到)一半|(?:数|几)[十百千万亿]{1,6})"
)
# 2.2本办法 begins a section; 2.2万元 at the beginning of a line counts.
_SECTION_NUMBER = Sought(r"(?<![^\n])\d\d?(?:\.\d{1,2}){1,3}(?=[ 、]?[[:han:]])")
_NO_SECTION = frozenset(("money", "hard", "percent", "time"))
# Where one of them may begin.
_NUMBERED_BEGINNING = Sought(
    r"(?=(?<!\d)\d{1,9}(?:[分公小米年个号单路线弄栋幢室#∶:：]|\s?\+)|[一二两三四五六七八九十][[:one_to_ten:]]{0,5}[分公小米年大张本项个]"
    r"|\d0后|头一|(?<=到)一半|[〔\[（(][\d[:one_to_ten:]]|第[\d一二两三四五六七八九十百千〇零]|[A-Za-z]{1,12}[-—]?\d|[数几][十百千万亿])"
)


# 八届五次常委会: the fifth meeting, not five.
_SESSION = Sought(r"[[:one_to_ten:]\d]{1,3}届[[:one_to_ten:]\d]{1,3}次(?=[[:han:]]{0,6}(?:会|大会))")


@lru_cache(maxsize=1)
def _fixed_phrases() -> tuple[dict[str, tuple[tuple[int, str], ...]], ...]:
    """The phrases by each of their first five characters with its neighbours, which rule out nearly every place at
    once.

    With each stands how far into it that character is. One table for each way to look at a place: the character with
    one on either side, with the two behind it, with the one behind it (phrases of two), with the one before it (their
    last), and alone (phrases of one).
    """
    tables: tuple[dict[str, list[tuple[int, str]]], ...] = ({}, {}, {}, {}, {})
    inside, three, two, last, single = tables
    for name in ("fixed_number_phrases", "numbered_place_names"):
        for phrase in word_list(name):
            length = len(phrase)
            for offset in range(min(length, 5)):
                if length == 1:
                    table, key = single, phrase
                elif offset == 0:
                    table, key = (three, phrase[:3]) if length > 2 else (two, phrase)
                elif offset == length - 1:
                    table, key = last, phrase[offset - 1 :]
                else:
                    table, key = inside, phrase[offset - 1 : offset + 2]
                table.setdefault(key, []).append((offset, phrase))
    return tuple({key: tuple(same) for key, same in table.items()} for table in tables)


def blocked_mask(reading: Reading, folded: str) -> bytearray:
    """One byte per character of the text, 1 where a numeral belongs to a date, a title, a name or an ordinal."""
    text = reading.text
    mask = bytearray(len(text))
    for date in resolve_dates(reading):
        mask[date.start : date.end] = b"\1" * (date.end - date.start)
    for pattern in (_TITLE, _COORDINATE, _CLOCK, _CLOCK_OF_DAY, _SESSION):
        for match in pattern.finditer(folded):
            mask[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    position = 0
    for beginning in _NUMBERED_BEGINNING.finditer(folded):
        start = beginning.start()
        found = _NUMBERED_NAME.match(folded, start) if start >= position else None
        if found is not None:
            position = found.end()
            mask[start:position] = b"\1" * (position - start)
    for match in _SECTION_NUMBER.finditer(folded):
        unit = unit_at(folded, match.end(), True)
        if text[match.end()] not in "万亿" and (unit is None or unit.kind not in _NO_SECTION):
            mask[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    names: set[str] = set()
    for match in _QUOTED_NAME.finditer(folded):
        name = match[1]
        if not _HAS_NUMERAL.search(name) or _STATED.search(name) or _SPOKEN.search(name):
            continue
        mask[match.start() : match.end()] = b"\1" * (match.end() - match.start())
        if len(name) < 3 or name in names or len(names) == _MOST_NAMES:
            continue
        names.add(name)
        position = folded.find(name)
        while position >= 0:  # the same name without its marks, elsewhere in the text
            mask[position : position + len(name)] = b"\1" * len(name)
            position = folded.find(name, position + len(name))
    return mask


_COUNTING = frozenset("个名户家人位座所处件条项亩次万")  # behind 十一 they count, others speak of the holiday


def is_fixed_phrase(text: str, start: int, end: int) -> bool:
    """Whether the numeral at ``start:end`` stands inside an idiom, a fixed term or a place name.

    >>> is_fixed_phrase("服务千家万户", 2, 3), is_fixed_phrase("共三百户", 1, 3)
    (True, False)
    """
    inside, three, two, last, single = _fixed_phrases()
    before, behind = max(start - 1, 0), start + 2
    for same in (
        inside.get(text[before:behind]),
        three.get(text[start : start + 3]),
        two.get(text[start:behind]),
        last.get(text[before : start + 1]),
        single.get(text[start : start + 1]),
    ):
        if same is None:
            continue
        for offset, phrase in same:
            first = start - offset
            if first >= 0 and first + len(phrase) >= end and text.startswith(phrase, first):
                is_counted = (
                    (phrase == "十分" and text[first + 2 : first + 3] == "钟")
                    or (phrase == "万名" and text[first - 1 : first] in ("近", "上", "逾"))
                    or (phrase == "十一" and text[first + 2 : first + 3] in _COUNTING)
                )
                return not is_counted  # 十分钟, 近万名, 十一个
    return False


# --- 一 with a measure word: an article, unless it counts --------------------------------------------------------

_ONE_DURATION_BEFORE = re.compile(r"(?:这|那|有|某|哪|每|同|新的|又|唯|其中|过去的)$")
# 由一个点扩大到二十个点: one set against what it became.
_GROWS_BEHIND = pattern_of(
    r"[[:han:]]{0,6}?(?:到|变成?|增至|增加到|发展到|扩大到|扩展到|发展成|裂变为)(?:了|如今的?|现在的?|后来的?|今天的?)?(?:\d{1,9}|[二两三四五六七八九十百]+)(?![点楼号])"
)
_SPENT_BEFORE = re.compile(
    r"(?:短短|不到|仅|只|[用花忙干跑走坐站守排等住待少]了|只用|停业|停工|停课|闭馆|休市|封闭|耽误|提前|延长|推迟|不足|近|约|超过)$"
)
_NEIGHBOUR_BEFORE = pattern_of(
    r"(?:\d{1,9}|[两三四五六七八九十]{1,6})(?:名|个|家|位|支|处|座|间|台|辆|人)[[:han:]“”]{1,8}(?:[[:list_mark:]]|以及)$"
)
_PERIOD_BEFORE = re.compile(
    r"(?:(?:(?!(?:19|20)\d\d年)(?<![\d月])\d{1,9}|[一二两三四五六七八九十半]{1,6})(?:个?(?:年|月|季度|小时|星期)|周|天|日))[^，。；]{0,4}$"
)
# What is measured, or how far it went, before its one: 仅一斤, 减产一成.
_MEASURED_BEFORE = re.compile(
    r"(?:仅|只|不到|不足|近|约|共|占地|人均|户均|平均|每[人户](?:平均)?|[长宽高重厚深]|多|少|差|短短|相距|相隔|超过|捐了?"
    r"|罚款?|奖励|花了|赚|挣|[减增]产|增长|下降|减少|[降涨]了?|占了?)$"
)
_TIMES_BEFORE = re.compile(
    r"(?:增长|增加|提高|提升|扩大|上升|上涨|[翻涨增][加了]?|[多高快大长贵重][出了]?|超过|近|约)$"
)
_EACH_BEFORE = re.compile(r"(?:每|各)[^，。；]{1,14}$")
# A thing before its number is listed with others: 有中心幼儿园一所，在园儿童200人.
_TALLY_BEFORE = pattern_of("(?:现|还|另|内|并|共)*(?:有|设有?|建有|建成|新建|配有)[[:han:]]{2,10}(?<!了)")
_EACH_TIME = re.compile(
    r"每(?:逢|隔)?(?:[一二两三四五六七八九十半\d]{0,2}个?(?:工作日|年|月|周|天|日|季|星期|学期|旬|晚|人|户|名|位|村|社区|家|小区|组|班|届|镇))"
)
_GIVEN_BEFORE = re.compile(
    r"(?:有|设|设立|设置|配|配备|派|选派|选|选出|推选|聘|聘请|安排|明确|确定|建|建有|建成|打造)(?:了|有)?$"
)
_NEIGHBOUR = pattern_of(
    r"(?:(?:[[:list_mark:]]|以及)[[:han:]]{0,6}?|，)(?:\d{1,9}|[两三四五六七八九十]{1,6})(?:名|个|家|位|支|处|座|条|间|台|辆|所|项|户|人|场|次|张|套"
    r"|块|份|册|本)"
)


_AT_LEAST_BEFORE = re.compile(
    r"(?:均|都|分别|至少|只|仅|只有|仅有|共)(?:要|会|能)?(?:有|设|配|派|配备|配有|设有|设立|安排|明确|选派|确定|建有|召开|开展|举办|举行)?(?:了)?$"
)
_RATE_BEHIND = re.compile(r"[也都就才]?(?:能|可|要|得|少|多(?=[挣赚收花])|挣|赚|花|省|下来|平均|最多|至少|收)")
_RATE_BEFORE = frozenset("，：“、户人家亩且")
_EARNED_BEHIND = re.compile(
    "下来|(?:产生|创造|带来)?的?[纯总净毛年月]?(?:收入|收益|产值|产量|租金|工资|利润|销量|营业额|开支|开销|花销)"
)
_LAST_OF_AT_LEAST = frozenset("均都别少只仅有共要会能设配派备立排确定开展办行了")
_DAY_GOES_ON = re.compile(r"[时之以就内后工半]")
_NOUN_BEHIND = pattern_of(r"[[:han:]]{0,8}?(?=[、和及与，]|以及)")
_LINKS = frozenset("、和及与")
# 一种, 一条, 一批: the article of a thing, never its number.
_NEVER_ONE = frozenset("种类样面道股句段片串根口代回批件条起幅颗份")


def is_article(text: str, unit_kind: str, unit_name: str, unit_end: int) -> bool:
    """Whether 一 with this unit can be told to count nothing without a look at what stands before it: 一条路, 一种办法.

    >>> is_article("一条路", "count", "条", 2), is_article("由一条路扩大到三条", "count", "条", 3)
    (True, False)
    """
    return (
        unit_kind == "count"
        and unit_name in _NEVER_ONE
        and unit_name != "回"
        and _GROWS_BEHIND.match(text, unit_end) is None
    )


def _one_lasts(text: str, before: str, unit_name: str, unit_end: int) -> bool:
    """Whether 一 with a unit of time is a length of time, and not which one or how much in each."""
    if _ONE_DURATION_BEFORE.search(before):
        return False
    if _RATE_BEHIND.match(text, unit_end) and (not before or before[-1] in _RATE_BEFORE):
        return False  # 一年能挣两万: what is earned in each year
    if _EARNED_BEHIND.match(text, unit_end):
        return False  # 一年的纯收入
    return unit_name != "天" or bool(_DAY_GOES_ON.match(text, unit_end) or _SPENT_BEFORE.search(before) is not None)


def one_counts(text: str, start: int, unit_kind: str, unit_name: str, unit_end: int, clause_start: int) -> bool:
    """Whether the bare 一 at ``start`` is a count: a length of time, a frequency, one to each, or one set against more.

    >>> one_counts("用了一个月", 2, "time", "个月", 5, 0), one_counts("一位居民", 0, "count", "位", 2, 0)
    (True, False)
    >>> one_counts("每季度召开一次会议", 5, "count", "次", 7, 0)
    True
    """
    before = text[clause_start:start]
    if unit_kind == "time":
        return _one_lasts(text, before, unit_name, unit_end)
    if unit_kind == "half":
        return True
    if unit_name == "倍":
        return _TIMES_BEFORE.search(before) is not None
    if unit_kind == "count" and _GROWS_BEHIND.match(text, unit_end):
        return True
    if unit_name == "番":
        return False  # 翻了一番: doubled
    if unit_name in ("次", "场", "回", "轮", "趟") and _PERIOD_BEFORE.search(before):
        return True
    if unit_kind == "hard" and text.startswith(("以下", "以上", "以内"), unit_end):
        return True
    if unit_kind in ("hard", "money", "percent", "tenths"):
        return _MEASURED_BEFORE.search(before) is not None  # 8元一斤 and 一斤能卖 name a price's denominator
    if unit_kind != "count":
        return False
    if unit_name in _NEVER_ONE:
        return False
    if ("每" in before or "各" in before) and _EACH_BEFORE.search(before):
        is_frequency = unit_name in ("次", "场", "回", "轮", "趟", "期") and _EACH_TIME.search(before) is not None
        return is_frequency or _GIVEN_BEFORE.search(before) is not None
    if before[-1:] in _LAST_OF_AT_LEAST and _AT_LEAST_BEFORE.search(before):
        return True
    if before[-1:] in _LINKS and _NEIGHBOUR_BEFORE.search(before):
        return True
    if _TALLY_BEFORE.fullmatch(before) and text[unit_end : unit_end + 1] in "，；。、":
        return True
    behind = _NOUN_BEHIND.match(text, unit_end)
    return bool(_NEIGHBOUR.match(text, behind.end() if behind else unit_end))
