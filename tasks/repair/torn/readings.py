"""Pinyin readings of the characters GBK can write."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

_TABLE = Path(__file__).parents[1] / "data" / "readings.tsv"

# A reading as mirrors print it: lower case, with a tone mark on one vowel or none in a light syllable.
LETTERS = "a-züêāáǎàēéěèōóǒòīíǐìūúǔùǖǘǚǜńňǹḿ"  # for a character class
READING = f"[{LETTERS}]{{1,6}}"
TONED = frozenset("āáǎàēéěèōóǒòīíǐìūúǔùǖǘǚǜńňǹḿ")


_TONE = re.compile("[\N{COMBINING GRAVE ACCENT}\N{COMBINING ACUTE ACCENT}\N{COMBINING MACRON}\N{COMBINING CARON}]")


@cache
def characters_by_reading() -> dict[str, frozenset[str]]:
    """The characters that can be read so; 1,487 readings, from pypinyin (MIT).

    >>> "區" in characters_by_reading()["qū"]
    True
    """
    lines = _TABLE.read_text(encoding="utf-8").splitlines()
    return {reading: frozenset(characters) for reading, _, characters in (line.partition("\t") for line in lines)}


def untoned(reading: str) -> str:
    """``reading`` without its tone.

    >>> untoned("lǜ"), untoned("shǒu")
    ('lü', 'shou')
    """
    return unicodedata.normalize("NFC", _TONE.sub("", unicodedata.normalize("NFD", reading)))


def reads_as(character: str, reading: str) -> bool:
    """Whether ``reading`` is one of the readings of ``character``."""
    return character in characters_by_reading().get(reading, ())
