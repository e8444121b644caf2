"""Named practices of local governance: mechanisms, brands, funds, stations, lists, rules and campaigns, with every
mention.

A practice is found by how it is introduced (quotation marks, a head noun, a verb of founding) and then wherever its
name occurs in the article. Slogans, scare quotes and idioms are kept out by what stands around them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from typing import NamedTuple, Protocol

from tasks.facts.practices.governance import Governance
from tasks.facts.practices.occasions import is_delegation, is_occasion, is_principle, is_remedy
from tasks.facts.practices.parts import parts_of
from tasks.facts.practices.quoted import quoted_names, quoted_stretches
from tasks.facts.practices.quoted_signs import ENOUGH, QUOTED_SIGNS, is_vetoed
from tasks.facts.practices.spellings import Practice, joined, members_of_spellings
from tasks.facts.practices.unquoted import noun_phrases, unquoted_names
from tasks.facts.practices.unquoted_signs import UNQUOTED_SIGNS, enough
from tasks.facts.text.reading import Reading
from tasks.facts.text.signs import reckoning
from tasks.facts.text.traces import note
from tasks.lexicon.characters import pattern_of
from tasks.lexicon.practice_heads import Head, head_of, kind_of, well_known
from tasks.lexicon.word_lists import any_of, words_for
from tasks.records import (
    PracticeKind,
    PracticeMention,
)


class PlaceLookup(Protocol):
    """Whatever knows the place that holds at a character of the text."""

    def adcode_at(self, start_char: int) -> str | None: ...


_TITLE = re.compile(r"《([^《》\n]{2,60})》")
_RULES_TAIL = re.compile(rf"{any_of(words_for('document_kinds', 'rules'))}(?:[（(][^）)]{{1,8}}[）)])?$")
_DRAWN_UP_BEFORE = re.compile(
    rf"{any_of(words_for('practices/setting_up_verbs', 'draw_up'))}(?:下发|实施|并实施|印发|出台|完善)?(?:了|的)?$"
)
# What a place submits to a contest of cases and is awarded for is a practice of its own.
_SUBMITTED_BEFORE = re.compile(r"(?:报送|选送|申报|推荐|推报)(?:的|了)?$")
# A work whose closing mark is lost: 报送的《渡口一盏灯获得三等奖
_UNCLOSED = re.compile(r"(?<=[送报荐]的|报送|选送)《([^《》，。；\n]{4,30}?)(?=(?:荣)?获得?[一二三特优金银最])")
# Behind a title that won: 《…》《…》等3个案例获评一等奖.
_AWARDED_BEHIND = pattern_of(
    r"(?:(?:、|和|及|以及)[^。；《》\n]{0,24}(?:《[^》\n]{2,60}》)){0,6}(?:等)?(?:\d{1,3}|[[:han:]]{0,3})(?:个|篇|项)?(?:案例|项目|做法|作品)?"
    r"(?:也|均|又|还|荣|成功|分别)?(?:获|入选|被评为|评为|荣膺)"
)
_CENTRAL = re.compile(r"^关于|中国共产党|中华人民共和国|中共中央|国务院|党章|宪法|民法典")
_SMALL_PLACE = pattern_of(r"(?:(?<=[，。、；：的在由\n省市县区])|^)[[:han:]]{2,5}?(?:街道|镇|乡|社区|村)$")
_MARKED = re.compile(r"“[^”\n]{1,30}”")
_LONGEST_HEAD = 6  # characters behind marks in a title in which the kind of thing is said: 协作机制
_SHORT_FORM = 3  # characters of the end of a name by which a text goes on to call it
_TITLED = pattern_of(r"“([[:han:]A-Za-z0-9+]{3,12})”")


def read_practices(reading: Reading, places: PlaceLookup) -> tuple[PracticeMention, ...]:
    """Every mention of every named practice in order; ``name`` is one spelling for all mentions of one practice.

    ``kind``: ``alliance``, ``service_station``, ``joint_meeting``, ``grid``, ``list_matching``, ``fund``, ``brand``,
    ``volunteer``, ``platform``, ``property``, ``regulation`` or ``other``; ``adcode`` is what ``places`` holds at the
    mention.

    >>> class Nowhere:
    ...     def adcode_at(self, start_char: int) -> str | None:
    ...         return None
    >>> text = "镇里推行“板凳会”机制，成立了茶农党建联盟。板凳会每月一次，破解“没人管”难题。"
    >>> [(mention.name, mention.kind, mention.start_char) for mention in read_practices(Reading(text), Nowhere())]
    [('板凳会', 'joint_meeting', 5), ('茶农党建联盟', 'alliance', 15), ('板凳会', 'joint_meeting', 22)]
    """
    text = reading.text
    mentions = _spoken_of(_mentions(text, _practices(reading)), reading)
    named = {practice.name: practice for _, _, practice in mentions}
    spans: dict[str, list[tuple[int, int]]] = {name: [] for name in named}
    for start, end, practice in mentions:
        spans[practice.name].append((start, end))
    parts = {
        name: parts_of(reading, name, spans[name])
        or members_of_spellings(text[start:end].strip("“”") for start, end in spans[name])
        for name in named
    }
    return tuple(
        PracticeMention(
            start, end, text[start:end], practice.name, practice.kind, places.adcode_at(start), parts[practice.name]
        )
        for start, end, practice in mentions
    )


class Reckoned(NamedTuple):
    """What was weighed as a possible name: its span, the weight of each sign that applies, and what would be enough."""

    start_char: int
    end_char: int
    signs: dict[str, float]
    enough: float


def reckon(reading: Reading) -> tuple[Reckoned, ...]:
    """Every quoted stretch and noun phrase that was weighed, named or not: how a verdict came about.

    >>> stretch = reckon(Reading("镇里推行“板凳会”机制。"))[0]
    >>> stretch.signs["head noun behind"], sum(stretch.signs.values()) >= stretch.enough
    (3.0, True)
    """
    text = reading.text
    taken = bytearray(len(text))
    for match in _TITLE.finditer(text):
        taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    found = [
        Reckoned(of.start, of.end, reckoning(QUOTED_SIGNS, of), ENOUGH)
        for of in quoted_stretches(text, reading.title, taken)
    ]
    for match in _MARKED.finditer(text):
        taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    found += [
        Reckoned(of.start, of.end, reckoning(UNQUOTED_SIGNS, of), enough(of)) for of in noun_phrases(reading, taken)
    ]
    return tuple(sorted(found, key=lambda row: (row.start_char, row.end_char)))


def _practices(reading: Reading) -> dict[str, Practice]:
    """Practices by the string that is looked for in the text."""
    text = reading.text
    found: dict[str, Practice] = {}
    taken = bytearray(len(text))
    for match in _TITLE.finditer(text):
        taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
        before = text[max(match.start() - 10, 0) : match.start()]
        if _RULES_TAIL.search(match[1]) and _DRAWN_UP_BEFORE.search(before) and not _CENTRAL.search(match[1]):
            note("practice_mentions", match.start(), match.end(), "a title of rules behind a verb of drawing up")
            drawn_up: PracticeKind = "list_matching" if match[1].endswith("清单") else "regulation"
            found.setdefault(match[0], Practice(match[0], match[1], drawn_up, match.start(), True))
        elif _SUBMITTED_BEFORE.search(before) and _AWARDED_BEHIND.match(text, match.end()):
            note("practice_mentions", match.start(), match.end(), "a title that was submitted to a contest and awarded")
            found.setdefault(match[0], Practice(match[0], match[1], "brand", match.start(), True))
    for match in _unclosed(text):
        if not taken[match.start()]:
            note("practice_mentions", match.start(), match.end(), "a submitted title that lost its closing mark")
            found.setdefault(match[0], Practice(f"{match[0]}》", match[1], "brand", match.start(), True))
            taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    for quoted in quoted_names(text, reading.title, taken):
        taken[quoted.start : quoted.end] = b"\1" * (quoted.end - quoted.start)
        kind = kind_of(quoted.name, quoted.head or _own_head(quoted.inner), quoted.behind)
        known = found.get(quoted.inner)
        if known is not None:
            continue
        practice = Practice(quoted.name, quoted.inner, kind, quoted.start, True)
        found[quoted.inner] = practice
        found.setdefault(text[quoted.start : quoted.end], practice)
    for name in _titled_names(reading, found):
        start = text.find(name)
        note("practice_mentions", start, start + len(name), "a name that the title of the article has in marks")
        found[name] = Practice(name, name, kind_of(name, head_of(name)), start, True)
    for match in _MARKED.finditer(text):
        taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    for unquoted in unquoted_names(reading, taken):
        if unquoted.name not in found:
            kind = well_known().get(unquoted.name) or kind_of(unquoted.name, unquoted.head)
            name = unquoted.name
            if kind == "alliance" and text.count(name) == 1:
                # 石桥街道茶业党建联盟 keeps its subdistrict where 茶业党建联盟 never stands alone.
                place = _SMALL_PLACE.search(text, unquoted.start - 8, unquoted.start)
                name = place[0] + name if place is not None else name
            found[name] = Practice(name, name, kind, unquoted.start)
    return joined(text, found)


def _own_head(name: str) -> Head | None:
    """One character at the end of a name (会, 网, 号) ends other things' names as well."""
    head = head_of(name)
    return head if head is not None and len(head.noun) > 1 else None


def _unclosed(text: str) -> Iterator[re.Match[str]]:
    """A pattern that begins by looking behind is tried at every character: only opening marks are worth it."""
    at = text.find("《")
    while at >= 0:
        match = _UNCLOSED.match(text, at)
        if match is not None:
            yield match
        at = text.find("《", at + 1 if match is None else match.end())


def _titled_names(reading: Reading, found: dict[str, Practice]) -> list[str]:
    """Names that only the title marks (“巷口管家”忙起来) and the text uses without marks."""
    if "“" not in reading.title:
        return []
    names = []
    for match in _TITLED.finditer(reading.title):
        head = head_of(match[1])
        is_name = head is not None and head.strength != "weak" and not is_vetoed(match[1], "")
        # 茶山上的“采茶帮工站”, in the text 采茶帮工站 once and then 帮工站
        count = reading.text.count(match[1])
        is_told = count > 1 or (count == 1 and reading.text.count(match[1][-_SHORT_FORM:]) > 1)
        if count == 1 and f"《“{match[1]}”" in reading.text:  # 会签《“河长+检察长”机制的意见》
            behind = reading.title[match.end() : match.end() + _LONGEST_HEAD]
            is_told, is_name = True, is_name or any(map(head_of, (behind[:end] for end in range(2, len(behind) + 1))))
        if is_name and match[1] not in found and is_told:
            names.append(match[1])
    return names


# For time alone: characters times names from which on the text is gone over once for the beginnings of all names.
_MANY = 4_000_000


def _finder(text: str, names: Collection[str]) -> Callable[[str], Iterator[int]]:
    """What tells where in ``text`` one of ``names``, of two characters at least, stands, one behind the other."""
    begins: dict[str, list[int]] | None = None
    if len(text) * len(names) > _MANY:
        begins = {name[:2]: [] for name in names}
        for at in range(len(text) - 1):
            if (found := begins.get(text[at : at + 2])) is not None:
                found.append(at)

    def places_of(name: str) -> Iterator[int]:
        if begins is None:
            at = text.find(name)
            while at >= 0:
                yield at
                at = text.find(name, at + len(name))
            return
        behind = 0
        for at in begins[name[:2]]:
            if at >= behind and text.startswith(name, at):
                yield at
                behind = at + len(name)

    return places_of


def _mentions(text: str, practices: dict[str, Practice]) -> list[tuple[int, int, Practice]]:
    """All occurrences of the names, the longest winning where two overlap."""
    taken = bytearray(len(text))
    found = []
    places_of = _finder(text, practices)
    for surface in sorted(practices, key=lambda name: (-len(name), name)):
        if len(surface) < 2:
            continue
        for position in places_of(surface):
            end = position + len(surface)
            if 1 not in taken[position:end]:
                taken[position:end] = b"\1" * len(surface)
                found.append((position, end, practices[surface]))
    return sorted(found, key=lambda item: item[0])


def _spoken_of(mentions: list[tuple[int, int, Practice]], reading: Reading) -> list[tuple[int, int, Practice]]:
    """The mentions of practices that are named at least once where the article speaks of local governance."""
    if not mentions:
        return mentions
    governance = Governance(reading)
    kept: set[str] = set()
    for start, _, practice in mentions:
        if practice.name not in kept and not _is_other(practice.name) and governance.is_spoken_of_at(start):
            kept.add(practice.name)
    return [mention for mention in mentions if mention[2].name in kept]


def _is_other(name: str) -> bool:
    """Whether a name tells by itself that no place governs by what it names."""
    return is_occasion(name) or is_delegation(name) or is_remedy(name) or is_principle(name)
