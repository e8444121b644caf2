"""Bytes read again in the charset they were written in, where some of them are missing.

A decoder that meets a byte it cannot read marks it or drops it. The bytes around it and the characters beside it mostly
leave one possibility; where they leave several the character is marked as lost.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence

from tasks.repair.language.character_forms import simplified_forms
from tasks.repair.language.pairs import Language
from tasks.repair.repaired import LOST_MARK
from tasks.repair.writing.script import is_traditional

# As given: above every byte; stands in a sequence of bytes for one that was marked as unreadable.
MISSING = 0x100
_LEAST_SHARE = 0.9  # of all that a character with a missing byte can be
_WRONG_SCRIPT = -4.0  # nats against a Traditional character in a Simplified text
_LEADS = range(0xE3, 0xF0)  # of the three bytes of a Chinese character or mark in UTF-8; E2 begins quotation marks
_TRAILS = range(0x80, 0xC0)
# As given: the first byte that can begin a character of several bytes in UTF-8.
_BEGINS = 0xC2
# A character whose bytes are not all there: bytes that are no UTF-8 as lone surrogates, missing ones as U+FFFD.
_BROKEN = re.compile("\ufffd*[\udc80-\udcff][\udc80-\udcff\ufffd]*|\ufffd+")


def read_utf8(data: Sequence[int], language: Language, absent: Sequence[int] = _TRAILS) -> str:
    """``data`` as UTF-8. ``absent``: what a missing byte can have been behind the first of a character.

    >>> read_utf8([*"基层治".encode()[:-1], *"理".encode()], Language())
    '基层治理'
    """
    # A lone FF is no UTF-8 either: it keeps the place of a missing byte, which it never is itself.
    decoded = bytes(min(byte, 0xFF) for byte in data).decode("utf-8", "surrogateescape").replace("\udcff", "\ufffd")
    traditional = is_traditional(decoded)
    pieces: list[str] = []
    position = 0
    for match in _BROKEN.finditer(decoded):
        pieces.append(decoded[position : match.start()])
        position = match.end()
        before = decoded[match.start() - 1 : match.start()] or "\n"
        after = decoded[position : position + 1] or "\n"
        groups = list(_characters_of(match.group()))
        for index, group in enumerate(groups):
            following = after if index == len(groups) - 1 else ""
            named = _likeliest(_candidates(group, absent), before, following, language, traditional)
            pieces.append(named)
            before = named if named != LOST_MARK else "\n"
    pieces.append(decoded[position:])
    return "".join(pieces)


def _characters_of(broken: str) -> Iterator[list[int]]:
    """The bytes of each character of a run of broken ones: a new one begins at a first byte, or when three are full."""
    group: list[int] = []
    for sign in broken:
        byte = MISSING if sign == "\ufffd" else ord(sign) - 0xDC00
        if group and (_BEGINS <= byte < MISSING or len(group) == 3):
            yield group
            group = []
        group.append(byte)
    if group:
        yield group


def _candidates(group: list[int], absent: Sequence[int]) -> set[str]:
    """What ``group`` (two of three bytes, or three with one missing) can be."""
    known = [byte for byte in group if byte != MISSING]
    if len(known) != 2:
        return set()
    templates: Iterable[tuple[int, int, int]]
    if len(group) == 3:
        place = group.index(MISSING)
        choices: Sequence[int] = absent if place else _LEADS
        templates = [(*group[:place], byte, *group[place + 1 :]) for byte in choices]  # type: ignore[misc]
    elif known[0] >= _BEGINS:
        templates = [(known[0], known[1], byte) for byte in absent] + [(known[0], byte, known[1]) for byte in absent]
    else:
        templates = [(byte, *known) for byte in _LEADS]  # type: ignore[misc]
    # A null between them keeps them apart, so that all are decoded at once.
    found = set(b"\0".join(map(bytes, templates)).decode("utf-8", "ignore").split("\0"))
    return {character for character in found if len(character) == 1}


def read_pairs(data: Sequence[int], charset: str, language: Language) -> str:
    """``data`` as text in ``charset``, in which a byte from 81 on and the next one are a character.

    >>> read_pairs([*"社区".encode("gbk"), MISSING, *"组织".encode("gbk")[1:]], "gb18030", Language())
    '社区组织'
    """
    if MISSING not in data:
        return bytes(data).decode(charset, "replace")
    characters: list[str | tuple[int, int]] = []
    position, count = 0, len(data)
    while position < count:
        first = data[position]
        second = data[position + 1] if position + 1 < count else 0
        if first < 0x81 or second < 0x40:
            characters.append(chr(first) if first < 0x80 else LOST_MARK)
            position += 1
            continue
        position += 2
        if MISSING in (first, second):
            characters.append((first, second))
        else:
            characters.append(bytes((first, second)).decode(charset, "replace").replace("\ufffd", LOST_MARK)[:1])
    traditional = is_traditional("".join(each for each in characters if isinstance(each, str)))
    pieces: list[str] = []
    for index, character in enumerate(characters):
        if isinstance(character, str):
            pieces.append(character)
            continue
        before = pieces[-1] if pieces and pieces[-1] != LOST_MARK else "\n"
        after = characters[index + 1] if index + 1 < len(characters) else "\n"
        candidates = _pairs_like(*character, charset)
        following = after if isinstance(after, str) else ""
        pieces.append(_likeliest(candidates, before, following, language, traditional))
    return "".join(pieces)


def _pairs_like(first: int, second: int, charset: str) -> set[str]:
    if first == MISSING and second == MISSING:
        return set()
    if first == MISSING:
        pairs = [bytes((lead, second)) for lead in range(0xA1, 0xFF)]
    else:
        pairs = [bytes((first, trail)) for trail in range(0x40, 0xFF)]
    found = {pair.decode(charset, "ignore") for pair in pairs}
    return {character for character in found if len(character) == 1 and not "\ue000" <= character <= "\uf8ff"}


def _likeliest(candidates: set[str], before: str, after: str, language: Language, traditional: bool) -> str:
    """The candidate that the model is sure of beside ``before`` and ``after`` ("" where it is unknown), or a mark."""
    if not candidates:
        return LOST_MARK
    strange = () if traditional else simplified_forms()  # to the model 對 is as likely as 对
    scores = [
        (
            language.score(before, each)
            + (language.score(each, after) if after else 0.0)
            + _WRONG_SCRIPT * (each in strange),
            each,
        )
        for each in candidates
    ]
    best, character = max(scores)
    return character if _LEAST_SHARE * sum([math.exp(score - best) for score, _ in scores]) <= 1 else LOST_MARK
