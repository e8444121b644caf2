"""Rosters: lines that each begin with a name and go on with whose post it is (周敏石桥镇柳溪村党支部书记).

A page prints them with a blank behind the name, which goes when blanks between Chinese characters are taken out; what
then tells name and post apart is that the same form stands in line after line. Where a comma parts them, the form says
as much of names whose characters say little (田野，某公司检测员).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import rjieba

from tasks.lexicon.characters import pattern_of
from tasks.lexicon.dictionary import is_word
from tasks.lexicon.gazetteer import gazetteer
from tasks.lexicon.names import TRANSCRIBING, given_name_characters, surnames
from tasks.lexicon.names import words as names
from tasks.lexicon.posts import occupation_ending_at, post_ending_at

# Three lines or more without a mark that parts clauses. One or two such lines are headings or a signature.
_LONGEST_LINE = 45
# A note in brackets may hold a comma: 周敏（女，满族）.
_NOTE = r"[（(][^（）()\n]{1,8}[）)]"
_CELL = rf"(?:{_NOTE}|[^\n。，；：！？“])"
_BEHIND_NAME = re.compile(_NOTE)
_BLOCK = re.compile(rf"{_CELL}{{5,{_LONGEST_LINE}}}(?:\n{_CELL}{{2,{_LONGEST_LINE}}}){{2,}}(?=\n|$)")
_LINE = pattern_of(r"(?:[（(]?(?:\d{1,3}|[[:one_to_ten:]]{1,3})[）).．、]\s*)?(?P<rest>[[:han:]][^\n]+)")
# Lines that begin with two to four characters and a comma: 向明松，某镇护渔队队长.
_PARTED = pattern_of(
    rf"(?P<name>[[:han:]]{{2,5}})(?:(?P<who>[（(](?:[男女]|[[:han:]]{{1,5}}族)[^（）()\n]{{0,8}}[）)][，,：:]"
    rf"|[，,：:](?:[男女]|[[:han:]]{{1,5}}族)[，,])|(?:{_NOTE})?[，,：:])(?P<rest>[^\n“”：:]{{2,60}}?)[；。]?(?=\n|$)"
)
_ASIDE = re.compile(r"[（(][^（）()\n]{1,8}[）)]$")  # 水电工（退休）
_FEWEST = 3  # names in a block: two lines that open with a surname happen, three that end in a post as well do not
_SHORTEST_POST = 2  # characters behind a name: 村医, 会长
_LEVELS = frozenset("省市区县旗州盟镇乡村")
# What the words behind a name are worth beside its characters, whose log odds lie between -2.5 and 5.
_PLACE, _LEVEL, _WORD = 3.0, 1.0, 1.0
_LONGER = 1.0  # each character beyond two, so that 娟|白马镇 beats 娟白|马镇
_NO_NAME = 4.0  # what a last character that is a level takes away: 施青|县志愿者协会


class RosterName(NamedTuple):
    """A name at the beginning of a line; ``line_end`` is where the post behind it ends."""

    start: int
    end: int
    line_end: int


def roster_names(text: str) -> tuple[RosterName, ...]:
    """The names that open the lines of the rosters in ``text``, in order.

    >>> lines = "周敏石桥镇党委书记\\n李守正柳溪村村委会主任\\n应秀兰县财政局局长"
    >>> [lines[name.start : name.end] for name in roster_names(lines)]
    ['周敏', '李守正', '应秀兰']
    >>> roster_names("今天停水一次\\n王家\\n李村长")  # lines too short for a name and a post
    ()
    """
    appointed = _appointed(text)
    if text.count("\n") < _FEWEST - 1:
        return tuple(appointed)
    found: list[RosterName] = []
    for block in _blocks(text):
        names: list[RosterName] = []
        unread: list[tuple[int, int]] = []
        for line in _LINE.finditer(text, block.start(), block.end()):
            start, end = line.span("rest")
            aside = _ASIDE.search(text, start, end)
            end = end if aside is None else aside.start()
            name = _transcribed_end(text[start:end]) or _name_end(text[start:end])
            is_post = post_ending_at(text, end, start) is not None or occupation_ending_at(text, end, start) is not None
            is_post = is_post or (name is not None and _is_home(text[start + name : end]))
            if name is not None and is_post:
                names.append(RosterName(start, start + name, end))
            elif is_post or any(_is_home(text[start + length : end]) for length in (2, 3)):
                unread.append((start, end))
        if len(names) >= _FEWEST:
            found += sorted([*names, *_beside_others(text, unread)])
    return tuple(sorted({*found, *_parted(text), *appointed}))


# A notice of appointments: 文开荣任某区某中学校长；苟正权任….
_APPOINTED = pattern_of(
    r"(?:^|(?<=[\n；。：]))(?P<name>[[:han:]]{2,4})(?:同志)?任(?P<rest>[^，；。：\n“”]{3,40})(?=[，；。（\n]|$)"
)
_FEWEST_APPOINTED = 2


def _appointed(text: str) -> list[RosterName]:
    """The names before 任 and a post, at the beginning of two clauses or more."""
    if text.count("任") < _FEWEST_APPOINTED:
        return []
    found: list[RosterName] = []
    for clause in _APPOINTED.finditer(text):
        name, (first, last) = clause["name"], clause.span("rest")
        surname = name[:2] if name[:2] in surnames() and len(name) > 2 else name[0]
        is_likely = surnames().get(surname, -2.0) >= -1 and 1 <= len(name) - len(surname) <= 2
        if is_likely and post_ending_at(text, last, first) is not None:
            found.append(RosterName(*clause.span("name"), last))
    return found if len(found) >= _FEWEST_APPOINTED else []


def _parted(text: str) -> list[RosterName]:
    """The names before a comma in three or more lines one after another that end in a post."""
    found: list[RosterName] = []
    if len(_PARTED_START.findall(text)) < _FEWEST:
        return found  # as in nearly every text
    block: list[RosterName] = []
    for line in _LINE_START.finditer(text):
        row = _PARTED.match(text, line.end())
        name = None if row is None else _name_and_post(text, row)
        if name is not None:
            block.append(name)
        else:
            found += block if len(block) >= _FEWEST else []
            block = []
    return found + (block if len(block) >= _FEWEST else [])


_BEGINNING = r"(?:^|\n)(?:[（(]?(?:\d{1,3}|[[:one_to_ten:]]{1,3})[）)．.、]\s*)?"
_LINE_START = pattern_of(_BEGINNING)
_PARTED_START = pattern_of(_BEGINNING + "[[:han:]]{2,5}[（(，,：:]")  # without three of these no line needs to be read


def _name_and_post(text: str, row: re.Match[str]) -> RosterName | None:
    start, end = row.span("name")
    first, last = row.span("rest")
    surname = text[start : start + 2] if text[start : start + 2] in surnames() else text[start]
    is_likely = surnames().get(surname, -2.0) >= -1 and 1 <= end - start - len(surname) <= 2
    if row["who"] is None and not is_likely:  # sex or people say that it is somebody
        return None
    is_post = post_ending_at(text, last, first) is not None or occupation_ending_at(text, last, first) is not None
    return RosterName(start, end, last) if is_post else None


def _beside_others(text: str, lines: list[tuple[int, int]]) -> Iterator[RosterName]:
    """The names of lines whose surname no list knows, told by the place behind them (者云祥|巧家县…书记)."""
    for start, end in lines:
        length = next((length for length in (3, 2, 4) if _fitness(text[start + length : end]) >= _PLACE), None)
        if length is not None:
            yield RosterName(start, start + length, end)


def _blocks(text: str) -> Iterator[re.Match[str]]:
    """The blocks of short lines: looked for where lines begin, not at every character."""
    start = 0
    while start <= len(text):
        end = text.find("\n", start)
        if end < 0:
            end = len(text)
        block = _BLOCK.match(text, start) if end - start <= _LONGEST_LINE else None
        if block is not None:
            yield block
            end = block.end()
        start = end + 1


def _name_end(line: str) -> int | None:
    """How many characters of ``line`` are the name that opens it, None where none does."""
    table = surnames()
    surname = line[:2] if line[:2] in table else line[:1]
    if table.get(surname, -2.0) < -1:
        return None
    best, at = 0.0, None
    for length in (1, 2):
        end = len(surname) + length
        if end + _SHORTEST_POST > len(line):
            break
        merit = table[surname] + sum(given_name_characters().get(char, -1.0) for char in line[len(surname) : end])
        merit += _fitness(line[end:]) - (_NO_NAME if line[end - 1] in _LEVELS else 0.0)
        if merit > best:
            best, at = merit, end
    return at


_FEWEST_TRANSCRIBED, _MOST_TRANSCRIBED = 4, 8  # characters of a name in transcription: 白音图 may be a Chinese name


_HOME = re.compile(r".{1,10}?(?:[镇乡]|街道|苏木).{1,8}(?:村|社区|嘎查|屯)$")


def _is_home(rest: str) -> bool:
    """Whether a line says behind a name where somebody lives: a known town and a village or a community of it."""
    note = _BEHIND_NAME.match(rest)
    rest = rest if note is None else rest[note.end() :]
    return _fitness(rest) >= _PLACE and _HOME.fullmatch(rest) is not None


def _transcribed_end(line: str) -> int | None:
    """How many characters of ``line`` are a name in transcription that opens it (呼日勒巴特尔|旗气象局局长)."""
    table = names("home_transcription") | frozenset(TRANSCRIBING)
    length = next((at for at, char in enumerate(line[:_MOST_TRANSCRIBED]) if char not in table), _MOST_TRANSCRIBED)
    ends = range(min(length, len(line) - _SHORTEST_POST), _FEWEST_TRANSCRIBED - 1, -1)
    best = max(ends, key=lambda end: _fitness(line[end:]), default=None)
    return best if best is not None and _fitness(line[best:]) > 0 else None


def _fitness(rest: str) -> float:
    """How well ``rest`` begins as whose post it is: with a place, with a level, with a word."""
    known = gazetteer()
    note = _BEHIND_NAME.match(rest)
    rest = rest if note is None else rest[note.end() :]
    for length in (7, 6, 5, 4, 3, 2):
        if rest[:length] in known.township or rest[:length] in known.short:
            return _PLACE + _LONGER * (length - 2)
    first = rjieba.cut(rest[:12])[:1]
    if not first:
        return 0.0
    if first[0][0] in _LEVELS:
        return _LEVEL
    return _WORD if len(first[0]) > 1 and is_word(first[0]) else 0.0
