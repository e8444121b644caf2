"""Whether two characters that could be a name are an ordinary word."""

from __future__ import annotations

from functools import lru_cache

import rjieba

_NAME_TAGS = ("nr", "nrt", "nrfg", "nz", "x")


@lru_cache(maxsize=10_000)
def is_common_word(text: str) -> bool:
    """Whether the dictionary knows ``text`` as one word and not as a person's name.

    >>> is_common_word("成都"), is_common_word("王芳")
    (True, False)
    """
    tagged = rjieba.tag(text)
    return len(tagged) == 1 and len(text) == 2 and tagged[0][1] not in _NAME_TAGS
