"""Organisations of an article, found by the last word of their names and what stands before it.

A body counts when it has a name of its own or of its function (区财政局, 镇为民服务中心); a bare 街道, 社区 or 物业 does
not. A body inside a person's post counts only with its place name.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache

import rjieba

from tasks.facts.bodies.heads import Head, heads_by_last_character, words
from tasks.facts.gazetteer import gazetteer
from tasks.facts.names.posts import post_starting_at
from tasks.facts.places import PlaceReading
from tasks.facts.readings import Reading
from tasks.records import OrganizationMention, PlaceMention

_LEVELS = ("街道", "社区", "小区", "省", "市", "区", "县", "旗", "州", "盟", "镇", "乡", "村")
_LONGEST_NAME = 16
_NAME_TAGS = frozenset(
    ("n", "ns", "nr", "nz", "nt", "j", "ng", "b", "vn", "l", "i", "nrt", "nrfg", "zg", "g", "an", "s", "eng", "x", "m")
)
_HAN = re.compile(r"[\u4e00-\u9fffA-Za-z0-9]+$")
_FUNCTION_TAGS = frozenset(("p", "c", "uj", "ul", "r", "d", "u", "m", "t"))
_STOP_CHARS = frozenset(
    "在到从的了和与及由对为把被将各该全本某每等是有向往去至进入出回离让使给比按据以于而且或但并又也都就还只才已曾再更很最较"
    "因所其之者这那哪几名位户条项次件年月日时第约近余超达共计驻派赴访来住率请找看见说称指谈听问叫像用当则若如个家支着过地得类种批组"
)
_BEFORE_MANY = tuple("全各个所家级每两多")
_PARTY_LETTERS = ("委", "委员会")


@dataclass(slots=True)
class _Body:
    start: int
    end: int
    stem_start: int
    kind: str
    rule: str
    place: PlaceMention | None
    level: str


@cache
def _ends() -> re.Pattern[str]:
    return re.compile("[" + "".join(sorted(heads_by_last_character())) + "]")


def read_organizations(reading: Reading, places: PlaceReading) -> tuple[OrganizationMention, ...]:
    """Mentions of organisations in order; ``name`` is the fullest form the article gives.

    >>> from tasks.facts.places import read_places
    >>> reading = Reading("义乌市财政局和云帆商贸公司签约。财政局出了钱。")
    >>> [(m.surface, m.name, m.kind) for m in read_organizations(reading, read_places(reading))]
    [('义乌市财政局', '义乌市财政局', 'government'), ('云帆商贸公司', '云帆商贸公司', 'enterprise'), ('财政局', '义乌市财政局', 'government')]
    """
    bodies = _find(reading, places)
    return _named(reading, places, bodies)


def _find(reading: Reading, places: PlaceReading) -> list[_Body]:
    text, is_start = reading.text, reading.words.is_start
    place_by_end = {mention.end_char: mention for mention in places.mentions}
    place_spans = [(mention.start_char, mention.end_char) for mention in places.mentions]
    heads = heads_by_last_character()
    found: list[_Body] = []
    for match in _ends().finditer(text):
        end = match.end()
        for head in heads[match.group()]:
            start = end - len(head.text)
            if start < 0 or not text.startswith(head.text, start):
                continue
            if head.rule == "whole":
                found.append(_Body(start, end, start, head.kind, head.rule, None, ""))
                break
            if start < 1:
                continue
            if not is_start[end] and len(head.text) < 3 and head.text not in _PARTY_LETTERS:
                continue
            if text[end : end + 1] == "会" and head.text.endswith("委"):
                continue
            body = _body(reading, head, start, end, place_by_end, place_spans)
            if body is not None:
                found.append(body)
                break
    found.sort(key=lambda body: (body.start, -body.end))
    kept: list[_Body] = []
    for body in found:
        if kept and body.kind == "school" == kept[-1].kind and _is_faculty(text, kept[-1].end, body):
            kept[-1].end = body.end
            continue
        if kept and body.start < kept[-1].end:
            if body.end > kept[-1].end and body.start <= kept[-1].stem_start:
                kept[-1] = body
            continue
        kept.append(body)
    return [body for body in kept if not _only_in_a_post(text, body)]


def _is_faculty(text: str, end: int, body: _Body) -> bool:
    """Whether ``body`` is a faculty of the school that ends shortly before it (某大学政治与公共管理学院)."""
    between = text[end : body.start]
    return body.place is None and 0 < len(between) <= 8 and not any(mark in between for mark in "，。、；：的在和")


def _body(
    reading: Reading,
    head: Head,
    at: int,
    end: int,
    place_by_end: dict[int, PlaceMention],
    place_spans: list[tuple[int, int]],
) -> _Body | None:
    text = reading.text
    place = place_by_end.get(at)
    if head.text in ("办", "办事处") and (place is None or place.level != "township"):
        return None
    if head.text in _PARTY_LETTERS:
        if text[end : end + 1] in ("员", "会", "派", "托", "任", "屈") or text[at - 1] not in "省市区县州旗":
            return None
        if head.text == "委" and not reading.words.is_start[end] and place is None:
            return None
    stem = at
    if place is None and head.rule != "level":
        stem = _department_start(text, at) if head.rule == "stem" else at
        if stem == at:
            stem = _name_start(reading, at, place_by_end, place_spans, head)
    elif (
        place is None and not text.startswith(_LEVELS, at - 1) and not text.startswith(("街道", "社区", "小区"), at - 2)
    ):
        if head.kind == "party" and head.text not in _PARTY_LETTERS:
            stem = _name_start(reading, at, place_by_end, place_spans, head)
        if stem == at:
            return None
    start, level = stem, ""
    place = place_by_end.get(start)
    if place is None:
        for candidate in _LEVELS:
            if text.startswith(candidate, start - len(candidate)) and start >= len(candidate):
                level = candidate
                break
        if level and reading.words.is_start[start - len(level)]:
            start -= len(level)
            place = place_by_end.get(start)
        elif level and _joins(text, start - len(level)):
            start -= len(level)
        else:
            level = ""
    if place is not None and place.surface[0] == "全":
        start, place = place.end_char, None  # 全省组织部长会议, 全市公立医院: all of them, none by name
    if place is not None:
        start = place.start_char
    if (
        place is None
        and level
        and (text[start - 1 : start] in _BEFORE_MANY or (level == "街道" and text[start - 1 : start] == "、"))
    ):
        return None
    if text.endswith(("大厅", "客厅", "餐厅", "展厅", "会议厅"), start, end):
        return None
    if head.text == "办公室" and place is not None and place.level in ("community", "village"):
        return None
    surface = text[start:end]
    is_function = _is_function(head.text)
    if place is None and (surface in words("bare") or (surface == head.text and not is_function)):
        return None
    if place is None and level in ("社区", "小区", "村"):
        return None
    if (
        place is None
        and level == "街道"
        and text[start + len(level) : end] in words("bare")
        and head.text not in ("党工委", "办事处")
    ):
        return None
    if place is None and stem == at and not level:
        return _Body(start, end, stem, head.kind, head.rule, place, level) if is_function else None
    if head.rule == "name" and place is None and not level and text[start - 1 : start] in ("家", "个", "支"):
        return None  # 几家香菇合作社
    bounded = place is not None or level in ("省", "市", "区", "县", "旗", "州", "镇", "乡")
    if not bounded and not (head.rule == "stem" and text[stem:at] in words("departments")):
        if head.rule == "stem" and len(head.text) <= 3:
            return None  # 餐厅, 大结局
        if (head.rule != "level" or stem < at) and not _is_own_name(reading, stem, at, head):
            return None
    return _Body(start, end, stem, head.kind, head.rule, place, level)


@cache
def _is_function(head: str) -> bool:
    """Whether the head names a function by itself (派出所, 环卫所, 供热中心)."""
    stems = words("departments")
    return any(
        head.endswith(tail) and head[: -len(tail)] in stems for tail in ("局", "所", "委", "站", "办", "大队", "支队")
    ) or head in (
        "派出所",
        "供热中心",
        "疾控中心",
        "综治中心",
        "便民服务中心",
        "政务服务中心",
        "行政服务中心",
        "社保中心",
        "矛调中心",
        "交警大队",
    )


def _joins(text: str, start: int) -> bool:
    return start == 0 or text[start - 1] in "，。、；：“”（）\n和与及由在到向对被从为经据"


def _department_start(text: str, at: int) -> int:
    table = words("departments")
    for length in range(min(13, at), 1, -1):
        if text[at - length : at] in table:
            return at - length
    return at


def _name_start(
    reading: Reading,
    at: int,
    place_by_end: dict[int, PlaceMention],
    place_spans: list[tuple[int, int]],
    head: Head,
) -> int:
    """Walk back over the words that belong to the name that ends in ``head``."""
    text, tagged = reading.text, reading.words
    if text[at - 1] in "”》":
        opening = text.rfind("“" if text[at - 1] == "”" else "《", max(0, at - 14), at)
        is_name = opening >= 0 and not any(mark in text[opening:at] for mark in "，。！？；：")
        return opening if is_name else at
    start = at
    index = tagged.index_of(at - 1)
    while index >= 0 and at - tagged.starts[index] <= _LONGEST_NAME:
        word_start, tag = tagged.starts[index], tagged.tags[index]
        if start in place_by_end and start < at:
            break
        piece = text[word_start:start]
        cut = max(piece.rfind(char) for char in "由在到从把被的了给让") + 1
        if cut:
            if cut < len(piece) and piece[cut:] not in _LEVELS:
                start = word_start + cut
            break
        if not _HAN.match(piece) or piece in words("not_part"):
            break
        if tag not in _NAME_TAGS and piece not in words("working_words"):
            known = rjieba.has_word(piece)
            # 扬帆制药 and 步高集团 are names though their first words are verbs; 成立公司 and 依托联盟 are none.
            is_trade = head.kind in ("enterprise", "school", "hospital") and head.text not in words("bare")
            if (
                known
                and len(piece) > 1
                and not (start == at and len(piece) == 2 and tag in ("v", "a", "ad", "d") and is_trade)
            ):
                break
            if not known and len(piece) > 1 and tag in _FUNCTION_TAGS:
                break
            if piece in ("中", "里", "内", "下") and tag == "f":
                break  # 联盟中的社团
            if len(piece) == 1 and (
                piece in _STOP_CHARS or (start == at and head.text in words("bare") and known and tag == "v")
            ):
                break
        if tag in ("m", "mq", "q") and piece not in ("第一", "第二", "第三", "八一", "九三"):
            break
        if piece in _LEVELS or piece[0] in "不没很要" or "不" in piece:
            break
        start = word_start
        index -= 1
    return start


def _is_own_name(reading: Reading, stem: int, at: int, head: Head) -> bool:
    """Whether the words before the head make a name rather than a common noun (物业公司, 上市公司, 律师协会)."""
    tagged, text = reading.words, reading.text
    if at - stem < 2:
        return False
    if text[stem] in "“《":
        return True
    trades = words("trades")
    index = tagged.index_of(stem)
    while index < len(tagged.starts) and tagged.starts[index] < at:
        piece = text[max(stem, tagged.starts[index]) : min(at, tagged.starts[index] + len(tagged.texts[index]))]
        if piece not in trades and piece not in words("working_words"):
            return True
        index += 1
    return head.text.endswith("队") or at - stem >= 6


def _only_in_a_post(text: str, body: _Body) -> bool:
    """Whether the body only qualifies a person's post and carries no place name of its own."""
    if body.place is not None or body.rule in ("name", "whole"):
        return False
    after = post_starting_at(text, body.end)
    if after is None:
        for prefix in ("常务副", "副", "党委", "党组", "第一", "原", "党支部", "党总支"):
            if text.startswith(prefix, body.end):
                after = post_starting_at(text, body.end + len(prefix))
                break
    return after is not None


def _named(reading: Reading, places: PlaceReading, bodies: list[_Body]) -> tuple[OrganizationMention, ...]:
    """Give each mention the fullest form of its name in the article."""
    text = reading.text
    surfaces = sorted({text[body.start : body.end] for body in bodies}, key=lambda surface: (-len(surface), surface))
    mentions = []
    for body in bodies:
        surface = text[body.start : body.end]
        name = surface
        if body.place is None:
            name = next((s for s in surfaces if len(s) > len(surface) and s.endswith(surface)), surface)
            if name == surface and body.level:
                name = _of_level(surface, body, places)
        elif body.place is not None and body.kind in ("party", "government"):
            name = next((s for s in surfaces if len(s) > len(surface) and s.endswith(surface)), surface)
        adcode = (body.place.adcode if body.place else None) or places.adcode_at(body.start)
        mentions.append(OrganizationMention(body.start, body.end, surface, name, body.kind, adcode))
    return tuple(mentions)


def _of_level(surface: str, body: _Body, places: PlaceReading) -> str:
    """区委 in an article about 临平区 is 临平区委: the last place of that level lends its name."""
    mentions = places.mentions
    if len({m.place_name for m in mentions if m.place_name.endswith(body.level)}) > 1 and len(body.level) > 1:
        return surface
    index = bisect_right(mentions, body.start, key=lambda mention: mention.start_char)
    for mention in (*reversed(mentions[:index]), *mentions[index:]):
        if mention.place_name.endswith(body.level):
            last = _last_name(mention.place_name, mention.level)
            return last + surface[len(body.level) :]
    main = places.scene.main_county or places.scene.main_city
    if main is not None:
        division = gazetteer().by_code[main]
        if division.name.endswith(body.level):
            return division.name + surface[len(body.level) :]
    return surface


def _last_name(place_name: str, level: str) -> str:
    """The last link of a chain: 石桥镇 of 浙江省金华市义乌市石桥镇."""
    if level == "province":
        return place_name
    match = re.search(
        r"(?:省|自治区|市|州|盟|地区|区|县|旗|镇|乡|街道)(?P<last>[^省市县旗]{1,8}?(?:市|区|县|旗|州|盟|镇|乡|街道|社区|村))$",
        place_name,
    )
    return match["last"] if match else place_name
