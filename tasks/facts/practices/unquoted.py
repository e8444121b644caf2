"""Practices named without quotation marks: a head noun (联盟, 联席会议制度, 驿站 …) with the words that make it a name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tasks.facts.practices.spelling_keys import NOT_PLACES
from tasks.facts.text.reading import Reading, words_with_tags
from tasks.lexicon.practice_heads import Head, head_of, head_pattern, well_known_pattern
from tasks.lexicon.word_lists import word_set

_LONGEST_NAME = 16
_LAST_BREAK = re.compile(r".*[^一-鿿A-Za-z0-9+]", re.DOTALL)
_CREATED_BEFORE = re.compile(
    r"(?:推行|推出|创新|实施|开展|建立|打造|构建|成立|探索|创建|设立|启动|推广|举办|组建|搭建|建起|建成|开设|实行|创设|首创|试点|制定|出台|深化|完善|健全|引入|引进|开办|创办|设置|发起|施行|试行|新建|办起|开通|上线|研发|开发|签订|制订|"
    r"修订|形成|确定|确立|落实|挂牌|用好|培育|组织|编制|绘制|梳理出?|注册|创立|推进|下派|选派|配备|选聘|招募|聘请|设)(?:了|起了?|出了?|过)?"
    r"(?:[一二两三四五六七八九十\d]{1,6}[个支家批套项条处座名类间]|[\d.]{1,9}[万亿]?元的|全[国省市县区镇]|统一的|以[一-鿿]{1,12}为[一-鿿]{1,6}的|首[个支家批]|一批|多个|[一-鿿]{0,6}的)?$"
)
_PLACE_PREFIX = re.compile(
    r"^(?:[一-鿿]{1,6}?(?:省|市(?![场民政级容域集值])|县(?![域级])|自治州|新区|开发区|(?<![片园社小校景院街辖战灾牧林山库])区(?!域|块|位|级)|(?<![红锦国党彩军团])旗(?![手袍帜舰下号杆])|街道|镇|乡(?!贤|村|亲|风|愁|情|邻|音)))+(?=[一-鿿A-Za-z0-9]{3})"
)
_HEAD_GOES_ON = re.compile(
    r"会(?![员上将在有定给为让把对])|[制度化长员式型性家者区药造作服订定止裁剂品]|(?<=联盟)[链杯]|(?<=机制)体制|(?<=体制)机制|(?<=基金)(?:经理|公司|业|互认|份额|产品|净值|管理|持有|投资|[等发]|的?(?:业绩|规模|仓位))"
)
_USED_BEFORE = re.compile(r"(?:通过|依托|借助|利用|运用|加入|参加|用好)(?:了|着)?$")
_NOT_A_NAME = re.compile(
    r"第|首[个家批次]|本次|[每上下这该各某此那]|全[区县市镇省]|中国|我国|国家|国际|全球|世界|跨国|海外"
)
_TOOK_OFFICE = re.compile("(?<=..)(?<![责信担重主])任(?![务期职命用])")  # 赵成任总管家
_ANY_OF_THEM = ("各", "各大", "各个", "各类", "每个", "每家", "该", "多家", "某")
# 以文化共同体推动经济共同体: what drives and what is driven are ideas
_DRIVES_BEFORE = re.compile(r"(?:^|[，。；：\n])以$|以[一-鿿]{2,12}(?:推动|促进|带动|助推|赋能|撬动|引领)$")
_OFFICES = frozenset(
    ("主任", "副主任", "书记", "副书记", "局长", "副局长", "镇长", "乡长", "县长", "区长", "市长", "部长", "任")
)
_TIMED_ZONE = re.compile(r"(?:\d{1,6}|[一二三四五六七八九十]{1,6})$")
_TRADE = re.compile(
    r"党建|党员|红色|网格|积分|议事|志愿|先锋|邻里|乡贤|调解|便民|民情|代办|爱心|幸福|平安|文明|道德|微心愿|互助|共富|乡村|社区|慈善|共建|共享|救助|公益|振兴|治理|邻"
)
_NUMBERED = re.compile(
    r"(?<![第一二三四五六七八九十])[二两三四五六七八九十](?:大|张|本|项|个|类|份)(?:[一-鿿]{0,4})(?:清单|机制|制度|行动|工程|平台|体系|台账|联盟|基金)|(?<![\d.])\d(?:\s?\+\s?(?:[\dNnXx]{1,2}(?![\dA-Za-z])|[一-鿿]{1,4})){1,4}"
)
# A set of characters at the head of a pattern lets the scan leap; the full patterns are tried only where these match.
_NUMBERED_BEGINS = re.compile(r"[二两三四五六七八九十\d](?=[大张本项个类份]|\s?\+)")
_LAW_BEGINS = re.compile(r"[一二三四五六七八九十](?=[一二三四五六七八九十]{0,5}[步字心])")
_LAW_OF_STEPS = re.compile(r"[一二三四五六七八九十]{1,6}[步字心](?:工作|调解|议事|治理|服务)?法")


class UnquotedName(NamedTuple):
    start: int
    end: int
    name: str
    head: Head | None


def unquoted_names(reading: Reading, taken: bytearray) -> list[UnquotedName]:
    """Names found by their head noun; ``taken`` marks the characters that belong to quoted names and titles."""
    text, title = reading.text, reading.title
    found = []
    for start, end in _matches(head_pattern(), text, reading.anchors.practice_heads):
        if taken[start] or taken[end - 1]:
            continue
        name = _name_before(text, start, end, taken)
        if name is not None:
            found.append(name)
    longest = {name.start: name for name in found}  # 楼宇物业党建联盟平台: one name, not three
    found = [name for name in found if longest[name.start] is name]
    counts = Counter(name.name for name in found)
    kept = [
        UnquotedName(start, end, text[start:end], None)
        for start, end in _matches(well_known_pattern(), text, reading.anchors.practice_heads)
        if not (taken[start] or taken[end - 1])
    ]
    kept += [name for name in found if _is_named(text, title, name, counts[name.name])]
    kept = _without_place_names(kept)
    for pattern, beginning in ((_NUMBERED, _NUMBERED_BEGINS), (_LAW_OF_STEPS, _LAW_BEGINS)):
        position = 0
        for begins in beginning.finditer(text):
            numbered = pattern.match(text, begins.start()) if begins.start() >= position else None
            if numbered is None:
                continue
            start, position = numbered.span()
            if not (taken[start] or taken[position - 1]):
                kept.append(UnquotedName(start, position, numbered[0], head_of(numbered[0])))
    return kept


def _matches(pattern: re.Pattern[str], text: str, beginnings: Iterable[int]) -> Iterator[tuple[int, int]]:
    """What ``finditer`` finds, where nothing can begin but at ``beginnings``."""
    position = 0
    for start in beginnings:
        match = pattern.match(text, start) if start >= position else None
        if match is not None:
            position = match.end()
            yield start, position


def _without_place_names(names: list[UnquotedName]) -> list[UnquotedName]:
    """Drops 柳镇渠畔夜校 where 渠畔夜校 is named too: its mention is found inside the longer one."""
    known = {name.name for name in names}
    return [
        name
        for name in names
        if not any(
            name.name[place:] in known
            for place in range(1, len(name.name) - 2)
            if name.name[place - 1] in "省市县区镇乡村"
        )
    ]


def _name_before(text: str, head_start: int, head_end: int, taken: bytearray) -> UnquotedName | None:
    """The noun phrase that ends with the head at ``head_start:head_end``, None where the head is a part of another word."""
    if _HEAD_GOES_ON.match(text, head_end):
        return None
    window_start = max(head_end - _LONGEST_NAME - 4, 0)
    window_start = max(window_start, taken.rfind(1, window_start, head_start) + 1)
    pause = _LAST_BREAK.match(text, window_start, head_start)
    if pause is not None:
        window_start = pause.end()
    if window_start >= head_start:
        return None
    stop_verbs = word_set("stop_verbs")
    naming_words = word_set("naming_words")
    words, tags = words_with_tags(text[window_start:head_end])
    start = head_end
    for word, tag in zip(reversed(words), reversed(tags), strict=True):
        word_start = start - len(word)
        if start <= head_start and not _may_name(word, tag, stop_verbs, naming_words):
            break
        if head_end - word_start > _LONGEST_NAME:
            return None
        start = word_start
    name = text[start:head_end]
    if start > 0 and text[start - 1].isdigit() and name[0] in "个家支名项条处座批种类所块片":
        start += 1  # 1560个微网格
        name = text[start:head_end]
    zone = _TIMED_ZONE.search(text, max(start - 3, 0), start) if name.startswith(("分钟", "公里", "小时")) else None
    if zone is not None:
        start = zone.start()  # 15分钟便民圈
        return UnquotedName(start, head_end, text[start:head_end], head_of(text[head_start:head_end]))
    place = None if NOT_PLACES.match(name) else _PLACE_PREFIX.match(name)
    if place is not None and start + place.end() < head_start:
        start += place.end()
        name = text[start:head_end]
    if start >= head_start or len(name) < 3:
        return None
    return UnquotedName(start, head_end, name, head_of(text[head_start:head_end]))


def _may_name(word: str, tag: str, stop_verbs: frozenset[str], naming_words: frozenset[str]) -> bool:
    """Whether a word can be part of a name: nouns and their like, and verbs that make names (调解, 培养)."""
    if word in naming_words:
        return True
    if word in stop_verbs or word[-1].isdigit() or (len(word) >= 4 and word[:2] in stop_verbs):
        return False
    if tag in ("v", "vd", "vi") or word in _OFFICES:
        return False
    if tag.startswith("n"):
        return not (tag in ("ns", "nt") and len(word) >= 3 and word[-1] in "省市县区镇乡")
    return tag in (
        "vn",
        "b",
        "j",
        "a",
        "an",
        "ad",
        "l",
        "i",
        "eng",
        "s",
        "ng",
        "g",
        "z",
        "tg",
        "vg",
        "ag",
        "nz",
        "x",
    ) or (tag == "q" and len(word) > 1)


def _is_named(text: str, title: str, name: UnquotedName, count: int) -> bool:
    head = name.head
    if head is None:
        return False
    modifier = name.name[: len(name.name) - len(head.noun)]
    if modifier in word_set("generic_modifiers") if head.strength == "strong" else _is_generic(modifier):
        return False
    before = text[max(name.start - 24, 0) : name.start]
    if _NOT_A_NAME.match(name.name) or _TOOK_OFFICE.search(modifier) or before.endswith(_ANY_OF_THEM):
        return False
    score = 0.0
    if _CREATED_BEFORE.search(before):
        score += 1.5
    elif _USED_BEFORE.search(before):
        score += 0.8
    score += min(count - 1, 2) * 0.8
    if name.name in title:
        score += 1.0
    if head.strength == "strong":
        score += 1.0
    elif _TRADE.search(modifier):
        score += 0.7
    if len(modifier) >= 4:
        score += 0.3
    if count == 1 and _DRIVES_BEFORE.search(before) and score < 2:
        return False
    return score >= (1.0 if head.strength == "strong" else 1.5)


def _is_generic(modifier: str) -> bool:
    """Whether the words before a head say nothing of their own: 长效, 服务管理, 重点民生."""
    generic = word_set("generic_modifiers")
    position = 0
    while position < len(modifier):
        for length in range(min(4, len(modifier) - position), 0, -1):
            if modifier[position : position + length] in generic:
                position += length
                break
        else:
            return False
    return True
