"""Names of the Hui and their neighbours in the north-west: a Chinese surname and a given name in transcription.

Those of three characters (马乙卜拉, 丁尤素夫) are longer than what a Chinese surname opens, and are looked up whole.
"""

from __future__ import annotations

from functools import cache

from tasks.facts.text.sought import Sought
from tasks.lexicon.word_lists import any_of, word_set

# Surnames that these peoples bear and others seldom do, or behind which such a given name can be nothing else.
_SURNAMES = "马丁哈韩海虎喇妥祁冶牟撒苏杨王李白安沙铁买金何罗周张唐汪石拜闪田陈答者穆赵"


@cache
def _whole_names() -> Sought:
    return Sought(f"[{_SURNAMES}]{any_of(word_set('names/hui_names'))}")


def hui_names(text: str) -> set[str]:
    """Every surname with such a given name behind it.

    >>> sorted(hui_names("村支书马乙卜拉和邻居韩法土麦商量。")), hui_names("马上一起不拉横幅。")
    (['韩法土麦', '马乙卜拉'], set())
    """
    return {match[0] for match in _whole_names().finditer(text)}
