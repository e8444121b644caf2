"""Readings behind common words of a page that is clean otherwise: a few, which an earlier cleaner left of a mirror, or
many, which a machine strewed over the text so that it passes for another one (青石网(qīngshíwǎng)记者, 传统的(de)做法).

A writer explains rare characters, and common ones that are read in two ways (重(chóng)阳, 行(háng)业), and does so in the
full-width brackets of Chinese text. Who writes of language explains any, and a reader for learners nearly every word.
Everything else was put there by a machine.
"""

from __future__ import annotations

import re

from tasks.lexicon.characters import pattern_of
from tasks.repair.language.pairs import commonness
from tasks.repair.repaired import Edit
from tasks.repair.torn.pinyin import LONGEST_WORD, spells
from tasks.repair.torn.readings import LETTERS, TONED, characters_by_reading, untoned

_CONFIDENCE = 0.95
# Readings of a page; more are strewn, those of a mirror, which the page proves, or of a reader for learners.
MOST_LONE = 3
_LONGEST_STREWN = 8  # characters of a word or two that carry their reading as a whole
_FEWEST_WORDS = 4  # different ones
_FEWEST_STREWN = 8  # readings, unless one of them is that of a word that nobody ever explains
_NEVER_EXPLAINED = frozenset("的了在是也和不有就都")
_MOST_OF_TEXT = 0.4  # of the Chinese characters of a page; a reader for learners annotates more
# Of the word list's 10^8 characters: the 1,100 or so that no writer explains.
LEAST_EXPLAINED = 8_000
_LONE = pattern_of(rf"\((?<=[[:han:]]\()(?P<reading>[{LETTERS}'’ ]{{1,48}}(?:\n\s*[{LETTERS}'’ ]{{1,20}})?)\)")
_HAN = pattern_of("[[:han:]]")
_STREWN_BEFORE = pattern_of(rf"[[:han:]]{{1,{_LONGEST_STREWN}}}$")
_WORD_BEFORE = pattern_of(rf"[[:han:]]{{1,{LONGEST_WORD}}}$")
_OF_LANGUAGE = re.compile(
    r"拼音|读音|读作|读成|念作|念成|发音|注音|声调|生字|识字|汉字|多音|方言|普通话|谐音|音同|课文|字典|词典|怎么读|怎么念"
)
_EXPLAINED = re.compile(r"[”’」』》]?\s*(?:字|音|[是为指](?:一个)?[字词]|[，,、]?\s*(?:读|念|意))")


def holds_reading(text: str) -> bool:
    """Whether anything in ``text`` looks like the reading of a word in brackets behind it."""
    return _LONE.search(text) is not None


def lone_reading_edits(text: str) -> list[Edit]:
    """Edits that take out the readings behind common words; none where language is spoken of.

    >>> text = "村里排了班值守(shǒu)，邻居值班(zhíbān)。"
    >>> [(text[edit.start_char : edit.end_char], edit.restored) for edit in lone_reading_edits(text)]
    [('守(shǒu)', '守'), ('班(zhíbān)', '班')]
    >>> lone_reading_edits("“守(shǒu)”字怎么念？"), lone_reading_edits("他去圩(xū)上卖菜，赶上重(chóng)阳。")
    ([], [])
    >>> text = "村民(cūnmín)说，传统的(de)做法费工(fèigōng)，现在(xiànzài)机器下田，晚稻的收割三天就完，粮食也不用晒在路边。"
    >>> [edit.restored for edit in lone_reading_edits(text)]
    ['民', '的', '工', '在']
    """
    found = list(_LONE.finditer(text))
    if not found or _OF_LANGUAGE.search(text):
        return []
    if len(found) > MOST_LONE:
        return _strewn_edits(text, found)
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


def _strewn_edits(text: str, found: list[re.Match[str]]) -> list[Edit]:
    """Edits for the readings that a machine strewed over a page; none where a writer may have put them there."""
    words = [_strewn_word(text, match) for match in found]
    read = [word for word in words if word]
    plain = sum(all(commonness(character) >= LEAST_EXPLAINED for character in word) for word in read)
    is_strewn = (
        len(read) * 10 >= len(found) * 9
        and len(set(read)) >= _FEWEST_WORDS
        and (len(read) >= _FEWEST_STREWN or not _NEVER_EXPLAINED.isdisjoint(read))
        and plain * 2 >= len(read)
        and sum(map(len, read)) <= _MOST_OF_TEXT * len(_HAN.findall(text))
    )
    if not is_strewn:
        return []
    return [
        Edit(match.start() - 1, match.end(), text[match.start() - 1], "pinyin", _CONFIDENCE)
        for match, word in zip(found, words, strict=True)
        if word and "\n" not in match["reading"]
    ]


def _strewn_word(text: str, match: re.Match[str]) -> str:
    """The word before a reading that is read so; light syllables (的(de)) carry no tone."""
    reading = re.sub(r"['’\s]", "", match["reading"])
    run = _STREWN_BEFORE.search(text, max(match.start() - _LONGEST_STREWN, 0), match.start())
    return "" if run is None else _spelled(run.group(), reading)


def _spelled(run: str, reading: str) -> str:
    """The end of ``run`` that is read as ``reading``, the shortest of several."""
    return next((run[-size:] for size in range(1, len(run) + 1) if spells(run[-size:], reading)), "")


def _read_word(before: str, printed: str) -> str:
    """The word at the end of ``before`` that is read as ``printed`` and that nobody has to explain, or nothing."""
    reading = re.sub(r"['’\s]", "", printed)
    run = _WORD_BEFORE.search(before)
    if run is None or TONED.isdisjoint(reading):
        return ""
    word = _spelled(run.group(), reading)
    return word if all(map(_is_plain, word)) else ""


def _is_plain(character: str) -> bool:
    """Whether a character is common and read in one way, tones aside."""
    syllables = {untoned(reading) for reading, held in characters_by_reading().items() if character in held}
    return commonness(character) >= LEAST_EXPLAINED and len(syllables) == 1
