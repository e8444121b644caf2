"""Traditional characters to Simplified ones, and only where the text is Traditional.

OpenCC's dictionaries decide by phrase (乾隆 stays, 乾淨 becomes 干净). It leaves 著 alone, which mirrors write for every
着: 著 stays only in words that are spelt so. A Taiwanese or Hong Kong text keeps its words: 資訊 is 资讯, not 信息.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import numpy as np
import opencc
from numpy.typing import NDArray

from tasks.lexicon.characters import pattern_of
from tasks.repair.language.counts import MAX_BMP, character_counts, codes_of
from tasks.repair.language.pairs import simplified_forms

_ZHU_KEPT = Path(__file__).parents[1] / "data" / "zhu_kept.txt"
_SENTENCE = pattern_of(r"[^[:sentence_end:]!?；;\n]*[[:sentence_end:]!?；;\n]*[”’」』）】》]*")
# A foreign name or a brand in an otherwise Simplified sentence stays as printed; a quoted sentence does not.
_FEWEST_IN_SIMPLIFIED_TEXT = 3


def _encodes(character: str, charset: str) -> bool:
    try:
        character.encode(charset)
    except UnicodeEncodeError:
        return False
    return True


def _character_class(characters: Iterable[str]) -> re.Pattern[str]:
    # Above U+FFFF the regular expression engine has no fast classes, and no page needs them.
    return re.compile(f"[{''.join(sorted(each for each in characters if each <= MAX_BMP))}]")


@cache
def traditional_only_characters() -> frozenset[str]:
    """Characters that have a Simplified form and are not used in Simplified text (not in GB 2312)."""
    return frozenset(each for each in simplified_forms() if each <= MAX_BMP and not _encodes(each, "gb2312"))


@cache
def _traditional_only() -> re.Pattern[str]:
    return _character_class(traditional_only_characters())


@cache
def simplified_only_characters() -> frozenset[str]:
    """Simplified forms that are not used in Traditional text (not in Big5)."""
    return frozenset(
        each for each in simplified_forms().values() if each <= MAX_BMP and not _encodes(each, "big5hkscs")
    )


@cache
def _simplified_only() -> re.Pattern[str]:
    return _character_class(simplified_only_characters())


@cache
def _codes_of_scripts() -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    return codes_of(traditional_only_characters()), codes_of(simplified_only_characters())


@cache
def _zhu() -> re.Pattern[str]:
    kept = _ZHU_KEPT.read_text(encoding="utf-8").split()
    return re.compile(f"({'|'.join(kept)})|著")


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def is_traditional(text: str) -> bool:
    """Whether a page is written in Traditional characters: it holds more that only they use than only Simplified does.

    >>> is_traditional("社區網格員走訪居民"), is_traditional("乾隆年间的显著变化"), is_traditional("网格员说:“歡迎”")
    (True, False, False)
    """
    if _traditional_only().search(text) is None:
        return False
    return counts_traditional(character_counts(text))


def counts_traditional(counts: NDArray[np.int64]) -> bool:
    """:func:`is_traditional` of a text whose ``character_counts`` are known."""
    traditional, simplified = _codes_of_scripts()
    return bool(counts[traditional].sum() > counts[simplified].sum())


def to_simplified(text: str, *, traditional: bool) -> str:
    """``text`` in Simplified characters, as long as before. ``traditional`` tells what the page around it is.

    >>> to_simplified("隨著經驗積累,成效顯著的著名景點", traditional=True)
    '随着经验积累,成效显著的著名景点'
    >>> to_simplified("见微知著,乾隆年间", traditional=False)
    '见微知著,乾隆年间'
    """
    if not traditional and _traditional_only().search(text) is None:
        return text
    if traditional and _simplified_only().search(text) is None:
        return _convert(text)
    return "".join(_simplify_sentence(sentence, traditional) for sentence in _SENTENCE.findall(text))


def _simplify_sentence(sentence: str, traditional: bool) -> str:
    found = len(_traditional_only().findall(sentence))
    others = len(_simplified_only().findall(sentence))
    if traditional:
        if others > found:
            return sentence.translate(_by_character()) if found else sentence
    elif found < _FEWEST_IN_SIMPLIFIED_TEXT or found <= 2 * others:
        return sentence
    return _convert(sentence)


@cache
def _by_character() -> dict[int, str]:
    return {
        ord(traditional): form
        for traditional, form in simplified_forms().items()
        if not _encodes(traditional, "gb2312")
    }


def _convert(sentence: str) -> str:
    converted: str = _converter().convert(sentence)
    if len(converted) != len(sentence):  # only a dictionary of a later version could do that; characters never do
        return sentence.translate(_by_character())
    converted = converted.translate(_by_character()).replace("甚么", "什么")
    # 鍾 is 钟 but in the name of the writer, for which OpenCC makes every one 锺.
    if "锺" in converted:
        converted = re.sub("(?<!钱)锺", "钟", converted)
    return _zhu().sub(_zhu_or_zhe, converted) if "著" in converted else converted


def _zhu_or_zhe(match: re.Match[str]) -> str:
    return match.group(1) or "着"
