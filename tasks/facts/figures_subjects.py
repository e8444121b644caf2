"""What a figure is a figure of, and the year it speaks of."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from tasks.facts.readings import Reading
from tasks.records import DateMention

_LONGEST_SUBJECT = 14
_BEHIND = re.compile(r"的?[“”]?([一-鿿A-Za-z“”·]{1,16})")
# The noun behind a figure ends where a verb, a preposition or an adverb begins.
_VERB = re.compile(
    r"[并在被将可就已都也是有来去由从对向让使把到以等与和及的了着过会能要用给随则均仅又很占没不一两三各才竟内外前时间后正每共只还再拿按比坐轮全其]|参[加与]|完成|共同|进行|开展|建成|组成"
    r"|得到|实现|通过|走进|成为|报名|分别|提供|接受|获得|获|享受|签订|签约|达成|入驻|加入|排查|解决|主动|积极|按照|围绕|前来|居住|受益|脱贫|左右|以上|以下|同时|一起|推行|推广|试行|推开|联系|定点|试点"
)
_TAILS = (
    "一共有", "一共", "现有", "还有", "占到了", "占到", "占了", "占", "共有", "共计", "总计", "合计", "累计", "达到了", "达到", "约为", "仅有", "只有", "超过", "不足", "增至", "增加到", "增长到", "提高到", "提升到", "升至",
    "降至", "降低到", "减少到", "下降到", "增加了", "增加", "增长了", "增长", "提高了", "提高", "下降了", "下降", "减少了", "减少", "新增", "扩大到", "平均",
    "总数", "总量", "数量", "人数", "已经", "共", "达", "有", "约", "仅", "为", "是", "近", "从", "由", "按", "已", "也", "都", "就", "均", "便", "将",
)  # fmt: skip
_NOUN_BREAK = re.compile(r".*[^一-鿿A-Za-z“”·]", re.DOTALL)
# Of what stands before the figure the last noun counts: what precedes a particle, another figure or a verb falls away.
_HEAD_CUT = re.compile(
    r".*(?:[的了着在将把被向为对从里用给]|(?:\d|[一二两三四五六七八九十百千万])[多余万亿]*[个家名户处条件项次支座件村镇]|其中|分别|平均|累计|共计|合计"
    r"|(?:登记|上报|办结|收集|排查|化解|调解|受理|发放|新增|新建|建成|打造|建设|完成|培育|开展|举办|组织|引进|引来|提供|服务|解决|认领|改造|创建|配备|选派|选聘|招募|吸纳|带动|覆盖|涉及|惠及|走访|慰问|整治|拆除|清理|栽种|种植|安装|修建|投入|筹集|募集|争取|拨付|发布|梳理|动员|送出|接待|评出|共)(?=[一-鿿]{2}))"
)
_CHANGED_TO = re.compile(
    r"(?:升|降|增|减|长|跌|涨|缩短|提高|提升|增加|减少|增长|下降|上升|压缩|缩减|扩大|发展|变成?|回落|攀升|恢复|压降)(?:到|至|为|成)(?:了|如今的?|现在的?|目前的?|今年的?|[一-鿿]{0,4}的)?$"
)
_LAST_PAUSE = re.compile(r".*[，。；！？：、\n,;（）]", re.DOTALL)
_NOW_REACH = 160  # characters: a sentence without an end must not cost more the longer it is
_NOW = re.compile(r"目前|现有|现在|如今|截至目前|至今|今年|眼下|现已")


def subject_of(text: str, start: int, end: int) -> str | None:
    """The noun behind the figure, else the one before it, else None.

    >>> text = "新建停车场12处，服务商户300多家"
    >>> subject_of("共有3个网格员参加", 2, 4), subject_of(text, 5, 8), subject_of(text, 13, 18)
    ('网格员', '停车场', '商户')
    """
    match = _BEHIND.match(text, end)
    if match is not None:
        noun = match[1]
        verb = _VERB.search(noun)
        noun = (noun[: verb.start()] if verb else noun).strip("“”·")
        if len(noun) >= 2:
            return noun[:_LONGEST_SUBJECT]
    first = max(start - 24, 0)
    pause = _LAST_PAUSE.match(text, first, start)
    window = text[pause.end() if pause else first : start]
    while window.endswith(_TAILS):
        window = window[: -next(len(tail) for tail in _TAILS if window.endswith(tail))]
    gap = _NOUN_BREAK.match(window)
    noun = _HEAD_CUT.sub("", window[gap.end() if gap else 0 :])
    noun = noun.strip("“”·")
    return noun[-_LONGEST_SUBJECT:] if len(noun) >= 2 else None


def goes_on_from(text: str, start: int) -> bool:
    """Whether the figure at ``start`` is what an earlier one rose or fell to: from 31% *to 92.7%*.

    >>> goes_on_from("收缴率从31%升到了92.7%", 10)
    True
    """
    return _CHANGED_TO.search(text, max(start - 8, 0), start) is not None


def year_of(reading: Reading, dates: Sequence[DateMention], start: int) -> int | None:
    """The year of the last date before ``start`` in the sentence, else in the paragraph; of issue where the text says now."""
    sentence = reading.sentence_at(start)
    index = bisect_right(dates, start, key=lambda mention: mention.start_char) - 1
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
