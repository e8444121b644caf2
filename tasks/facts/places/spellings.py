"""Find the spellings of provinces, cities and counties in a text, before anything is decided about them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from tasks.facts.text.needed import Head
from tasks.facts.text.reading import Reading
from tasks.lexicon.characters import pattern_of
from tasks.lexicon.gazetteer import Gazetteer, gazetteer
from tasks.lexicon.names import surnames
from tasks.lexicon.names import words as names
from tasks.lexicon.posts import post_ending_at

FULL, SHORT, FORMER = "full", "short", "former"


@dataclass(slots=True)
class Candidate:
    """One spelling of a division: where it stands, what it may mean, and what has been decided (``adcode``)."""

    start: int
    end: int
    name: str
    form: str
    codes: tuple[str, ...]
    clean: bool  # both ends fall between words
    adcode: str | None = None
    chain_start: int = -1
    dropped: bool = False


# A place name inside these is part of another name: streets, newspapers, universities, dishes (南京路, 陕西日报, 川北凉粉).
_NOT_AFTER_SHORT = pattern_of(
    r"[东西南北中]?[[:one_to_nine:]]?(?:路|街(?![道头区])|大道|大街|巷(?!口)|胡同|环路|高速|铁路|高铁|大桥|长江|时间)|"
    r"湾(?![区里镇村])|[东西南北]麓|山脉|余脉|日报|晚报|早报|时报|晨报|商报|都市报|青年报|大学|学院|师范|理工|交大|医科|银行(?!业)|证券|卫视|啤酒|白酒|大曲|"
    r"(?:小区|公寓|花园|花苑)(?=[、和，。；）])|"
    r"烤鸭|火锅|拉面|话(?![题语])|菜(?!园|篮|农|市)|装(?!修)|料理|陵|舰|[河湖](?![南北])|江(?![苏西])|山(?![东西])|水库|小吃(?![街城节])|米[粉线]|牛肉面|螺蛳粉"
)
# 东阳区, where no division of that name is known, is not 东阳; 区域 and 县域 begin words.
_UNKNOWN_DIVISION = Head(
    r"区(?![域划位间块情内里])|县(?![域级情])|市(?![县州、场民区容面政集里级长委直井情域值妇总教])"
)
_NOT_AFTER_DISTRICT = frozenset("域块间别位隔划长段分")
_BRANCHES = ("分局", "分公司", "分中心", "分行", "分院", "分会")  # 蓬江区分局
_BEFORE_FULL_NAME = frozenset("今原即由在从到对和与及于自赴往共")
_WHERETO = frozenset("来到在去回离")
# Zones the statistics bureau may number but GB/T 2260 does not.
ZONE = re.compile(
    r"(?:国家级?)?(?:经济技术开发区|高新技术产业开发区|高新技术开发区|高新区|经开区|经济开发区|开发区|工业园区|综合保税区|保税区|"
    r"旅游度假区|城乡一体化示范区|临空经济区)"
)
# 杭州第二中学 and 钢城职业技术学院 are schools, 长春镇 is a town.
_SCHOOL_BEHIND = pattern_of(
    r"(?:市|县|区)?(?:[[:han:]]{2,8}(?:学院|大学)|第[[:one_to_ten:]\d]{1,3}[[:han:]]{0,2}(?:中学|小学|幼儿园)"
    r"|(?:[[:one_to_nine:]]|高级|实验|希望|中心|附属|外国语)?(?:中学|小学|幼儿园|职校|技校))"
)
_TOWNS = ("镇", "乡")
_NO_TOWN = (
    "镇街",
    "镇村",
    "镇域",
    "镇江",
    "镇级",
    "镇区",
    "乡镇",
    "乡村",
    "乡亲",
    "乡土",
    "乡愁",
    "乡贤",
    "乡音",
    "乡情",
)
_CLOSES = re.compile(
    rf"同胞|地区|特区|当局|街头|人民|市民|{ZONE.pattern}"
)  # the segmenter makes one word of 苏州工业园区
_NOT_BEFORE = ("孙",)
_OTHER_WORDS = Head(
    r"宁德时代|贵州茅台|阿里巴巴|和田玉|长治久安|中山装|孙中山|大理石|白银价|海南岛|东方红|河北梆子|河南坠子|吉林大"
)


def scan(reading: Reading) -> list[Candidate]:
    """All candidates in ``reading.text`` in order, longest spelling first, none overlapping another."""
    found = _scan(reading.text, reading.words.is_start, reading.anchors.place_starts, gazetteer())
    if reading.roster:  # 施青县志愿者协会秘书长 is 施青 of the county's volunteers, not of 青县
        found = [c for c in found if not any(name.start < c.end and c.start < name.end for name in reading.roster)]
    known = gazetteer()
    return [
        candidate
        for before, candidate in zip([None, *found], found, strict=False)
        if (candidate.form != SHORT or not _is_part_of_a_name(reading, candidate))
        and (candidate.form != FORMER or before is None or not _lies_elsewhere(before, candidate, known))
        and not _is_now_another(reading.text, candidate, found)
    ]


# 宁远县（今伊宁县）: the county of old is not the one that bears its name today.
_NOW = re.compile("[（(][即现]?今(?:属|为|之)?")


def _is_now_another(text: str, candidate: Candidate, found: list[Candidate]) -> bool:
    """Whether a bracket right behind ``candidate`` tells that another division is meant today."""
    now = _NOW.match(text, candidate.end) if text[candidate.end : candidate.end + 1] in ("（", "(") else None
    if now is None:
        return False
    known = gazetteer()
    return any(
        other.start == now.end() and not any(known.is_within(a, b) for a in candidate.codes for b in other.codes)
        for other in found
    )


def _lies_elsewhere(before: Candidate, candidate: Candidate, known: Gazetteer) -> bool:
    """Whether a former name stands right behind a division that holds nothing of that name (台湾|新北市)."""
    return before.end == candidate.start and not any(
        known.is_within(lower, upper) for upper in before.codes for lower in candidate.codes
    )


_WRITERS = ("记者", "通讯员", "特约记者", "实习生", "记者 ", "通讯员 ")


def _is_part_of_a_name(reading: Reading, candidate: Candidate) -> bool:
    """Whether a short form is a given name behind a surname (周长春), or the beginning of a school's or a town's name."""
    text, start, end = reading.text, candidate.start, candidate.end
    school = _SCHOOL_BEHIND.match(text, end)
    if school is not None and "的" not in school[0]:
        return True  # 杭州第二中学, but 无锡的社工学院
    if text[end : end + 1] in _TOWNS and not text.startswith(_NO_TOWN, end):
        return True
    parts = names("name_components")
    if candidate.name in parts and (text[end : end + 2] in parts or text[end : end + 3] in parts):
        return True  # 尼玛扎西, 乌兰其其格
    if end - start != 2 or start == 0 or text[start - 1] not in surnames():
        return False
    is_surname = surnames()[text[start - 1]] >= 0 or (
        surnames()[text[start - 1]] == -1 and text[start - 1] not in "于向"
    )
    if is_surname and (text.endswith(_WRITERS, 0, start - 1) or post_ending_at(text, start - 1) is not None):
        return True  # 教授武玉林, 调研员苑吉林
    words = reading.words
    index = words.index_of(start - 1)
    return words.starts[index] == start - 1 and words.tags[index].startswith("nr") and words.is_start[end] == 1


def scan_hint(text: str | None) -> list[Candidate]:
    """Candidates in a title, an outlet or a site's name, where streets and newspapers are evidence too."""
    return _scan(text, None, range(len(text) - 1), gazetteer()) if text else []


def scan_dateline(text: str | None) -> list[Candidate]:
    """Candidates in a dateline but for the given names of who reports: 本报讯（记者马玉龙） is none of 玉龙县."""
    return [
        candidate
        for candidate in scan_hint(text)
        if candidate.form != SHORT or surnames().get((text or "")[candidate.start - 1 : candidate.start], -9.0) < 0
    ]


def _scan(text: str, is_start: bytes | None, beginnings: Iterable[int], known: Gazetteer) -> list[Candidate]:
    by_prefix = known.by_prefix
    found: list[Candidate] = []
    covered = 0
    for i in beginnings:
        names = by_prefix.get(text[i : i + 2])
        if names is None or i < covered:
            continue
        for name in names:
            if not text.startswith(name, i):
                continue
            candidate = _candidate(text, i, name, is_start, known, found)
            if candidate is not None:
                if found and found[-1].end > i:
                    if _is_told_in_full(text, found[-1], known) and not _is_told_in_full(text, candidate, known):
                        break  # 昆山|东研电子 where the article names 昆山市
                    found.pop()
                found.append(candidate)
                # A short form that cuts a word may overlap the name that is meant: 和龙 in 张店区和龙华区.
                covered = i if candidate.form == SHORT and not candidate.clean else candidate.end
                break
    return found


def _is_told_in_full(text: str, candidate: Candidate, known: Gazetteer) -> bool:
    return _is_told(text, candidate.codes, known)


def _is_told(text: str, codes: Iterable[str], known: Gazetteer) -> bool:
    """Whether the text names one of ``codes`` in full: with 洛江区 in it, 来洛江 is of that, one word to the segmenter."""
    return any(_names(text, known.by_code[code].name) for code in codes)


@lru_cache(maxsize=256)  # a name that is met all over a long page is looked for once
def _names(text: str, name: str) -> bool:
    return name in text


def _is_no_district(text: str, end: int, following: str, codes: tuple[str, ...], known: Gazetteer) -> bool:
    """Whether what follows a name in 区 makes another word of it, and is neither a branch nor a township of it."""
    if not following or following not in _NOT_AFTER_DISTRICT:
        return False
    return not text.startswith(_BRANCHES, end) and not _township_at(text, end, codes, known)


def _candidate(
    text: str, start: int, name: str, is_start: bytes | None, known: Gazetteer, before: list[Candidate]
) -> Candidate | None:
    end = start + len(name)
    form, codes = _meaning(name, known)
    if is_start is None:
        return Candidate(start, end, name, form, codes, True)
    follows = bool(before) and before[-1].end == start
    opens = bool(is_start[start]) or follows
    following = text[end : end + 1]
    if _OTHER_WORDS.match(text, start) or text[max(0, start - 1) : start] in _NOT_BEFORE:
        return None
    if form == SHORT:
        opens = opens or (text[start - 1] in _WHERETO and _is_told(text, codes, known))
        if _NOT_AFTER_SHORT.match(text, end) or _UNKNOWN_DIVISION.match(text, end):
            return None
        closes = bool(is_start[end]) or following in "市县区省州人籍" or _goes_on(text, end, codes, known)
        return Candidate(start, end, name, form, codes, opens and closes) if opens else None
    if name[-1] == "区" and _is_no_district(text, end, following, codes, known):
        return None
    if name[-1] in "市县" and following in "民场级域价" and following and not is_start[end]:
        return None
    if len(name) == 2 and not (opens and is_start[end]):
        return None
    if not opens and form == FULL and text[start - 1] in _BEFORE_FULL_NAME:
        opens = True  # the segmenter knows no 柯桥区 and makes one word of 今柯桥区
    if not opens and not (len(name) >= 4 and form == FULL):
        return None
    return Candidate(start, end, name, form, codes, opens)


def _goes_on(text: str, at: int, codes: tuple[str, ...], known: Gazetteer) -> bool:
    """Whether what follows shows that a name ends at ``at`` though the segmenter sees none: 苏州工业园区, 湖南岳阳."""
    if _CLOSES.match(text, at):
        return True
    return any(
        text.startswith(name, at)
        and any(known.is_within(lower, code) for lower in _meaning(name, known)[1] for code in codes)
        for name in known.by_prefix.get(text[at : at + 2], ())
    )


def _township_at(text: str, at: int, codes: tuple[str, ...], known: Gazetteer) -> bool:
    """Whether a township of one of ``codes`` begins at ``at``: 江川区长河街道 names no 区长."""
    return any(text.startswith(tuple(known.townships_by_county.get(code, ())), at) for code in codes)


def _meaning(name: str, known: Gazetteer) -> tuple[str, tuple[str, ...]]:
    codes = known.full.get(name)
    if codes is not None:
        return FULL, codes
    codes = known.short.get(name)
    if codes is not None:
        return SHORT, codes
    return FORMER, known.former[name]
