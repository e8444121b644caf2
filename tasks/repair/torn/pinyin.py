"""Readings that a mirror put behind characters and words, removed where the whole page proves that it was a mirror."""

from __future__ import annotations

from collections.abc import Sequence

from tasks.lexicon.characters import pattern_of
from tasks.repair.repaired import Edit
from tasks.repair.torn.mirrors import Mirror
from tasks.repair.torn.readings import LETTERS, TONED, characters_by_reading, reads_as

_CONFIDENCE = 0.999
LONGEST_WORD = 4  # characters of a word that carries its reading as a whole
_WORD = pattern_of(rf"(?P<word>[[:han:]]{{2,{LONGEST_WORD}}})\((?P<reading>[{LETTERS}'’ ]{{4,28}})\)")
# A reading that a line break cut: its beginning at the end of a line, its end at the beginning of the next.
_HALF = pattern_of(
    rf"(?<=[[:han:]])\((?P<first>[{LETTERS}]{{1,12}})[^\S\n]*(?:\n\s*(?P<second>[{LETTERS}]{{0,12}}\))?|\Z)"
)


def pinyin_edits(text: str, mirror: Mirror, taken: Sequence[Edit] = ()) -> list[Edit]:
    """One edit per annotation, ``區(qū)`` to ``區``, outside the stretches that ``taken`` already covers.

    >>> from tasks.repair.torn.mirrors import study
    >>> text = "社區(qū)網(wǎng)格,小區(qū)版图(bǎntú)"
    >>> [text[edit.start_char:edit.end_char] for edit in pinyin_edits(text, study(text))]
    ['區(qū)', '網(wǎng)', '區(qū)', '版图(bǎntú)']
    """
    edits = []
    index = 0
    for start, end in mirror.annotations:
        while index < len(taken) and taken[index].end_char < end:
            index += 1
        if index < len(taken) and taken[index].start_char < end:
            continue
        character = text[start - 1]
        if index and taken[index - 1].end_char == start:  # the character itself has just been restored
            edits.append(Edit(start, end, "", "pinyin", _CONFIDENCE))
        else:
            edits.append(Edit(start - 1, end, character, "pinyin", _CONFIDENCE))
    if not mirror.is_certain:
        return edits
    others = [*_words(text), *_halves(text)]
    known = [*edits, *taken]
    free = [
        edit
        for edit in others
        if not any(edit.start_char < one.end_char and one.start_char < edit.end_char for one in known)
    ]
    return sorted([*edits, *free], key=lambda edit: edit.start_char) if free else edits


def _words(text: str) -> list[Edit]:
    """The words of two to four characters that carry their reading as a whole."""
    found = []
    for match in _WORD.finditer(text):
        reading = match["reading"].replace("'", "").replace("’", "").replace(" ", "")
        if TONED.isdisjoint(reading):
            continue
        length = next((size for size in range(2, len(match["word"]) + 1) if spells(match["word"][-size:], reading)), 0)
        if length:
            word = match["word"][-length:]
            found.append(Edit(match.end("word") - length, match.end(), word, "pinyin", _CONFIDENCE))
    return found


def spells(word: str, reading: str) -> bool:
    """Whether ``reading`` is made of a syllable for each character of ``word``.

    >>> spells("版图", "bǎntú"), spells("版图", "bǎn")
    (True, False)
    """
    if not word:
        return not reading
    return any(
        reads_as(word[0], reading[:length]) and spells(word[1:], reading[length:])
        for length in range(1, min(len(reading), 6) + 1)
    )


def _halves(text: str) -> list[Edit]:
    """The halves of readings that a line break cut; the break stays."""
    found = []
    for match in _HALF.finditer(text):
        character, first = text[match.start() - 1], match["first"]
        if not any(
            reading.startswith(first) and character in held for reading, held in characters_by_reading().items()
        ):
            continue
        found.append(Edit(match.start() - 1, match.end("first"), character, "pinyin", _CONFIDENCE))
        if match["second"]:
            found.append(Edit(match.start("second"), match.end("second"), "", "pinyin", _CONFIDENCE))
    return found
