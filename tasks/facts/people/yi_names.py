"""Names of the Yi in Chinese writing: the clan and the given name, each mostly of two characters (阿侯尔古, 勒格伍呷莫).

No character tells them apart from words, and the clan is no surname of one character, so both parts are looked up; and
only in a text that speaks of the Yi or of where most of them live.
"""

from __future__ import annotations

import re
from functools import cache

from tasks.lexicon.dictionary import is_word
from tasks.lexicon.word_lists import any_of, words_for

# Where a text speaks of the Yi: the people, their prefecture and counties, the school of their names.
_SPEAKS_OF_YI = ("彝", "凉山", "昭觉", "布拖", "美姑", "喜德", "越西", "甘洛", "金阳", "雷波", "普格", "西昌", "盐源")


@cache
def _whole_names() -> re.Pattern[str]:
    clan, given = any_of(words_for("names/yi_names", "family")), any_of(words_for("names/yi_names", "given"))
    return re.compile(f"{clan}{given}[莫嫫惹木]?")


@cache
def _of_families() -> re.Pattern[str]:
    """What a family's name opens and two characters close that given names of the Yi are written with: 某色|哈机."""
    written = "".join(sorted({char for word in words_for("names/yi_names", "given") for char in word} | {"则"}))
    return re.compile(f"{any_of(words_for('names/yi_names', 'family'))}[{written}]{{2}}(?![{written}])")


_FEWEST = 2  # mentions of what no list holds as a whole


def _repeated_of_families(text: str) -> set[str]:
    found = {match[0] for match in _of_families().finditer(text)}
    return {name for name in found if text.count(name) >= _FEWEST and not is_word(name[2:])}


def yi_names(text: str) -> set[str]:
    """Every name of a clan with a given name behind it, where the text speaks of the Yi.

    >>> sorted(yi_names("布拖县的阿侯尔古和勒格伍呷莫都来了。")), yi_names("和田县的马海和阿牛都来了。")
    (['勒格伍呷莫', '阿侯尔古'], set())
    """
    if not any(map(text.__contains__, _SPEAKS_OF_YI)):
        return set()
    return {match[0] for match in _whole_names().finditer(text)} | _repeated_of_families(text)
