"""Texts read one byte off: the inverse of find-and-replace on GBK bytes that ignored character boundaries.

A cut at the bytes of ！ inside ``。”`` (A1[A3 A1]B1) leaves ``?！`` and reads what follows one byte off, until an ASCII
byte, a euro sign, another broken character or the end of the piece brings it back in step. A pinyin annotation put
inside two characters does the same. The search walks along the damaged characters, keeps the byte that still waits
for its partner, tries every byte a mark can stand for, and lets the language model choose; nothing is accepted that
would not look exactly as the page does when the damage is done to it again.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from tasks.repair.alternatives import beginning_with, ending_in
from tasks.repair.gbk import EURO_BYTE, characters_by_pair, is_private_use, pairs_by_character
from tasks.repair.language import Language
from tasks.repair.mirrors import ANNOTATION, Mirror
from tasks.repair.readings import READING, characters_by_reading, reads_as
from tasks.repair.redamage import is_proven
from tasks.repair.repaired import Edit
from tasks.repair.verdicts import Reading, weigh

_FULL_MARKS = {"！": 0xA3A1, "？": 0xA3BF, "。": 0xA1A3, "，": 0xA3AC, "：": 0xA3BA, "；": 0xA3BB}
_FOLDED = {"!": "！", "?": "？", ",": "，", ":": "：", ";": "；"}
_CUT_MARKS = _FULL_MARKS | {folded: _FULL_MARKS[mark] for folded, mark in _FOLDED.items()}

_BROKEN_ANNOTATION = re.compile(rf"\?\(?({READING})\)")
_HEADLESS_ANNOTATION = re.compile(rf"({READING})\)")
_TAG_REST = re.compile(r"/?[a-z][a-z0-9]{0,9}(?: [^<>]{0,200})?>")

# A broken character before a mark or before a reading; a reading without its opening bracket; a mark whose lost byte
# left no trace.
_HAN = r"\u3400-\u9fff\uf900-\ufaff\ue000-\uf8ff"
_VISIBLE = rf"\?(?=[！？。，：；!?,:;])|\?(?=\(?{READING}\))|(?<=[{_HAN}])(?={READING}\))"
_TRIGGER = re.compile(rf"{_VISIBLE}|[！？!?](?=[{_HAN}])")
_TRIGGER_ON_MIRROR = re.compile(rf"{_VISIBLE}|[！？!?。，：；,:;](?=[{_HAN}])")

# A letter or a euro sign glued to Chinese, a private-use character: what a byte out of step looks like.
_OUT_OF_STEP = re.compile(rf"[{_HAN}][@-~€]|[\ue000-\uf8ff]")

_LONGEST_LEFT = 1000  # characters of a line looked at for open quotation marks
_BEAM = 24  # alternatives kept from one character to the next
_LONGEST_RUN = 400  # characters; the 90th percentile is 14
_HOPELESS = 25.0  # nats by which a reading may fall behind the damaged text before the search gives up
_LEAST_GAIN = 5.0  # nats a restored run must gain over the damaged one on a mirror's page …
_LEAST_GAIN_ELSEWHERE = 16.0  # … and on a page that shows no other damage
_UNLIKELY = -8.5  # nats a character; running news text has -5 to -6
_TRACELESS = -3.0  # a lost byte mostly leaves a question mark
_UNKNOWN_READING = -3.0  # a false character that the page annotates nowhere else
_IN_MID_TEXT = -4.0  # a broken character between two whole ones needs a space or a digit that went down with it
_TAG_BONUS = 3.0  # the rest of a tag explains where its bracket went
_PROOFS = 6  # readings tried before a run is given up


@dataclass(frozen=True, slots=True)
class _State:
    """One reading of the run so far: what is restored, which byte waits for its partner, where in the page we are."""

    position: int
    pending: int  # 0: in step
    restored: str
    score: float  # of this reading, natural logarithm
    total: float  # of this reading and all that were merged into it
    shifted_count: int = 0  # characters whose bytes are all there: evidence, unlike guessed ones
    is_open: bool = False  # the last byte was lost, an ASCII character may have gone with it
    is_traceless: bool = False  # the mirror drops broken bytes instead of showing a question mark


@dataclass(frozen=True, slots=True)
class Run:
    """A damaged stretch and what it was. ``confidence`` weighs the reading against all others that were found."""

    start_char: int
    end_char: int
    restored: str
    confidence: float
    gain: float


class _Literal:
    """How likely the damaged text is as it stands, from ``start`` on; readings in brackets count for nothing."""

    def __init__(self, text: str, start: int, before: str, language: Language) -> None:
        self._text = text
        self._language = language
        self._start = start
        self._last = before
        self._position = start
        self._scores = [0.0]

    def until(self, end: int) -> float:
        text = self._text
        while self._position < end and self._position < len(text):
            annotation = ANNOTATION.match(text, self._position) if text[self._position] == "(" else None
            if annotation is not None:
                self._scores += [self._scores[-1]] * (annotation.end() - self._position)
                self._position = annotation.end()
                continue
            character = text[self._position]
            self._scores.append(self._scores[-1] + self._language.score(self._last, character))
            self._last = character
            self._position += 1
        return self._scores[min(end - self._start, len(self._scores) - 1)]


class Search:
    """Finds the damaged runs of one page. ``drops_tags``: what is left of a broken tag goes, else it is made whole."""

    def __init__(self, text: str, mirror: Mirror, *, drops_tags: bool) -> None:
        self.text = text
        self.mirror = mirror
        self.drops_tags = drops_tags
        self.is_damaged = mirror.is_certain
        self._plain = Language()
        self._language = Language(text)
        self._pairs = pairs_by_character()
        self._characters = characters_by_pair()
        self._shows_euro = "€" in text

    def runs(self) -> list[Run]:
        """All damaged runs in order, none overlapping."""
        found = self._pass(_TRIGGER_ON_MIRROR if self.is_damaged else _TRIGGER)
        if found and not self.is_damaged:
            self.is_damaged = True
            found = self._pass(_TRIGGER_ON_MIRROR)
        return found

    def _pass(self, trigger: re.Pattern[str]) -> list[Run]:
        found: list[Run] = []
        position = 0
        for match in trigger.finditer(self.text):
            if match.start() < position or not self._looks_damaged(match.start()):
                continue
            run = self._run_at(match.start(), found)
            if run is not None:
                found.append(run)
                position = run.end_char
        return found

    def _left_of(self, at: int, found: list[Run]) -> str:
        """The line up to ``at``, runs restored and readings removed."""
        text = self.text
        start = text.rfind("\n", max(at - _LONGEST_LEFT, 0), at) + 1 or max(at - _LONGEST_LEFT, 0)
        pieces: list[str] = []
        end = at
        for run in reversed(found):
            if run.end_char <= start:
                break
            pieces += (text[run.end_char : end], run.restored)
            end = run.start_char
        pieces.append(text[start:end] if end > start else "")
        return ANNOTATION.sub("", "".join(reversed(pieces)))

    def _looks_damaged(self, at: int) -> bool:
        """Cheap doubts first: a mark that lost its byte without a trace is followed by unlikely Chinese."""
        text = self.text
        if text[at] not in _CUT_MARKS or (text[at] == "?" and text[at + 1 : at + 2] in _CUT_MARKS):
            return True
        if _BROKEN_ANNOTATION.match(text, at):
            return True
        following = text[at + 1 : at + 4]
        if len(following) < 2 or _OUT_OF_STEP.search(following):
            return True
        return self._plain.score_text(following) < _UNLIKELY * (len(following) - 1)

    # --- where a run can begin ------------------------------------------------------------------------------------

    def _starts(self, at: int, before: str) -> Iterator[_State]:
        text = self.text
        character = text[at]
        headless = _BROKEN_ANNOTATION.match(text, at) or _HEADLESS_ANNOTATION.match(text, at)
        if headless is not None:
            yield from self._annotated_inside(text[at - 1] if at else "\n", headless.group(1), headless.end())
            return
        if character == "?" and at + 1 < len(text):
            mark = _CUT_MARKS.get(text[at + 1])
            if mark is not None:
                yield from self._cut(before, mark, at + 2, is_traceless=False)
        mark = _CUT_MARKS.get(character)
        if mark is not None:
            yield from self._cut(before, mark, at + 1, is_traceless=True)

    def _cut(self, before: str, mark: int, position: int, *, is_traceless: bool) -> Iterator[_State]:
        """The byte before the mark is lost: its character is one of those that end in the mark's first byte."""
        prior = _TRACELESS if is_traceless else 0.0
        for character in ending_in(mark >> 8):
            if character not in self.mirror.pinyin_of:
                score = prior + self._language.score(before, character)
                yield _State(position, mark & 0xFF, character, score, score, is_traceless=is_traceless)

    def _annotated_inside(self, before: str, reading: str, position: int) -> Iterator[_State]:
        """The reading belongs to a false character: the trail of ``before`` and the byte that broke."""
        pair = self._pairs.get(before)
        if pair is None:
            return
        for character in sorted(characters_by_reading().get(reading, ())):
            false_pair = self._pairs[character]
            if false_pair >> 8 == pair & 0xFF:
                score = 0.0 if self.mirror.pinyin_of.get(character) == reading else _UNKNOWN_READING
                yield _State(position, false_pair & 0xFF, "", score, score)

    # --- how a run goes on ----------------------------------------------------------------------------------------

    def _run_at(self, at: int, found: list[Run]) -> Run | None:
        left = self._left_of(at, found)
        before = left[-1:] or "\n"
        literal = _Literal(self.text, at, before, self._plain)
        ended: list[_State] = []
        beam = list(self._starts(at, before))
        for _ in range(_LONGEST_RUN):
            if not beam:
                break
            following: dict[tuple[int, int, str], _State] = {}
            for state in beam:
                for successor in self._successors(state, before):
                    if successor.pending == 0:
                        ended.append(successor)
                        continue
                    key = (successor.position, successor.pending, successor.restored[-1:])
                    rival = following.get(key)
                    following[key] = successor if rival is None else _merge(successor, rival)
            gains = [(state.score - literal.until(state.position), state) for state in following.values()]
            gains.sort(key=lambda pair: (-pair[0], pair[1].restored))
            beam = [state for gain, state in gains[:_BEAM] if gain > -_HOPELESS]
        return self._choose(at, left, ended, literal)

    def _successors(self, state: _State, before: str) -> Iterator[_State]:
        text, position = self.text, state.position
        last = state.restored[-1:] or before
        if position >= len(text) or text[position] == "\n":
            if state.is_traceless:
                yield from self._broken(state, last, position, _TRACELESS)
            return
        character = text[position]
        if character == "(":
            annotation = ANNOTATION.match(text, position)
            if annotation is not None and reads_as(text[position - 1], annotation.group(1)):
                yield _moved(state, annotation.end())
                return
        pair = self._pairs.get(character)
        if pair is not None:
            yield from self._shifted(state, last, pair, position + 1)
            if state.is_traceless and character in _CUT_MARKS:
                yield from self._broken(state, last, position, _TRACELESS)
            return
        if character == "€":
            yield from self._completed(state, last, EURO_BYTE, position + 1)
        elif "@" <= character <= "~":
            yield from self._completed(state, last, ord(character), position + 1)
        elif character.isascii():
            if character == "?":
                yield from self._at_question_mark(state, last, position)
            mark = _CUT_MARKS.get(character)
            if mark is not None:
                yield from self._shifted(state, last, mark, position + 1)
            if state.is_traceless and character != "?":
                yield from self._broken(state, last, position, _TRACELESS)

    def _shifted(self, state: _State, last: str, pair: int, position: int) -> Iterator[_State]:
        character = self._characters.get(state.pending << 8 | pair >> 8)
        if character is not None and not is_private_use(character):
            trail = pair & 0xFF
            if trail < EURO_BYTE:  # an ASCII character of its own: back in step
                yield self._extended(state, last, character, position, 0, chr(trail))
            elif trail != EURO_BYTE:
                yield self._extended(state, last, character, position, trail)

    def _completed(self, state: _State, last: str, byte: int, position: int) -> Iterator[_State]:
        """Back in step: ``byte`` is the partner of the byte that waited; a reading behind it belongs to the whole."""
        character = self._characters.get(state.pending << 8 | byte)
        if character is None or is_private_use(character):
            return
        annotation = ANNOTATION.match(self.text, position)
        if annotation is not None and reads_as(character, annotation.group(1)):
            position = annotation.end()
        yield self._extended(state, last, character, position, 0)

    def _extended(
        self, state: _State, last: str, character: str, position: int, pending: int, letter: str = ""
    ) -> _State:
        step = self._language.score(last, character)
        if letter:
            step += self._language.score(character, letter)
        restored = state.restored + character + letter
        score, total = state.score + step, state.total + step
        return _State(position, pending, restored, score, total, state.shifted_count + 1, False, state.is_traceless)

    def _at_question_mark(self, state: _State, last: str, position: int) -> Iterator[_State]:
        match = _BROKEN_ANNOTATION.match(self.text, position)
        if match is not None:
            for character in sorted(characters_by_reading().get(match.group(1), ())):
                if self._pairs[character] >> 8 == state.pending:
                    yield self._extended(state, last, character, match.end(), 0)
            return
        yield from self._broken(state, last, position + 1, 0.0)
        tag = _TAG_REST.match(self.text, position + 1)
        if tag is not None:
            end = tag.end() if self.drops_tags else position + 1
            yield from self._broken(state, last, end, _TAG_BONUS, "" if self.drops_tags else "<")

    def _broken(self, state: _State, last: str, position: int, prior: float, swallowed: str = "") -> Iterator[_State]:
        """The partner itself is lost: every byte is tried."""
        language = self._language
        following = self.text[position : position + 1]
        next_pair = self._pairs.get(following) if not swallowed else None
        for byte, character in beginning_with(state.pending):
            if character in self.mirror.pinyin_of or (byte == EURO_BYTE and self._shows_euro):
                continue
            step = prior + language.score(last, character)
            if next_pair is not None and following not in _CUT_MARKS:
                # Between whole characters: a pair Python's decoder refuses, or something that went down with it.
                false_character = self._characters.get(byte << 8 | next_pair >> 8, "\ue000")
                step += 0.0 if is_private_use(false_character) else _IN_MID_TEXT
            restored = state.restored + character + swallowed
            score, total = state.score + step, state.total + step
            yield _State(position, 0, restored, score, total, state.shifted_count, True, state.is_traceless)

    # --- which run is right ---------------------------------------------------------------------------------------

    def _choose(self, at: int, left: str, ended: list[_State], literal: _Literal) -> Run | None:
        text = self.text
        readings = []
        needed = _LEAST_GAIN if self.is_damaged else _LEAST_GAIN_ELSEWHERE
        for state in ended:
            if not self.is_damaged and state.shifted_count < 2:
                continue
            following = text[state.position : state.position + 2] or "\n"
            tail = self._language.score_text((state.restored[-1:] or left[-1:] or "\n") + following)
            tail -= literal.until(state.position + len(following))
            gain = state.score + tail
            if gain >= needed:
                total = state.total + tail
                readings.append(
                    Reading(state.position, state.restored, gain, total, state.is_open, state.shifted_count)
                )
        if not readings:
            return None
        for share, reading in weigh(readings, left, text)[:_PROOFS]:
            if self._is_proven(at, reading):
                return Run(at, reading.end_char, reading.restored, round(min(share, 0.999), 3), reading.gain)
        return None

    def _is_proven(self, at: int, reading: Reading) -> bool:
        """Damages the restored run again, with the character before it, and compares."""
        text = self.text
        head = text[at - 1] if at and text[at - 1] in self._pairs else ""
        damaged = head + text[at : reading.end_char]
        readings = dict(self.mirror.pinyin_of)
        for match in _HEADLESS_ANNOTATION.finditer(damaged):
            for character in sorted(characters_by_reading().get(match.group(1), ())):
                if character not in readings and character.encode("gb18030") in (head + reading.restored).encode(
                    "gb18030"
                ):
                    readings[character] = match.group(1)
        original = head + reading.restored
        following = text[reading.end_char : reading.end_char + 1]
        if following in _CUT_MARKS and reading.is_open:
            original += _FOLDED.get(following, following)
            damaged += following
        shown = {_FOLDED.get(mark, mark) for mark in damaged}
        if self.drops_tags and damaged.endswith(">") and reading.is_open:
            damaged = damaged[: damaged.rindex("?") + 1]
        original = original.removesuffix("<")
        # Mirrors cut at ！ and ？ before 。: the other way round ``。”`` would never be torn.
        return is_proven(original, damaged, readings, [mark for mark in _FULL_MARKS if mark in shown], reading.is_open)


def _moved(state: _State, position: int) -> _State:
    return replace(state, position=position)


def _merge(one: _State, other: _State) -> _State:
    """The likelier of two readings that go on alike; the other stays in its total."""
    best, rest = (one, other) if (one.score, other.restored) >= (other.score, one.restored) else (other, one)
    high, low = max(best.total, rest.total), min(best.total, rest.total)
    total = high + math.log1p(math.exp(low - high))
    return replace(best, total=total)


def byte_shift_edits(search: Search) -> list[Edit]:
    """One edit for each damaged run of the page."""
    return [Edit(run.start_char, run.end_char, run.restored, "byte_shift", run.confidence) for run in search.runs()]
