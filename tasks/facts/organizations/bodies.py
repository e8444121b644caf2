"""Whether a head noun and what stands before it are the name of a body, and where that name begins.

A body counts when it has a name of its own or of its function (区财政局, 镇为民服务中心); a bare 街道, 社区 or 物业 does
not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tasks.facts.organizations.fields_of_work import department_start, is_function
from tasks.facts.organizations.links import last_name
from tasks.facts.organizations.own_names import (
    LEVELS,
    ZONES,
    bounded_stem,
    is_glued_level,
    is_own_name,
    name_start,
    stands_clear,
)
from tasks.facts.organizations.sorts import is_sort
from tasks.facts.text.reading import Reading
from tasks.lexicon.body_heads import Head, words
from tasks.lexicon.characters import FIRST_HAN, LAST_HAN, pattern_of
from tasks.lexicon.names import words as names
from tasks.lexicon.word_lists import words_for
from tasks.records import BodyKind, PlaceMention

# What the name of a body has before its place: 共青团|青石县委, 国网|青石县供电公司.
_BEFORE_PLACE = pattern_of(
    r"(?:共青团|空军|海军|陆军|公安|中共|中国共产党|武警|九三学社|民[盟革建进]|农工党|致公党|"
    r"中车|中铁|中建|中交|华润|国药|第[[:one_to_ten:]]{1,3}师|国网|国家电网|中国(?:移动|电信|联通|邮政|银行)|(?:工商|农业|建设)银行"
    r"|中石化|中石油|(?:农发|农商|邮储|国开|[农工建中交招])行|农信社)$"
)
TOGETHER = ("会同", "会商", "会见")  # behind 委 no 委员会
_OWN_BODIES = frozenset(("中心", "局", "院", "公司", "学校", "集团", "协会", "合作社", "医院", "企业", "机关", "厂"))
_ALLIANCES = ("联盟", "融合体", "联合体", "共同体")
_MADE_OF_IT = ("平台", "体系", "机制", "制度", "模式", "建设", "工作", "行动")
_ZONE_OFFICE = re.compile("[管执]委会")
_COUNTED = pattern_of(r"(?:共?有|达到?|增至)?[\d一二两三四五六七八九十百余多]+[余多]?[个家支所座](?![[:han:]])")
_BEFORE_MANY = tuple("全各个所家级每两多")
BRANCHES = ("分公司", "支公司", "分行", "支行", "营业部", "项目部", "供电所", "分校", "分院")
_PARTY_LETTERS = ("委", "委员会")
# Of societies that stand behind a level, those that firms and schools have none of.
_OF_LEVELS_ALONE = frozenset(
    (*_PARTY_LETTERS, "供销社", "侨联", "关工委", "台联", "妇女联合会", "工商业联合会", "工商联", "总工会", "慈善总会")
) | {"文联", "残疾人联合会", "残联", "法学会", "消协", "作协"}
_LEVELS_BY_END = {end: tuple(level for level in LEVELS if level[-1] == end) for end in {level[-1] for level in LEVELS}}


@dataclass(slots=True)
class Body:
    start: int
    end: int
    stem_start: int
    kind: BodyKind
    rule: str
    place: PlaceMention | None
    level: str
    stem_end: int = 0


def body_at(
    reading: Reading,
    head: Head,
    at: int,
    end: int,
    place_by_end: dict[int, PlaceMention],
) -> Body | None:
    """The body that ends in ``head`` at ``at:end``, None where it names none: its stem, what stands before that, and
    what speaks against it are asked one after another."""
    text = reading.text
    place = place_by_end.get(at)
    is_office = head.text == "办" and _is_office(reading, at)
    if _is_no_head(reading, head, at, end, place, is_office=is_office):
        return None
    stem = department_start(text, at) if is_office else _stem_of(reading, head, at, place, place_by_end)
    if stem is None or (head.text == "中心" and _is_any_center(reading, stem, at, place_by_end)):
        return None
    if head.text.endswith(_ALLIANCES) and text.startswith(_MADE_OF_IT, end):
        return None  # 某某联盟平台, 某某联盟机制: what it runs on, not who it is
    start, level, place = _start_of(reading, head, stem, end, place_by_end)
    if _is_no_body(text, head, start, stem, at, end, place, level):
        return None
    if place is None and not level and is_sort(reading, head, start, at):
        return None
    return _as_named(reading, head, start, stem, at, end, place, level)


def _is_no_head(
    reading: Reading, head: Head, at: int, end: int, place: PlaceMention | None, *, is_office: bool
) -> bool:
    """Whether what looks like ``head`` is another word, or stands where it names nobody."""
    text = reading.text
    if head.text == "公司" and text[at - 1] == "子":
        return True  # 某证券子公司: whose, not which
    if head.text == "委员会" and head.rule == "stem" and department_start(text, at) == at:
        return True  # 某市城市管理委员会, but 石桥镇委员会
    if head.text in ("办事处", "办") and not is_office and (place is None or place.level != "township"):
        return True
    if head.text not in _PARTY_LETTERS or head.rule != "level":
        return False
    if text[end : end + 1] in ("员", "派", "托", "任", "屈") or text[at - 1] not in "省市区县州旗":
        return True
    if text[end : end + 1] == "会" and not text.startswith(TOGETHER, end):
        return True  # 县委|会同, but 县委会
    return head.text == "委" and not reading.words.is_start[end] and place is None


def _stem_of(
    reading: Reading, head: Head, at: int, place: PlaceMention | None, place_by_end: dict[int, PlaceMention]
) -> int | None:
    """Where the field of work or own name before ``at`` begins, ``at`` where there is none; None where one is
    wanted."""
    text = reading.text
    if place is None and head.rule != "level":
        stem = department_start(text, at) if head.rule == "stem" else at
        if stem < at and stem not in place_by_end and not text.startswith(LEVELS, stem - 1):
            stem = min(stem, bounded_stem(reading, at, place_by_end))
        if stem == at and head.rule == "stem":
            stem = bounded_stem(reading, at, place_by_end)
        if stem == at:
            stem = name_start(reading, at, place_by_end, head)
            stem = at if text[stem:at] in LEVELS else stem  # 报|镇|司法所
        if stem == at and head.kind in ("social", "school", "hospital"):
            stem = _field_start(reading, at, place_by_end)
        if stem == at and department_start(text, at) in place_by_end:
            stem = department_start(text, at)  # 河南省|扶贫|基金会
        return min(stem, _community_work_start(reading, at, place_by_end)) if head.text in _FOR_COMMUNITIES else stem
    is_behind_level = text.startswith(LEVELS, at - 1) or text.startswith(("街道", "社区", "小区"), at - 2)
    if place is None and not is_behind_level and not text.endswith(ZONES, 0, at):
        stem = at
        if head.kind in ("party", "community", "social") and head.text not in _OF_LEVELS_ALONE:
            stem = name_start(reading, at, place_by_end, head)
        return None if stem == at else stem
    return at


def _field_start(reading: Reading, at: int, place_by_end: dict[int, PlaceMention]) -> int:
    """Where what a school or a society is for begins, right behind its place or level (区|教师进修|学院, 旗|摔跤|协会).

    ``at`` where none does, or where a verb there founds or does something (县里|成立|协会).
    """
    stem = bounded_stem(reading, at, place_by_end)
    words = reading.words
    pieces = words.texts[words.index_of(stem) : words.index_of(at - 1) + 1] if stem < at else []
    verbs = words_for("boundary_words", "founding") | words_for("boundary_words", "phrase")
    return at if any(piece in verbs for piece in pieces) else stem


_FOR_COMMUNITIES = ("中心", "基金会", "促进会", "服务中心", "发展中心", "促进中心")
_COMMUNITY_WORK = re.compile("社区(?:发展|营造|公益|治理|教育)?(?:服务|促进)?$")


def _community_work_start(reading: Reading, at: int, place_by_end: dict[int, PlaceMention]) -> int:
    """Where the own name of a society for communities begins (青禾|社区发展|中心), ``at`` where none stands clear."""
    text = reading.text
    work = _COMMUNITY_WORK.search(text, max(0, at - 8), at)
    if work is None:
        return at
    starts = range(work.start() - 2, max(-1, work.start() - 7), -1)
    start = next((start for start in starts if start in place_by_end or stands_clear(text, start)), at)
    return at if reading.words.tags[reading.words.index_of(start)] == "v" else start  # 成立|社区公益基金会


def _is_any_center(reading: Reading, stem: int, at: int, place_by_end: dict[int, PlaceMention]) -> bool:
    """Whether a 中心 has no field of work before it that stands clear: it may be the centre of anything."""
    if reading.text[stem:at] in words_for("bodies/departments", "field") or "社区" in reading.text[stem + 2 : at]:
        return False
    return stem == at or stem != bounded_stem(reading, at, place_by_end)


def _start_of(
    reading: Reading, head: Head, stem: int, end: int, place_by_end: dict[int, PlaceMention]
) -> tuple[int, str, PlaceMention | None]:
    """Where the body begins whose stem begins at ``stem``, the bare level before it, and its place."""
    text = reading.text
    start, level = stem, ""
    place = place_by_end.get(start)
    if place is None:
        start, level = _behind_level(reading, stem)
        if level and start < stem:
            place = place_by_end.get(start) if _is_cut_at(reading, start, level) else None
    if place is None and level == "区" and _ZONE_OFFICE.search(text, start, end) is not None:
        zone = name_start(reading, start, place_by_end, head)
        if start - zone > 1:
            start, level = zone, ""  # 横琴粤澳深度合作|区|执委会
    if place is None and level in ("", "区") and text[stem - 1] in "区城" and text.endswith(ZONES, 0, stem):
        level = next(zone for zone in ZONES if text.endswith(zone, 0, stem))
        start = stem - len(level)
        zone = name_start(reading, start, place_by_end, head)
        start = zone if start - zone > 1 else start  # 天鹅洲|开发区|管委会
        place = place_by_end.get(start)
    if (
        place is None
        and text[start - 1 : start] == "批"
        and (batch := _BATCH.search(text, start - 5, start)) is not None
    ):
        start = batch.start()  # 广东省|第九批|援藏工作队
        place = place_by_end.get(start)
    if place is None and not level and stem < end and text.startswith("国家", start - 2) and start > 1:
        start -= 2  # 国家|旅游局
    if place is None and not level and head.kind == "enterprise":
        start, place = _behind_transcription(text, start, place_by_end)
    if place is not None and place.surface[0] in _WHOSE[head.rule == "name"]:
        start, place = place.end_char, None  # 全省组织部长会议, 全市公立医院: all of them, none by name
    if place is not None:
        start = _start_at_place(reading, head, place, place_by_end)
    return start, level, place


def _behind_transcription(
    text: str, start: int, place_by_end: dict[int, PlaceMention]
) -> tuple[int, PlaceMention | None]:
    """Where a firm begins whose name is in transcription behind its place: 甘南州|扎尕那|旅游公司."""
    table = names("transcription_characters") | names("home_transcription")
    for at in range(start - 2, max(start - 5, 0), -1):
        place = place_by_end.get(at)
        if place is not None and table.issuperset(text[at:start]):
            return at, place
    return start, None


_WHOSE = ("全", "全我本该")  # before a body by its level (我县财政局), and before one with a name (我县|青禾公司)
_PARTS_OF_TOWN = ("东区", "西区", "南区", "北区", "中区")
_QUARTERS = frozenset("城校厂库片景园")
_BATCH = pattern_of("第[[:one_to_ten:]\\d]{1,3}批$")


def _is_cut_at(reading: Reading, start: int, level: str) -> bool:
    return bool(reading.words.is_start[start]) or is_glued_level(reading, start, level)


def _behind_level(reading: Reading, stem: int) -> tuple[int, str]:
    """Where the bare level before ``stem`` begins and which it is; ``stem`` and nothing where there is none."""
    text = reading.text
    for level in _LEVELS_BY_END.get(text[stem - 1 : stem], ()):
        start = stem - len(level)
        if level == "区" and text[start - 1 : start] in _QUARTERS:
            break  # 老城区|社区物业
        if start >= 0 and text.startswith(level, start):
            is_level = _is_cut_at(reading, start, level) or stands_clear(text, start)
            if level == "街道" and text[start - 2 : start] in _PARTS_OF_TOWN:
                return start - 2, level  # 东区|街道|幼儿园, where no place is read
            return (start, level) if is_level else (stem, "")
    return stem, ""


def _start_at_place(reading: Reading, head: Head, place: PlaceMention, place_by_end: dict[int, PlaceMention]) -> int:
    """Where a body begins that ``place`` stands in front of: with it, its last name, or what is before it."""
    text, start = reading.text, place.start_char
    if place.level in ("township", "community", "village") and head.rule == "level":
        last = last_name(place.place_name, place.level)
        if place.surface.endswith(last):
            start = place.end_char - len(last)  # 石桥街道党工委 of 义乌市石桥街道党工委
    while head.rule == "name" and (outer := place_by_end.get(start)) is not None:
        start = outer.start_char  # 甘肃|钢城|职业技术学院
    if (
        head.text in BRANCHES
        and start > 0
        and FIRST_HAN <= text[start - 1] <= LAST_HAN
        and text[start - 1] not in "司团行社"
    ):
        whole = name_start(reading, start, place_by_end, head)  # 太平洋保险|盐城|支公司
        start = whole if start - whole > 2 else start
    before = _BEFORE_PLACE.search(text, start - 6, start)
    return start if before is None else before.start()


def _is_no_body(
    text: str, head: Head, start: int, stem: int, at: int, end: int, place: PlaceMention | None, level: str
) -> bool:
    """Whether what stands around ``start:end`` makes something else of it."""
    if (
        place is None
        and level
        and (text[start - 1 : start] in _BEFORE_MANY or (level == "街道" and text[start - 1 : start] == "、"))
    ):
        return True
    if place is None and (_is_any(text[start - 1 : start], head, level) or text[start] == "各"):
        return True
    if place is not None and text[place.end_char] == "内" and stem == place.end_char:
        return True  # 某市|内大中小学
    if text.endswith(("大厅", "客厅", "餐厅", "展厅", "会议厅"), start, end):
        return True
    if head.text == "办公室" and place is not None and place.level in ("community", "village"):
        return True
    if text[end : end + 1] == "”" and "“" in text[max(0, start - 3) : start] and place is None:
        return True  # “道德银行” is no bank
    if _COUNTED.match(text, end) is not None:
        return True  # 企业党支部34个
    if head.text == "民宿" and start < at and place is not None and stem == at:
        return True  # 柳溪村民宿: any of the village
    if head.text == "物业" and text[end : end + 1] in ("科", "处", "股", "室", "站"):
        return True  # 县住建局|物业科
    if text[end : end + 1] in ("门", "分", "队", "位") and head.text.endswith("部"):
        return True  # 党委宣传部门, 人大常委会组织部分代表
    # 建设党群服务中心: they build one
    return text[stem:at] == "建设" and head.text.endswith(("中心", "站"))


def _is_any(before: str, head: Head, level: str) -> bool:
    """Whether a body without a place is any of its kind, by what stands before: 北京一公安局, 部属各高等学校党委."""
    is_untold = not level and head.kind == "government"
    if before == "各" or (before == "个" and not level):
        return True  # 批了一个社会工作站
    return is_untold and (before in ("一", "某") or head.text == "领导小组办公室")


_BOUNDING = frozenset((*ZONES, "省", "市", "区", "县", "旗", "州", "镇", "乡"))


def _bounds(level: str, *, is_by_function: bool) -> bool:
    """Whether a bare level before a body tells which it is: 县财政局, 高新区财政局; of a street what it has by function."""
    return level in _BOUNDING or (level == "街道" and is_by_function)


def _is_of_any_street(noun: str, head: Head) -> bool:
    """Whether a bare noun behind 街道 names nobody; committees and unions are those of the street spoken of."""
    return noun in words("bare") and head.text not in ("党工委", "办事处") and head.kind != "social"


def _as_named(
    reading: Reading, head: Head, start: int, stem: int, at: int, end: int, place: PlaceMention | None, level: str
) -> Body | None:
    """The body at ``start:end`` if place, level, field of work or own name tell which one it is."""
    text = reading.text
    is_by_function = is_function(head.text)
    if place is None:
        surface = text[start:end]
        if surface in words("bare") or (surface == head.text and not is_by_function) or level == "小区":
            return None
        if level in ("社区", "村"):
            is_its = stem == at and _is_of_the_village(text, start, end)
            return Body(start, end, stem, head.kind, head.rule, None, level) if is_its else None
        if level == "街道" and _is_of_any_street(text[start + len(level) : end], head):
            return None
        if stem == at and not level:
            return Body(start, end, stem, head.kind, head.rule, place, level) if is_by_function else None
        if head.rule == "name" and not level and text[start - 1 : start] in ("家", "个", "支"):
            return None  # 几家香菇合作社
        if not level and head.kind == "party" and text[stem:at] in _OWN_BODIES:
            return Body(start, end, stem, head.kind, "own", None, "", at)
    bounded = place is not None or _bounds(level, is_by_function=is_by_function)
    if not bounded and not (head.rule == "stem" and text[stem:at] in words_for("bodies/departments", "field")):
        if head.rule == "stem" and head.text in ("局", "厅", "分局", "管理处", "办公室", "研究室"):
            return None  # 餐厅, 大结局
        if (head.rule != "level" or stem < at) and not is_own_name(reading, stem, at, head):
            return None
    return Body(start, end, stem, head.kind, head.rule, place, level)


_OF_VILLAGES = ("党委", "党总支", "党支部", "党群服务中心", "党建服务中心", "监督委员会", "监委会", "调解委员会")


def _is_of_the_village(text: str, start: int, end: int) -> bool:
    """Whether a body is the one of the village or the community spoken of (社区党群服务中心): not one of many, nor all of
    them."""
    if not text.endswith(_OF_VILLAGES, start, end):
        return False
    return text[start - 1 : start] not in _BEFORE_MANY and text[end : end + 2] not in ("之间", "成员")


def _is_office(reading: Reading, at: int) -> bool:
    """Whether a field of work behind a level or a place stands before 办 (镇统战办, 县综治办)."""
    stem = department_start(reading.text, at)
    text = reading.text
    is_led = text.startswith(_WITH_OFFICES, stem - 1) or (text[stem - 1] == "委" and text[stem - 2] in "省市区县旗州盟")
    return stem < at and is_led and bool(reading.words.is_start[at + 1])


_WITH_OFFICES = ("镇", "乡", "道", "县", "区", "市", "旗", "省", "州")
