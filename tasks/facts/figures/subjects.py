"""What a figure is a figure of, and the year it speaks of."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from tasks.facts.figures.noun_phrases import phrase_before, phrase_behind
from tasks.facts.text.needed import led
from tasks.facts.text.reading import Reading
from tasks.lexicon.characters import pattern_of
from tasks.lexicon.dictionary import is_word
from tasks.lexicon.units import unit_at
from tasks.lexicon.word_lists import words_for
from tasks.records import DateMention

_LONGEST_SUBJECT = 14
_REACH = 40  # characters before the figure in which its noun may stand
# What leads from a noun to its number, and says nothing of what is counted.
_TAIL = led(
    r"(?:[高多长低仅重宽深]达|[突逼跌涨攻]破|逼近|低至|一共有?|共计|总计|合计|累计|达到?了?|约为|超过|不足|增至|升至|降至|[增减]加?少?到|增长到|提高到|提升到|降低到|下降到|扩大到|发展[到至]"
    r"|缩减[到至]|压缩[到至]|恢复到"
    r"|(?:增加|增长|提高|下降|减少|上升|上涨|下跌|降低|提升|回落|攀升|提速|压缩|缩短|延长|提前|压减|压降)[到至了]?|[跌降升减]至|[跌减]到|回升到?|跌落到?|减为|降为|升为|恢复|占据|维持在?"
    r"|保持在?|拓宽|每(?:平方公里|平方米|亩|户|人|年|月|天|日|吨|公斤|斤|次)|[约折]?合?人民币|零下|第一次|首[次度]|同比|环比|平均|分别|基本|已经|大约|左右"
    r"|不[得应能]?(?:超过|少于|低于|高于|多于|到|足)|[高低多少]于|高出|多出|最[高低多少]|至[少多]|起码|控制在|限[在定为]|调整[到为至]|折合"
    r"|[共达约仅为是近从由按已也都就均便将再又还各在超到至了升降增减占]|为期)$"
)
_EXISTS = led(
    r"(?:现有|还有|共有|已有|仅有|只有|拥有|设有|建有|配有|新?建成?|设立|设置|配备|[下管所]?辖|划分?[为成]|发展|有|设|建|含|分为)$"
)
# 由目前的82%提高到95%, 由移交之初的38.5%: whence a change began belongs to no noun.
_WHENCE = led(r"(?:由|从|自)(?:每[年月天日季周])?(?:[^，。；：]{0,10}的)?(?:\d{4}年(?:[上下]半年|[初底末])?的?)?$")
_WHEN = pattern_of(r"\d{2,4}年(?:[[:han:]]{0,4})?的$")
_LAST_PAUSE = pattern_of(r".*[，。；！？：\n,;（）]|.*、(?![[:han:]]{1,8}(?:[的等]|$))", re.DOTALL)
_LAST_MARK = re.compile(r".*[，。；：！？、\n]", re.DOTALL)
_LAST_DIGIT = re.compile(r".*\d(?![A-Za-z])", re.DOTALL)  # 5G手机 begins no number of its own
# The last characters of whatever leads from a noun to its number: nearly always there is none of them.
_TAIL_ENDS = frozenset(
    "有计达到了为过足至加少同环比均别本经约右得能应于出高低多住在定合共仅是近从由按已也都就便将再又还各超升降增减占期成立置备辖展设建含的自年初底末平准值长加涨跌落攀速缩短前减高提破复据持宽里米亩户人月天日吨斤次目此零下度币"
)
_SCOPE_BEHIND = re.compile(r"级?(?:以[上下内]|之[内间]|左右|上下|内|不等)?的?")
_TIMES = frozenset(("年", "个月", "月", "周", "天", "日", "小时", "分钟", "秒", "个工作日", "工作日", "学时"))
_TIMED = re.compile(r"[期限龄]$|[时工]长$|时[间效]$|历史$|用时$|周期$|[路行车]程$")
_OWNERS = frozenset(("户", "人", "名", "位", "口", "家"))  # 176户的意见: whose, not what
_CASES = frozenset(("起", "件", "条", "个", "项", "宗"))
_TEAM_BEHIND = pattern_of(r"的[[:han:]]{0,8}?(?:队伍|队|团队|群体|班子)")
_COMPARED = led(
    r"(?:[高低优多少]于|较|比)[^，。；、]{1,14}(?:水平|平均|均值|标准|期|年|目前|此前|以前|之前|往年|上月|上周)$|较(?:目前|此前|之前|往年)$"
)
_THINGS = _CASES | {"户", "人", "名", "位", "家", "人次"}
_CLAUSE_STARTS = frozenset("，。；：！？、\n“（")
_NO_NOUN_BEHIND = frozenset(("", *"，。；：！？、\n”）"))
_SHARES = frozenset(("%", "比例"))
_REGIONS = frozenset(("镇", "乡", "县", "区", "村", "市", "街道"))
# 全市网格, 今年网格 and 2021年底网格 all count 网格: neither whose nor when belongs to what is counted.
_WHOSE_AND_WHEN = pattern_of(
    r"(?:(?:全|该|本|我|各|这个?|此)(?:[省市州县区旗镇乡村团]|街道|社区|小区)(?![长民委])|(?:今|去|前|当|同|每|近)年(?:以?来|上半年|下半年|内)?|[上下]半年|截?至?目前|至今"
    r"|现在|如今|眼下|当前|以来|年[底末初中内均]?(?!轻|龄|糕|画|货|味|级)|[月日号]份?(?!饼|嫂|子|均)|[一二三四]季度|同期|较?上年)+的?(?=[[:han:]“]{2})"
)
_FIRST_OF_WHOSE = frozenset("全该本我各这此今去前当同每近上下截至目现如眼以年月日号一二三四较")
# Between what changed and its new figure: 由12件|下降到|3件.
_CHANGED_TO = pattern_of(
    r"(?:升|降|增|减|长|跌|涨|缩短|提高|提升|增加|减少|增长|下降|上升|压缩|缩减|扩大|发展|变成?|回落|攀升|恢复|压降)(?:到|至|为|成)(?:了|如今的?|现在的?|目前的?|今年的?"
    r"|\d{4}年的?|[[:han:]]{0,4}的)?$"
)
_SHARE_OF = re.compile(r"占(?:到了?|了)?(?:[^，。；]{0,12}的)?(?:近|约|超)?$")
_NOW_REACH = 160  # characters: a sentence without an end must not cost more the longer it is
# 目前, 现有, 现在, 现已, 如今, 至今, 今年, 眼下; the first character stands alone, so that the search leaps from one to the next.
_NOW = re.compile(r"[目现如至今眼](?:(?<=目)前|(?<=现)[有在已]|(?<=[如至])今|(?<=今)年|(?<=眼)下)")


def _told_before_noun(
    reading: Reading, start: int, end: int, places: Sequence[tuple[int, int]], unit: str
) -> str | None:
    """What unit, verb or the noun before the figure tell so surely that the noun behind it is not asked; else None.

    Empty where a 的 makes of the figure the owner of what follows (176户的意见).
    """
    text = reading.text
    if unit in _REGIONS:
        return unit
    if unit == "人" and text.startswith("口", end):
        return "人口"
    has_of = text.startswith("的", end)
    if has_of and unit not in _TIMES:
        before = _before(reading, *_region_before(text, start), places, unit)
        # 满意率低于85%的单位 tells of the rate, 给予村庄5000元的奖补 of the grant.
        is_told = unit not in _SHARES and unit != "元"
        is_told = is_told or (before is not None and _MEASURES_IT[unit == "元"].search(before) is not None)
        if is_told and (before is not None or (unit in _OWNERS and _TEAM_BEHIND.match(text, end) is None)):
            return before or ""
    if unit == "岁" and has_of:
        return "年龄"  # 62岁的居民: of the age, not of the resident
    if unit in _TALLIES and (deed := _deed_before(reading, start)) is not None:
        before = _before(reading, *_region_before(text, start), places, unit)
        return before if before is not None and before.endswith(deed) else deed
    return None


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
    has_of = text.startswith("的", end)
    if (unit not in _TIMES or has_of) and text[end : end + 1] not in _NO_NOUN_BEHIND:
        scope = _SCOPE_BEHIND.match(text, end)
        at = _behind_place(places, scope.end() if scope else end, min(end + 24, len(text)), is_leading=True)
        span = phrase_behind(reading.words, text, at, is_object=_is_object(reading, start))
        if span is not None:
            noun = _bare(text, *span)
            if noun[-2:] in _TRIED and len(noun) > 3 and _WHERE.search(text, start - 12, start):
                noun = noun[:-2]  # 在26个寨子|试点
            if len(noun) == 2 and noun[-1] in "里上内":
                noun = noun[:1]  # 3条沟里
            if noun:
                return noun[:_LONGEST_SUBJECT]
    first, last = _region_before(text, start)
    if last == first < start and first and text[first - 1] == "，" and unit not in _TIMES:  # 涉及试点项目，共47个
        pause = _LAST_PAUSE.match(text, first - _REACH, first - 1)
        first, last = pause.end() if pause else max(first - _REACH, 0), first - 1
    return _before(reading, first, last, places, unit) or _told_by_unit(reading, start, unit)


def _told_by_unit(reading: Reading, start: int, unit: str) -> str | None:
    """What a figure is of where no noun says so: what was paid, what was done so many times."""
    if unit == "元" and reading.text[start - 2 : start] in words_for("counted_deeds", "paid"):
        return reading.text[start - 2 : start]
    return _deed_before(reading, start) if unit in _TALLIES or unit in ("场次", "场", "人次", "期") else None


def _deed_before(reading: Reading, start: int) -> str | None:
    """What was done so many times: 每季度检查1次电线, 村委会调解过两次."""
    words = reading.words
    index = words.index_of(start - 1) if start else -1
    if index > 0 and words.texts[index] in ("过", "了"):
        index -= 1
    if index < 0 or words.tags[index][0] != "v" or len(words.texts[index]) != 2:
        return None
    deed = words.texts[index]
    return (
        None if deed in words_for("boundary_words", "phrase") or not is_word(deed) or deed[-1] in "到了过达" else deed
    )


_TALLIES = frozenset(("次", "遍", "趟"))
_TRIED = frozenset(("试点", "试行", "推广", "推行", "施行", "推开"))
_WHERE = re.compile("[在于从][^，。；：]{0,10}$")
_MEASURES_IT = (
    re.compile("[率度]$|比例$|[占比]比$|比重$"),
    re.compile("[费价金款薪值额税]$|资$|成本$|收入$|工资$|投入$|补贴$"),
)
_RATE = pattern_of("[[:han:]]{2,6}[率度比]")  # 调撤率, which the segmenter takes apart
_SHORT = frozenset("村镇乡县组屯寨事案井桥路沟院楼店校班")  # nouns of one character that are counted
# What stands between a noun and the verb that leads to its number and belongs to neither: 渠道成本|几乎|各占一半.
_TORN = re.compile(
    "(?:几乎|却|可能会?|仍然?|将会?|已经?|又|也|仅|则|皆|均|都|或许|有望|预计|原本|原来|本来|一共|总共|会)$"
)


def _is_object(reading: Reading, start: int) -> bool:
    """Whether a verb rules the figure at ``start``: 开展3次培训, 已建成12处驿站."""
    if not start or reading.text[start - 1] in _CLAUSE_STARTS:
        return False
    words = reading.words
    index = words.index_of(start - 1)
    if words.tags[index][0] in "du" and index and words.texts[index - 1] not in _CLAUSE_STARTS:
        index -= 1
    return words.tags[index][0] in "vp"


def _region_before(text: str, start: int) -> tuple[int, int]:
    """The stretch of the clause before a figure in which its noun may stand, without what leads from noun to number."""
    first = max(start - _REACH, 0)
    pause = _LAST_PAUSE.match(text, first, start)
    first, last = pause.end() if pause else first, start
    for _ in range(6):
        if text[last - 1 : last] not in _TAIL_ENDS:
            break
        exists = _EXISTS.search(text, max(first, last - 4), last)
        tail = (
            exists
            or _TAIL.search(text, max(first, last - 6), last)
            or _COMPARED.search(text, max(first, last - 20), last)
            or _SHARE_OF.search(text, max(first, last - 18), last)
            or _WHENCE.search(text, max(first, last - 20), last)
            or _WHEN.search(text, max(first, last - 12), last)
        )
        if tail is None:
            break
        last = tail.start()
        if exists is not None:
            break
    return first, last


def _before(reading: Reading, first: int, last: int, places: Sequence[tuple[int, int]], unit: str) -> str | None:
    text = reading.text
    if (gap := _LAST_MARK.match(text, first, last)) is not None:
        first = gap.end()
    if (digits := _LAST_DIGIT.match(text, first, last)) is not None:
        first = digits.end()
        if (measure := unit_at(text, first, True)) is not None:
            first = min(first + len(measure.surface), last)  # 7个镇出动52次
            first += text.startswith("级", first, last)  # 25万吨级泊位
    first = _behind_place(places, first, last, is_leading=False)
    lead = _WHOSE_AND_WHEN.match(text, first, last) if text[first : first + 1] in _FIRST_OF_WHOSE else None
    span = phrase_before(reading.words, text, lead.end() if lead else first, last, of_things=unit in _THINGS)
    if span is None:
        rate = _RATE.fullmatch(text, lead.end() if lead else first, last)
        return rate[0] if rate is not None and unit in _SHARES else None
    noun = _bare(text, *span)
    if unit in _TIMES and not _TIMED.search(noun):
        return None
    if unit in _CASES and len(noun) > 2 and noun[-1] in "量数":
        noun = noun[:-1]  # 纠纷量超400起 counts 纠纷
    if (torn := _TORN.search(noun, 2)) is not None and (len(torn[0]) > 1 or not is_word(noun[-2:])):
        noun = noun[: torn.start()]
    if noun in _SHORT and unit not in _TIMES and unit not in _SHARES:
        return noun  # 收入过百万元的村达到9个
    return noun[-_LONGEST_SUBJECT:] if len(noun) >= 2 and noun[-1] not in "则皆均" else None


def _behind_place(places: Sequence[tuple[int, int]], first: int, last: int, *, is_leading: bool) -> int:
    """Where the noun at ``first:last`` goes on behind the place that leads it, or behind the last one in it."""
    index = bisect_right(places, (last, 0)) - 1
    while index >= 0 and places[index][1] > first:
        start, end = places[index]
        if end <= last and (start <= first or not is_leading):
            return end
        index -= 1
    return first


# Nouns that stand beside figures of anything and say nothing of what is counted.
_NOTHING_COUNTED = frozenset(
    [
        "地方",
        "时候",
        "时代",
        "档",
        "人民币",
        "约合人民币",
        "折合人民币",
        "合人民币",
        "常态",
        "预计",
        "其中",
        "部署",
        "平摊",
    ]
)


def _bare(text: str, first: int, last: int) -> str:
    lead = _WHOSE_AND_WHEN.match(text, first, last) if text[first : first + 1] in _FIRST_OF_WHOSE else None
    noun = text[lead.end() if lead else first : last].strip("“”·")
    noun = noun[noun.rfind("“") + 1 :].replace("”", "").rstrip("啊呢吧呀哦")  # 评出“好邻居”20户 counts the name
    return "" if noun in _NOTHING_COUNTED else noun


def goes_on_from(text: str, start: int) -> bool:
    """Whether the figure at ``start`` is what an earlier one rose or fell to: from 31% *to 92.7%*.

    >>> goes_on_from("收缴率从31%升到了92.7%", 10)
    True
    """
    return _CHANGED_TO.search(text, start - 12, start) is not None


def year_of(reading: Reading, dates: Sequence[DateMention], date_starts: Sequence[int], start: int) -> int | None:
    """The year of the last date before ``start`` in the sentence, else in the paragraph; of issue where the text says
    now."""
    sentence = reading.sentence_at(start)
    index = bisect_right(date_starts, start) - 1
    if index >= 0 and dates[index].start_char >= sentence.start_char:
        told = dates[index]
        if reading.published_on is None and _OTHER_YEAR.search(reading.text, told.end_char, start):
            return None  # 2020年修了5个院落，去年9个, on a page without a date
        is_until_now = (
            _is_of_founding(reading.text, told) and _NOW.search(reading.text, told.end_char, start) is not None
        )
        if not is_until_now and not _is_counted_since(reading.text, told, start):
            return _year(told.iso)
        return None if reading.published_on is None else reading.published_on.year
    if reading.published_on is not None and _NOW.search(
        reading.text, max(sentence.start_char, start - _NOW_REACH), start
    ):
        return reading.published_on.year
    if _YEARS_UNTIL_NOW.search(reading.text, max(sentence.start_char, start - _NOW_REACH), start):
        return None if reading.published_on is None else reading.published_on.year
    if index >= 0 and reading.text.find("\n", dates[index].end_char, start) < 0:
        return _year(dates[index].iso)
    return None


# What counts from a year that nothing else tells.
_OTHER_YEAR = re.compile("[去今前明后](?<![从以目之日])年(?!轻|级|龄|货)")
_FOUNDED_BEFORE = re.compile("(?:始建|[修筑组创]?建|创办|成立|设立|建成|落成|投用|开业|起源|发源)于$")
_SINCE = re.compile("以来|至今|(?<=[年月日底初])起(?![草点])")
_SINCE_REACH = 30  # characters: 自2018年4月在安仁镇设立以来; in what stands further on another date is meant
_ADDED_UP = re.compile("[已现目累先总共](?:(?<=已)|(?<=现)有|(?<=目)前|(?<=[累总共])计|(?<=先)后)")
# A span that reaches until now takes no year from the sentence before: 2017年成立。两年来调解217件.
_YEARS_UNTIL_NOW = pattern_of(r"[\d[:one_to_ten:]两几数多]年多?来(?![自访])")
_FOUNDED_BEHIND = re.compile("(?:建成|成立|创办|创建|设立|始建|落成|投用|开业|组建|建[村镇市])")


def _is_of_founding(text: str, told: DateMention) -> bool:
    """Whether a date is when something began, so that what 现有 counts is of another year: 始建于1983年，现有楼房41栋."""
    before = text[max(told.start_char - 4, 0) : told.start_char]
    return _FOUNDED_BEFORE.search(before) is not None or _FOUNDED_BEHIND.match(text, told.end_char) is not None


def _is_counted_since(text: str, told: DateMention, start: int) -> bool:
    """Whether the figure at ``start`` adds up from a date until now: 自2018年4月设立以来，已调解635件."""
    since = _SINCE.search(text, told.end_char, min(start, told.end_char + _SINCE_REACH))
    return since is not None and _ADDED_UP.search(text, since.end(), start) is not None


def _year(iso: str) -> int | None:
    first, _, last = iso.partition("/")
    if last and first[:4] != last[:4]:
        return None
    return int(first[:4]) if first[:4].isdigit() else None
