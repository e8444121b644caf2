"""What a figure is a figure of, and the year it speaks of."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from tasks.facts.text.reading import Reading, TaggedWords
from tasks.lexicon.units import unit_at
from tasks.lexicon.word_lists import word_set
from tasks.records import DateMention

_LONGEST_SUBJECT = 14
_BEHIND = re.compile(r"的?[“”]?([一-鿿A-Za-z“”·]{1,16})")
# The noun behind a figure ends where a verb, a preposition or an adverb begins.
_VERB = re.compile(
    # The first character stands alone before the alternatives, so that the search leaps from one to the next.
    r"[并在被将可就已都也是有来去由从对向让使把到以等与和及的了着过会能要用给随则均仅又很占没不一两三各才竟内外前时间后正每共只还再拿按比坐轮全其参完进开建组得实通走成报分提接获享签达入加排解主积围居受脱左同推试联定]"
    r"(?:(?<=[并在被将可就已都也是有来去由从对向让使把到以等与和及的了着过会能要用给随则均仅又很占没不一两三各才竟内外前时间后正每共只还再拿按比坐轮全其])"
    r"|(?<=参)[加与]|(?<=完)成|(?<=进)行|(?<=开)展|(?<=建)成|(?<=组)成|(?<=得)到|(?<=实)现|(?<=通)过|(?<=走)进"
    r"|(?<=成)为|(?<=报)名|(?<=分)别|(?<=提)供|(?<=接)受|(?<=获)|(?<=享)受|(?<=签)[订约]|(?<=达)成|(?<=入)驻"
    r"|(?<=加)入|(?<=排)查|(?<=解)决|(?<=主)动|(?<=积)极|(?<=围)绕|(?<=居)住|(?<=受)益|(?<=脱)贫|(?<=左)右"
    r"|(?<=同)时|(?<=推)[行广开]|(?<=试)[行点]|(?<=联)系|(?<=定)点)"
)
_TAIL = re.compile(
    r"(?:一共有?|现有|还有|共有|已有|仅有|只有|拥有|设有|建有|配有|占到?了?|共计|总计|合计|累计|达到?了?|约为|超过|不足|增至|升至|降至|[增减]加?少?到|增长到|提高到|提升到|降低到|下降到|扩大到|发展[到至]|划分?[为成]"
    r"|(?:增加|增长|提高|下降|减少)了?|新增|(?:提前|缩短|延长|压缩|节约|节省|上涨|下跌|上升|回落|攀升|提速)[到至了]?|同比|环比|平均|总[数量]|[数人]数|数量|已经|建成|建立|成立|组建|设立|设置|配备|[共达有约仅为是近从由按已也都就均便将])$"
)
_NOUN_BREAK = re.compile(r".*[^一-鿿A-Za-z“”·]", re.DOTALL)
# Of what stands before the figure the last noun counts: what precedes a particle, another figure or a verb falls away.
_HEAD_CUT = re.compile(
    # Asked at every place: the first characters of all alternatives, before they are tried one by one.
    r".*(?=[的了着在将把被向为对从里用给\d一二两三四五六七八九十百千万其分平累共合现已设建配拥仅只还却都也就成组划登上办收排化调受发新打完培开举引提服解认改创选招吸带覆涉惠走慰整拆清栽种安修投筹募争拨梳动送接评])"
    r"(?:[的了着在将把被向为对从里用给]|(?:\d|[一二两三四五六七八九十百千万])[多余万亿]*[个家名户处条件项次支座件村镇]|其中|分别|平均|累计|共计|合计|[现共已设建配拥仅只还却都也就]有"
    r"|(?:设立|设置|建立|成立|组建|划分为?|登记|上报|办结|收集|排查|化解|调解|受理|发放|新增|新建|建成|打造|建设|完成|培育|开展|举办|组织|引进|引来|提供|服务|解决|认领|改造|创建|配备|选派|选聘|招募|吸纳|带动|覆盖|涉及|惠及|走访|慰问|整治|拆除|清理|栽种|种植|安装|修建|投入|筹集|募集|争取|拨付|发布|梳理|动员|送出|接待|评出|共)(?=[一-鿿]{2}))"
)
# 全市网格, 今年网格 and 2021年底网格 all count 网格: neither whose nor when belongs to what is counted.
_WHOSE_AND_WHEN = re.compile(
    r"(?:(?:全|该|本|我|各|这个?|此)(?:[省市州县区镇乡村]|街道|社区|小区)(?![长民委])|(?:今|去|前|当|同|每|近)年(?:以?来|上半年|下半年|内)?|[上下]半年|截?至?目前|至今|现在|如今|眼下|当前|以来|年[底末初中内均]?(?!轻|龄|糕|画|货|味|级)|[月日号]份?(?!饼|嫂|子|均))+的?(?=[一-鿿“]{2})"
)
_FIRST_OF_WHOSE = frozenset("全该本我各这此今去前当同每近上下截至目现如眼以年月日号")
_CHANGED_TO = re.compile(
    r"(?:升|降|增|减|长|跌|涨|缩短|提高|提升|增加|减少|增长|下降|上升|压缩|缩减|扩大|发展|变成?|回落|攀升|恢复|压降)(?:到|至|为|成)(?:了|如今的?|现在的?|目前的?|今年的?|[一-鿿]{0,4}的)?$"
)
# By the segmenter's tags: adverbs, prepositions, conjunctions, pronouns and particles belong to no noun phrase.
_LEADS_UP = frozenset("dpcru")
_ENDS_BEHIND = frozenset(("d", "p", "c", "r", "f", "y", "uj", "ul", "uz", "ud", "uv", "ug"))
_ENDS_BEFORE = frozenset("dpr")
_GOES_ON = frozenset("nvjlbs")  # 留守 before 儿童 is no predicate
_TIMES = frozenset(("年", "个月", "月", "周", "天", "日", "小时", "分钟", "秒", "个工作日", "工作日", "学时"))
_TIMED = re.compile(r"[期限龄]$|[时工]长$|时[间效]$|历史$|用时$|周期$|[路行车]程$")
_LAST_PAUSE = re.compile(r".*[，。；！？：、\n,;（）]", re.DOTALL)
_NOW_REACH = 160  # characters: a sentence without an end must not cost more the longer it is
# 目前, 现有, 现在, 现已, 如今, 至今, 今年, 眼下; the first character stands alone, so that the search leaps from one to the next.
_NOW = re.compile(r"[目现如至今眼](?:(?<=目)前|(?<=现)[有在已]|(?<=[如至])今|(?<=今)年|(?<=眼)下)")


def subject_of(
    reading: Reading, start: int, end: int, places: Sequence[tuple[int, int]] = (), unit: str = ""
) -> str | None:
    """The noun behind the figure, else the one before it, else None; without the places (spans in order) that lead it.

    A length of time has a subject only where a word for a time stands before it: 办理时限5天, but not 提前5天.

    >>> reading = Reading("新建停车场12处，服务商户300多家")
    >>> subject_of(Reading("共有3个网格员参加"), 2, 4), subject_of(reading, 5, 8), subject_of(reading, 13, 18)
    ('网格员', '停车场', '商户')
    >>> subject_of(Reading("全市现有网格412个"), 6, 10), subject_of(Reading("石桥市网格412个"), 5, 9, [(0, 3)])
    ('网格', '网格')
    """
    text = reading.text
    match = _BEHIND.match(text, end) if unit not in _TIMES or text.startswith("的", end) else None
    if match is not None:
        noun = match[1]
        verb = _VERB.search(noun)
        first, last = match.start(1), match.start(1) + (verb.start() if verb else len(noun))
        first, last = _phrase(reading.words, _behind_place(places, first, last, is_leading=True), last, is_behind=True)
        noun = _bare(text, first, last)
        if len(noun) >= 2:
            return noun[:_LONGEST_SUBJECT]
    first = max(start - 24, 0)
    pause = _LAST_PAUSE.match(text, first, start)
    first, last = pause.end() if pause else first, start
    while (tail := _TAIL.search(text, max(first, last - 4), last)) is not None:
        last = tail.start()
    gap = _NOUN_BREAK.match(text, first, last)
    if gap is not None:
        first = gap.end()
        if text[first - 1].isdigit() and (measure := unit_at(text, first, True)) is not None:
            first += len(measure.surface)  # 7个镇出动52次
    cut = _HEAD_CUT.match(text, first, last)
    first = _behind_place(places, cut.end() if cut else first, last, is_leading=False)
    first, last = _phrase(reading.words, first, last, is_behind=False)
    noun = _bare(text, first, last)
    if unit in _TIMES and not _TIMED.search(noun):
        return None
    return noun[-_LONGEST_SUBJECT:] if len(noun) >= 2 else None


def _phrase(words: TaggedWords, first: int, last: int, *, is_behind: bool) -> tuple[int, int]:
    """The noun phrase in ``first:last``: without the words that lead up to it, up to the first word that ends it."""
    index, past = words.index_of(first), words.index_of(last - 1) + 1
    tags = words.tags
    if past - index == 1 and tags[index][0] == "n":
        return first, last  # as of most figures
    stop_verbs = word_set("stop_verbs")
    while index < past and (tags[index][0] in _LEADS_UP or (tags[index] == "v" and words.texts[index] in stop_verbs)):
        index += 1
    if index == past:
        return last, last
    first = max(first, words.starts[index])
    ends, has_noun = _ENDS_BEHIND if is_behind else _ENDS_BEFORE, False
    for place in range(index + 1, past):
        has_noun = has_noun or tags[place - 1][0] in "nj"
        is_verb = is_behind and has_noun and tags[place] == "v" and len(words.texts[place]) > 1
        is_predicate = is_verb and not (place + 1 < past and tags[place + 1][0] in _GOES_ON)
        if tags[place] in ends or is_predicate:
            return first, words.starts[place]
    return first, last


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
    noun = text[lead.end() if lead else first : last].strip("“”·")
    return noun[noun.rfind("“") + 1 :].replace("”", "")  # 评出“好邻居”20户 counts the name


def goes_on_from(text: str, start: int) -> bool:
    """Whether the figure at ``start`` is what an earlier one rose or fell to: from 31% *to 92.7%*.

    >>> goes_on_from("收缴率从31%升到了92.7%", 10)
    True
    """
    return _CHANGED_TO.search(text, max(start - 8, 0), start) is not None


def year_of(reading: Reading, dates: Sequence[DateMention], date_starts: Sequence[int], start: int) -> int | None:
    """The year of the last date before ``start`` in the sentence, else in the paragraph; of issue where the text says now."""
    sentence = reading.sentence_at(start)
    index = bisect_right(date_starts, start) - 1
    if index >= 0 and dates[index].start_char >= sentence.start_char:
        return _year(dates[index].iso)
    if reading.published_on is not None and _NOW.search(
        reading.text, max(sentence.start_char, start - _NOW_REACH), start
    ):
        return reading.published_on.year
    if index >= 0 and reading.text.find("\n", dates[index].end_char, start) < 0:
        return _year(dates[index].iso)
    return None


def _year(iso: str) -> int | None:
    first, _, last = iso.partition("/")
    if last and first[:4] != last[:4]:
        return None
    return int(first[:4]) if first[:4].isdigit() else None
