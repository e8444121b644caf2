"""What stands behind a figure and is no noun that it counts: what a share is of, an aim, a use of land, a deed."""

from __future__ import annotations

import re

from tasks.facts.text.reading import Reading
from tasks.lexicon.characters import pattern_of
from tasks.lexicon.dictionary import is_word
from tasks.lexicon.word_lists import words_for

# 收入的60%|来自旅游: where a share comes from or goes to, not what it is of.
_SHARE_GOES_ON = re.compile(r"来自|源自|出自|源于|用于|流向|流入|归于?|属于?|投向|取自|分布|集中")
# 实现水耗下降6%|的减排目标: what falls is told before.
_AIM_BEHIND = pattern_of(r"的[[:han:]]{0,4}?(?:目标|任务|要求|承诺|预期)(?![[:han:]]{0,2}[人户])")
_LAND = frozenset(("亩", "公顷", "分", "垄", "平方米", "平方公里"))
_LAND_IS_USED = re.compile(
    r"(?:试|改|套|复|轮)?(?:种植?|栽[种植]?|养殖?|建|用于|用来|用作|发展|打造|作为)(?![苗殖]场|基地|园)"
)
# 一千多年历史, 两年多工作经验: what has lasted so long.
_LASTING = pattern_of(
    r"(?:的)?((?:[办建]学|[从任]教|工作|从业|管理|种植|养殖)?(?:历史|经验|工龄|教龄|党龄|军龄|经历|假期|长假))(?![学系课馆题])"
)
# 7个村|集体收入不足3万元: the villages are counted, not what they earn.
_HOUSED = pattern_of(
    "(城市|县|村|镇|乡|社区|街道|乡镇|屯|寨|小区|省份|市|区)(?![长委支])[[:han:]]{0,20}?"
    "(?:收入|产值|率|面积|人口|支出|质量|增速|增幅|浓度)(?:[均全]部?|总体|相对|同比|较?为?|明显)*"
    r"(?:突破|超|达|不[足到]|过|[高低]于|上升|下降|增长|改善|良|较?[好差优高低]|[居排位]|有所|[，。；、！”\n]|$)"
)
# 筹集13.8万元|作为启动资金
_PUT_TO = pattern_of(
    "(?:用?作为?|充作|设立)[[:han:]]{0,10}?([[:han:]]{2}(?:资金|经费|基金|[费款金]))(?![[:han:]]{0,2}[率额])"
)
# 11人|在火灾中不幸丧生, 2人|经抢救无效死亡: what became of them, where no noun says who they are.
_FATE = re.compile(
    r"[在经被因不][^，。；：！？\n\d、]{0,16}?(丧生|身亡|死亡|遇难|受伤|获救|失踪|失联|重伤|轻伤|治愈|出院|落网|被捕)(?=[，。；、！\n]|$)"
)
_ASIDE = frozenset("需须")  # 5人|需|紧急救助


def share_goes_on(text: str, end: int, is_share: bool) -> bool:
    """Whether a verb behind a share tells where it comes from or goes to.

    >>> share_goes_on("收入的60%来自旅游", 6, True), share_goes_on("60%农户", 3, True)
    (True, False)
    """
    return is_share and _SHARE_GOES_ON.match(text, end) is not None


def fate_behind(text: str, end: int) -> str | None:
    """What became of the persons counted.

    >>> fate_behind("11人在火灾中不幸丧生。", 3), fate_behind("2名工人死亡。", 2)
    ('丧生', None)
    """
    found = _FATE.match(text, end)
    return None if found is None else found[1]


def put_to(text: str, end: int) -> str | None:
    """The fund that a sum is put to.

    >>> put_to("筹集13万元作为合作社启动资金，", 6), put_to("筹集13万元修路，", 6)
    ('启动资金', None)
    """
    found = _PUT_TO.match(text, end)
    return None if found is None else found[1]


def lasting_behind(text: str, end: int) -> str | None:
    """What has lasted for the length of time that ends at ``end``.

    >>> lasting_behind("一千多年历史", 4), lasting_behind("两年多工作经验", 3), lasting_behind("三年学校", 2)
    ('历史', '工作经验', None)
    """
    found = _LASTING.match(text, end)
    return None if found is None else found[1]


def housed_behind(text: str, at: int, unit: str) -> str | None:
    """The place at ``at``, counted by ``unit``, of which a sum, a rate or a state is told.

    >>> [housed_behind(text, 0, "个") for text in ("村集体收入不足3万元", "城市环境质量较好", "村集体企业")]
    ['村', '城市', None]
    """
    found = _HOUSED.match(text, at) if unit == "个" else None
    return None if found is None else found[1]


def is_of_what_is_before(text: str, end: int, unit: str) -> bool:
    """Whether what stands behind is an aim or the use of a piece of land, so that the noun before the figure tells.

    >>> is_of_what_is_before("流转土地30亩种植葡萄", 7, "亩"), is_of_what_is_before("种植30亩葡萄", 5, "亩")
    (True, False)
    """
    return _AIM_BEHIND.match(text, end) is not None or (unit in _LAND and _LAND_IS_USED.match(text, end) is not None)


def deed_of_all(reading: Reading, end: int) -> str | None:
    """What those counted did or suffered, where it is all that the clause says: 38人|紧急转移安置."""
    text, words = reading.text, reading.words
    end += text[end : end + 1] in _ASIDE
    stop = _CLAUSE_END.search(text, end, end + 10)
    if stop is None or stop.start() - end < 4:
        return None
    first, last = words.index_of(end), words.index_of(stop.start() - 1)
    if words.starts[first] != end or last - first > 3:
        return None
    tags = words.tags[first : last + 1]
    final = words.texts[last]
    is_deed = (
        tags[0][0] in "ad"
        and all(tag[0] in "vad" for tag in tags)
        and tags[-1] in ("v", "vn")
        and len(final) == 2
        and is_word(final)
    )
    return text[end : stop.start()] if is_deed and final not in words_for("boundary_words", "phrase") else None


_CLAUSE_END = re.compile(r"[，。；、！\n]|$")
