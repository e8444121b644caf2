"""One look at a whole text that tells where each kind of fact may begin, so that nothing is asked at the other places.

Every character and every pair of neighbours is looked up once in a table of flags, for all kinds together. Pairs share
slots: what is found here may begin a place, a body or a name, and whoever reads it has to make sure.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from tasks.facts.text.once import once
from tasks.lexicon.body_heads import heads_by_ending
from tasks.lexicon.characters import FIRST_HAN, LAST_HAN
from tasks.lexicon.gazetteer import gazetteer
from tasks.lexicon.names import TRANSCRIBING, addresses, before_names, given_name_characters, surnames
from tasks.lexicon.practice_heads import heads_in_text, well_known

_SLOTS = 1 << 16  # pairs in use fill a tenth of them; twice as many would leave the processor's cache
_PIECE = 100_000  # characters; for memory alone
_FACTOR = 40_503  # odd and without pattern: neighbouring code points fall far apart
_SURNAME, _SURNAME_ALONE, _BEFORE_NAME, _OF, _POST, _HEAD, _PLACE_FIRST, _PLACE_SECOND = (1 << bit for bit in range(8))
_SURNAME_END, _ADDRESS, _TRANSCRIBING = (1 << bit for bit in range(8, 11))
_PLACE, _HEAD_OF_TWO, _COMPOUND, _PRACTICE = (1 << bit for bit in range(4))
# The last characters of posts and occupations behind which a name may begin inside a word.
POST_ENDS = "长记任理席民警员者表人部工农匠主书师医户家手生商友东"


class _Tables:
    """Flags by code point and by pair; tenths of the weights of surnames and of characters of given names."""

    def __init__(self) -> None:
        self.characters = np.zeros(_SLOTS, np.uint16)
        self.pairs = np.zeros(_SLOTS, np.uint8)
        self.surname = np.zeros(_SLOTS, np.int8)
        self.given = np.zeros(_SLOTS, np.int8)
        endings = heads_by_ending()
        flags: tuple[tuple[int, Iterable[str]], ...] = (
            (_SURNAME, {surname[0] for surname in surnames()}),
            (_SURNAME_ALONE, [name for name in surnames() if len(name) == 1 and FIRST_HAN <= name <= LAST_HAN]),
            (_BEFORE_NAME, before_names()),
            (_OF, "的"),
            (_POST, POST_ENDS),
            (_HEAD, [ending for ending in endings if len(ending) == 1]),
            (_SURNAME_END, {surname[-1] for surname in surnames()}),
            (_ADDRESS, {address[0] for address in addresses()}),
            (_TRANSCRIBING, TRANSCRIBING),
            (_PLACE_FIRST, {prefix[0] for prefix in gazetteer().by_prefix}),
            (_PLACE_SECOND, {prefix[1] for prefix in gazetteer().by_prefix}),
        )
        for flag, characters in flags:
            for character in characters:
                self.characters[ord(character)] |= flag
        pair_flags: tuple[tuple[int, Iterable[str]], ...] = (
            (_PLACE, gazetteer().by_prefix),
            (_HEAD_OF_TWO, [ending for ending in endings if len(ending) == 2]),
            (_COMPOUND, [surname[:2] for surname in surnames() if len(surname) > 1]),
            (_PRACTICE, [name[:2] for name in (*heads_in_text(), *well_known())]),
        )
        for flag, pairs in pair_flags:
            for pair in pairs:
                self.pairs[(ord(pair[0]) * _FACTOR + ord(pair[1])) % _SLOTS] |= flag
        for table, weights in ((self.surname, surnames()), (self.given, given_name_characters())):
            for character, weight in weights.items():
                if len(character) == 1 and ord(character) < _SLOTS:
                    table[ord(character)] = round(10 * weight)


@cache
def _tables() -> _Tables:
    return _Tables()


class Anchors:
    """Places of one text, each list in order. ``is_start`` has a byte for each character and one more, 1 at word
    starts."""

    def __init__(self, text: str, is_start: bytes) -> None:
        known = _tables()
        self._length = len(text)
        self._last = max(len(text) - 1, 0)
        self._codes = codes = _codes_of(text + "\0\0\0")
        self._characters = _looked_up(known.characters, codes)
        self._pairs = _looked_up(known.pairs, codes[:-1] * np.uint16(_FACTOR) + codes[1:])
        self._is_start = np.frombuffer(is_start, np.uint8)

    @once
    def place_starts(self) -> list[int]:
        """Where the spelling of a province, city or county may begin."""
        characters, length = self._characters, self._length
        # Ten thousand pairs share the slots with others: a third of what the pairs alone find is ruled out by these.
        found = (characters[:length] & _PLACE_FIRST).astype(np.bool_)
        found &= (characters[1 : length + 1] & _PLACE_SECOND).astype(np.bool_)
        found &= (self._pairs[:length] & _PLACE).astype(np.bool_)
        return _at(found)

    @once
    def head_ends(self) -> list[int]:
        """Behind the last characters of what may be a body."""
        ends = (self._characters[: self._length] & _HEAD).astype(np.bool_)
        ends[1:] |= (self._pairs[: self._last] & _HEAD_OF_TWO).astype(np.bool_)
        return [place + 1 for place in _at(ends)]

    @once
    def name_starts(self) -> list[int]:
        """The beginnings of words at which a name may begin: behind a post, as a whole word or by its characters."""
        known, characters, codes, is_start = _tables(), self._characters, self._codes, self._is_start
        may_start = characters[: self._length] & _SURNAME
        may_start *= is_start[:-1]
        starts = may_start.astype(np.bool_).nonzero()[0]
        before = characters.take(starts - 1)  # of the first character that is the last, a line's end
        is_kept = (before & _BEFORE_NAME).astype(np.bool_)
        is_kept &= ((before & _OF) == 0) | (characters.take(starts - 2) & _BEFORE_NAME).astype(np.bool_)  # 书记的
        behind = starts + 1
        merit = known.surname.take(codes.take(starts))
        merit += known.given.take(codes.take(behind))
        is_kept |= merit >= 0
        is_closed = is_start.take(behind)
        behind += 1
        merit += known.given.take(codes.take(behind))
        is_kept |= merit >= 0
        is_closed |= is_start.take(behind, mode="clip")
        is_kept |= is_closed == 0
        is_kept |= (self._pairs.take(starts) & _COMPOUND).astype(np.bool_)
        return _list(starts[is_kept])

    @once
    def addresses(self) -> list[int]:
        """Behind what may be a surname: where a form of address may begin."""
        characters = self._characters
        found = (characters[: self._last] & _SURNAME_END).astype(np.bool_)
        found &= (characters[1 : self._length] & _ADDRESS).astype(np.bool_)
        return [place + 1 for place in _at(found)]

    @once
    def has_transcription(self) -> bool:
        """Whether three characters of transcribed names stand in a row."""
        one = (self._characters & _TRANSCRIBING).astype(np.bool_)
        return bool((one[:-2] & one[1:-1] & one[2:]).any())

    @once
    def practice_heads(self) -> list[int]:
        """Where the head noun of a practice, or a practice known all over the country, may begin."""
        return _at((self._pairs[: self._length] & _PRACTICE).astype(np.bool_))

    @once
    def names_inside_words(self) -> list[int]:
        """Behind the last character of a post, inside a word: surnames that the segmenter did not see."""
        characters, length = self._characters, self._length
        found = self._is_start[1:length] == 0
        found &= (characters[: self._last] & _POST).astype(np.bool_)
        found &= (characters[1:length] & _SURNAME_ALONE).astype(np.bool_)
        return [place + 1 for place in _at(found)]


def _codes_of(text: str) -> npt.NDArray[np.uint16]:
    """The code point of each character; 0 for rare characters and pictures, which the tables do not know."""
    codes = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16)
    if len(codes) == len(text):
        return codes
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    return np.where(points < _SLOTS, points, 0).astype(np.uint16)


def _looked_up(table: npt.NDArray[Any], codes: npt.NDArray[np.uint16]) -> npt.NDArray[Any]:
    """The entries of ``table`` at ``codes``; those of a book piece by piece, for each code takes eight bytes on the
    way."""
    if len(codes) <= _PIECE:
        return table.take(codes)
    return np.concatenate([table.take(codes[start : start + _PIECE]) for start in range(0, len(codes), _PIECE)])


def _at(flags: npt.NDArray[np.bool_]) -> list[int]:
    return _list(flags.nonzero()[0])


def _list(places: npt.NDArray[np.intp]) -> list[int]:
    found: list[int] = places.tolist()
    return found
