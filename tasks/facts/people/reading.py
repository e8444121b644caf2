"""People of an article: every named person at every mention, with the post and organisation as printed nearest.

Names are judged by ``people.person_names``; a name that is clear once is then found wherever it stands. Authors and
photographers of the article are not its people.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from operator import attrgetter

from tasks.facts.people.called import called_by_surname
from tasks.facts.people.dotted_names import dotted_names
from tasks.facts.people.double_surnames import lengthen_double_surnames
from tasks.facts.people.guesses import name_guesses
from tasks.facts.people.parts_of_names import last_parts
from tasks.facts.people.person_names import ACCEPTED, NameGuess
from tasks.facts.people.placed_names import placed_names
from tasks.facts.people.roles import PrintedRole, printed_role, role_in
from tasks.facts.people.rows import names_in_rows, without_shares, without_things
from tasks.facts.people.shared_roles import share_back, share_in_rows, tell_by_pronoun, with_roles_carried
from tasks.facts.people.spans import Blocked, FoundName, outside_bodies
from tasks.facts.people.transcribed import foreigners, transcribed_names
from tasks.facts.people.withheld import withheld_names
from tasks.facts.places.reading import PlaceReading
from tasks.facts.text.reading import Reading
from tasks.facts.text.traces import is_traced, note
from tasks.lexicon.characters import FIRST_HAN, LAST_HAN
from tasks.lexicon.dictionary import is_word
from tasks.lexicon.gazetteer import gazetteer
from tasks.lexicon.names import given_name_characters, surnames
from tasks.lexicon.posts import post_ending_at
from tasks.lexicon.speech import SPEECH
from tasks.lexicon.word_lists import words_for
from tasks.records import OrganizationMention, PersonMention


def read_people(
    reading: Reading, places: PlaceReading, organizations: Sequence[OrganizationMention]
) -> tuple[PersonMention, ...]:
    """One row for each mention of a named person, in order.

    >>> from tasks.facts.places.reading import read_places
    >>> reading = Reading("石桥社区党委书记周敏说：“先解决停车。”居民高女士点头。周敏记了下来。")
    >>> [(m.name, m.role) for m in read_people(reading, read_places(reading), ())]
    [('周敏', '党委书记'), ('高女士', '居民'), ('周敏', '党委书记')]
    """
    text = reading.text
    blocked = Blocked(reading, places)
    guesses = name_guesses(reading, blocked)
    names = _accepted(text, guesses)
    _drop_towns(text, names, guesses, places)
    line_ends = {name.start: name.line_end for name in reading.roster}
    names |= {text[name.start : name.end]: ACCEPTED for name in reading.roster}
    found = _occurrences(reading, names, blocked)
    lengthen_double_surnames(text, found)
    withheld = withheld_names(reading, blocked)
    if withheld:
        taken = {char for name in withheld for char in range(name.start, name.end)}
        found = [item for item in found if item.start not in taken] + withheld
    dotted = dotted_names(reading, blocked)
    transcribed = transcribed_names(reading, found, blocked)
    found += transcribed
    placed = placed_names(reading, found, blocked)
    found += placed
    foreign = [*dotted, *last_parts(reading, dotted), *foreigners(reading, blocked)]
    if foreign:  # what looks like a Chinese name inside one is none
        parts = {part for item in dotted for part in re.split("[·•‧]", item.name)}
        taken = {char for name in foreign for char in range(name.start, name.end)}
        found = [one for one in found if one.name not in parts and taken.isdisjoint(range(one.start, one.end))]
        found += foreign
    if is_traced():
        _note_rules(
            {
                "a name that an accepted one or a row of names brings with it": found,
                "a surname with 某": withheld,
                "a name in transcription": [*transcribed, *foreign],
                "a name told by its place": placed,
            }
        )
    found = _in_order(outside_bodies(found, organizations))
    for item in found:
        line_end = line_ends.get(item.start)
        if line_end is not None:
            item.role = role_in(text, item.end, line_end, organizations)
        else:
            item.role = printed_role(text, item.start, item.end, places, organizations)
    share_in_rows(text, found)
    share_back(text, found)
    tell_by_pronoun(text, found, organizations)
    called = called_by_surname(reading, found, blocked, places, organizations)
    if is_traced():
        _note_rules({"a surname with a form of address": called})
    for item in called:
        title = post_ending_at(text, item.end, item.start)
        is_civil = title is not None and text[title : item.end] in _CIVIL
        if title is not None and not (
            is_civil and post_ending_at(text, item.start, item.start - 8) is not None
        ):  # 陈校长 tells the post by itself
            item.role = PrintedRole(text[title : item.end], None)
        else:
            item.role = printed_role(text, item.start, item.end, places, organizations)
    return with_roles_carried(_without_overlaps(_in_order([*found, *called])))


def _drop_towns(text: str, names: dict[str, float], guesses: list[NameGuess], places: PlaceReading) -> None:
    """Drop from ``names`` what the towns of the article are called without 镇 or 村: 杜泽法庭 is that of 杜泽镇."""
    towns = "".join([f"{m.place_name}\n" for m in places.mentions if m.level in ("township", "community", "village")])
    ends = _SUFFIX.sub("\n", towns) if any(map(towns.__contains__, names)) else ""
    for name in [name for name in names if f"{name}\n" in ends]:
        if not any(guess.has_context for guess in guesses if text[guess.start : guess.end] == name):
            del names[name]


_CIVIL = frozenset(("老师", "师傅", "医生", "大夫", "护士", "同学"))  # said of many who hold another post: 班主任罗老师
_SUFFIX = re.compile("(?:街道|社区|[镇乡村])\n")


def _note_rules(by_rule: Mapping[str, Sequence[FoundName]]) -> None:
    for rule, items in by_rule.items():
        for item in items:
            note("person_mentions", item.start, item.end, rule)


def _in_order(found: list[FoundName]) -> list[FoundName]:
    """By their start, of those that start together the longest first."""
    found.sort(key=attrgetter("end"), reverse=True)
    found.sort(key=attrgetter("start"))
    return found


_IN_A_ROW = 0.5  # enough beside a clear name
_LONG_ROW = 3  # two things that look like names stand side by side now and then (石榴、金桔), three hardly


def _accepted(text: str, guesses: list[NameGuess]) -> dict[str, float]:
    """Names that are clear at least once, with their best score."""
    foreign = words_for("names/foreign_places", "surnamed")
    best: dict[str, float] = {}
    clear = [guess for guess in guesses if _is_clear(text, guess)]
    for guess in clear:
        name = text[guess.start : guess.end]
        best[name] = max(best.get(name, 0.0), guess.score)
    supported = {text[guess.start : guess.end] for guess in clear if guess.has_context}
    for name, own in _grouped(text, guesses).items():
        # Two half-clear mentions make a clear one.
        if name not in best and len(own) > 1 and len(name) > 2 and not is_word(name):
            first, second = sorted((guess.score for guess in own), reverse=True)[:2]
            if first + second >= ACCEPTED and (first >= 2.5 or any(guess.has_context for guess in own)):
                best[name] = first
    for guess in _in_long_rows(text, guesses):
        name = text[guess.start : guess.end]
        if name not in foreign and not is_word(name):
            best[name] = max(best.get(name, 0.0), guess.score)
            clear.append(guess)
    _vouch(text, guesses, clear, best)
    for name in names_in_rows(text, sorted({(g.start, g.end) for g in guesses if text[g.start : g.end] in best})):
        if name not in foreign:
            best.setdefault(name, ACCEPTED)
    _drop_cut(text, best, supported)
    best = without_things(text, best) if best else best
    return best if not best or "（" not in text else without_shares(text, best)


def _is_clear(text: str, guess: NameGuess) -> bool:
    """Whether one mention is a name for sure."""
    name = text[guess.start : guess.end]
    if (name in gazetteer().short and not guess.has_context) or name in words_for("names/foreign_places", "surnamed"):
        return False
    if len(name) == 2 and not guess.has_context:
        # Two characters alone: a word of the dictionary, or a verb with its object (修渠) under a rare surname.
        is_rare = surnames().get(name[0], 0.0) < 1
        if guess.score < (6.0 if is_rare else 5.5 if is_word(name) else ACCEPTED):
            return False
    return guess.score >= (ACCEPTED - 0.5 if guess.has_context else ACCEPTED)


def _vouch(text: str, guesses: list[NameGuess], clear: list[NameGuess], best: dict[str, float]) -> None:
    """In a list of names (王芳、李军和赵敏) the clear ones vouch for their neighbours."""
    clear_starts = {guess.start for guess in clear}
    clear_ends = {guess.end for guess in clear}
    for guess in guesses:
        listed_after = text[guess.start - 1 : guess.start] in ("、", "和", "与") and guess.start - 1 in clear_ends
        listed_before = text[guess.end : guess.end + 1] in ("、", "和", "与") and guess.end + 1 in clear_starts
        if guess.score >= _IN_A_ROW and (listed_after or listed_before):
            name = text[guess.start : guess.end]
            best[name] = max(best.get(name, 0.0), guess.score)
            clear_ends.add(guess.end)


def _drop_cut(text: str, best: dict[str, float], supported: set[str]) -> None:
    """Names that were cut too long or too short leave ``best``, or become what they are cut from."""
    # A three-character name seen only once beside its own first two characters took the next word's beginning with it.
    for name in [name for name in best if len(name) == 3 and name[:2] in best and name not in supported]:
        if text.count(name[:2]) > text.count(name):
            del best[name]
    longer_names: dict[str, set[str]] = defaultdict(set)
    for name in best:
        longer_names[name[:2] if len(name) == 3 else ""].add(name)
    for name in [name for name in best if len(name) == 2]:
        if (whole := _always_followed(text, name)) is not None:
            best[whole] = best.pop(name)
            longer_names[name].add(whole)
            continue
        if (longer := longer_names.get(name)) and text.count(name) == sum(map(text.count, longer)):
            del best[name]


def _in_long_rows(text: str, guesses: list[NameGuess]) -> list[NameGuess]:
    """Those that follow one another with nothing but a mark between, three or more: each vouches for the others."""
    rows: list[list[NameGuess]] = []
    for guess in guesses:
        if guess.score < _IN_A_ROW:
            continue
        before = rows[-1][-1] if rows else None
        if before is not None and guess.start == before.end + 1 and text[before.end] in "、和与":
            rows[-1].append(guess)
        else:
            rows.append([guess])
    return [guess for row in rows if len(row) >= _LONG_ROW for guess in row]


def _grouped(text: str, guesses: list[NameGuess]) -> dict[str, list[NameGuess]]:
    grouped: dict[str, list[NameGuess]] = {}
    for guess in guesses:
        grouped.setdefault(text[guess.start : guess.end], []).append(guess)
    return grouped


def _always_followed(text: str, name: str) -> str | None:
    """The three-character name of which ``name`` is the beginning at every mention (裴江 is always 裴江月)."""
    following = set()
    at = text.find(name)
    count = 0
    while at >= 0:
        end = at + len(name)
        after = text[end : end + 1]
        if not FIRST_HAN <= after <= LAST_HAN or SPEECH.match(text, end) or is_word(text[end : end + 2]):
            return None
        following.add(after)
        count += 1
        at = text.find(name, end)
    if len(following) != 1:
        return None
    last = following.pop()
    if count < 2 and text[text.find(name) + len(name) + 1 : text.find(name) + len(name) + 2] not in ("、", "（", "("):
        return None
    if last == "和" and f"{name}和的" in text:
        return name + last  # before 的 it is no conjunction
    least = -1.2 if count < 2 else -1.6
    return (
        name + last if given_name_characters().get(last, 0.0) > least and last not in "的是在把也和说被又就" else None
    )


def _occurrences(reading: Reading, names: dict[str, float], blocked: Blocked) -> list[FoundName]:
    text = reading.text
    found = []
    taken: set[int] = set()
    # Looked up one by one, the longest first: a pattern of an article's names costs more to compile than to run. Of
    # two as long as each other that overlap the one that begins first is whole: 郭杨松, and 杨松家 in 郭杨松家.
    by_length: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for name in names:
        start = text.find(name)
        while start >= 0:
            by_length[len(name)].append((start, name))
            start = text.find(name, start + 1)
    for length in sorted(by_length, reverse=True):
        for start, name in sorted(by_length[length]):
            end = start + length
            if start in taken or end - 1 in taken:
                continue
            taken.update(range(start, end))
            if not (blocked.covers(start, end) or blocked.is_byline(start, name)):
                found.append(FoundName(start, end, name))
    return found


def _without_overlaps(found: list[FoundName]) -> list[FoundName]:
    kept: list[FoundName] = []
    for item in found:
        if not kept or item.start >= kept[-1].end:
            kept.append(item)
    return kept
