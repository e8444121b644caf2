"""Tells Chinese text from other languages by its script: a crawl of the Chinese web strays into others."""

from __future__ import annotations

import re

from tasks.lexicon.characters import pattern_of

_HAN = pattern_of("[[:han:][:rare_han:]]")
_KANA = re.compile(r"[\u3041-\u309f\u30a1-\u30fa\uff66-\uff9d]")
_LETTER = re.compile(r"[^\W\d_]")
# A Chinese text full of code and product names still has every fourth letter Chinese (a Chinese character counts as one
# letter, as a Latin one does); a foreign text about China keeps below a tenth.
_LEAST_HAN_SHARE = 0.1
# Chinese texts quote the odd word of Japanese; Japanese has more kana than Chinese characters.
_MOST_KANA_SHARE = 0.2
# For time alone: the part of a text, which mostly holds Chinese enough for the whole of it.
_BEGINNING = 6


def is_chinese(text: str) -> bool:
    """Whether running ``text`` is Chinese, its quotations and names apart; a text without letters is taken for it.

    >>> is_chinese("某镇推行KPI考核"), is_chinese("住民自治について"), is_chinese("Beijing (北京) is the capital.")
    (True, False, False)
    """
    # There are no more letters than characters.
    beginning = len(text) // _BEGINNING + 1
    if len(_HAN.findall(text, 0, beginning)) >= _LEAST_HAN_SHARE * len(text) and _KANA.search(text) is None:
        return True
    letters = len(_LETTER.findall(text))
    if not letters:
        return True
    han, kana = len(_HAN.findall(text)), len(_KANA.findall(text))
    return han >= _LEAST_HAN_SHARE * letters and kana <= _MOST_KANA_SHARE * (han + kana)
