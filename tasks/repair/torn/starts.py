"""Where a damaged run can begin, and which characters can have lost the byte before it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from operator import add
from typing import NamedTuple

from tasks.repair.language.pairs import Choice, Language
from tasks.repair.torn.alternatives import ending_in
from tasks.repair.torn.gbk import pairs_by_character
from tasks.repair.torn.mirrors import BROKEN_ANNOTATION, HEADLESS_ANNOTATION, Mirror, before_annotation
from tasks.repair.torn.readings import characters_by_reading
from tasks.repair.torn.walks import CUT_MARKS, TRACELESS, State, Walk

_READING_OR_REST = re.compile(rf"\(?{HEADLESS_ANNOTATION.pattern}")
_UNKNOWN_READING = -3.0  # nats for a false character that the page annotates nowhere else

NO_HEAD = Choice(())  # no character lost its second byte: what stands before the run is known


class Start(NamedTuple):
    """Behind a mark, with ``heads`` for the character that lost its second byte; of ``NO_HEAD`` there is one prior."""

    state: State
    heads: Choice
    priors: Sequence[float]  # log-probability of each of them behind what stands before
    is_traceless: bool = False


class Starts:
    """The starts that one page allows."""

    def __init__(self, text: str, mirror: Mirror, language: Language, walk: Walk) -> None:
        self._text = text
        self._pinyin_of = mirror.pinyin_of
        self._language = language
        self._walk = walk
        self._pairs = pairs_by_character()
        self._presences: dict[int, list[float]] = {}  # of characters that end in a byte

    def possible(self, at: int, before: str, found: Sequence[object]) -> Iterator[Start]:
        """Where a run at ``at``, behind ``before``, can begin; ``found`` is what the starts so far have led to."""
        yield from self._starts_at(at, before, is_traceless=False)
        if not found:  # a mark for the lost byte explains all
            yield from self._starts_at(at, before, is_traceless=True)

    def _starts_at(self, at: int, before: str, *, is_traceless: bool) -> Iterator[Start]:
        text = self._text
        character = text[at]
        headless = BROKEN_ANNOTATION.match(text, at) or _READING_OR_REST.match(text, at)
        if headless is not None:
            if is_traceless == (character != "?"):
                end = before_annotation(text, at)
                last = text[end - 1] if end else "\n"
                yield from self._annotated_inside(last, headless.group(1), headless.end(), is_traceless)
            return
        if not is_traceless and character != "?":
            return
        at += not is_traceless
        mark = CUT_MARKS.get(text[at : at + 1])
        if mark is not None:
            yield self._cut(before, mark, at + 1, is_traceless=is_traceless)

    def _cut(self, before: str, mark: int, position: int, *, is_traceless: bool) -> Start:
        """The byte before the mark is lost: its character is one of those that end in the mark's first byte."""
        prior = TRACELESS if is_traceless else 0.0
        trail = mark >> 8
        choice = ending_in(trail)
        presences = self._presences.get(trail)
        if presences is None:
            presences = self._presences[trail] = self._walk.presences(choice)
        scores = self._language.scores_behind(before, choice)
        if prior:
            scores = [score + prior for score in scores]
        return Start(State(position, mark & 0xFF, "", 0.0), choice, list(map(add, scores, presences)), is_traceless)

    def _annotated_inside(self, before: str, reading: str, position: int, is_traceless: bool) -> Iterator[Start]:
        """The reading belongs to a false character: the trail of ``before`` and the byte that broke."""
        pair = self._pairs.get(before)
        if pair is None:
            return
        for character in sorted(characters_by_reading().get(reading, ())):
            false_pair = self._pairs[character]
            if false_pair >> 8 == pair & 0xFF:
                score = 0.0 if self._pinyin_of.get(character) == reading else _UNKNOWN_READING
                yield Start(State(position, false_pair & 0xFF, "", 0.0), NO_HEAD, (score,), is_traceless)
