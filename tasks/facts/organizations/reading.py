"""Organisations of an article, found by the last word of their names and what stands before it.

A body counts when it has a name of its own or of its function (区财政局, 镇为民服务中心); a bare 街道, 社区 or 物业 does
not. A body inside a person's post counts only with its place name.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from tasks.facts.organizations.own_names import (
    LEVELS,
    bounded_stem,
    department_start,
    is_function,
    is_own_name,
    last_name,
    name_start,
    stands_clear,
)
from tasks.facts.organizations.unheaded import unheaded_organizations
from tasks.facts.places.reading import PlaceReading
from tasks.facts.text.reading import Reading
from tasks.lexicon.body_heads import Head, heads_by_ending, words
from tasks.lexicon.gazetteer import gazetteer
from tasks.lexicon.posts import post_starting_at
from tasks.records import (
    BodyKind,
    OrganizationMention,
    PlaceMention,
)

_BEFORE_PLACE = re.compile(
    r"(?:共青团|中共|国网|国家电网|中国(?:移动|电信|联通|邮政|银行)|(?:工商|农业|建设)银行|中石化|中石油)$"
)
# 某区市场监督管理局石桥所: the branch of a bureau that its own place names.
_BRANCH = re.compile(r"(?<=局)[\u4e00-\u9fff]{2,3}?(?:所|分局|中队)(?=[的民队工负所、，。和及在与也])(?<!的所)")
_CITED = re.compile(r"《[^《》\n]{2,60}》")
_OWN_BODIES = frozenset(("中心", "局", "院", "公司", "学校", "集团", "协会", "合作社", "医院", "企业", "机关", "厂"))
_ALLIANCES = ("联盟", "融合体", "联合体", "共同体")
_MADE_OF_IT = ("平台", "体系", "机制", "制度", "模式", "建设", "工作", "行动")
_BEFORE_MANY = tuple("全各个所家级每两多")
_SPOKEN_OF = 160  # characters: a paragraph, behind which another street may be meant
_PARTY_LETTERS = ("委", "委员会")


@dataclass(slots=True)
class _Body:
    start: int
    end: int
    stem_start: int
    kind: BodyKind
    rule: str
    place: PlaceMention | None
    level: str
    stem_end: int = 0


_Heads = dict[str, tuple[Head, ...]]


@cache
def _heads_by_length() -> dict[str, tuple[tuple[int, _Heads], ...]]:
    """By ending and by length, longest first, the heads by their text: a look-up for each length instead of a test of each."""
    return {
        ending: tuple(
            (length, {text: tuple(own) for text, own in groupby(heads_of_length, key=lambda head: head.text)})
            for length, heads_of_length in groupby(heads, key=lambda head: len(head.text))
        )
        for ending, heads in heads_by_ending().items()
    }


def _heads_ending_at(text: str, end: int) -> list[Head]:
    """The heads that end at ``end``, longest first."""
    by_length = _heads_by_length()
    found: list[Head] = []
    for ending in (text[max(0, end - 2) : end], text[end - 1]):
        for length, heads in by_length.get(ending, ()):
            if length <= end:
                found += heads.get(text[end - length : end], ())
    return found


def read_organizations(reading: Reading, places: PlaceReading) -> tuple[OrganizationMention, ...]:
    """Mentions of organisations in order; ``name`` is the fullest form the article gives.

    >>> from tasks.facts.places.reading import read_places
    >>> reading = Reading("义乌市财政局和云帆商贸公司签约。财政局出了钱。")
    >>> [(m.surface, m.name, m.kind) for m in read_organizations(reading, read_places(reading))]
    [('义乌市财政局', '义乌市财政局', 'government'), ('云帆商贸公司', '云帆商贸公司', 'enterprise'), ('财政局', '义乌市财政局', 'government')]
    """
    bodies = _find(reading, places)
    return unheaded_organizations(reading.text, places, _named(reading, places, bodies))


def _find(reading: Reading, places: PlaceReading) -> list[_Body]:
    text, is_start = reading.text, reading.words.is_start
    place_by_end = {mention.end_char: mention for mention in places.mentions}
    found: list[_Body] = []
    for end in reading.anchors.head_ends:
        longest = 0
        for head in _heads_ending_at(text, end):
            start = end - len(head.text)
            if len(head.text) < longest - 2:
                break  # 文明实践站 of 新时代文明实践站, which was none
            longest = max(longest, len(head.text))
            if head.text.endswith(("人大", "政协")) and text.startswith(("代表", "委员", "常委"), end):
                continue  # 人大代表 is what someone is
            if head.rule == "brand" and not (is_start[start] and is_start[end]):
                continue
            if head.rule in ("whole", "brand"):
                found.append(_Body(start, end, start, head.kind, head.rule, None, ""))
                break
            if start < 1:
                continue
            is_cut = not is_start[end] and len(head.text) < 3 and head.text not in _PARTY_LETTERS
            if is_cut and post_starting_at(text, end) is None:  # 红星社区|党委书记
                continue
            if text[end : end + 1] == "会" and head.text.endswith("委"):
                continue
            body = _body(reading, head, start, end, place_by_end)
            if body is not None:
                found.append(body)
                break
    found.sort(key=lambda body: (body.start, -body.end))
    kept: list[_Body] = []
    for body in found:
        # 中国人民银行义乌市支行, 北禾热力有限公司桦南分公司
        is_branch = bool(kept) and body.place is not None and _has_branch(text, kept[-1], body)
        if kept and body.start == kept[-1].end and (is_branch or body.kind not in ("enterprise", "community")):
            kept[-1].end, kept[-1].kind = body.end, body.kind  # 某区法院石桥法庭, 某局机关党支部
            continue
        if kept and body.kind == "school" == kept[-1].kind and _is_faculty(text, kept[-1].end, body):
            kept[-1].end = body.end
            continue
        if kept and kept[-1].rule == "whole" and body.start < kept[-1].end < body.end:
            kept[-1].end, kept[-1].kind = body.end, body.kind
            continue
        if kept and body.start < kept[-1].end:
            if body.end > kept[-1].end and body.start <= kept[-1].stem_start:
                kept[-1] = body
            continue
        kept.append(body)
    kept = _of_named_bodies(text, kept)
    for body in kept:
        branch = _BRANCH.match(text, body.end) if body.place is not None and body.kind == "government" else None
        if branch is not None:
            body.end = branch.end()
    titles = [match.span() for match in _CITED.finditer(text)] if "《" in text else []
    return [
        body
        for body in kept
        if not _only_in_a_post(text, body) and not any(start < body.start < end for start, end in titles)
    ]


def _of_named_bodies(text: str, bodies: list[_Body]) -> list[_Body]:
    """Without the party branches of what the article names nowhere (中心党支部 where no 中心 has a name)."""
    return [
        body
        for body in bodies
        if body.rule != "own"
        or any(text.endswith(text[body.start : body.stem_end], other.start, other.end) for other in bodies)
    ]


_BRANCHES = ("分公司", "支公司", "分行", "支行", "营业部", "项目部", "供电所", "分校", "分院")


def _has_branch(text: str, whole: _Body, part: _Body) -> bool:
    """Whether ``part``, named by its place alone, is a branch of the firm or the national body right before it."""
    if whole.rule == "whole":
        return True
    return whole.kind == part.kind and text.endswith(_BRANCHES, part.start, part.end)


def _is_faculty(text: str, end: int, body: _Body) -> bool:
    """Whether ``body`` is a faculty of the school that ends shortly before it (某大学政治与公共管理学院)."""
    between = text[end : body.start]
    if body.place is not None or not text.endswith("学院", body.start, body.end):
        return False
    return len(between) <= 8 and not any(mark in between for mark in "，。、；：的在和\n")


def _body(
    reading: Reading,
    head: Head,
    at: int,
    end: int,
    place_by_end: dict[int, PlaceMention],
) -> _Body | None:
    text = reading.text
    place = place_by_end.get(at)
    if head.text == "办事处" and (place is None or place.level != "township"):
        return None
    if head.text == "办" and (place is None or place.level != "township") and not _is_office(reading, at):
        return None
    if head.text in _PARTY_LETTERS:
        if text[end : end + 1] in ("员", "会", "派", "托", "任", "屈") or text[at - 1] not in "省市区县州旗":
            return None
        if head.text == "委" and not reading.words.is_start[end] and place is None:
            return None
    stem = at
    if place is None and head.rule != "level":
        stem = department_start(text, at) if head.rule == "stem" else at
        if stem < at and text[stem - 1 : stem] in ("和", "与"):
            stem = bounded_stem(reading, at, place_by_end) if bounded_stem(reading, at, place_by_end) < stem else stem
        if stem == at and head.rule == "stem":
            stem = bounded_stem(reading, at, place_by_end)
        if stem == at:
            stem = name_start(reading, at, place_by_end, head)
    elif (
        place is None and not text.startswith(LEVELS, at - 1) and not text.startswith(("街道", "社区", "小区"), at - 2)
    ):
        if head.kind in ("party", "community") and head.text not in _PARTY_LETTERS:
            stem = name_start(reading, at, place_by_end, head)
        if stem == at:
            return None
    is_bounded_field = head.rule == "stem" and stem < at and stem == bounded_stem(reading, at, place_by_end)
    if head.text == "中心" and not is_bounded_field:
        return None
    if head.text.endswith(_ALLIANCES) and text.startswith(_MADE_OF_IT, end):
        return None  # 某某联盟平台, 某某联盟机制: what it runs on, not who it is
    start, level = stem, ""
    place = place_by_end.get(start)
    if place is None:
        for candidate in LEVELS:
            if text.startswith(candidate, start - len(candidate)) and start >= len(candidate):
                level = candidate
                break
        if level and reading.words.is_start[start - len(level)]:
            start -= len(level)
            place = place_by_end.get(start)
        elif level and stands_clear(text, start - len(level)):
            start -= len(level)
        else:
            level = ""
    if place is not None and place.surface[0] == "全":
        start, place = place.end_char, None  # 全省组织部长会议, 全市公立医院: all of them, none by name
    if place is not None:
        start = place.start_char
        if place.level in ("township", "community", "village") and head.rule == "level":
            last = last_name(place.place_name, place.level)
            if place.surface.endswith(last):
                start = place.end_char - len(last)  # 石桥街道党工委 of 义乌市石桥街道党工委
        while head.rule == "name" and (outer := place_by_end.get(start)) is not None:
            start = outer.start_char  # 甘肃|钢城|职业技术学院
        before = _BEFORE_PLACE.search(text, max(0, start - 6), start)
        if before is not None:
            start = before.start()
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
    if text[start - 1 : start] == "“" and text[end : end + 1] == "”" and place is None:
        return None  # “道德银行” is no bank
    if text[end : end + 1] == "门" and head.text.endswith("部"):
        return None  # 党委宣传部门
    if text[stem:at] == "建设" and head.text.endswith(("中心", "站")):
        return None  # 建设党群服务中心: they build one
    surface = text[start:end]
    is_by_function = is_function(head.text)
    if place is None and (surface in words("bare") or (surface == head.text and not is_by_function)):
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
        return _Body(start, end, stem, head.kind, head.rule, place, level) if is_by_function else None
    if head.rule == "name" and place is None and not level and text[start - 1 : start] in ("家", "个", "支"):
        return None  # 几家香菇合作社
    if place is None and not level and head.kind == "party" and text[stem:at] in _OWN_BODIES:
        return _Body(start, end, stem, head.kind, "own", None, "", at)
    bounded = place is not None or level in ("省", "市", "区", "县", "旗", "州", "镇", "乡")
    if not bounded and not (head.rule == "stem" and text[stem:at] in words("departments")):
        if head.rule == "stem" and head.text in ("局", "厅", "分局", "管理处", "办公室", "研究室"):
            return None  # 餐厅, 大结局
        if (head.rule != "level" or stem < at) and not is_own_name(reading, stem, at, head):
            return None
    return _Body(start, end, stem, head.kind, head.rule, place, level)


def _is_office(reading: Reading, at: int) -> bool:
    """Whether a field of work behind a level or a place stands before 办 (镇统战办, 县综治办)."""
    stem = department_start(reading.text, at)
    return stem < at and reading.text.startswith(_WITH_OFFICES, stem - 1) and bool(reading.words.is_start[at + 1])


_WITH_OFFICES = ("镇", "乡", "道", "县", "区", "市", "旗", "省", "州")


def _only_in_a_post(text: str, body: _Body) -> bool:
    """Whether the body only qualifies a person's post and carries no place name of its own."""
    if body.place is not None or body.rule in ("name", "whole", "brand"):
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
        if body.rule == "own":
            noun, party = text[body.start : body.stem_end], text[body.stem_end : body.end]
            name = next((s + party for s in surfaces if len(s) > len(noun) and s.endswith(noun)), surface)
        elif body.place is None:
            name = next((s for s in surfaces if len(s) > len(surface) and s.endswith(surface)), surface)
            if body.level and (name == surface or body.level == "街道"):
                name = _of_level(surface, body, places)
            if name == surface and body.level == "街道":
                continue  # 以街道党工委为核心: of no street in particular
        elif body.place is not None and body.kind in ("party", "government"):
            name = next((s for s in surfaces if len(s) > len(surface) and s.endswith(surface)), surface)
        adcode = (body.place.adcode if body.place else None) or places.adcode_at(body.start)
        mentions.append(OrganizationMention(body.start, body.end, surface, name, body.kind, adcode))
    return tuple(mentions)


def _of_level(surface: str, body: _Body, places: PlaceReading) -> str:
    """区委 in an article about 临平区 is 临平区委: the last place of that level lends its name."""
    mentions = places.mentions
    index = bisect_right(mentions, body.start, key=lambda mention: mention.start_char)
    if len({m.place_name for m in mentions if m.place_name.endswith(body.level)}) > 1 and len(body.level) > 1:
        # Of several streets the one just spoken of.
        near = next((m for m in reversed(mentions[:index]) if m.place_name.endswith(body.level)), None)
        is_near = near is not None and body.start - near.end_char <= _SPOKEN_OF
        return last_name(near.place_name, near.level) + surface[len(body.level) :] if near and is_near else surface
    main = places.scene.main_county or places.scene.main_city
    own = gazetteer().by_code[main].name if main is not None else ""
    before = next((m for m in reversed(mentions[:index]) if m.place_name.endswith(body.level)), None)
    if before is None and own.endswith(body.level):
        return own + surface[len(body.level) :]  # before a place that is named later and in passing
    found = before or next((m for m in mentions[index:] if m.place_name.endswith(body.level)), None)
    return surface if found is None else last_name(found.place_name, found.level) + surface[len(body.level) :]
