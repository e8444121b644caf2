"""Find townships, street communities and villages by the form of their names.

The gazetteer knows the townships; communities and villages (and townships renamed since) are found by their suffix, the
words before it telling where the name begins.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Set
from dataclasses import dataclass
from functools import lru_cache
from string import ascii_uppercase

from tasks.facts.places.one_spelling import agree
from tasks.facts.places.place_starts import start_behind_words
from tasks.facts.places.spellings import FULL, Candidate
from tasks.facts.places.stems import (
    LEVEL,
    NUMERALS,
    STOP_CHARS,
    is_generic,
    is_listed_behind,
    is_name,
    known_stems,
    reads_as_name,
    stands_clear,
    stem_end,
    unnamed_stems,
)
from tasks.facts.text.needed import Head
from tasks.facts.text.reading import Reading
from tasks.lexicon.characters import FIRST_HAN, LAST_HAN, pattern_of
from tasks.lexicon.dictionary import is_word
from tasks.lexicon.gazetteer import Gazetteer, gazetteer
from tasks.lexicon.names import TRANSCRIBING_MONGOLIAN
from tasks.lexicon.names import words as names
from tasks.lexicon.posts import post_ending_at
from tasks.records import PlaceLevel

# The first characters stand alone before the alternatives, so that the scan leaps from one to the next.
_SUFFIX = re.compile(
    r"[镇乡村街社居苏嘎侗苗瑶彝土古](?:(?<=[镇乡村])|(?<=街)道|(?<=街)办(?!事)|(?<=社)区|(?<=居)民区|(?<=苏)木|(?<=嘎)查|(?<=[侗苗瑶彝土古])寨)"
)
# What may not follow the suffix, for then it begins another word (村民, 乡亲, 镇静).
_NOT_AFTER = {
    "村": "民庄落寨史规容貌头口外官务医企社居级道办镇乡街",
    "镇": "静压痛江守长区街市县",
    "乡": "亲镇村土愁音下间贤情里友野绅邻县区市",
    "街道": "上口边旁",
    "社区": "群",
}
_VILLAGE_OFFICE = re.compile(
    "村(?:[支民主干]|委会?|党支|党总|医(?!疗))|办(?=[起了成过有])|寨[老主长]|居民(?!点)|民宿"
)  # 柳溪村|村支书, 柳溪村|办起
# Behind 武镇镇: what is of the town, 武镇|镇政府.
_OF_TOWN = frozenset("党政委府里长上干人纪综司派机")
# 青禾社区发展中心 works for communities and lies in none of that name.
_OF_COMMUNITIES = Head(
    "发展(?:服务|促进)?中心|发展基金会|发展协会|营造|公益|基金会|矫正|治理(?:研究|学院)|教育学院|大学"
)
_IN_FIRM = pattern_of("[[:han:]]{2,8}(?:有限|股份|责任|基金会|协会)")
_INTRODUCE = frozenset("以将把被让使从在于至到由对为")  # 舒城县以|万佛湖镇
_HAN = pattern_of(r"[[:han:]]+$")
_AFTER_QUARTER = Head(r"小区|社区|路|街|大道|站|居委|[[:one_to_ten:]]+[区期]")
_LIES_IN_STREET = pattern_of("街[[:han:]]{1,3}?(?:社区|村)")  # 朝那镇|街子社区
_ONE_MORE = pattern_of("[[:han:]]村(?![民庄落寨支委])")
_LONGEST_STEM = 6
_HARD_STOPS = frozenset("到由在把被的了给让进")
_NEVER_FIRST = frozenset("的了在是有和与把被对及至从将而")
_STOP_TAGS = frozenset(
    ("p", "c", "u", "ul", "uj", "uz", "ug", "uv", "ud", "r", "rr", "rz", "x", "y", "d", "t", "q", "mq", "e", "o")
)
_COMING = frozenset("来到进去回往赴")
_OFFICE = Head(r"办事处|党工委|人民政府")
_COUNTED = frozenset("位名个条种批")


_LETTERS = re.compile(r"(?<![A-Za-z\d])[A-Z]$")
_SHORT_WORD = re.compile(r"(?<![A-Za-z\d])[A-Z]{1,4}$")  # behind its township: 学院街道CBD社区
_ENDS_OF_LETTERS = ascii_uppercase + "\n"  # ``$`` holds before a line feed too
_LONGEST_TRANSCRIBED = 8  # characters: 巴彦乌力吉 has five
_JOINS_NAMES = frozenset("和与及、")


@dataclass(slots=True)
class SmallPlace:
    """A township, community or village as spelled: ``name`` is the spelling without what stands before it."""

    start: int
    end: int
    name: str
    level: PlaceLevel
    is_known: bool
    county: str | None = None
    township: str | None = None
    chain_start: int = -1


def _cities(candidates: list[Candidate], known: Gazetteer) -> set[tuple[int, int]]:
    return {
        (c.start, c.end)
        for c in candidates
        if c.name in known.names_above_county and c.name not in known.ordinary_words
    }


# 该乡 and the name of what lies in it, up to its suffix.
_POINTED_AT = pattern_of("(该(?:街道|[镇乡县]))[[:han:]]{2,3}$")
_IN_ROW = pattern_of("(?P<suffix>社区|村|嘎查)[、和与及][[:han:]]{2,4}(?P=suffix)")
_LONGEST_POINTED = 6  # characters


def _left_of(text: str, at: int, left: int, left_is_place: bool, roster_ends: list[int]) -> tuple[int, bool]:
    """How far to the left a name before ``at`` may reach, and whether a place ends there."""
    office = _OFFICE.match(text, left) if left_is_place else None
    if office is not None and office.end() < at:
        left, left_is_place = office.end(), False  # 稠城街道办事处柳溪社区
    if roster_ends and left < (name_end := max((e for e in roster_ends if e < at), default=0)):
        left, left_is_place = name_end, True  # 应秀兰|壶镇镇: all that stands behind the name
    if left_is_place and text[left] == "的" and text[left - 1] in "道镇乡" and _IN_ROW.match(text, at) is not None:
        left += 1  # 北山街道的|正街社区、河湾社区和和平社区
    if (pointed := _POINTED_AT.search(text, max(left, at - _LONGEST_POINTED), at)) is not None:
        left, left_is_place = pointed.end(1), True  # 该乡|龙丁村, 该镇|上林村
    return left, left_is_place


def scan_small(reading: Reading, candidates: list[Candidate]) -> list[SmallPlace]:
    """Townships, communities and villages of the text in order."""
    text = reading.text
    known = gazetteer()
    counties = {code for c in candidates if c.form == FULL for code in c.codes}
    full_ends = [c.end for c in candidates if c.form == FULL]
    place_ends = {c.end for c in candidates}
    clean_ends = {c.end for c in candidates if c.clean}
    cities = _cities(candidates, known)
    found: list[SmallPlace] = []
    barrier = 0
    roster_ends = [name.end for name in reading.roster]
    no_ends = {0, *roster_ends}  # 陇玉芬|镇雄县
    for match in _SUFFIX.finditer(text):
        suffix = match.group()
        at, end = match.span()
        if at in no_ends or not _may_end(reading, suffix, at, end):
            continue
        index = bisect_right(full_ends, at) - 1
        left = max(barrier, full_ends[index] if index >= 0 else 0)
        left_is_place = left > 0 and (left == barrier or left in place_ends)
        left, left_is_place = _left_of(text, at, left, left_is_place, roster_ends)
        place = None
        if LEVEL[suffix] == "township":
            place = _known_township(reading, at, end, left, left_is_place, counties)
        if place is not None and (place.start, at) in cities and not (left_is_place and place.start == left):
            # 走进长春街道: the streets of the city, unless a county is named that has a township of this name.
            place = None if counties.isdisjoint(known.township[place.name]) else place
        if place is None and end in clean_ends:
            continue  # 景德镇 is a city, but 孝丰镇 is a town though 丰镇 is a city
        if place is None or _hangs_on_a_word(reading, place.start, left, place_ends):
            shorter = place if place is not None and reading.words.is_start[place.start] else None
            place = _by_form(reading, at, end, suffix, left, left_is_place, cities, place_ends) or shorter
        if place is not None:
            found.append(place)
            barrier = end
    return _in_communities(text, agree(text, found))


def _in_communities(text: str, found: list[SmallPlace]) -> list[SmallPlace]:
    """Let a village that a community is called after mean the community: 渔民村党群服务中心 beside 渔民村社区.

    What looks like an unknown township in the name of a firm is none: 驼乡食品有限责任公司.
    """
    found = [
        place
        for place in found
        if place.is_known or text[place.end - 1] != "乡" or _IN_FIRM.match(text, place.end) is None
    ]
    communities = {place.name for place in found if place.level == "community"}
    for place in found:
        if communities and place.level == "village" and f"{place.name}社区" in communities:
            place.name, place.level = f"{place.name}社区", "community"
    return found


def _may_end(reading: Reading, suffix: str, at: int, end: int) -> bool:
    """Whether a name may end in the suffix at ``at:end``, which does not begin another word (村民) or go on (和平新村小区)."""
    text = reading.text
    goes_on = end < len(text) and text[end] in _NOT_AFTER.get(suffix, "")
    if suffix == "镇" and text.startswith("镇", end) and text[end + 1 : end + 2] not in _OF_TOWN:
        return False  # the first of 武镇镇
    if text.startswith("里", end) and text[at - 1] in _COMING:
        return False  # 来|村里
    if suffix == "社区" and _OF_COMMUNITIES.match(text, end):
        return False
    if suffix != "村":
        # 北山街道上保社区: 上保 is a word of its own
        if not goes_on:
            return True
        if suffix == "镇":
            return _LIES_IN_STREET.match(text, end) is not None
        return suffix == "街道" and reading.words.is_start[end] == 1 and not reading.words.is_start[end + 1]
    if goes_on and not text.startswith("乡贤", end) and _VILLAGE_OFFICE.match(text, end) is None:
        return False  # but 柳溪村|乡贤会, 柳溪村|村支书
    if text[at - 1] == "江" and _is_person_of_parts(text, end):
        return False  # 村委会主任罗松江村 is a man
    if text[at - 1] == "村":
        return False  # the second of 柳溪村村支书
    if _ONE_MORE.match(text, end) and text[end] not in STOP_CHARS:
        return False  # 黄村畈村: the village is called 黄村畈
    return _AFTER_QUARTER.match(text, end) is None  # 和平新村小区 is a housing estate


def _is_person_of_parts(text: str, end: int) -> bool:
    """Whether a Tibetan name behind a post ends in what would be a place (江村)."""
    start = end - 2
    parts = names("name_components")
    return text[start:end] in parts and any(
        text[start - length : start] in parts and post_ending_at(text, start - length) is not None for length in (2, 3)
    )


def _known_township(
    reading: Reading, at: int, end: int, left: int, left_is_place: bool, counties: Set[str]
) -> SmallPlace | None:
    text, known = reading.text, gazetteer()
    if text[at:end] == "街办":  # 武当路街办 is 武当路街道, where the gazetteer knows it
        starts = range(max(left, at - _LONGEST_STEM), at - 1)
        start = next((start for start in starts if f"{text[start:at]}街道" in known.township), None)
        return None if start is None else SmallPlace(start, end, f"{text[start:at]}街道", "township", True)
    for length in known.township_lengths.get(text[at - 2 : end], ()):
        start = end - length
        name = text[start:end]
        if start >= left and name in known.township:
            is_chained = start == left and left_is_place
            is_at_home = stands_clear(text, start) and not counties.isdisjoint(known.township[name])
            if text[start:at] in unnamed_stems() and not is_chained and not is_at_home:
                return None
            is_unproven = length == 3 and not is_chained and not is_at_home and is_generic(reading, at)
            if is_unproven and not _stands_clear_twice(text, start, end):
                return None  # 占城镇用地: not the town of 占城, unless the article names its county
            return SmallPlace(start, end, name, "township", True)
    return None


def _stands_clear_twice(text: str, start: int, end: int) -> bool:
    """Whether a name stands clear here and again, and no use of land or kind of people behind it makes it a phrase."""
    name = text[start:end]
    first = text.find(name)
    other = first if first != start else text.find(name, end)
    return all(
        at >= 0 and stands_clear(text, at) and text[at + 3 : at + 4] not in "用人居化户建" for at in (start, other)
    )


def _is_behind_day(text: str, start: int) -> bool:
    """Whether a date ends right before ``start``, as in a chronicle (3月2日|石桥镇成立…)."""
    return text[start - 1] in "日月年" and text[start - 2 : start - 1].isdigit()


def _hangs_on_a_word(reading: Reading, start: int, left: int, place_ends: set[int]) -> bool:
    """Whether a single character stands before a known name that may belong to it (沙 before 河湾街道)."""
    if start <= left or start in place_ends or _is_behind_day(reading.text, start):
        return False
    if start - 1 == left and reading.text[left] in _INTRODUCE:
        return False
    words = reading.words
    index = words.index_of(start - 1)
    word, tag = words.texts[index], words.tags[index]
    if words.starts[index] + len(word) > start:
        return True
    return len(word) == 1 and bool(_HAN.match(word)) and word not in STOP_CHARS and tag not in _STOP_TAGS and tag != "v"


def _by_form(
    reading: Reading,
    at: int,
    end: int,
    suffix: str,
    left: int,
    left_is_place: bool,
    cities: set[tuple[int, int]],
    place_ends: set[int],
) -> SmallPlace | None:
    text = reading.text
    if suffix == "街办":
        return None  # told by the gazetteer alone
    at = stem_end(text, at, suffix)
    letters = None
    if text[at - 1] in _ENDS_OF_LETTERS:
        letters = _LETTERS.search(text, max(at - 2, left), at) or (
            _SHORT_WORD.match(text, left, at) if left_is_place else None
        )
    if letters is not None:  # L村: a place whose name a study hides
        return SmallPlace(letters.start(), end, text[letters.start() : end], LEVEL[suffix], False)
    pieces = _pieces(reading, at, left, place_ends)
    if suffix in ("嘎查", "苏木") or (
        suffix == "镇" and TRANSCRIBING_MONGOLIAN.issuperset(text[max(left, at - 4) : at])
    ):
        pieces = _transcribed(reading, at, left) or pieces
    reaches_left = bool(pieces) and pieces[-1][0] == left
    if left_is_place and 2 <= at - left <= 4 and not reaches_left and reads_as_name(reading, left, at):
        start = left  # 稠城街道新和平社区: 和 is part of the name
    elif pieces:
        start = _begin(text, pieces, at, left, left_is_place)
        while start < at and text[start] in _NEVER_FIRST and reading.words.is_start[start + 1]:  # but 和平社区
            start += 1
    else:
        return None
    if start == left and left_is_place and text[start] in _JOINS_NAMES and at - start > 2:
        start += 1  # 雄关街道和峪泉镇
    start = start_behind_words(text, start, at, end)
    is_chained = left_is_place and (start == left or is_listed_behind(text, start, end, left))
    if ((start, at) in cities and _is_of_city(text, start, at, suffix)) or not is_name(
        reading, start, at, suffix, is_chained
    ):
        return None
    return SmallPlace(start, end, text[start:end], LEVEL[suffix], False)


def _is_of_city(text: str, start: int, at: int, suffix: str) -> bool:
    """Whether the streets behind a city's name are those of the city: no town has it (撤销九江乡，设立九江街道)."""
    return suffix not in ("村", "镇", "乡") and not any(f"{text[start:at]}{town}" in text for town in "乡镇")


def _pieces(reading: Reading, at: int, left: int, place_ends: set[int]) -> list[tuple[int, str]]:
    """The words before a suffix that may belong to the name, the nearest first, each with its start."""
    text, words = reading.text, reading.words
    start = at
    index = words.index_of(at - 1)
    pieces: list[tuple[int, str]] = []
    while index >= 0 and start > left:
        word_start = max(words.starts[index], left)
        piece = text[word_start:start]
        cut = _name_in(piece, words.tags[index])
        if cut:
            if cut < len(piece):
                pieces.append((word_start + cut, piece[cut:]))
            break
        if at - word_start > _LONGEST_STEM:
            break
        pieces.append((word_start, piece))
        start = word_start
        if start in place_ends and at - start >= 2:
            break
        index -= 1
    return pieces


@lru_cache(maxsize=1 << 15)  # the same few words stand before 镇 and 村 in every article
def _name_in(piece: str, tag: str) -> int:
    """Where in ``piece``, a word before a suffix, a name may begin; its length where it is no part of a name."""
    is_stem = piece in known_stems()
    if not is_stem and not _HARD_STOPS.isdisjoint(piece):
        return max(piece.rfind(char) for char in _HARD_STOPS) + 1
    if piece[0] == "为" and len(piece) > 1 and not is_word(piece):
        return 1  # 发起人|为|洋泾街道
    is_unnamed = not _HAN.match(piece) or (len(piece) > 1 and piece in unnamed_stems())
    return len(piece) if is_unnamed or (not is_stem and _ends_name(piece, tag)) else 0


def _ends_name(piece: str, tag: str) -> bool:
    """Whether ``piece`` is a word before a name rather than part of it."""
    if len(piece) == 1 or (tag == "v" and piece[-1] == "至"):
        return len(piece) > 1 or piece in STOP_CHARS  # 扩至, 增至
    if (tag == "f" and is_word(piece)) or (
        tag == "m" and (len(piece) > 2 or piece[0] not in NUMERALS or piece[-1] in _COUNTED)
    ):
        return True
    return (tag in _STOP_TAGS or tag[0] in "vad") and is_word(piece)


def _transcribed(reading: Reading, at: int, left: int) -> list[tuple[int, str]]:
    """The characters before 嘎查 or 苏木 that transcribe a Mongolian name, and the word in which the first of them
    stands."""
    text, words = reading.text, reading.words
    start = at
    while start > left and at - start < _LONGEST_TRANSCRIBED and text[start - 1] in TRANSCRIBING_MONGOLIAN:
        start -= 1
    while start < at and text[start] in _JOINS_NAMES and words.is_start[start + 1]:
        start += 1
    return [(start, text[start:at])] if at - start >= 2 else []


def _begin(text: str, pieces: list[tuple[int, str]], at: int, left: int, left_is_place: bool) -> int:
    """Where the name begins: everything back to a clear boundary if that is short, else the last word or two."""
    whole = pieces[-1][0]
    is_clear = whole == 0 or not FIRST_HAN <= text[whole - 1] <= LAST_HAN
    if at - whole <= 4 or (whole == left and left_is_place) or (is_clear and at - whole <= _LONGEST_STEM):
        return whole
    start = at
    for word_start, _ in pieces:
        start = word_start
        if at - start >= 2:
            break
    following = [piece for piece in pieces if piece[0] < start]
    if following and len(following[0][1]) == 1 and at - following[0][0] <= 4:
        start = following[0][0]
    return start
