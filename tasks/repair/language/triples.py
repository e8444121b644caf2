"""Which character follows which one or two in running text, marks included: word lists know no marks and no grammar.

Counts of texts that somebody wrote: People's Daily of January 1998, 1.8 million characters (data/build.py). Absolute
discounting; what was never seen is left to whoever asks.
"""

from __future__ import annotations

import gzip
import re
from bisect import bisect_left
from functools import cache
from pathlib import Path

from tasks.repair.language.character_forms import canonical, canonical_forms

_TABLE = Path(__file__).parents[1] / "data" / "running.txt.gz"
_FIRST_LEVEL = 0x0100  # as in data/build.py
_LINE_END = "¶"  # as in data/build.py
_DISCOUNT = 0.7  # of each count, for what was never seen
_LEAST_REST = 0.03  # levels are rounded and may leave less than nothing for what was never seen
_MOST_REMEMBERED = 300_000  # shares, about 60 MB

_CLASSES = dict.fromkeys("123456789", "0") | dict.fromkeys("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", "a")
_TRANSLATION = str.maketrans(_CLASSES)
_CLASSED = re.compile("[0-9A-Za-z]")
_NUMBER, _WORD = re.compile("00+"), re.compile("aa+")


def numbers_as_one(text: str) -> str:
    """``text`` with a 0 for each number and an a for each Latin word.

    >>> numbers_as_one("共有1200户ABC")
    '共有0户a'
    """
    if _CLASSED.search(text) is None:
        return text
    text = text.translate(_TRANSLATION)
    if "00" in text:
        text = _NUMBER.sub("0", text)
    return _WORD.sub("a", text) if "aa" in text else text


def running_form(text: str) -> str:
    """``text`` as the table spells it: Simplified, wide marks, numbers and Latin words as one.

    >>> running_form("全鎮,共有1200戶")
    '全镇，共有0户'
    """
    return numbers_as_one(canonical(text))


@cache
def _forms() -> dict[str, str]:
    return canonical_forms() | _CLASSES | {"\n": _LINE_END}


@cache
def _translation() -> dict[int, str]:
    return str.maketrans(_forms())


@cache
def _lines() -> tuple[tuple[str, ...], ...]:
    """The table's lines by the length of what they begin with, none for 0; sorted, so that no index needs building."""
    blocks = gzip.decompress(_TABLE.read_bytes()).decode("utf-8").split("\n\n")
    return (), *(tuple(block.split("\n")) for block in blocks)  # the collector passes over tuples of strings


@cache
def _counts() -> list[float]:
    return [2 ** (level / 4) for level in range(128)]


@cache
def _discounted() -> dict[str, float]:
    """What each level counts for among what follows a context."""
    return {chr(_FIRST_LEVEL + level): count - _DISCOUNT for level, count in enumerate(_counts())}


_rest_behind: dict[str, tuple[str, float, float]] = {}  # line, count and rest by context
_shares: dict[str, tuple[float, float]] = {}
_NOTHING = ("", 1.0, 1.0)


def share_behind(sequence: str) -> tuple[float, float]:
    """How often the last of two or three characters follows the others, and what is left for what was never seen.

    Both are shares of 1; the rest is to be multiplied with what a model of shorter sequences says.

    >>> share_behind("党委")[0] > share_behind("党伟")[0]
    True
    >>> share_behind("嚏嚏人")
    (0.0, 1.0)
    """
    found = _shares.get(sequence)
    if found is None:
        if len(_shares) >= _MOST_REMEMBERED:
            _shares.clear()
        folded = sequence.translate(_translation())
        found = _shares[sequence] = _share(folded[:-1], folded[-1])
    return found


def share_in_pair(left: str, right: str) -> tuple[float, float]:
    """:func:`share_behind` of one character behind another, for those who remember what they asked for.

    >>> share_in_pair("党", "委") == share_behind("党委")
    True
    """
    forms = _forms()
    return _share(forms.get(left, left), forms.get(right, right))


def _share(context: str, character: str) -> tuple[float, float]:
    line, count, rest = _rest_behind.get(context) or _context(context)
    first = len(context) + 1
    at = line.find(character, first)
    while at >= 0 and (at - first) % 2:  # a level that happens to look like the character
        at = line.find(character, at + 1)
    if at < 0:
        return 0.0, rest
    return max(_counts()[ord(line[at + 1]) - _FIRST_LEVEL] - _DISCOUNT, 0.0) / count, rest


def _context(context: str) -> tuple[str, float, float]:
    lines = _lines()[len(context)]
    at = bisect_left(lines, context)
    found = _NOTHING
    if at < len(lines) and lines[at].startswith(context):
        line = lines[at]
        count = _counts()[ord(line[len(context)]) - _FIRST_LEVEL]
        seen = sum(map(_discounted().__getitem__, line[len(context) + 2 :: 2]))
        found = line, count, max(1 - seen / count, _LEAST_REST)
    if len(_rest_behind) >= _MOST_REMEMBERED:
        _rest_behind.clear()
    _rest_behind[context] = found
    return found
