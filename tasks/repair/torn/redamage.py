"""The damage done again: what a restored text would look like on the mirror, to prove a repair."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from struct import unpack_from

from tasks.repair.torn.gbk import characters_by_pair

_BROKEN = "\0"  # a broken character: a question mark on most sites, nothing on some

# A lead byte takes the byte behind it along when that is no trail byte: PHP's multibyte functions work so.
_UNIT_PHP = re.compile(rb"[\x00-\x7f]+|\x80|[\x81-\xfe][\x40-\x7e\x80-\xfe]|[\x81-\xff][\x00-\x7f]?", re.DOTALL)

_WHOLE_PHP = re.compile(rb"(?:[\x00-\x7f]|[\x81-\xfe][\x40-\x7e\x80-\xfe])*")
_FOLD = str.maketrans("？！，：；（）", "?!,:;()")

Decoder = Callable[[bytes], str]


@cache
def encoded(character: str) -> bytes:
    """The bytes of one character in GB 18030; there are few enough to remember them all."""
    return character.encode("gb18030", "replace")


def characters_inside(data: bytes) -> set[str]:
    """The characters that any two adjacent bytes of ``data`` (GB 18030) make, those across two characters among them.

    >>> sorted(characters_inside("人們為".encode("gbk")))
    ['人', '們', '優', '為', '藗']
    """
    odd, even = len(data) // 2, (len(data) - 1) // 2  # big-endian numbers from the first byte on, and from the second
    codes = unpack_from(f">{odd}H", data) + unpack_from(f">{max(even, 0)}H", data, min(1, len(data)))
    found = set(map(characters_by_pair().get, codes))
    found.discard(None)
    return found  # type: ignore[return-value]


def torn(data: bytes, pinyin_of: Mapping[str, str], cuts: Iterable[str]) -> list[bytes]:
    """The pieces that annotating ``data`` (GB 18030) and cutting it leaves, the marks it is cut at among them.

    ``pinyin_of``: readings of characters that may stand in it.
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
    return pieces


def shows(pieces: Iterable[bytes], decode: Decoder, damaged: str, *, swallowed: bool) -> bool:
    """Whether ``pieces``, decoded each alone, look like ``damaged`` (which has been through :func:`folded`).

    ``swallowed``: an ASCII character behind them may have gone down with their last, broken byte.

    >>> shows(torn("好。”城里".encode("gbk"), {}, "！"), as_python, folded("好?！背抢?"), swallowed=False)
    True
    >>> shows(torn("好。“城里".encode("gbk"), {}, "！"), as_python, folded("好?！背抢?"), swallowed=False)
    False
    """
    shown = folded("".join(map(decode, pieces)).replace("\ufffd", _BROKEN))
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


def folded(text: str) -> str:
    """``text`` with the marks narrow that some mirrors narrowed later."""
    return text.translate(_FOLD)


def as_php(piece: bytes) -> str:
    """``piece`` (GBK) as PHP's multibyte functions decode it, a null for each broken character."""
    if _WHOLE_PHP.fullmatch(piece):
        return piece.decode("gb18030")
    return "".join(map(_unit_as_php, _UNIT_PHP.findall(piece)))


def _unit_as_php(unit: bytes) -> str:
    if unit == b"\x80":
        return "€"
    if unit[0] < 0x80:
        return unit.decode("ascii")
    return unit.decode("gb18030") if len(unit) == 2 and unit[1] >= 0x40 and unit[1] != 0x7F else _BROKEN


def as_python(piece: bytes) -> str:
    """``piece`` (GBK) as Python and others decode it, U+FFFD for each broken character."""
    return piece.decode("cp936", "replace")
