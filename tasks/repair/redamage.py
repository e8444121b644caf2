"""The damage done again: what a restored text would look like on the mirror, to prove a repair."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import pairwise

from tasks.repair.gbk import characters_by_pair

_BROKEN = "\0"  # a broken character: a question mark on most sites, nothing on some

# A lead byte takes the byte behind it along when that is no trail byte: PHP's multibyte functions work so.
_UNIT_PHP = re.compile(rb"[\x00-\x7f]+|\x80|[\x81-\xfe][\x40-\x7e\x80-\xfe]|[\x81-\xff][\x00-\x7f]?", re.DOTALL)

_WHOLE_PHP = re.compile(rb"(?:[\x00-\x7f]|[\x81-\xfe][\x40-\x7e\x80-\xfe])*")


@cache
def encoded(character: str) -> bytes:
    """The bytes of one character in GB 18030; there are few enough to remember them all."""
    return character.encode("gb18030", "replace")


@cache
def _characters_by_bytes() -> dict[tuple[int, int], str]:
    return {(pair >> 8, pair & 0xFF): character for pair, character in characters_by_pair().items()}


def characters_inside(data: bytes) -> set[str]:
    """The characters that any two adjacent ones of ``data`` (GB 18030) make, those across two characters among them."""
    inside = set(map(_characters_by_bytes().get, pairwise(data)))
    inside.discard(None)
    return inside  # type: ignore[return-value]


def is_proven(
    data: bytes, damaged: str, pinyin_of: Mapping[str, str], cuts: Iterable[str], swallowed: bool = False
) -> bool:
    """Whether damaging ``data`` (GB 18030: annotate, cut, decode each piece alone) shows ``damaged``.

    ``pinyin_of``: readings of characters that may stand in it. ``swallowed``: an ASCII character behind it may have gone
    down with its last, broken byte.

    >>> is_proven("好。”城里".encode("gbk"), "好?！背抢?", {}, "！")
    True
    >>> is_proven("好。“城里".encode("gbk"), "好?！背抢?", {}, "！")
    False
    """
    for character, reading in pinyin_of.items():
        # What a reading put in brackets leaves behind matches nothing new.
        key = encoded(character)
        data = data.replace(key, key + b"(" + reading.encode("gbk", "ignore") + b")")
    pieces = [data]
    for cut in cuts:
        key = encoded(cut)
        if key in data:
            pieces = [
                part
                for piece in pieces
                for index, between in enumerate(piece.split(key))
                for part in ((key, between) if index else (between,))
            ]
    shown = "".join(map(_as_python, pieces))
    if _agree(shown, damaged, swallowed):
        return True
    other = "".join(map(_as_php, pieces))
    return other != shown and _agree(other, damaged, swallowed)


def _as_php(piece: bytes) -> str:
    if _WHOLE_PHP.fullmatch(piece):
        return piece.decode("gb18030")
    return "".join(map(_unit_as_php, _UNIT_PHP.findall(piece)))


def _unit_as_php(unit: bytes) -> str:
    if unit == b"\x80":
        return "€"
    if unit[0] < 0x80:
        return unit.decode("ascii")
    return unit.decode("gb18030") if len(unit) == 2 and unit[1] >= 0x40 and unit[1] != 0x7F else _BROKEN


def _as_python(piece: bytes) -> str:
    return piece.decode("cp936", "replace").replace("\ufffd", _BROKEN)


_FOLD = str.maketrans("？！，：；（）", "?!,:;()")


def _agree(shown: str, damaged: str, swallowed: bool) -> bool:
    shown = shown.replace("\ufffd", _BROKEN).translate(_FOLD)
    damaged = damaged.translate(_FOLD)
    if shown.replace(_BROKEN, "?") == damaged or shown.replace(_BROKEN, "") == damaged:
        return True
    # Each broken character is a question mark or nothing: the places in ``damaged`` that it can have come to so far.
    first, *others = shown.split(_BROKEN)
    reached = {len(first)} if damaged.startswith(first) else set()
    for part in others:
        reached |= {place + 1 for place in reached if damaged.startswith("?", place)}
        reached = {place + len(part) for place in reached if damaged.startswith(part, place)}
    end = len(damaged)
    return end in reached or (swallowed and end - 1 in reached and " " <= damaged[-1] <= "?")
