"""Readings behind one or two common words of a page that is clean otherwise: what an earlier cleaner left of a mirror.

A writer explains rare characters, and common ones that are read in two ways (重(chóng)阳, 行(háng)业), and does so in the
full-width brackets of Chinese text. Who writes of language explains any. Everything else was put there by a machine.
"""

from __future__ import annotations

import re

from tasks.lexicon.characters import pattern_of
from tasks.repair.language.pairs import commonness
from tasks.repair.repaired import Edit
from tasks.repair.torn.pinyin import LONGEST_WORD, spells
from tasks.repair.torn.readings import LETTERS, TONED, characters_by_reading, untoned

_CONFIDENCE = 0.95
MOST_LONE = 3  # readings of a page; more are those of a mirror, which the page proves, or of a reader for learners
# Of the word list's 10^8 characters: the 1,100 or so that no writer explains.
LEAST_EXPLAINED = 8_000
_LONE = pattern_of(rf"\((?<=[[:han:]]\()(?P<reading>[{LETTERS}'’ ]{{1,28}}(?:\n\s*[{LETTERS}'’ ]{{1,20}})?)\)")
_WORD_BEFORE = pattern_of(rf"[[:han:]]{{1,{LONGEST_WORD}}}$")
_OF_LANGUAGE = re.compile(
    r"拼音|读音|读作|读成|念作|念成|发音|注音|声调|生字|识字|汉字|多音|方言|普通话|谐音|音同|课文|字典|词典|怎么读|怎么念"
)
_EXPLAINED = re.compile(r"[”’」』》]?\s*(?:字|音|[是为指](?:一个)?[字词]|[，,、]?\s*(?:读|念|意))")


def holds_reading(text: str) -> bool:
    """Whether anything in ``text`` looks like the reading of a word in brackets behind it."""
    return _LONE.search(text) is not None


def lone_reading_edits(text: str) -> list[Edit]:
    """Edits that take out the readings behind common words; none where more than a few stand or language is spoken of.

    >>> text = "村里排了班值守(shǒu)，邻居值班(zhíbān)。"
    >>> [(text[edit.start_char : edit.end_char], edit.restored) for edit in lone_reading_edits(text)]
    [('守(shǒu)', '守'), ('班(zhíbān)', '班')]
    >>> lone_reading_edits("“守(shǒu)”字怎么念？"), lone_reading_edits("他去圩(xū)上卖菜，赶上重(chóng)阳。")
    ([], [])
    """
    found = list(_LONE.finditer(text))
    if not 0 < len(found) <= MOST_LONE or _OF_LANGUAGE.search(text):
        return []
    edits: list[Edit] = []
    for match in found:
        word = _read_word(text[max(match.start() - LONGEST_WORD, 0) : match.start()], match["reading"])
        if not word or _EXPLAINED.match(text, match.end()):
            continue
        begin = match.start() - 1
        first, line_break, _ = match["reading"].partition("\n")
        edits.append(Edit(begin, match.start("reading") + len(first), text[begin], "pinyin", _CONFIDENCE))
        if line_break:
            gap = len(match["reading"][len(first) :]) - len(match["reading"][len(first) :].lstrip())
            edits.append(Edit(edits[-1].end_char + gap, match.end(), "", "pinyin", _CONFIDENCE))
        else:
            edits[-1] = Edit(begin, match.end(), text[begin], "pinyin", _CONFIDENCE)
    return edits


def _read_word(before: str, printed: str) -> str:
    """The word at the end of ``before`` that is read as ``printed`` and that nobody has to explain, or nothing."""
    reading = re.sub(r"['’\s]", "", printed)
    run = _WORD_BEFORE.search(before)
    if run is None or TONED.isdisjoint(reading):
        return ""
    for length in range(1, len(run.group()) + 1):
        word = run.group()[-length:]
        if spells(word, reading):
            return word if all(map(_is_plain, word)) else ""
    return ""


def _is_plain(character: str) -> bool:
    """Whether a character is common and read in one way, tones aside."""
    syllables = {untoned(reading) for reading, held in characters_by_reading().items() if character in held}
    return commonness(character) >= LEAST_EXPLAINED and len(syllables) == 1
