"""The bodies of a text: every head noun judged, what belongs together joined, what only qualifies a post left out."""

from __future__ import annotations

import re
from functools import cache
from itertools import groupby

from tasks.facts.organizations.bodies import BRANCHES, TOGETHER, Body, body_at
from tasks.facts.organizations.body_starts import (
    begin_behind_former,
    begin_behind_name,
    begin_with_town,
    short_names_of_towns,
)
from tasks.facts.organizations.corps import with_corps
from tasks.facts.organizations.own_names import ZONES
from tasks.facts.places.reading import PlaceReading
from tasks.facts.text.reading import Reading
from tasks.facts.text.traces import note
from tasks.lexicon.body_heads import Head, heads_by_ending
from tasks.lexicon.characters import FIRST_HAN, LAST_HAN, ONE_TO_TEN, pattern_of
from tasks.lexicon.dictionary import is_word
from tasks.lexicon.posts import post_starting_at
from tasks.lexicon.word_lists import words_for
from tasks.records import PlaceMention

# 某区市场监督管理局石桥所, 某县律师协会城关分会: the branch of a body that its own place names.
_BRANCH = pattern_of(
    r"(?:(?<=局)[[:han:]]{2,4}?(?:司法|税务|派出|供电|国土|监管)所|"
    r"(?:(?<=局)[[:han:]]{2,3}?(?:所|分局|中队)|(?<=[局院会司行])[[:han:]]{2,4}?(?:人民法庭|法庭|检察室|分会|支会|分公司|支公司|支行))"
    r"(?=[的民队工负所会庭行经副主、，。和及在与也将]|$))(?<![的和与及由在对向将].所)"
)
_STOPS = frozenset("的和与及由在对向将把被了等")
# 某市公安局|城关分局 may have a brigade of its own behind it.
_SUB_BUREAU = pattern_of("(?<=公安局)[[:han:]]{2,4}?分局")
# 县公安局|森林警察大队: a squad by what it does, in words of the segmenter.
_SQUAD = pattern_of("(?<=[局院])[[:han:]]{2,8}?(?:大队|支队|总队)")
_IN_MARKS = re.compile("“([^“”\n]{2,20})”")  # “爱心超市”, without marks further on
_CITED = re.compile(r"《[^《》\n]{2,60}》")
_PARTY_LETTERS = ("委", "委员会")


# 各地发展改革委 are those of every place, not the national one.
_ALL_OF_THEM = frozenset(("各地", "各级", "各省", "各市", "各县", "各区"))
# What the segmenter joins to a head noun though it is no word with it: 财政|局等.
_GLUED = frozenset("等和与及的将会向为在已对共也")
# What makes a head noun a body's name, by its rule.
_WHAT_STANDS_BEFORE = {
    "level": "a place or a level",
    "stem": "a field of work",
    "name": "a name of its own",
    "whole": "nothing: a national body",
    "brand": "nothing: a firm's brand",
}
_Heads = dict[str, tuple[Head, ...]]


@cache
def _heads_by_length() -> dict[str, tuple[tuple[int, _Heads], ...]]:
    """By ending and by length, longest first, the heads by their text: a look-up for each length instead of a test of
    each."""
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
    of_two, of_one = by_length.get(text[end - 2 if end > 1 else 0 : end]), by_length.get(text[end - 1])
    found: list[Head] = []
    for by_ending in (of_two, of_one):
        if by_ending is not None:
            for length, heads in by_ending:
                if length <= end and (same := heads.get(text[end - length : end])) is not None:
                    found += same
    return found


def find_bodies(reading: Reading, places: PlaceReading) -> list[Body]:
    text = reading.text
    place_by_end = {mention.end_char: mention for mention in places.mentions}
    # 西陵区学院街道 has no 西陵区学院; a zone (苏州工业园区) has bodies that its first words name.
    inside_places = {
        end
        for mention in places.mentions
        if mention.level in ("township", "community", "village")
        for end in range(mention.start_char + 1, mention.end_char)
    }
    short_names = short_names_of_towns(places)
    found: list[Body] = []
    for end in reading.anchors.head_ends:
        ending = _body_ending_at(reading, end, place_by_end, inside_places)
        if ending is None:
            continue
        head, body = ending
        if head.rule not in ("whole", "brand"):
            begin_with_town(text, body, short_names)
            begin_behind_name(reading, body)
        what = f"{head.text} behind {_WHAT_STANDS_BEFORE[head.rule]}"
        note("organization_mentions", body.start, body.end, what)
        found.append(body)
    begin_behind_former(text, found)
    starts = {body.start for body in found}  # 蓬江区|分局 is a body by itself, which is joined later
    for body in found:
        part = None if body.end in starts else _SUB_BUREAU.match(text, body.end)
        if part is not None and _STOPS.isdisjoint(part[0]):
            body.end = part.end()
        elif body.kind == "government" and body.end not in starts:
            body.end = _squad_end(reading, body.end)
    spans = {(body.start, body.end) for body in found}
    kept = _of_named_bodies(text, _joined(text, found))
    _end_with_parts(reading, kept, spans)
    quoted = {match[1] for match in _IN_MARKS.finditer(text)} if "“" in text else set()
    titles = [match.span() for match in _CITED.finditer(text)] if "《" in text else []
    return [
        body
        for body in kept
        if not _only_in_a_post(text, body)
        and (body.place is not None or body.level or text[body.start : body.end] not in quoted)
        and not any(start < body.start < end for start, end in titles)
        and (body.place is not None or text[max(0, body.start - 2) : body.start] not in _ALL_OF_THEM)
    ]


def _body_ending_at(
    reading: Reading, end: int, place_by_end: dict[int, PlaceMention], inside_places: set[int]
) -> tuple[Head, Body] | None:
    """The body that ends at ``end`` and its head, the longest head that names one first."""
    text, is_start = reading.text, reading.words.is_start
    longest = 0
    for head in _heads_ending_at(text, end):
        start = end - len(head.text)
        if head.rule == "stem" and len(head.text) < longest - 2:
            return None  # 文明实践站 of 新时代文明实践站, which was none
        longest = max(longest, len(head.text) if head.rule == "stem" else 0)
        if head.text.endswith(("人大", "政协")) and text.startswith(("代表", "委员", "常委"), end):
            continue  # 人大代表 is what someone is
        if head.rule == "brand" and (not (is_start[start] and is_start[end]) or _is_verb_behind(text, start, end)):
            continue
        if head.rule in ("whole", "brand"):
            if text[end - 1 : end + 1] == "部门":
                continue  # 住建部门 are those of a county
            return head, Body(start, end, start, head.kind, head.rule, None, "")
        if start < 1:
            continue
        is_cut = _is_cut(reading, head, end)
        if is_cut and (head.kind not in ("party", "school", "social") or post_starting_at(text, end) is None):
            continue  # but 红星社区|党委书记, 石桥镇商会|会长
        if text[end : end + 1] == "会" and head.text.endswith("委") and not text.startswith(TOGETHER, end):
            continue
        if end in inside_places:
            return None  # 学院街道 has no 学院
        body = with_corps(text, head, start, end, body_at(reading, head, start, end, place_by_end))
        if body is not None:
            # 教育部中学校长培训中心
            return None if is_cut and head.kind == "school" and body.place is None else (head, body)
    return None


# 以周晓华|为代表, but 与|华为|代表签约.
_FOR = re.compile("为(?:代表|首|主|例|龙头|核心|中心|依托|抓手|重点|基础|载体|目标|骨干)")
_BY = re.compile("以[^，。；！？\n]{1,40}$")


def _is_verb_behind(text: str, start: int, end: int) -> bool:
    """Whether the last character of a brand is a verb of the sentence, and the brand no brand."""
    return _FOR.match(text, end - 1) is not None and _BY.search(text, max(0, start - 40), start) is not None


def _is_cut(reading: Reading, head: Head, end: int) -> bool:
    """Whether a short head ends inside a word of the segmenter."""
    text, words = reading.text, reading.words
    if words.is_start[end] or len(head.text) >= 3 or head.text in _PARTY_LETTERS:
        return False
    if head.kind == "school" and words.tags[words.index_of(end - 1)] == "nt":
        return False  # 北京大学社会学系
    return not (text[end : end + 1] in _GLUED and not is_word(words.texts[words.index_of(end)]))


def _end_with_parts(reading: Reading, kept: list[Body], spans: set[tuple[int, int]]) -> None:
    """Faculties, committees and branches behind the name of a body belong to it."""
    text = reading.text
    for body in kept:
        if body.kind == "school":
            body.end = _faculty_end(reading, body.end)
        elif text.endswith(("人大", "政协"), body.start, body.end):
            body.end = _part_end(reading, _COMMITTEE, body.end)
    reach = 0
    for body in tuple(kept):
        is_one = body.place is not None or (bool(body.level) and body.kind == "government")
        has_branches = body.kind in ("government", "social", "enterprise") and is_one
        branch = _BRANCH.match(text, body.end) if has_branches else None
        if branch is not None and branch[0][-1] == "所" and len(branch[0]) > 4 and _begins_with_word(reading, body.end):
            branch = None  # 县司法局|协调|司法所
        if branch is not None and _STOPS.isdisjoint(branch[0]) and branch[0][0] != "会":
            body.end = branch.end()
        if body.start < reach:
            kept.remove(body)  # 司法所 of 县司法局|高集司法所
            continue
        reach = body.end
        if (body.start, body.end) not in spans:
            what = "a body with the part of it that stands behind its name"
            note("organization_mentions", body.start, body.end, what)


def _begins_with_word(reading: Reading, start: int) -> bool:
    """Whether a word of the language and no name stands at ``start``."""
    index = reading.words.index_of(start)
    return is_word(reading.words.texts[index]) and reading.words.tags[index] in ("v", "vn", "n", "a", "ad", "d")


def _joined(text: str, found: list[Body]) -> list[Body]:
    """The bodies in order, what belongs together as one: a branch with its firm, a brigade with its bureau."""
    found.sort(key=lambda body: (body.start, -body.end))
    kept: list[Body] = []
    for body in found:
        # 中国人民银行义乌市支行, 北禾热力有限公司桦南分公司
        is_branch = bool(kept) and body.place is not None and _has_branch(text, kept[-1], body)
        if kept and body.start == kept[-1].end and _stand_side_by_side(kept[-1], body):
            kept.append(body)
            continue
        if kept and body.start == kept[-1].end and (is_branch or body.kind not in ("enterprise", "community")):
            is_post = body.kind == "party" != kept[-1].kind and post_starting_at(text, body.end)
            if not is_post:  # of 恒泽公司党支部书记 only the firm
                kept[-1].end, kept[-1].kind = body.end, body.kind  # 某区法院石桥法庭, 某局机关党支部
            continue
        if kept and _is_part_of_bureau(text, kept[-1], body):
            kept[-1].end = body.end  # 县林业局|森林消防大队
            continue
        if kept and body.kind == "school" == kept[-1].kind and _is_faculty(text, kept[-1].end, body):
            kept[-1].end = body.end
            continue
        if kept and kept[-1].rule == "whole" and body.start < kept[-1].end < body.end:
            kept[-1].end, kept[-1].kind = body.end, body.kind
            continue
        if kept and body.start < kept[-1].end:
            _join_overlapping(text, kept, body)
            continue
        kept.append(body)
    return kept


def _of_named_bodies(text: str, bodies: list[Body]) -> list[Body]:
    """Without the party branches of what the article names nowhere (中心党支部 where no 中心 has a name)."""
    return [
        body
        for body in bodies
        if body.rule != "own"
        or any(text.endswith(text[body.start : body.stem_end], other.start, other.end) for other in bodies)
    ]


def _is_firm_in_post(text: str, party: Body, firm: Body) -> bool:
    """Whether ``party`` is only in somebody's post (恒泽公司党支部书记) and ``firm`` is whose it is."""
    is_inside = party.kind == "party" != firm.kind and firm.start == party.start
    return is_inside and firm.end < party.end and post_starting_at(text, party.end) is not None


def _join_overlapping(text: str, kept: list[Body], body: Body) -> None:
    """Let ``body``, which begins inside the last of ``kept``, lengthen it, take its place or go."""
    last = kept[-1]
    if _is_party_of_named(last, body):
        if not post_starting_at(text, body.end):
            last.end, last.kind = body.end, body.kind
        return  # of 合川区|钱塘镇初级中学|党总支书记 the school
    is_longer = body.end > last.end and body.start <= last.stem_start
    if is_longer and last.start < body.start and body.stem_start >= last.end:
        last.end, last.kind = body.end, body.kind  # 江山市|人民法院|贺村法庭
    elif is_longer or _is_firm_in_post(text, last, body):
        kept[-1] = body


def _is_party_of_named(named: Body, party: Body) -> bool:
    """Whether ``party`` ends in the party branch of ``named`` and begins inside its name, at its last place."""
    is_inside = named.start < party.start <= named.stem_start and party.start < named.end < party.end
    return is_inside and party.kind == "party" != named.kind


def _stand_side_by_side(one: Body, other: Body) -> bool:
    """Whether two bodies sign together, each with its place of one level: 湖南省司法厅|湖南省民政厅."""
    return one.place is not None and other.place is not None and one.place.level == other.place.level


def _has_branch(text: str, whole: Body, part: Body) -> bool:
    """Whether ``part``, named by its place alone, is a branch of the firm or the national body right before it."""
    if whole.rule == "whole":
        return True
    return whole.kind == part.kind and text.endswith(BRANCHES, part.start, part.end)


_PARTS_OF_BUREAUS = ("大队", "中队", "支队", "派出所", "科", "股")


def _is_part_of_bureau(text: str, whole: Body, part: Body) -> bool:
    """Whether ``part``, with no place of its own, is a brigade or a section of the bureau shortly before it."""
    if whole.kind != "government" or part.kind != "government" or part.place is not None or part.level:
        return False
    between = text[whole.end : part.start]
    is_near = len(between) <= 4 and all(
        FIRST_HAN <= char <= LAST_HAN and char not in "和与及的由在对" for char in between
    )
    return is_near and text[whole.end - 1] in "局院" and text.endswith(_PARTS_OF_BUREAUS, part.start, part.end)


def _squad_end(reading: Reading, end: int) -> int:
    """Where the squad ends that stands behind the name of a bureau, ``end`` where none does."""
    squad = _SQUAD.match(reading.text, end)
    if squad is None or not _STOPS.isdisjoint(squad[0]):
        return end
    tagged = reading.words
    first, last = tagged.index_of(end), tagged.index_of(squad.end() - 1)
    if tagged.starts[first] != end or tagged.starts[last] + len(tagged.texts[last]) != squad.end():
        return end
    named = ("n", "nz", "vn", "nt", "b", "j", "l")
    does = words_for("boundary_words", "founding") | words_for("boundary_words", "body")
    is_named = tagged.tags[first] in named and not any(word in does for word in tagged.texts[first:last])
    return squad.end() if is_named else end


_FACULTY = pattern_of("[[:han:]]{2,12}?(?:学院|研究所|研究院|研究中心|学部|附属(?:中学|小学|医院)|系(?![列统数]))")


def _faculty_end(reading: Reading, end: int) -> int:
    """Where the faculty ends that stands right behind a school (北京大学|社会学系), ``end`` where none does."""
    return _part_end(reading, _FACULTY, end)


# What an assembly is made of: 某市人大|社会建设委员会.
_COMMITTEE = pattern_of("[[:han:]]{2,12}?(?:专门|工作)?委员会")


def _part_end(reading: Reading, part: re.Pattern[str], end: int) -> int:
    """Where the ``part`` ends that stands at ``end`` and consists of nouns, ``end`` where none does."""
    faculty = part.match(reading.text, end)
    if faculty is None:
        return end
    tagged = reading.words
    index = tagged.index_of(end)
    while tagged.starts[index] < faculty.end():
        word, tag = tagged.texts[index], tagged.tags[index]
        if (
            tagged.starts[index] >= end
            and word not in ("与", "和")
            and tag not in ("n", "vn", "nz", "nt", "j", "l", "an", "ns")
            and word != "系"
            and word not in words_for("name_parts", "working")
        ):
            return end
        index += 1
        if index >= len(tagged.starts):
            break
    return faculty.end()


def _is_faculty(text: str, end: int, body: Body) -> bool:
    """Whether ``body`` is a faculty of the school that ends shortly before it (某大学政治与公共管理学院)."""
    between = text[end : body.start]
    if body.place is not None or not text.endswith("学院", body.start, body.end):
        return False
    return len(between) <= 8 and not any(mark in between for mark in "，。、；：的在和\n")


_OF_ITS_OWN = re.compile("大学|学院|公司|集团|医院|研究院")  # what part of has a name of its own: 兰州大学|民族研究中心


_NUMBERED = frozenset("第〇零0123456789" + ONE_TO_TEN)  # 第九师党委社会工作部 is named by its division


def _only_in_a_post(text: str, body: Body) -> bool:
    """Whether the body only qualifies a person's post and carries no place name of its own."""
    if (
        body.place is not None
        or body.rule in ("name", "whole", "brand")
        or _OF_ITS_OWN.search(text, body.start, body.end)
        or (body.level == "团" and text[body.start] in _NUMBERED)
        or (body.level in ZONES and body.stem_start - body.start > len(body.level))  # 青山湖|科技城|管理局
    ):
        return False
    after = post_starting_at(text, body.end)
    if after is None:
        for prefix in ("常务副", "副", "党委", "党组", "第一", "原", "党支部", "党总支"):
            if text.startswith(prefix, body.end):
                after = post_starting_at(text, body.end + len(prefix))
                break
    return after is not None
