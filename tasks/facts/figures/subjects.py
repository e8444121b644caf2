"""What a figure is a figure of."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from tasks.facts.figures.deeds import NO_NOUN_BEHIND, TALLIES, deed_before, title_before, told_by_unit, without_deed
from tasks.facts.figures.leads import before_time, region_before, region_of_clause_before
from tasks.facts.figures.nouns import begins_with_verb, is_noun, is_person, is_thing, word_at
from tasks.facts.figures.phrases_before import phrase_before
from tasks.facts.figures.phrases_behind import PER_HEAD, phrase_behind
from tasks.facts.figures.said_before import extent_before, noun_taken_apart, set_against, told_beside
from tasks.facts.figures.said_behind import housed_behind, is_of_what_is_before, share_goes_on
from tasks.facts.text.reading import Reading
from tasks.lexicon.characters import ONE_TO_TEN, pattern_of
from tasks.lexicon.dictionary import is_word
from tasks.lexicon.units import unit_at
from tasks.lexicon.word_lists import words_for

_LONGEST_SUBJECT = 14
_LAST_MARK = re.compile(r".*[，。；：！？、\n]", re.DOTALL)
_LAST_DIGIT = re.compile(r".*\d(?![A-Za-z\d])", re.DOTALL)  # 5G手机 begins no number of its own
_SCOPE_BEHIND = re.compile(r"级?(?:及?以[上下内]|之[内间]|左右|上下|内|不等)?的?")
_TIMES = frozenset(("年", "个月", "月", "周", "天", "日", "小时", "分钟", "秒", "个工作日"))
_TIMES |= {"工作日", "学时", "周年", "个星期", "星期"}
_TIMED = re.compile(r"[期限龄]$|[时工]长$|时[间效]$|历史$|用时$|周期$|[路行车]程$")
_OWNERS = frozenset(("户", "人", "名", "位", "口", "家"))  # 176户的意见: whose, not what
_CASES = frozenset(("起", "件", "条", "个", "项", "宗"))
_TEAM_BEHIND = pattern_of(r"的[[:han:]]{0,8}?(?:队伍|队|团队|群体|班子)")
_THINGS = _CASES | {"户", "人", "名", "位", "家", "人次"}
_CLAUSE_STARTS = frozenset("，。；：！？、\n“（")
_SHARES = frozenset(("%", "比例"))
_REGIONS = frozenset(("镇", "乡", "县", "区", "村", "市", "省", "街道"))
_ALL_REGIONS = frozenset("省市州盟县区旗镇乡")
# 全市网格, 今年网格 and 2021年底网格 all count 网格: neither whose nor when belongs to what is counted.
_WHOSE_AND_WHEN = pattern_of(
    r"(?:(?:全|该|本|我|各|这个?|此)(?:[省市州县区旗镇乡村团]|街道|社区|小区)(?![长民委])|(?:今|去|前|当|同|每|近)年(?:以?来|上半年|下半年|内)?|[上下]半年|截?至?目前|至今"
    r"|现在|如今|眼下|当前|以来|年[底末初中内均]?(?!度|轻|龄|糕|画|货|味|级)|[月日号]份?(?!饼|嫂|子|均)|[一二三四]?季度|同期|较?上年)+的?(?=[[:han:]“]{2})"
)
_FIRST_OF_WHOSE = frozenset("全该本我各这此今去前当同每近上下截至目现如眼以年月日号一二三四季较")


def _told_before_noun(
    reading: Reading, start: int, end: int, places: Sequence[tuple[int, int]], unit: str
) -> str | None:
    """What unit, verb or the noun before the figure tell so surely that the noun behind it is not asked; else None.

    Empty where a 的 makes of the figure the owner of what follows (176户的意见).
    """
    text = reading.text
    if unit in _REGIONS or (len(unit) in (2, 3) and _ALL_REGIONS.issuperset(unit)):
        return unit
    if unit == "口" and "人" in text[end - 1 : end + 1]:
        return "人"  # 家里六口人
    if unit == "人" and text.startswith("口", end):
        return "人口"
    if text[end - 2 : end] == "方面" and not _describes(reading, end):
        return "方面"  # 从6个方面量化评分
    if (stretch := set_against(text, start, end)) is not None:
        return _before(reading, *stretch, places, unit)
    if is_of_what_is_before(text, end, unit):
        before = _before(reading, *region_before(reading, start), places, unit)
        if before is not None:
            return before
    if (told := told_beside(text, start, end, unit, is_time=unit in _TIMES)) is not None:
        return told
    return _told_of_or_before(reading, start, end, places, unit)


def _told_of_or_before(
    reading: Reading, start: int, end: int, places: Sequence[tuple[int, int]], unit: str
) -> str | None:
    text = reading.text
    is_limit = unit in _SHARES or unit == "元"
    has_of = (_LIMIT_OF if is_limit else _OF).match(text, end) is not None
    if unit in ("岁", "周岁") and (has_of or not _SCOPE_OF_AGE.match(text, end)):
        before = _before(reading, *region_before(reading, start), places, unit) if has_of else None
        return before if before is not None and before[-1] == "龄" else "年龄"  # 62岁的居民: not of the resident
    if has_of and unit not in _TIMES:
        told = _told_of(reading, start, end, places, unit)
        if told is not None:
            return told
    if not has_of and (sum_or_share := _before_noun_behind(reading, start, end, places, unit)) is not None:
        return sum_or_share
    if unit in _PARTS_OF_WRITINGS and (title := title_before(text, start, end)) is not None:
        return title[:_LONGEST_SUBJECT]
    if unit in _LENGTHS and (length := extent_before(text, start)) is not None:
        return length
    if unit in TALLIES and (deed := deed_before(reading, region_before(reading, start)[1])) is not None:
        before = _before(reading, *region_before(reading, start), places, unit)
        return before if before is not None and before.endswith(deed) else deed
    return None


def _before_noun_behind(
    reading: Reading, start: int, end: int, places: Sequence[tuple[int, int]], unit: str
) -> str | None:
    """What a share or sum is called before a noun that it is not counted in: 合格率|超90%|企业, 筹资|80万元|修建水渠."""
    if unit == "元":
        return _paid_before(reading, start, end, places)
    if unit not in _SHARES or reading.text[end : end + 1] in NO_NOUN_BEHIND:
        return None
    before = _before(reading, *region_before(reading, start), places, unit)
    return before if _is_measure(before, unit) else None


def _told_of(reading: Reading, start: int, end: int, places: Sequence[tuple[int, int]], unit: str) -> str | None:
    """What a figure before 的 is of: 满意率低于85%|的单位 tells of the rate, 给予村庄5000元|的奖补 of the grant."""
    text = reading.text
    is_limit = unit in _SHARES or unit == "元"
    before = _before(reading, *region_before(reading, start), places, unit)
    if before is not None and before.endswith("价值") and text[end + 1 : end + 2] not in NO_NOUN_BEHIND:
        return None  # 价值5万元的药品
    is_told = not is_limit or _is_measure(before, unit)
    if is_told and (before is not None or (unit in _OWNERS and _TEAM_BEHIND.match(text, end) is None)):
        return before or ""
    return None


def _describes(reading: Reading, at: int) -> bool:
    """Whether a noun begins at ``at``, or a 的 that leads to one."""
    words = reading.words
    return reading.text.startswith("的", at) or (at < len(reading.text) and is_noun(word_at(words, at)))


def _paid_before(reading: Reading, start: int, end: int, places: Sequence[tuple[int, int]]) -> str | None:
    """What the sum is called or that it was paid, where a verb behind tells what for: 筹资|80万元|修建水渠."""
    text, words = reading.text, reading.words
    if text[end : end + 1] in NO_NOUN_BEHIND or words.tags[words.index_of(end)][0] != "v":
        return None
    if text[start - 1 : start] in ("以", "用"):
        return words.texts[words.index_of(end)]  # 以20万元|收购茶厂
    noun = _noun_behind(reading, start, end, places, "元")
    if noun is None or _is_measure(noun, "元"):
        return None  # 争取3万元建设资金
    before = _before(reading, *region_before(reading, start), places, "元")
    if _is_measure(before, "元"):
        return before
    return text[start - 2 : start] if text[start - 2 : start] in words_for("counted_deeds", "paid") else None


def _is_measure(noun: str | None, unit: str) -> bool:
    """Whether ``noun`` is a rate or a sum of money, by its end: what a limit of that unit is set to."""
    return noun is not None and _MEASURES_IT[unit == "元"].search(noun) is not None


def subject_of(
    reading: Reading, start: int, end: int, places: Sequence[tuple[int, int]] = (), unit: str = ""
) -> str | None:
    """The noun behind the figure, else the one before it, else None; without the places (spans in order) that lead it.

    A length of time has a subject only where a word for a time stands before it: 办理时限5天, but not 提前5天.

    >>> reading = Reading("新建停车场12处，服务商户300多家")
    >>> subject_of(Reading("共有3个网格员参加"), 2, 4), subject_of(reading, 5, 8), subject_of(reading, 13, 18, unit="家")
    ('网格员', '停车场', '商户')
    >>> subject_of(Reading("全市现有网格412个"), 6, 10), subject_of(Reading("石桥市网格412个"), 5, 9, [(0, 3)])
    ('网格', '网格')
    """
    text = reading.text
    told = _told_before_noun(reading, start, end, places, unit)
    if told is not None:
        return told or None
    noun = _noun_behind(reading, start, end, places, unit)
    if noun is not None:
        return noun
    if is_thing(reading.words, text, end, unit):
        return text[end]  # 16本|书。
    if text[start - 1 : start] in ("（", "(") and text[end : end + 1] in ("）", ")"):
        start -= 1  # 金牌调解员（10名）
    first, last = region_before(reading, start)
    if first and text[first - 1] in "，：" and unit not in _TIMES and _is_alone(text, first, last, start, unit):
        return _told_in_clause_before(reading, first, last, start, places, unit)
    told = _before(reading, first, last, places, unit) or told_by_unit(reading, start, end, unit)
    if told is None and unit == "元" and (sums := _SUM_AND_VERBS.search(text, first, last)) is not None:
        head = phrase_before(reading.words, text, first, sums.start(1) + 1)
        told = None if head is None else _bare(text, *head)[-_LONGEST_SUBJECT:] or None  # 协作资金|到位|1860万元
    return told


def _is_alone(text: str, first: int, last: int, start: int, unit: str) -> bool:
    """Whether the clause of a figure says nothing of what is counted: 共|47个, 登记在册的有|86人, a colon before 38人."""
    if unit in _THINGS and (text[last - 1] == "的" if last > first else first == start):
        return last > first or _ANNOUNCES.search(text, start - 4, start) is not None
    return last == first < start


def _told_in_clause_before(
    reading: Reading, first: int, last: int, start: int, places: Sequence[tuple[int, int]], unit: str
) -> str | None:
    """What the clause says before that which begins at ``first``: 涉及试点项目，共47个; 办件量位居前三，分别为2417件."""
    text, is_described = reading.text, last > first
    first, last = region_of_clause_before(text, first)
    digits = _LAST_DIGIT.match(text, first, last)
    if digits is not None and (unit in _CHANGES or is_described or last - digits.end() < 4):
        return None  # 完成投资5.2亿元，增长12%: of what the figure before it is of
    if (ranked := _RANKED.match(text, first, last)) is not None:
        return _before(reading, first, ranked.end(1), places, unit)  # 均价最低的2个镇是A和B，为3元和4元
    told = _before(reading, first, last, places, unit)
    if told is not None or (unit in _SHARES and "占" in text[last:start]):
        return told
    first = _behind_place(places, text.rfind("、", first, last) + 1 or first, last, is_leading=True)
    head = phrase_behind(reading.words, text, first, is_object=False)
    return None if head is None or head[1] - head[0] < 2 else _bare(text, *head)[:_LONGEST_SUBJECT] or None


# What a sum is called, and that it came or went: 资金|到位, 维修费|要花掉.
_SUM_AND_VERBS = pattern_of("([费款薪税金])(?:已|又|将|要|共|也)*[[:han:]]{1,4}$")


def _noun_behind(reading: Reading, start: int, end: int, places: Sequence[tuple[int, int]], unit: str) -> str | None:
    text = reading.text
    has_of = text.startswith("的", end)
    is_time_of = has_of and text[start - 1 : start] not in _WHICH_TIME  # 这两天的新闻: when, and no time of theirs
    if text[end : end + 2] in PER_HEAD or share_goes_on(text, end, unit in _SHARES):
        return None  # 86户|户均增收
    if (unit not in _TIMES or is_time_of) and text[end : end + 1] not in NO_NOUN_BEHIND:
        scope = _SCOPE_BEHIND.match(text, end)
        at = _behind_place(places, scope.end() if scope else end, min(end + 24, len(text)), is_leading=True)
        at += text[at : at + 1] == "籍" and at > end  # 12名台湾|籍执行村主任
        if (housing := housed_behind(text, at, unit)) is not None:
            return housing  # 7个村集体收入不足3万元: sums are not counted one by one
        span = phrase_behind(reading.words, text, at, is_object=_is_object(reading, start))
        if span is not None and not (unit == "人" and not has_of and begins_with_verb(reading.words, at)):
            noun = _bare(text, *span)
            if noun[-2:] in _TRIED and len(noun) > 3 and _WHERE.search(text, start - 12, start):
                noun = noun[:-2]  # 在26个寨子|试点
            if len(noun) == 2 and noun[-1] in "里上内":
                noun = noun[:1]  # 3条沟里
            if unit in _TIMES and is_person(word_at(reading.words, span[0])) and not noun.endswith("龄"):
                return None  # 务农八年|的村民: how long, and nobody is counted in years
            if unit in _TIMES and _is_object(reading, start) and text[start - 2 : start] != "为期":
                noun = noun if _TIMED.search(noun) else ""  # 停产3个月的|窑厂: how long it has done something
            if noun and (len(noun) > 1 or not _is_deed_alone(reading, span[0])):
                return noun[:_LONGEST_SUBJECT]
    return None


_WHICH_TIME = frozenset("这那近头前后几上下")


def _is_deed_alone(reading: Reading, at: int) -> bool:
    """Whether the single character at ``at`` is what is done or how rather than what is counted: 1096户|投了票.

    So is a verb at the end of a word that the segmenter began inside the figure (412|户划|为).
    """
    words = reading.words
    index = words.index_of(at)
    if words.starts[index] < at:
        return reading.text[at + 1 : at + 2] in _RESULTS
    return words.tags[index][0] in "vdpc"


_SCOPE_OF_AGE = re.compile("(?:[（(]含[）)])?(?:及?以[上下]|左右|上下)")
_CHANGES = frozenset(("%", "倍", "个百分点"))
_OF = re.compile("的")
_LIMIT_OF = re.compile("(?:及?以[上下]|之间|左右)?的")  # 合格率90%以上的企业
_PARTS_OF_WRITINGS = frozenset(("条", "册", "份", "本", "项", "章", "篇", "件", "部", "字"))
_LENGTHS = frozenset(("公里", "米", "千米", "海里", "厘米"))
_SIZES = _LENGTHS | {"寸", "尺", "丈", "里", "毫米", "吨", "公斤", "斤", "克"}
_SIZED = frozenset("长宽高深厚重")


_TRIED = frozenset(("试点", "试行", "推广", "推行", "施行", "推开"))
_WHERE = re.compile("[在于从][^，。；：]{0,10}$")
_MEASURES_IT = (
    re.compile("[率度]$|比例$|[占比]比$|比重$"),
    re.compile("[费价金款薪值额税]$|资$|成本$|收入$|工资$|投入$|补贴$"),
)
_HOUSING = frozenset(("村", "组", "镇", "乡", "社区", "街道", "乡镇", "屯", "寨", "小区"))
_DIGITS = frozenset("0123456789" + ONE_TO_TEN)
_RESULTS = frozenset("为成入归到给")
_SHORT = frozenset("村镇乡县组屯寨事案井桥路沟院楼店校班")  # nouns of one character that are counted
# What stands between a noun and the verb that leads to its number and belongs to neither: 渠道成本|几乎|各占一半.
_TORN = re.compile(
    "(?:几乎|却|可能会?|仍然?|将会?|已经?|又|也|仅|则|皆|均|都|或许|有望|预计|普遍|大多|大都|[快迅]速|[大小]幅|稳步|持续|逐年|不断|原本|原来|本来|一共|总共|会)$"
)


def _is_object(reading: Reading, start: int) -> bool:
    """Whether a verb rules the figure at ``start``: 开展3次培训, 已建成12处驿站."""
    if not start or reading.text[start - 1] in _CLAUSE_STARTS:
        return False
    words = reading.words
    index = words.index_of(start - 1)
    if words.texts[index] in _EXISTING:
        return False  # 剩下3户|提出换地
    if words.tags[index][0] in "du" and index and words.texts[index - 1] not in _CLAUSE_STARTS:
        index -= 1
    return words.tags[index][0] in "vp"


_EXISTING = frozenset(("剩下", "剩", "还有", "另有", "尚有", "只剩"))


def _narrowed(reading: Reading, first: int, last: int, places: Sequence[tuple[int, int]], unit: str) -> tuple[int, int]:
    """The stretch behind earlier figures and places, without what leads to the number there alone."""
    text = reading.text
    if (gap := _LAST_MARK.match(text, first, last)) is not None:
        first = gap.end()
    if (digits := _LAST_DIGIT.match(text, first, last)) is not None:
        first = digits.end()
        if (measure := unit_at(text, first, True)) is not None:
            first = min(first + len(measure.surface), last)  # 7个镇出动52次
            while measure.kind == "region" and text[first : first + 1] in _ALL_REGIONS and first < last:
                first += 1  # 12县市区30万人受灾
            first += text.startswith("级", first, last)  # 25万吨级泊位
        first += text[first : first + 1] in _MORE and first < last
        first += text[first : first + 1] == "时" and first < last  # 14时|气温
    last = before_time(text, first, last)
    first = _behind_place(places, first, last, is_leading=False)
    lead = _WHOSE_AND_WHEN.match(text, first, last) if text[first : first + 1] in _FIRST_OF_WHOSE else None
    if unit in _SHARES and text[last - 1 : last] in ("的", "中", "里") and last - first > 2:
        last -= 1  # 截根费用的七成, 项目资金中六成
    if unit in _SHARES and (whole := _OF_WHOLE.search(text, first, last)) is not None:
        last = whole.start()  # 外来人口|占常住人口|六成
    if unit in _SIZES and text[last - 1 : last] in _SIZED and reading.words.is_start[last - 1]:
        last -= 1  # 岸线|长|9.5公里
    if unit in _THINGS and text[last - 1 : last] == "中" and last - first > 2 and not is_word(text[last - 2 : last]):
        last -= 1  # 养殖户中|有6户
    if text.find("等", first, last) >= 0 and (others := _AND_OTHERS.match(text, first, last)) is not None:
        first = others.end()  # 大河沟等村|发展蔬菜
    last -= unit in _COUNTED_PERSONS and text[last - 1 : last] == "等"  # 妇联干部、企业家等|63人
    return lead.end() if lead else first, last


_AND_OTHERS = re.compile(".*等(?:地区?|[村镇乡县区市州旗]|街道|社区|乡镇)(?=..)")
_RANKED = pattern_of(
    "([^，。；]{2,24}?)(?:最|较|居前|靠前|排名?前)[[:han:]]{0,3}的?\\d{0,3}个?[[:han:]]{1,6}?(?:依次|分别)?[是为]"
)
_ANNOUNCES = pattern_of("(?!结果|情况|如下|数据|统计|名单|显示|方面)[[:han:]]{2}：$")  # 空着肚子的孩子：138人
_AMOUNT = re.compile("总?[量数]$")
_NUMBERED = frozenset(("号楼", "号院", "号线"))  # 14号楼12户
_OF_WHOLE = pattern_of("(?<!抢)占(?![比用地到据线道])[[:han:]]{2,10}$")
_COUNTED_PERSONS = frozenset("人名位")
_MORE = frozenset("余多来")  # 务工者1650|余|人


def _before(reading: Reading, first: int, last: int, places: Sequence[tuple[int, int]], unit: str) -> str | None:
    text = reading.text
    whole = first
    first, last = _narrowed(reading, first, last, places, unit)
    span = phrase_before(reading.words, text, first, last, of_things=unit in _THINGS)
    if text[last : last + 1] == "等" and (span is None or not is_person(word_at(reading.words, span[1] - 1))):
        return None  # 教育局、民政局等12人
    if span is None:
        return noun_taken_apart(text, first, last, unit in _SHARES, unit in _TIMES or unit == "元")
    noun = _bare(text, span[0] - text.startswith("可支配", span[0] - 1), span[1])
    if unit in _TIMES and not _TIMED.search(noun):
        return None
    if unit in _CASES and (amount := _AMOUNT.search(noun, 2)) is not None:
        noun = noun[: amount.start()]  # 纠纷量超400起 counts 纠纷
    noun = _without_adverb(noun, text[last : last + 1])
    if unit in _LENGTHS and noun[-1:] == "长" and len(noun) > 2 and noun[-2] not in "全总周边身延":
        noun = noun[:-1]  # 游|船长|22米
    if unit not in _SHARES:
        noun = without_deed(noun, unit)
    if (noun in _HOUSING and unit in _OWNERS) or noun in _NUMBERED:
        return None  # 11个村547户: the households are not counted in villages
    if noun in _SHORT and unit not in _TIMES and unit not in _SHARES:
        if whole < first == span[0] and text[first - 1] in "个座条口":
            return None  # 4个乡32个保
        return noun  # 收入过百万元的村达到9个
    return noun[-_LONGEST_SUBJECT:] if len(noun) >= 2 and noun[-1] not in "则皆均" else None


def _without_adverb(noun: str, following: str) -> str:
    """The noun without the adverb at its end, which belongs to the verb that leads to the number."""
    torn = _TORN.search(noun, 2)
    if torn is not None and torn[0] == "会" and following in _DIGITS:
        torn = None  # 召开|院坝会1240场次, but 成本会|达到5元
    return noun[: torn.start()] if torn is not None and (len(torn[0]) > 1 or not is_word(noun[-2:])) else noun


def _behind_place(places: Sequence[tuple[int, int]], first: int, last: int, *, is_leading: bool) -> int:
    """Where the noun at ``first:last`` goes on behind the place that leads it, or behind the last one in it."""
    index = bisect_right(places, (last, 0)) - 1
    while index >= 0 and places[index][1] > first:
        start, end = places[index]
        if end <= last and (start <= first or not is_leading):
            return end
        index -= 1
    return first


def _bare(text: str, first: int, last: int) -> str:
    lead = _WHOSE_AND_WHEN.match(text, first, last) if text[first : first + 1] in _FIRST_OF_WHOSE else None
    noun = text[lead.end() if lead else first : last].strip("“”·").removeprefix("下来")  # 一年下来|收入2万元
    if noun[:1] == "籍" and not is_word(noun[:2]):
        noun = noun[1:]  # 613名澳门|籍业主
    noun = noun[noun.rfind("“") + 1 :].replace("”", "").rstrip("啊呢吧呀哦较")  # 评出“好邻居”20户 counts the name
    return "" if noun in words_for("counted_deeds", "nothing") or _WHOLE_REGION.fullmatch(noun) is not None else noun


_WHOLE_REGION = re.compile("[^，]{0,6}地区|全(?:国|[省市州县区旗镇乡村团]|街道|社区)")  # 全县52名代办员: where they are
