"""Practices named without quotation marks: a head noun (联盟, 联席会议制度, 驿站 …) with the words that make it a name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from tasks.facts.practices.founded import founded_phrases
from tasks.facts.practices.mechanisms import levelled_mechanisms, listed_examples, listed_mechanisms
from tasks.facts.practices.name_words import HEAD_GOES_ON, may_name
from tasks.facts.practices.repeated import repeated_phrases
from tasks.facts.practices.unquoted_signs import UNQUOTED_SIGNS, NounPhrase, enough, is_vetoed
from tasks.facts.text.reading import Reading, words_with_tags
from tasks.facts.text.signs import reckoning, weigh
from tasks.facts.text.sought import Sought
from tasks.facts.text.traces import is_traced, note
from tasks.lexicon.characters import pattern_of
from tasks.lexicon.practice_heads import Head, head_of, head_patterns, well_known, well_known_patterns
from tasks.lexicon.practice_spelling_keys import NOT_PLACES
from tasks.lexicon.word_lists import words_for

_LONGEST_NAME = 16
_SHORTEST_KNOWN = 3  # characters of a name known everywhere
_EDITIONS = ("新版", "旧版", "修订")  # before 村规民约: which of its texts is meant
_LAST_BREAK = pattern_of(r".*[^[:han:]A-Za-z0-9+]", re.DOTALL)
# The places before a name, which are none of it: 云河市青石县|网格议事会.
_PLACE_PREFIX = pattern_of(
    r"^(?:[[:han:]]{1,6}?(?:省|市(?![场民政级容域集值])|县(?![域级])|自治州|新区|开发区|(?<![片园社小校景院街辖战灾牧林山库])区(?!域|块|位|级)"
    r"|(?<![红锦国党彩军团])旗(?![手袍帜舰下号杆])|街道|镇|乡(?!贤|村|亲|风|愁|情|邻|音)))+(?=[[:han:]A-Za-z0-9]{3})"
)
_TIMED_ZONE = pattern_of(r"(?:\d{1,6}|[[:one_to_ten:]]{1,6})$")
# Names that begin with a number: 三张清单, 1+3+N.
_NUMBERED = Sought(
    r"(?<![第[:one_to_ten:]])[二两三四五六七八九十](?:大|张|本|项|个|类|份)(?:[[:han:]]{0,4})(?:清单|机制|制度|行动|工程|平台|体系|台账|联盟|基金)"
    r"|(?<![\d.])\d(?:\s?\+\s?(?:[\dNnXx]{1,2}(?![\dA-Za-z])|[[:han:]]{1,4})){1,4}"
)
_LAW_OF_STEPS = Sought(r"[[:one_to_ten:]]{1,6}[步字心](?:工作|调解|议事|治理|服务)?法")


class UnquotedName(NamedTuple):
    start: int
    end: int
    name: str
    head: Head | None
    is_founded: bool = False


def unquoted_names(reading: Reading, taken: bytearray) -> list[UnquotedName]:
    """Names found by their head noun; ``taken`` marks the characters that belong to quoted names and titles."""
    text = reading.text
    kept = [
        UnquotedName(phrase.start, phrase.end, phrase.name, phrase.head)
        for phrase in noun_phrases(reading, taken)
        if weigh(UNQUOTED_SIGNS, phrase) >= enough(phrase)
    ]
    if is_traced():
        for phrase in noun_phrases(reading, taken):
            note(
                "practice_mentions",
                phrase.start,
                phrase.end,
                "signs of a noun phrase",
                reckoning(UNQUOTED_SIGNS, phrase).items(),
            )
    kept = _without_place_names(kept)
    for start, end in _marked_by_form(reading, taken):
        note(
            "practice_mentions",
            start,
            end,
            "a mechanism told by its list of members, its levels or the list it stands in",
        )
        kept.append(UnquotedName(start, end, text[start:end], head_of(text[start:end])))
    for pattern in (_NUMBERED, _LAW_OF_STEPS):
        for numbered in pattern.finditer(text):
            start, end = numbered.span()
            if not (taken[start] or taken[end - 1]):
                note("practice_mentions", start, end, "a numbered name")
                kept.append(UnquotedName(start, end, numbered[0], head_of(numbered[0])))
    return kept


def noun_phrases(reading: Reading, taken: bytearray) -> Iterator[NounPhrase]:
    """All noun phrases that are weighed, also those that turn out to be no names."""
    text = reading.text
    found = []
    for start, end in _matches(head_patterns(), text, reading.anchors.practice_heads):
        if taken[start] or taken[end - 1]:
            continue
        name = _name_before(text, start, end, taken)
        if name is not None:
            found.append(name)
    found += _founded(reading, taken, {name.start for name in found})
    earliest: dict[int, int] = {}
    for name in found:
        if name.is_founded:
            earliest[name.end] = min(name.start, earliest.get(name.end, name.start))
    found = [name for name in found if name.start <= earliest.get(name.end, name.start)]
    longest = {name.start: name for name in found}  # 楼宇物业党建联盟平台: one name, not three
    found = [name for name in found if longest[name.start] is name]
    found += _known_everywhere(reading, taken)
    known = {name.name for name in found}
    found += [
        UnquotedName(start, end, text[start:end], head)
        for start, end, head in repeated_phrases(reading, taken)
        if text[start:end] not in known
    ]
    counts = Counter(name.name for name in found)
    for name in found:
        if name.head is not None:
            span, count = (name.start, name.end), counts[name.name]
            phrase = NounPhrase(text, reading.title, span, name.head, count, is_listed_founded=name.is_founded)
            if not is_vetoed(phrase):
                yield phrase


def _marked_by_form(reading: Reading, taken: bytearray) -> Iterator[tuple[int, int]]:
    yield from listed_mechanisms(reading, taken)
    yield from levelled_mechanisms(reading, taken)
    yield from listed_examples(reading, taken)


def _known_everywhere(reading: Reading, taken: bytearray) -> Iterator[UnquotedName]:
    text = reading.text
    for start, end in _matches(well_known_patterns(), text, reading.anchors.practice_heads):
        if not (taken[start] or taken[end - 1]):
            known = text[start:end]
            head = head_of(known) or Head(known[-1], well_known()[known], "medium")
            yield UnquotedName(start, end, known, head)


def _founded(reading: Reading, taken: bytearray, known: set[int]) -> Iterator[UnquotedName]:
    """What stands behind a verb of founding and ends in a head too short to be looked for anywhere else."""
    for start, end, head in founded_phrases(reading, taken):
        begins = _without_place(reading.text, start, end - len(head.noun))
        if begins not in known and start not in known:
            yield UnquotedName(begins, end, reading.text[begins:end], head, True)


def _matches(
    patterns: Mapping[str, re.Pattern[str]], text: str, beginnings: Iterable[int]
) -> Iterator[tuple[int, int]]:
    """What ``finditer`` finds, where nothing can begin but at ``beginnings``; ``patterns`` by their first character."""
    position = 0
    for start in beginnings:
        pattern = patterns.get(text[start]) if start >= position else None
        match = pattern.match(text, start) if pattern is not None else None
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
    """The noun phrase that ends with the head at ``head_start:head_end``, None where the head is a part of another
    word."""
    if HEAD_GOES_ON.match(text, head_end):
        return None
    window_start = max(head_end - _LONGEST_NAME - 4, 0)
    window_start = max(window_start, taken.rfind(1, window_start, head_start) + 1)
    pause = _LAST_BREAK.match(text, window_start, head_start)
    if pause is not None:
        window_start = pause.end()
    if window_start >= head_start:
        return None
    stop_verbs = words_for("boundary_words", "phrase")
    naming_words = words_for("name_parts", "practice")
    words, tags = words_with_tags(text[window_start:head_end])
    start = head_end
    begun: dict[int, str] = {}  # the words of the name by where they begin
    for word, tag in zip(reversed(words), reversed(tags), strict=True):
        word_start = start - len(word)
        if start <= head_start and not may_name(word, tag, stop_verbs, naming_words):
            break
        if head_end - word_start > _LONGEST_NAME:
            return None
        start = word_start
        begun[start] = word
    name = text[start:head_end]
    if start > 0 and text[start - 1].isdigit() and name[0] in "个家支名项条处座批种类所块片":
        start += 1  # 1560个微网格
        name = text[start:head_end]
    zone = _TIMED_ZONE.search(text, start - 3, start) if name.startswith(("分钟", "公里", "小时")) else None
    if zone is not None:
        start = zone.start()  # 15分钟便民圈
        return UnquotedName(start, head_end, text[start:head_end], head_of(text[head_start:head_end]))
    start = _without_place(text, start, head_start)
    if begun.get(start) in words_for("practices/setting_up_verbs", "create") and head_start - start > 2:
        start += len(begun[start])  # 培育|品牌调解室: what was founded, not the founding
    start += 2 * text.startswith(_EDITIONS, start)
    known = _known_behind(text, start, head_end, begun)
    if known is not None:
        start = known
    name = text[start:head_end]
    if start >= head_start or len(name) < 3:
        return None
    return UnquotedName(start, head_end, name, head_of(text[head_start:head_end]))


def _known_behind(text: str, start: int, end: int, begun: Mapping[int, str]) -> int | None:
    """Where a name known everywhere begins that ends the phrase, behind more than one word (检察院派驻|河长制) or inside what
    the segmenter took for one (驻河 and 长制, 将林 and 长制)."""
    for begins in range(start + 1, end - _SHORTEST_KNOWN + 1):
        if text[begins:end] in well_known():
            words = sum(start <= other < begins for other in begun)
            return begins if begins not in begun or words > 1 else None
    return None


def _without_place(text: str, start: int, head_start: int) -> int:
    """Where the name begins behind the place in front of it: 青禾县茶业党建联盟."""
    place = None if NOT_PLACES.match(text[start:head_start]) else _PLACE_PREFIX.match(text[start : head_start + 3])
    return start + place.end() if place is not None and start + place.end() < head_start else start
