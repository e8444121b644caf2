"""What leads from a noun to its number, in front of a figure: 化解率|提高到了, 网格|由目前的, 总数|占.

It says nothing of what is counted. The stretch of the clause that is left is where the noun is sought.
"""

from __future__ import annotations

import re

from tasks.facts.figures.nouns import is_noun, word_at
from tasks.facts.text.needed import led
from tasks.facts.text.reading import Reading, TaggedWords
from tasks.lexicon.characters import ONE_TO_TEN, pattern_of

_REACH = 40  # characters before the figure in which its noun may stand
# What leads from a noun to its number, and says nothing of what is counted.
_TAIL = led(
    r"(?:[高多长低仅重宽深]达|[突逼跌涨攻]破|逼近|低至|一共有?|总共|[年月日周季]均|共计|总计|合计|累计|达到?了?|约为|超过|不足|增至|升至|降至|[增减]加?少?到|增长到|提高到|提升到|降低到"
    r"|下降到|[激猛剧骤]增[至到]|扩[大展充]至|扩[展充]到|拓展[到至]|壮大[到至]|扩大到|发展[到至]|缩减[到至]|压缩[到至]"
    r"|恢复到|减免|下调|上调|[上下]浮动?|放缓[到至]|缩[短减]至|大[跌涨增降减]|暴[跌涨]|[累总]计?完成|完成|实现|减半收取|收取"
    r"|在\d{4}年|[本上]周|[本当上]月|[当昨今]日|全年|[上下]半年|[少多快慢高低]了|[未不]?满"
    r"|(?:增加|增长|提高|下降|减少|上升|上涨|下跌|降低|提升|回落|攀升|提速|压缩|缩短|延长|提前|压减|压降)[到至了]?|[跌降升减]至|[跌减加]到|跌去|缩水"
    r"|回升到?|跌落到?|减为|降为|升为|恢复|占据|维持在?|偏[多少高低大小]|(?:规划|设计|总|共)占地|[贵重]了?|便宜了?"
    r"|保持在?|稳定在|拓宽|每(?:平方公里|平方米|亩|户|人|年|月|天|日|吨|公斤|斤|次)|[约折]?合?人民币|零下|第一次|首[次度]|同比|环比|平均|分别|基本|已经|大约|左右"
    r"|不[得应能]?(?:超过|少于|低于|高于|多于|到|足)|[高低多少]于|高出|多出|最[高低多少长短大小快慢远近深浅]|至[少多]|起码|控制在|限[在定为]|调整[到为至]|折合"
    r"|[要应需拟共达约仅为是近从由按已也都就均便将再又还各在超到至了升降增减占涨跌则]|为期|一度|曾|可能|预计|有望|下滑|收窄|占地)$"
)
_EXISTS = led(
    r"(?:现有|还有|共有|(?<![合共总累统])计有|已有|仅有|只有|拥有|设有|建有|配有|新?建成?|设立|设置|配备|[下管所]?辖|划分?[为成]|发展|有|设|建|含|分为)$"
)
# 由目前的82%提高到95%, 由移交之初的38.5%: whence a change began belongs to no noun.
_WHENCE = led(
    r"(?:由|从|自)(?:过去|原来|原先|此前|以前|以往|往年|最初|当初)?的?(?:每[年月天日季周]|[年月日户人]均)?(?:[^，。；：]{0,10}的)?"
    r"(?:\d{4}年(?:[上下]半年|[初底末])?的?)?$"
)
_SUM = pattern_of(r"[\d.[:one_to_ten:]百千]{1,8}多?余?[万亿]?元")
_IN_YEAR = pattern_of(r"(?<=[[:han:]])\d{4}年$")
_RANK = led(r"(?:最[高低多少长短大小快慢好差]|居首|垫底|领先|居前)$")
_WHEN = pattern_of(r"\d{2,4}年(?:[[:han:]]{0,4})?的$")
_LAST_PAUSE = pattern_of(r".*[，。；！？：\n,;（）]|.*、(?![[:han:]]{1,8}(?:[的等]|$))", re.DOTALL)
# The last characters of whatever leads from a noun to its number: nearly always there is none of them.
_TAIL_ENDS = frozenset(
    "免调动取现满长短大小快慢来先前往初跌涨缓有计达到了为过足至加少同环比均别本经约右得能应于出高低多住在定合共仅是近从由按已"
    "也都就便将再又还各超升降增减占期成立置备辖展设建含的自年底末平准值落攀速缩提破复据持宽里米亩户人月天日吨斤次目此零下度币望滑窄涨则地曾时远近深浅应需拟要去水贵重宜届轮末查少周比"
)
_COMPARED = led(
    r"(?:[高低优多少]于|较|[同环]?比(?![例重率值赛价]))[^，。；、]{1,18}"
    r"(?:普查|水平|平均|均值|标准|期|[年月季]?[初末底]|年|届|[上前][次轮]|时|目前|此前|以前|之前|往年|上月|上周)的?$"
    r"|较(?:目前|此前|之前|往年)$|[同环]?比上一?[周月年]$|[与和同][^，。；、\d]{1,14}相比$"
)
# Between what changed and its new figure: 由12件|下降到|3件.
_CHANGED_TO = pattern_of(
    r"(?:升|降|增|减|长|跌|涨|缩[短减]|放缓|调整?|[上下]调|改|放宽|收窄|压|提高|提升|增加|减少|增长|下降|上升|压缩|缩减|扩大|发展|变成?|回落|攀升|恢复|压降)(?:到|至|为"
    r"|成)(?:了|如今的?|现在的?|目前的?|今年的?"
    r"|\d{4}年的?|[[:han:]]{0,4}的)?$"
)
# 其中党员|占总数的, 出货量|不及市场总量的, 筹资比例|不低于总投资的
_SHARE_OF = re.compile(
    r"(?:占(?:到了?|了)?(?:[^，。；]{0,12}的)?|(?:不及|接近|相当于|等于|不?[高低多少]于|不超过|超[过出]了?|不[到足]|达到?"
    r"|[仅约]为|是)[^，。；]{1,14}的)(?:近|约|超)?$"
)


def region_before(reading: Reading, start: int) -> tuple[int, int]:
    """The stretch of the clause before a figure in which its noun may stand, without what leads from noun to number."""
    text, words = reading.text, reading.words
    first = max(start - _REACH, 0)
    pause = _LAST_PAUSE.match(text, first, start)
    first, last = pause.end() if pause else first, start
    for _ in range(6):
        if text[last - 1 : last] == "]" and (note := _FOOTNOTE.search(text, max(first, last - 5), last)) is not None:
            last = note.start()
            continue
        if text[last - 1 : last] not in _TAIL_ENDS:
            break
        exists = _EXISTS.search(text, max(first, last - 4), last)
        tail = (
            exists
            or _WHENCE.search(text, max(first, last - 20), last)
            or _TAIL.search(text, max(first, last - 6), last)
            or _COMPARED.search(text, max(first, last - 24), last)
            or _SHARE_OF.search(text, max(first, last - 18), last)
            or _WHEN.search(text, max(first, last - 12), last)
        )
        if tail is None:
            break
        if tail.end() - tail.start() == 1 and _is_in_noun(words, tail.start()):
            break  # 村规民约|12条, 不文明行为|17起
        if tail[0] == "减免" and text[tail.start() - 1] in "租税费息" and _SUM.match(text, start) is not None:
            break  # 房租减免|128万元, but 挂号费|减免|20%
        last = tail.start()
        if exists is not None:
            break
    if text[last - 1 : last] == "年" and (year := _IN_YEAR.search(text, max(first, last - 6), last)) is not None:
        last = year.start()  # 利用率|2014年只有|41%
    return first, last


def _is_in_noun(words: TaggedWords, char: int) -> bool:
    """Whether the character at ``char`` is a later one of a noun, other than a name, at which the segmenter guesses."""
    if words.is_start[char]:
        return False
    word = word_at(words, char)
    return is_noun(word) and not word.tag.startswith("nr")


_FOOTNOTE = re.compile(r"\[\d{1,2}\]$")  # 全县常住人口[2]为
_NUMERALS = frozenset("0123456789两" + ONE_TO_TEN)
_ENDS_OF_TIMES = frozenset("时钟天月年周内里间")
_WITHIN = pattern_of("(?:\\d|[[:one_to_ten:]两半几])+多?个?(?:小时|分钟|天|月|年|周)(?:内|里|间|时间)?$")


def before_time(text: str, first: int, last: int) -> int:
    """Where the stretch ends without how long something took, where a verb goes on (水位|两小时|上涨1.3米).

    Right before a number it says how often (小哥|一个月内|5次被停机).
    """
    if text[last - 1 : last] not in _ENDS_OF_TIMES or text[last : last + 1] in _NUMERALS:
        return last
    time = _WITHIN.search(text, first, last)
    return last if time is None else time.start()


def region_of_clause_before(text: str, start: int) -> tuple[int, int]:
    """The stretch of the clause before that which begins at ``start``, without what it is compared with.

    >>> text = "该网格涉及试点项目，共47个"
    >>> text[slice(*region_of_clause_before(text, 10))]
    '该网格涉及试点项目'
    """
    pause = _LAST_PAUSE.match(text, start - _REACH, start - 1)
    first, last = pause.end() if pause else max(start - _REACH, 0), start - 1
    rank = _RANK.search(text, max(first, last - 6), last)
    last = last if rank is None else rank.start()  # 得分最高，为97.3分
    compared = _COMPARED.search(text, max(first, last - 20), last)
    return first, compared.start() if compared is not None else last  # 回收率低于全县平均水平，为71%


def goes_on_from(text: str, start: int) -> bool:
    """Whether the figure at ``start`` is what an earlier one rose or fell to: from 31% *to 92.7%*.

    >>> goes_on_from("收缴率从31%升到了92.7%", 10)
    True
    """
    return _CHANGED_TO.search(text, start - 12, start) is not None
