"""Figures that say what they count only through their neighbours: 排查纠纷163件，化解159件; 化解率97.5%，同比提高2.1个百分点.

Only a figure of the same sentence lends its subject, and only one that stands before, but where both share one noun
(6大类57项高频事项).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from tasks.facts.text.reading import Reading
from tasks.lexicon.characters import pattern_of
from tasks.lexicon.word_lists import word_set, words_for
from tasks.records import Figure

_SENTENCE_END = pattern_of(r"[[:sentence_end:]；\n]")
_LAST_PAUSE = re.compile(r".*[，。；！？：\n,;、]", re.DOTALL)
# What was said before grew or fell by this much, or this share of it.
_CHANGE = re.compile(
    r"(?:[与和同][^，。；\d]{1,14}相比)?(?:[较比](?!例)[^，。；\d]{0,12}(?:\d{2,4}年[^，。；\d]{0,14})?)?"
    r"(?:同比|环比|平均|分别|又|再|约|各|均|也|已|共|还|只|仅|就|即|将|可)*"
    r"(?:净?增[长加]?|提高|提升|下降|降低|减少|上升|上涨|大[跌涨]|暴[跌涨]|重挫|回落|压缩|缩短|[多少快慢高低]"
    r"|[高低]于[^，。；\d]{0,10}|高出|翻|压减|占)(?:了|到|至|出)*(?:近|约|超过|超|逾|不到"
    r"|不足)?$"
)
# 占总数的, 仅为2010年的, 是平日的
_SHARE_OF = re.compile(
    r"(?:不足|不到|不及|接近|相当于)[^，。；\d]{1,14}的$|(?:大?约|也|仅|只|均|还)?占(?:到了?|了|比)?(?:[^，。；\d]{0,14}的)?(?:近|约|超过|超)?$"
    r"|占(?:到了?|了)?[^，。；\d]{0,10}(?:总[^，。；\d]{1,4}|面积|人口)$"
    r"|仅?[为是](?:\d{4}年)?[^，。；\d]{0,14}的$|[是达]到?[^，。；\d]{1,10}的$"
)
_COMPARED = re.compile(
    r"[比较](?:\d{4}年|\d{1,2}月份?|[上去前]年|上月|前?[上一]周)?(?:同期)?的?$"
)  # 收入为2519亿元，比2017年的|2073亿元增长21%
_DONE = pattern_of(
    r"(?:已|现已|共|目前|累计|成功|其中|并|均|再|又|还|先后|当场|全部|直接|现场|及时|有效|,)*([[:han:]]{2,4}?)(?:了|完成|解决)?$"
)
_PART_OF = re.compile(
    r"[^，。；]{0,12}[中里](?:，[^，。；\d]{1,10})?的?(?:已|仅|只|还|将近)?有?|，其中(?:已|有|仅|的)*"
)
_WHOSE = pattern_of(r"(?:全|该|本)[省市州县区旗镇乡村团](?=[[:han:]]{2})|(?:今|去)年以?来?(?=[[:han:]]{2})")
_RESPECTIVELY = re.compile(
    r"([^，。；！？\n]{4,60}?)(?:[同环]比|较[^，。；]{1,10})?分别(?:同比|环比)?[^，。；、\d]{0,8}$"
)
_SAYS_HOW = re.compile("(?:却|则|也|均|都|又|已|还)$")  # 成本、增幅却|分别高达
_TIMES = frozenset(("年", "个月", "月", "周", "天", "日", "小时", "分钟", "秒", "个工作日"))
_PER = frozenset(("日均", "月均", "年均", "周均", "平均", "平均每天", "平均每月", "每天", "每月", "每年"))
_IN_ALL = ("共", "共计", "合计", "总计", "累计")
_WHEN = re.compile(r"\d[年月日号][、和]")
_AIMS = ("计划", "目标", "任务")  # 完成投资2亿元，完成年度计划82%，增长15%: the investment grew
_SUMS = ("总数", "总量", "总额", "数量")
_SHARES = ("%", "比例")
_PARTS = pattern_of(r"[[:list_mark:]]")
_JOIN = pattern_of(r"[[:list_mark:]]?")
_LONGEST = 14
_FARTHEST = 1_000  # characters of a sentence in which a figure is of what was told before: some lack their end


def with_subjects_of_neighbours(reading: Reading, found: Sequence[Figure]) -> list[Figure]:
    """``found`` with a subject for figures that have none of their own but share that of a neighbour."""
    figures = list(found)
    text = reading.text
    of_unit: dict[str, str] = {}  # what was counted last in each unit
    for index, figure in enumerate(figures):
        if index and not _SENTENCE_END.search(text, figures[index - 1].end_char, figure.start_char):
            figures[index] = _shared(reading, figures, index, of_unit)
        if (subject := figures[index].subject) is not None:
            of_unit[figure.unit] = subject
    for index in range(len(figures) - 2, -1, -1):
        figure, following = figures[index], figures[index + 1]
        if figure.subject is None and following.subject is not None:
            between = text[figure.end_char : following.start_char]
            # 6大类57项高频事项, 2只、1只债券: all are of the noun behind
            if not between or (figure.unit == following.unit and _JOIN.fullmatch(between) is not None):
                figures[index] = figure._replace(subject=following.subject)
    _respectively(text, figures)
    return figures


def _is_verb(reading: Reading, start: int, deed: str) -> bool:
    """Whether nothing but a verb of two characters stands before the figure: 揭榜, 销号."""
    words = reading.words
    index = words.index_of(start - 1)
    return words.tags[index] == "v" and words.texts[index] == deed


def _shared(reading: Reading, figures: list[Figure], index: int, of_unit: Mapping[str, str]) -> Figure:
    text = reading.text
    figure, earlier = figures[index], figures[index - 1]
    between = text[earlier.end_char : figure.start_char]
    if figure.subject in _SUMS and figure.unit == earlier.unit and earlier.subject is not None:
        return figure._replace(subject=earlier.subject)  # 新增企业2家，总数达到7家
    if figure.subject is not None:
        return figure
    if _is_listed(between, figure, earlier):
        return figure._replace(subject=earlier.subject)  # 分别为2417件、1988件和1263件
    is_of_places = earlier.subject is not None and earlier.subject.endswith(_PLACES)
    if between in ("", "、") and figure.unit not in _TIMES and figure.unit != earlier.unit and not is_of_places:
        return figure._replace(subject=earlier.subject)  # 工作队69支206人
    pause = _LAST_PAUSE.match(text, earlier.end_char, figure.start_char)
    before = text[pause.end() if pause else earlier.end_char : figure.start_char]
    if (changed := _changed(text, figures, index, before, between)) is not None:
        return changed
    if before in _PER and figure.unit != earlier.unit and earlier.unit in ("%", "个百分点", "倍"):
        return _of_the_same(text, figures, index)  # 旅客3.5亿人次，增长9%，日均880万人次
    if (before in ("为", "即") and figure.unit == earlier.unit) or _CONVERTED.fullmatch(before):
        return figure._replace(subject=earlier.subject)  # 病例超278万例，为2780916例; 价格为1380美元，约合9660元
    if before in _IN_ALL and pause is None:
        return figure._replace(subject=earlier.subject)  # 新修水渠4条共11公里
    if figure.unit == earlier.unit and _goes_on(before, between, figure.unit):
        return figure._replace(subject=earlier.subject)
    if (each := _OF_EACH.fullmatch(before)) is not None:
        return _of_each(figure, each[1], of_unit)
    done = _DONE.fullmatch(before)
    if done is not None and (done[1] in _deeds() or _is_verb(reading, figure.start_char, done[1])):
        return _of_the_same(text, figures, index)
    return figure


def _changed(text: str, figures: list[Figure], index: int, before: str, between: str) -> Figure | None:
    """The figure as a change or share of what was told before, or as what came of a plan; None where it is neither."""
    figure, earlier = figures[index], figures[index - 1]
    is_change = _CHANGE.fullmatch(before) is not None
    if is_change and (earlier.subject is None or earlier.subject.endswith(_AIMS)):
        return _of_the_same(text, figures, index)  # 创业板指跌10%，前一周大跌11%
    start = earlier.start_char
    if between == "的" and figure.unit in _SHARES and _SHARE_OF_SUM.search(text, max(0, start - 18), start) is not None:
        is_near = index > 1 and not _SENTENCE_END.search(text, figures[index - 2].end_char, figure.start_char)
        return figure._replace(subject=figures[index - 2].subject) if is_near else figure
    if is_change and index > 1 and _is_compared(text, figures[index - 2], earlier):
        return figure._replace(subject=_done_of_plan(figures[index - 2].subject))
    if is_change or _COMPARED.fullmatch(before) or _SHARE_OF.match(before):
        return figure._replace(subject=earlier.subject)
    if figure.unit == earlier.unit and _ACTUALLY.fullmatch(before) and (earlier.subject or "").endswith(_PLANNED):
        return figure._replace(subject=_done_of_plan(earlier.subject))
    return None


# 预算数为15亿元，实际完成14亿元，比上年决算数13亿元增长3%: what was planned, what came of it, and how it grew.
_ACTUALLY = re.compile("实际(?:完成|执行|到位|实现|征收|入库)?(?:数?为)?")
_PLANNED = ("预算数", "预算", "计划数", "目标数", "任务数", "目标")
_COMPARED_WITH = re.compile(r"[，。；（][比较](?!例)[^，。；：、\d]{1,14}$")


def _is_compared(text: str, told: Figure, compared: Figure) -> bool:
    """Whether ``compared`` is only what ``told``, in the same sentence, is set against."""
    start = compared.start_char
    if told.unit != compared.unit or _SENTENCE_END.search(text, told.end_char, start):
        return False
    return _COMPARED_WITH.search(text, max(told.end_char, start - 17), start) is not None


def _done_of_plan(subject: str | None) -> str | None:
    ending = next(
        (word for word in _PLANNED if subject and subject.endswith(word) and len(subject) > len(word) + 1), ""
    )
    return subject[: len(subject) - len(ending)] if subject else None


def _goes_on(before: str, between: str, unit: str) -> bool:
    """Whether a figure in the unit of the one before it is of the same, by the clause and all that lead to it.

    受理诉求58642件，日均644件; 利润的四成归站长，六成进入公益金; 火灾从23起降到6起，今年1—7月只有2起; 长220米、宽30米;
    大多2元，少数能达到20元; 19个乡镇中已有11个.
    """
    is_size = before in _SIZED and between[:1] in "、，"
    is_share = (not before or before in _THE_OTHERS) and unit in _SHARES
    if is_size or is_share or before in _PER or _ONLY_WHEN.fullmatch(before) is not None:
        return True
    if _OF_PLACE.fullmatch(before) is not None or (before.endswith("的") and between[:1] == "，"):
        return True  # 其中石桥镇有200人、柳湾镇有90人; 务农的38人，经商的12人
    return _SOME_OF_THEM.fullmatch(before) is not None or _PART_OF.fullmatch(between) is not None


_CONVERTED = re.compile("(?:大?约|折)合(?:成?人民币|美元|新台币)?约?")
_OF_PLACE = pattern_of("(?:其中)?[[:han:]]{1,9}[省市州县区旗镇乡村](?:各?有|为)?")
_THE_OTHERS = ("只有", "仅有", "另有", "还有", "另外", "其余")
_SHARE_OF_SUM = re.compile(r"占[^，。；\d]{0,14}$")  # 菜地6亩，占土地240亩的|2.5%


def _of_the_same(text: str, figures: list[Figure], index: int) -> Figure:
    """The figure with the subject of the last one of its unit in the sentence; behind an aim, of any unit."""
    figure = figures[index]
    is_behind_aim = (figures[index - 1].subject or "").endswith(_AIMS)
    behind = figure.start_char
    for at in range(index - 1, -1, -1):
        told = figures[at]
        is_far = figure.start_char - told.end_char > _FARTHEST
        if is_far or _SENTENCE_END.search(text, told.end_char, behind):
            break
        behind = told.end_char
        is_alike = told.unit == figure.unit or is_behind_aim
        if is_alike and told.subject is not None and not told.subject.endswith(_AIMS):
            return figure._replace(subject=told.subject)
    return figure


_PLACES = ("村", "镇", "乡", "社区", "街道", "乡镇", "县")  # 11个村547户: the households are not counted in villages


# Nothing but when: 目前已有, 2020年1月只有.
_ONLY_WHEN = pattern_of(
    r"(?:到|至|截至)?(?:[今去前当]年|[上本当]月|上?周[[:one_to_ten:]日]?|\d{4}年|\d{1,2}(?:月份?|(?=[—至到-]))"
    r"|\d{1,2}日|[—至到\-]|[上下]半年|[[:one_to_ten:]]季度|前(?:\d{1,2}|[[:one_to_ten:]]{1,2})个月|年?[初底末]"
    r"|目前|现在|如今|此前|同期|当天|次年|第[[:one_to_ten:]]年|以?来|的|在){1,6}"
    r"(?:则|就|更|已|还|也|仅|又|却|将)*(?:只有|仅有|有|为|是|达到?|到|[升降增减]至?到?|超过|突破)?了?"
)
_SIZED = ("长", "宽", "高", "深", "厚")
_SOME_OF_THEM = re.compile(
    "(?:少数|多数|大多|个别|其余|有的|最[高低多少长短大小])的?(?:能|可|则|甚至|也|仅|才)*(?:达到?|为|至|超过|只有|有)?"
)
_OF_EACH = pattern_of("(?:平均)?每([[:han:]]{1,2})(?:约|有|为|可|需|达)?")


def _of_each(figure: Figure, unit: str, of_unit: Mapping[str, str]) -> Figure:
    """圈舍12间，每间80平方米: of what was counted in that unit before; persons and households are but whom it befalls."""
    subject = None if unit in _WHOM else of_unit.get(unit)
    return figure if subject is None else figure._replace(subject=subject)


_WHOM = frozenset("人户名位家")


def _is_listed(between: str, figure: Figure, earlier: Figure) -> bool:
    """Whether nothing but a mark stands between two figures of one unit: 分别为2417件、1988件和1263件."""
    return figure.unit == earlier.unit and _LISTED.fullmatch(between) is not None


_LISTED = pattern_of("(?:以[上下内])?[[:list_mark:]，]?")


def _deeds() -> frozenset[str]:
    return words_for("boundary_words", "phrase") | word_set("settling_verbs")


def _of_all(names: list[str]) -> str:
    """What figures of several are of where a 的 behind the last one tells: 一厂、二厂的产量分别为3吨和5吨."""
    told = names[-1].rpartition("的")[2] if "的" in names[-1] else ""
    return told if len(told) > 1 else ""


_PLACE_NAMED = pattern_of("[[:han:]]{1,5}(?:[村镇乡县区市旗州]|街道|社区)")


def _without_places(names: list[str]) -> list[str]:
    """What figures of several places are of: 范湖村、源潭村|完成率分别为96.4%和91.7%."""
    if not all(_PLACE_NAMED.fullmatch(name) for name in names[:-1]):
        return names
    place = _PLACE_NAMED.match(names[-1])
    noun = names[-1][place.end() :] if place is not None else ""
    return [noun] * len(names) if len(noun) > 1 else names


def _respectively(text: str, figures: list[Figure]) -> None:
    """信访量、案件数分别下降41%和23%: the first is of the first, the second of the second."""
    index = 0
    while index < len(figures):
        end = index
        while end + 1 < len(figures) and _JOIN.fullmatch(text, figures[end].end_char, figures[end + 1].start_char):
            end += 1
        if end > index:
            start = figures[index].start_char
            told = _RESPECTIVELY.search(text, start - 80, start)
            if told is not None:
                if _WHEN.search(told[1]) is not None:
                    figures[index : end + 1] = [_of_the_same(text, figures, at) for at in range(index, end + 1)]
                    index = end + 1
                    continue  # 收益率为5%，而2012年和2013年分别是10%和9%
                names = [_SAYS_HOW.sub("", _WHOSE.sub("", part, count=1)) for part in _PARTS.split(told[1]) if part]
                names = [_of_all(names)] * len(names) if _of_all(names) else names
                behind = figures[index].subject
                if behind is not None and behind in text[told.end(1) : start]:
                    names = [behind] * (end - index + 1)  # 三县分别成立党支部9个、7个和4个
                names = _without_places(names)
                if len(names) == end - index + 1 and all(2 <= len(name) <= _LONGEST for name in names):
                    for offset, name in enumerate(names):
                        figures[index + offset] = figures[index + offset]._replace(subject=name)
            elif _EACH_OF_THOSE.search(text, max(0, start - 24), start) is not None:
                _of_those_before(text, figures, index, end)
        index = end + 1


# 办结率99.3%，满意率92.8%，同比分别提高0.6和3.5个百分点
_EACH_OF_THOSE = re.compile(
    r"，(?:[同环]比|[较比][^，。；\d]{0,10}(?:\d{2,4}年[^，。；\d]{0,6})?)?分别(?:[同环]比)?[^，。；、\d]{0,8}$"
)


def _of_those_before(text: str, figures: list[Figure], first: int, last: int) -> None:
    """Give the figures ``first`` to ``last`` the subjects of as many before them, where they stand in one sentence."""
    count = last - first + 1
    told = figures[max(0, first - count) : first]
    in_one = len(told) == count and not _SENTENCE_END.search(text, told[0].end_char, figures[first].start_char)
    is_share = figures[first].unit in ("%", "个百分点")  # 案件96起，损失728万元，同比分别下降21%和35%
    if in_one and all(each.subject is not None and (is_share or each.unit == told[0].unit) for each in told):
        for offset, each in enumerate(told):
            figures[first + offset] = figures[first + offset]._replace(subject=each.subject)
