"""Walking along characters that were read one byte off: which true characters their bytes make."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from functools import cache

from tasks.repair.language.pairs import Choice, Language, simplified_forms
from tasks.repair.torn.alternatives import beginning_with, ending_in
from tasks.repair.torn.gbk import EURO_BYTE, all_pairs, characters_by_pair, is_private_use, pairs_by_character
from tasks.repair.torn.mirrors import ANNOTATION, BROKEN_ANNOTATION, HEADLESS_ANNOTATION, Mirror
from tasks.repair.torn.readings import characters_by_reading, reads_as

FULL_MARKS = {"！": 0xA3A1, "？": 0xA3BF, "。": 0xA1A3, "，": 0xA3AC, "：": 0xA3BA, "；": 0xA3BB}
FOLDED = {"!": "！", "?": "？", ",": "，", ":": "：", ";": "；"}
CUT_MARKS = FULL_MARKS | {folded: FULL_MARKS[mark] for folded, mark in FOLDED.items()}

_TAG_REST = re.compile(r"/?[a-z][a-z0-9]{0,9}(?: [^<>]{0,200})?>")

TRACELESS = -3.0  # nats: a lost byte mostly leaves a question mark
_IN_MID_TEXT = -4.0  # a broken character between two whole ones needs a space or a digit that went down with it
_PRESENCE, _MOST_PRESENCE = 0.4, 1.5
_PRONOUNS = {"他": 0.7, "她": 0.22, "它": 0.08}  # and the share of each in news text
_WRONG_SCRIPT = -4.0
_SELDOM_CONVERTED = -1.5  # three in four forms that both scripts know stay as they are
_ANNOTATED = 4.0  # the page annotates that very character so elsewhere
# Nats for a private-use character that is gone: one in seven characters that are read out of step is one.
_GONE = -2.0
_MOST_GONE = 2  # in one run; where more are missing, nothing is left to read
# For time alone: ways to fill one such gap that are followed.
_GONE_KEPT = 4
_TAG_BONUS = 3.0  # the rest of a tag explains where its bracket went


@dataclass(slots=True)  # made and read by the thousand, in two thirds of the time of a named tuple
class State:
    """One way to read the run so far. ``score`` leaves out the first character, which depends on what stands before."""

    position: int  # in the damaged text
    pending: int  # the byte that waits for its partner; 0: in step again
    restored: str
    score: float  # natural logarithm
    shifted_count: int = 0  # characters whose bytes are all there: evidence, unlike guessed ones
    is_open: bool = False  # the last byte was lost, an ASCII character may have gone with it
    gone_count: int = 0  # private-use characters that an earlier cleaner removed from the run


@cache
def _converted_by_mirrors() -> frozenset[str]:
    """Simplified forms that no Traditional charset of two bytes has: a mirror's table replaces them."""
    return frozenset(form for form in simplified_forms().values() if not form.encode("big5", "ignore"))


@cache
def _traditional_forms() -> dict[str, str]:
    """The Traditional characters by their Simplified form, where both scripts write that form."""
    found: dict[str, str] = {}
    for character, form in simplified_forms().items():
        if form not in _converted_by_mirrors():
            found[form] = found.get(form, "") + character
    return found


@cache
def refused_pairs() -> frozenset[int]:
    """``lead << 8 | trail`` of what Windows code page 936, as Python has it, gives no character."""
    pairs = all_pairs()
    # Decoded as one text, in a fifth of the time; what is refused leaves its line empty.
    lines = b"\n".join([pair.to_bytes(2) for pair in pairs]).decode("cp936", "ignore").split("\n")
    return frozenset([pair for pair, line in zip(pairs, lines, strict=True) if not line])


@cache
def private_use_leads() -> frozenset[int]:
    """The first bytes of the user-defined area."""
    return frozenset(pair >> 8 for pair, character in characters_by_pair().items() if is_private_use(character))


@cache
def _by_lead(trail: int) -> tuple[tuple[int, int], ...]:
    """The place and the first byte of each of the characters that end in ``trail``."""
    pairs = pairs_by_character()
    return tuple((place, pairs[character] >> 8) for place, character in enumerate(ending_in(trail).characters))


class Walk:
    """The steps that one page allows. ``is_traceless``: its mirror drops broken bytes instead of marking them.

    ``takes_nothing_along``: its decoder gives up one byte at a time and shows what stands behind it. ``drops_at_cuts``:
    it shows no mark for a byte that lost its partner to a cut, whatever it does elsewhere. ``is_silent``: it shows none
    anywhere.
    """

    def __init__(
        self,
        text: str,
        mirror: Mirror,
        language: Language,
        *,
        drops_tags: bool,
        is_traditional: bool,
        takes_nothing_along: bool = False,
        drops_at_cuts: bool = False,
        is_silent: bool = False,
        lack_of_private_use: float = 0.0,
    ) -> None:
        self._text = text
        self._pinyin_of = mirror.pinyin_of
        self._language = language
        self._drops_tags = drops_tags
        self._takes_nothing_along = takes_nothing_along
        self._drops_at_cuts = drops_at_cuts
        self._is_silent = is_silent
        self._gone = _GONE + math.log(lack_of_private_use) if lack_of_private_use else -math.inf
        self._pairs = pairs_by_character()
        self._characters = characters_by_pair()
        self._forms = simplified_forms()
        self._traditional_forms = _traditional_forms()
        self._converted = _converted_by_mirrors()
        self._shows_euro = "€" in text
        self._presences_of: dict[int, list[float]] = {}
        self._fillings: dict[tuple[str, int, int], list[tuple[float, str]]] = {}
        self._is_traditional = is_traditional

    def presences(self, choice: Choice) -> list[float]:
        """Nats for each guessed character that the page holds elsewhere, and against one that its mirror's table leaves
        out.

        Minus infinity for what the mirror annotates, which never stands alone.
        """
        counts = self._language.counts[choice.codes].tolist()
        return [
            -math.inf if character in self._pinyin_of else self._presence(character, count)
            for character, count in zip(choice.characters, counts, strict=True)
        ]

    def _presence(self, character: str, count: int) -> float:
        if character in _PRONOUNS:
            return self._pronoun(character)
        found = min(_MOST_PRESENCE, _PRESENCE * math.log1p(count)) if count else 0.0
        if not self._is_traditional:
            return found
        if character in self._converted:
            return _WRONG_SCRIPT
        form = self._forms.get(character)
        if form is None:
            others = self._traditional_forms.get(character, "")
            return _WRONG_SCRIPT if any(self._language.count(each) > count for each in others) else found
        if form in self._converted:
            return found
        # 后, 里 and 制 stay as they are on most mirrors; one table turns all or none of them.
        if self._language.count(form) > count:
            return _WRONG_SCRIPT
        return found if count else _SELDOM_CONVERTED

    def _pronoun(self, character: str) -> float:
        """An article speaks of men, of women or of things: the page's own count against what is usual."""
        usual = _PRONOUNS[character]
        count = sum(map(self._language.count, _PRONOUNS))
        return math.log((self._language.count(character) + 2 * usual) / ((count + 2) * usual)) + _PRESENCE

    def steps(self, state: State, is_traceless: bool) -> list[State]:
        """Every way the next damaged character (or the byte missing behind it) can go on."""
        text, position = self._text, state.position
        if position >= len(text) or text[position] == "\n":
            return self._broken(state, position, TRACELESS) if is_traceless else []
        character = text[position]
        pair = self._pairs.get(character)
        if pair is not None:
            shifted = self._shifted(state, pair, position + 1)
            if ((is_traceless or self._drops_at_cuts) and character in CUT_MARKS) or self._is_silent:
                shifted += self._broken(state, position, TRACELESS)
            return shifted
        if character == "€":
            return self._completed(state, EURO_BYTE, position + 1)
        if character == "(":
            annotation = ANNOTATION.match(text, position)
            if annotation is not None and reads_as(text[position - 1], annotation.group(1)):
                return [replace(state, position=annotation.end())]
            if annotation is not None and is_traceless:
                return self._annotated(state, annotation)
        if "@" <= character <= "~":
            headless = HEADLESS_ANNOTATION.match(text, position) if is_traceless else None
            annotated = self._annotated(state, headless) if headless is not None else []
            return annotated + self._completed(state, ord(character), position + 1)
        found: list[State] = []
        if character.isascii():
            if character == "?":
                found += self._at_question_mark(state, position)
            elif is_traceless:
                found += self._broken(state, position, TRACELESS)
            mark = CUT_MARKS.get(character)
            if mark is not None:
                found += self._shifted(state, mark, position + 1)
        return found

    def steps_over_gap(self, state: State) -> list[State]:
        """Every likely way to go on behind a private-use character that somebody removed from the page.

        It was made of the byte that completes the one that waits and of the first byte of the next character, whose
        second byte the next damaged character shows.
        """
        if state.gone_count == _MOST_GONE or state.position >= len(self._text):
            return []
        shown = self._text[state.position]
        pair = self._pairs.get(shown)
        if pair is not None:
            low, rest = pair >> 8, pair & 0xFF
        elif shown == "€" or "@" <= shown <= "~":
            low, rest = (EURO_BYTE if shown == "€" else ord(shown)), 0
        else:
            return []
        if rest == EURO_BYTE:
            return []
        pending, glued = (0, chr(rest)) if 0 < rest < EURO_BYTE else (rest, "")
        return [
            State(
                state.position + 1,
                pending,
                state.restored + pair_of + glued,
                state.score + score + self._gone,
                state.shifted_count,
                False,
                state.gone_count + 1,
            )
            for score, pair_of in self._filling(state.restored[-1:], state.pending, low)
        ]

    def _filling(self, last: str, lead: int, trail: int) -> list[tuple[float, str]]:
        """The likeliest pairs of characters behind ``last`` of which the first byte and the last are left, with their
        nats."""
        known = self._fillings.get((last, lead, trail))
        if known is not None:
            return known
        firsts, middles = beginning_with(lead)
        seconds = ending_in(trail)
        seconds_by_lead = _by_lead(trail)
        base = self._language.scores_behind(last, firsts) if last else [0.0] * len(middles)
        filled: list[tuple[float, str]] = []
        for first, middle, score in zip(firsts.characters, middles, base, strict=True):
            if middle not in private_use_leads() or first in self._pinyin_of:
                continue
            scores = self._language.scores_behind(first, seconds)
            for place, lead_of_second in seconds_by_lead:
                second = seconds.characters[place]
                gone = self._characters.get(middle << 8 | lead_of_second, "")
                if is_private_use(gone) and second not in self._pinyin_of:
                    filled.append((score + scores[place], first + second))
        filled.sort(key=lambda each: (-each[0], each[1]))
        del filled[_GONE_KEPT:]
        self._fillings[last, lead, trail] = filled
        return filled

    def _shifted(self, state: State, pair: int, position: int) -> list[State]:
        character = self._characters.get(state.pending << 8 | pair >> 8)
        trail = pair & 0xFF
        if character is None or is_private_use(character) or trail == EURO_BYTE:
            return []
        if trail < EURO_BYTE:  # an ASCII character of its own: back in step
            return [self._extended(state, character + chr(trail), position, 0)]
        return [self._extended(state, character, position, trail)]

    def _completed(self, state: State, byte: int, position: int) -> list[State]:
        """Back in step: ``byte`` is the partner of the byte that waited; a reading behind it belongs to the whole."""
        character = self._characters.get(state.pending << 8 | byte)
        if character is None or is_private_use(character):
            return []
        annotation = ANNOTATION.match(self._text, position)
        if annotation is not None and reads_as(character, annotation.group(1)):
            position = annotation.end()
        return [self._extended(state, character, position, 0)]

    def _extended(self, state: State, characters: str, position: int, pending: int, bonus: float = 0.0) -> State:
        score = state.score + self._language.score_text(state.restored[-1:] + characters) + bonus
        return State(
            position, pending, state.restored + characters, score, state.shifted_count + 1, False, state.gone_count
        )

    def _at_question_mark(self, state: State, position: int) -> list[State]:
        match = BROKEN_ANNOTATION.match(self._text, position)
        if match is not None:
            return self._annotated(state, match)
        found = self._broken(state, position + 1, 0.0)
        tag = _TAG_REST.match(self._text, position + 1)
        if tag is not None:
            end = tag.end() if self._drops_tags else position + 1
            found += self._broken(state, end, _TAG_BONUS, "" if self._drops_tags else "<")
        return found

    def _annotated(self, state: State, match: re.Match[str]) -> list[State]:
        """The reading belongs to the character whose second byte broke: it names that byte."""
        reading = match.group(1)
        return [
            self._extended(
                state, character, match.end(), 0, _ANNOTATED if self._pinyin_of.get(character) == reading else 0.0
            )
            for character in sorted(characters_by_reading().get(reading, ()))
            if self._pairs[character] >> 8 == state.pending
        ]

    def _broken(self, state: State, position: int, prior: float, swallowed: str = "") -> list[State]:
        """The partner itself is lost: every byte is tried."""
        last = state.restored[-1:]
        following = self._text[position : position + 1]
        next_pair = self._pairs.get(following) if not swallowed and following not in CUT_MARKS else None
        choice, bytes_ = beginning_with(state.pending)
        presences = self._presences(state.pending)
        scores = self._language.scores_behind(last, choice) if last else [0.0] * len(bytes_)
        base = state.score + prior
        restored, shifted_count, gone_count = state.restored, state.shifted_count, state.gone_count
        found = []
        for byte, character, presence, score in zip(bytes_, choice.characters, presences, scores, strict=True):
            if presence == -math.inf:
                continue
            total = base + presence + score
            if next_pair is not None:
                false_pair = byte << 8 | next_pair >> 8
                if self._takes_nothing_along or self._is_silent:
                    if byte != EURO_BYTE and false_pair not in refused_pairs():
                        continue  # would have been shown as a character
                elif not is_private_use(self._characters.get(false_pair, "\ue000")):
                    # Between whole characters: a pair Python's decoder refuses, or something that went down with it.
                    total += _IN_MID_TEXT
            found.append(State(position, 0, restored + character + swallowed, total, shifted_count, True, gone_count))
        return found

    def _presences(self, lead: int) -> list[float]:
        """Nats for each character that begins with ``lead``, minus infinity for what cannot stand on this page."""
        found = self._presences_of.get(lead)
        if found is None:
            choice, bytes_ = beginning_with(lead)
            found = self.presences(choice)
            if self._shows_euro and EURO_BYTE in bytes_:
                found[bytes_.index(EURO_BYTE)] = -math.inf
            self._presences_of[lead] = found
        return found
