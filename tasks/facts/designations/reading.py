"""Designations of an article: which place is named pilot or model of what, by whom, and which only asks to be or is
not.

One sentence may hold several: each word of a designation has the stretch behind the one before it, and the places, the
practice and the verb of that stretch are its own.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from operator import attrgetter
from typing import Protocol, TypeVar

from tasks.facts.designations.named_things import thing_before
from tasks.facts.designations.place_rolls import ROLL_HEADING, places_in_roll
from tasks.facts.designations.status import status_of
from tasks.facts.designations.words import LONGEST_SCOPE, DesignationWord, designation_words
from tasks.facts.text.items import begins_first_item, begins_item
from tasks.facts.text.reading import Reading
from tasks.facts.text.traces import note
from tasks.lexicon.characters import pattern_of
from tasks.lexicon.gazetteer import gazetteer
from tasks.lexicon.word_lists import any_of, words_for
from tasks.records import (
    DateMention,
    Designation,
    DesignationStatus,
    OrganizationMention,
    PlaceMention,
    PracticeMention,
    StatedPrecision,
)

_TRIES_OUT = ("", "“", "了", "了“", "推行", "推行“", "实施", "实施“", "运行", "运行“")  # 率先试点“板凳会”
# The sections of such a text tell of what its title names: 一、试点阶段。在甲镇开展试点。
_PLANS = ("方案", "计划", "意见", "通知", "办法", "安排")
# How far before its word a practice of the sentence before is still what is meant: two sentences of usual length.
_HIGHEST_DISTANCE = 100
_AGENT_MARKS = ("被", "由", "经", "获")
# Verbs whose subject names and whose object is named: 市民政局确定甲县为试点.
_ACTIVE = re.compile(rf"(?:确定|确认|认定|命名|选定)(?!为)|{any_of(words_for('designation_verbs', 'active'))}|将|把")
_SEEKS = ("申请", "申报", "报名", "争创", "申创")
_IN_PLACE = re.compile(r"(?:在|于)$")
_WHOSE = re.compile(r"全[国省市县区州旗盟]")
_NAMED_AS = re.compile(r"(?:[列定评选认命]|确定|认定|命名|评选)[为入]$")
_BETWEEN_PLACES = pattern_of(r"[[:list_mark:]]|以及|等(?:\d+|[[:one_to_ten:]]+)?[个县市区镇乡村（），]*|[县市区镇乡村]")
_TAKEN = re.compile(r"[把将]“?$")  # 把“板凳会”列为试点
_PUT_UP = re.compile("公示|候选|拟(?:命名|认定|推荐|确定|表彰|授予|公布)")
_AS_ONE_OF = re.compile("(?:之一)?，")
_LONGEST_SUBJECT = 40  # characters, with the chain of a village
_LISTED = re.compile(r"“[^”\n]{2,20}”")
# What is told of a practice in use holds for the naming in the same sentence; a plan for it has a day of its own.
_IN_USE = frozenset(("adopted", "trial"))
Stated = tuple[date | None, date | None, StatedPrecision | None]


Mention = TypeVar("Mention", PlaceMention, OrganizationMention, DateMention, PracticeMention)


class Places(Protocol):
    """The place mentions of an article, and the place that is spoken of at a character of its text."""

    def __iter__(self) -> Iterator[PlaceMention]: ...

    def adcode_at(self, start_char: int) -> str | None: ...


def read_designations(
    reading: Reading,
    places: Places,
    organizations: Sequence[OrganizationMention],
    dates: Sequence[DateMention],
    practices: Iterable[PracticeMention],
) -> tuple[Designation, ...]:
    """Every designation of a place, in order of its start.

    >>> from tasks.facts.places.reading import read_places
    >>> text = "石狮市、晋江市被泉州市民政局列为全市邻里茶桌试点，南安市未被列为试点。"
    >>> reading = Reading(text)
    >>> found = read_designations(reading, read_places(reading), (), (), ())
    >>> [(row.place_name[-3:], row.status, row.practice_name) for row in found]
    [('晋江市', 'designated', '邻里茶桌'), ('石狮市', 'designated', '邻里茶桌'), ('南安市', 'refused', '邻里茶桌')]
    """
    words = list(designation_words(reading))
    if not words:
        return ()
    named = _Named(reading, list(places), organizations, dates, list(practices))
    rows: list[Designation] = []
    taken: set[int] = set()
    previous: tuple[DesignationWord, str | None] | None = None
    for word in words:
        status = status_of(reading.text, word)
        found, is_own = named.places_of(word)
        if status == "applied" and (applicant := named.applicant_of(word)) is not None:
            found, is_own = [applicant], True
        found = _respective(reading.text, word, found)
        if status is None or not found or (not is_own and status in ("refused", "revoked")):
            continue
        designated_at = named.date_of(word)
        if status == "designated" and _is_ahead(designated_at, reading.published_on):
            status = "planned"  # 2023年启动试点, in a text of 2021
        if status == "designated" and found[-1].start_char > word.scope_end and _PUT_UP.search(reading.title):
            status = "planned"  # a roll that is put up for objections
        practice = named.practice_of(word)
        if practice is None and previous is not None and previous[0].end > named.sentence_start(word):
            practice = previous[1]
        previous = (word, practice)
        for place in found:
            start, end = (word.start, word.end) if word.start not in taken else (place.start_char, place.end_char)
            if start in taken:
                continue
            taken.add(start)
            verb = reading.text[word.verb_start : word.verb_end]
            governed = f"behind {verb}" if verb else "with the list of places behind it"
            note("designations", start, end, f"{reading.text[word.start : word.end]} {governed}: {status}")
            rows.append(
                Designation(
                    start,
                    end,
                    reading.text[start:end],
                    practice,
                    reading.text[word.start : word.end],
                    status,
                    word.level,
                    named.body_of(word) if status != "applied" else None,
                    designated_at,
                    place.place_name,
                    _code_of(place, places),
                    *named.stated_of(word, practice, status),
                )
            )
    return tuple(sorted(rows))


def _is_ahead(iso: str | None, published_on: date | None) -> bool:
    """Whether all of the day, month or year ``iso`` lies behind the day of publication."""
    if iso is None or published_on is None or iso.startswith("-"):
        return False
    begins = iso.partition("/")[0]
    return begins > published_on.isoformat()[: len(begins)]


class _Named:
    """The places, bodies, dates and practices of an article, asked for by the word of a designation."""

    def __init__(
        self,
        reading: Reading,
        places: list[PlaceMention],
        organizations: Sequence[OrganizationMention],
        dates: Sequence[DateMention],
        practices: list[PracticeMention],
    ) -> None:
        self._reading = reading
        self._text = reading.text
        self._agents = [
            body for body in organizations if self._text[body.start_char - 1 : body.start_char] in _AGENT_MARKS
        ]
        self._organs = [body for body in organizations if body.kind in ("party", "government")]
        self._dates = dates
        self._practices = practices
        self._in_use: dict[str, list[PracticeMention]] = defaultdict(list)
        for mention in practices:
            if mention.status in _IN_USE and mention.stated_precision is not None:
                self._in_use[mention.name].append(mention)
        is_plan = reading.title.endswith(_PLANS)
        self._titled = next((p.name for p in practices if p.name in reading.title), None) if is_plan else None
        inside = bytearray(len(self._text) + 1)
        for body in organizations:
            inside[body.start_char : body.end_char] = b"\1" * (body.end_char - body.start_char)
        # 全市 tells whose the designation is; a province right behind 列为 does so too.
        self._coded = [body for body in organizations if body.adcode is not None]
        self._first_of = {place.adcode: place for place in reversed(places) if place.adcode is not None}
        # “幸福社区”试点, “某省和谐社区建设示范社区”: what opens a name in marks is a part of that name.
        self._places = [
            place
            for place in places
            if not (inside[place.start_char] or _WHOSE.match(place.surface))
            and self._text[place.start_char - 1 : place.start_char] != "“"
        ]
        self._surfaces: dict[str, dict[str, int]] = defaultdict(dict)  # by their first characters, with their order
        for number, surface in enumerate(dict.fromkeys(place.surface for place in self._places)):
            self._surfaces[surface[:2]][surface] = number

    def sentence_start(self, word: DesignationWord) -> int:
        """Where the sentence of ``word`` begins."""
        return self._reading.sentence_at(word.start).start_char

    def places_of(self, word: DesignationWord) -> tuple[list[PlaceMention], bool]:
        """The places that the designation is said of, the lowest only, and whether its own stretch names them."""
        sentence = self._reading.sentence_at(word.start)
        inside = [
            place
            for place in self._between(word.scope_start, word.start)
            if not _NAMED_AS.search(self._text, place.start_char - 4, place.start_char)
        ]
        verb = self._active_verb(word)
        objects = self._between(verb, word.start) if verb is not None else []
        in_place = [place for place in inside if _IN_PLACE.search(self._text, place.start_char - 2, place.start_char)]
        rolled = places_in_roll(self._text, self._places, word.end)
        if rolled or ROLL_HEADING.match(self._text, word.end):
            return _lowest(rolled), True
        behind = self._listed_behind(word)
        for candidates in (behind, objects, in_place and self._list_from(in_place[0], inside), inside):
            lowest = _lowest(candidates)
            if lowest:
                return lowest, True
        subject = _AS_ONE_OF.match(self._text, word.end)
        if subject is not None and self._text.rfind("作为", word.scope_start, word.start) >= 0:
            named = self._between(subject.end(), min(sentence.end_char, subject.end() + _LONGEST_SUBJECT))
            if named and named[0].start_char == subject.end():
                return [named[0]], True  # 作为试点城市之一，石狮市实行
        if begins_item(self._text, word.scope_start) and not begins_first_item(self._text, word.scope_start):
            return [], False  # 三是推广某镇经验；四是开展试点: what another item names is not spoken of
        first = max(sentence.start_char, word.scope_start - LONGEST_SCOPE)
        before = _lowest(self._between(first, word.scope_start))
        if before:
            return before, True
        earlier = _last_before(self._places, sentence.start_char)
        return ([], False) if earlier is None else ([earlier], False)

    def applicant_of(self, word: DesignationWord) -> PlaceMention | None:
        """The place of the body that seeks a designation, where no place of its own stands there: 县妇联申请."""
        start = max(self._text.rfind(mark, word.scope_start, word.start) for mark in _SEEKS)
        if start < 0 or self._between(word.scope_start, word.start):
            return None
        bodies = [b for b in _starting(self._coded, word.scope_start, start) if b.end_char <= start]
        if not bodies or self._text[bodies[-1].start_char - 1 : bodies[-1].start_char] == "向":
            return None
        return self._first_of.get(bodies[-1].adcode or "")

    def _between(self, start: int, end: int) -> list[PlaceMention]:
        return [place for place in _starting(self._places, start, end) if place.end_char <= end]

    def _active_verb(self, word: DesignationWord) -> int | None:
        """Behind the verb or preposition whose object is named, where a place stands between it and the word."""
        clause = self._text[word.scope_start : word.start]
        for match in _ACTIVE.finditer(clause):
            behind = word.scope_start + match.end()
            if self._between(behind, word.start):
                return behind
        return None

    def _list_from(self, first: PlaceMention, places: list[PlaceMention]) -> list[PlaceMention]:
        found = [first]
        for place in places:
            gap = self._text[found[-1].end_char : place.start_char]
            if place.start_char >= found[-1].end_char and len(gap) <= 12 and _BETWEEN_PLACES.match(gap):
                found.append(place)
        return found

    def _listed_behind(self, word: DesignationWord) -> list[PlaceMention]:
        """试点县：甲县、乙县, and 在甲县、乙县开展 behind the word."""
        end = self._reading.sentence_at(word.start).end_char
        mark = re.compile(r"(?:名单)?(?:为|是|包括|：)|(?:工作)?(?:先后|率先|首批)?在").match(self._text, word.end)
        if mark is None:
            return []
        places = self._between(mark.end(), min(end, word.end + 160))
        if not places or places[0].start_char > mark.end() + 6:
            return []
        return self._list_from(places[0], places)

    def practice_of(self, word: DesignationWord) -> str | None:
        """What the place is pilot of: the practice right before the word, else the words there, else the nearest
        one."""
        text = self._text
        sentence = self._reading.sentence_at(word.start)
        scope = _starting(self._practices, word.scope_start, word.start)
        taken = [p for p in scope if _TAKEN.search(text, p.start_char - 2, p.start_char)]
        if taken:
            return taken[0].name
        if scope and word.start - scope[-1].end_char <= 8:
            return scope[-1].name
        item = re.compile(r"(?:项目|内容)?(?:为|是|：)").match(text, word.end)
        behind = _first(self._practices, word.end, sentence.end_char)
        if behind is not None and text[word.end : behind.start_char] in _TRIES_OUT:
            return behind.name
        if item is not None and behind is not None and behind.start_char - item.end() <= 12:
            return behind.name
        thing = self._thing(text[word.scope_start : word.start])
        if thing is not None:
            return thing
        if scope:
            return scope[-1].name
        at = bisect_left(self._practices, word.start, key=_START)
        beside = self._practices[max(at - 1, 0) : at + 1]
        inside = [p for p in beside if sentence.start_char <= p.start_char < sentence.end_char]
        if inside:
            return min(inside, key=lambda p: (abs(p.start_char - word.start), p.start_char)).name
        if self._titled is not None:
            return self._titled
        earlier = _last_before(self._practices, sentence.start_char)
        return None if earlier is None else earlier.name

    def _thing(self, words: str) -> str | None:
        """What ``words``, which stand before the word of a designation, name behind the places they name."""
        pairs = {words[at : at + length] for at in range(len(words)) for length in (1, 2)}
        found = {surface: number for pair in pairs for surface, number in self._surfaces.get(pair, {}).items()}
        return thing_before(words, sorted(found, key=found.__getitem__))

    def body_of(self, word: DesignationWord) -> str | None:
        """Who names: the body behind 被 or 由, else the first of party or government before the word that is no
        object."""
        sentence = self._reading.sentence_at(word.start)
        found = (_first(bodies, sentence.start_char, word.start) for bodies in (self._agents, self._organs))
        return next((body.name for body in found if body is not None and body.end_char <= word.start), None)

    def date_of(self, word: DesignationWord) -> str | None:
        """The first date of the sentence."""
        sentence = self._reading.sentence_at(word.start)
        dated = _first(self._dates, sentence.start_char, sentence.end_char)
        return None if dated is None else dated.iso

    def stated_of(self, word: DesignationWord, practice: str | None, status: DesignationStatus) -> Stated:
        """When the place was named: as the sentence says it of the practice, whose own mention stands in it."""
        if status == "designated" and practice is not None:
            sentence = self._reading.sentence_at(word.start)
            mention = _first(self._in_use.get(practice, ()), sentence.start_char, sentence.end_char)
            if mention is not None:
                return mention.stated_on, mention.stated_until, mention.stated_precision
        return None, None, None


_START = attrgetter("start_char")


def _starting(mentions: Sequence[Mention], start: int, end: int) -> Sequence[Mention]:
    """Those of ``mentions``, which are in order, that begin from ``start`` on and before ``end``."""
    return mentions[bisect_left(mentions, start, key=_START) : bisect_left(mentions, end, key=_START)]


def _first(mentions: Sequence[Mention], start: int, end: int) -> Mention | None:
    """The first of ``mentions``, which are in order, that begins from ``start`` on and before ``end``."""
    at = bisect_left(mentions, start, key=_START)
    return mentions[at] if at < len(mentions) and mentions[at].start_char < end else None


def _last_before(mentions: Sequence[Mention], char: int) -> Mention | None:
    """The last of ``mentions``, which are in order, that ends before ``char`` and not far off."""
    at = bisect_left(mentions, char, key=_START) - 1
    return mentions[at] if at >= 0 and 0 <= char - mentions[at].end_char <= _HIGHEST_DISTANCE else None


def _respective(text: str, word: DesignationWord, places: list[PlaceMention]) -> list[PlaceMention]:
    """Of 甲村、乙村分别获评“平安村”“示范村” the place that stands where the designation stands in its list."""
    each = text.rfind("分别", word.scope_start, word.start)
    if each < 0 or len(places) < 2:
        return places
    items = list(_LISTED.finditer(text, each, word.scope_end))
    if len(items) != len(places):
        return places
    return [
        place for place, item in zip(places, items, strict=True) if item.start() <= word.start < item.end()
    ] or places


def _code_of(place: PlaceMention, places: Places) -> str | None:
    """The code of ``place``; of a township or village that of the county it lies in."""
    if place.adcode is not None:
        return place.adcode
    code = places.adcode_at(place.start_char)
    return code if code is not None and place.place_name.startswith(gazetteer().full_name(code)) else None


def _lowest(places: Sequence[PlaceMention] | list[PlaceMention]) -> list[PlaceMention]:
    """``places`` without those that lie above another one, each once."""
    names = sorted({place.place_name for place in places})
    # In order a name stands right before those that begin with it: a roll may hold thousands.
    above = {name for name, following in pairwise(names) if following.startswith(name)}
    kept: dict[str, PlaceMention] = {}
    for place in places:
        if place.place_name not in above:
            kept.setdefault(place.place_name, place)
    return list(kept.values())
