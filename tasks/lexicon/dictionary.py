"""Whether the segmenter's dictionary knows a word, asked without fear of characters that no dictionary can hold."""

from __future__ import annotations

from functools import lru_cache

import rjieba


@lru_cache(maxsize=32_768)  # the same surnames, posts and common words are asked for in article after article
def is_word(text: str) -> bool:
    """Whether ``text`` is a word of the dictionary; a lone surrogate, which the segmenter cannot be handed, is part of
    none.

    >>> is_word("工程师"), is_word("\\ud800师")
    (True, False)
    """
    try:
        return bool(rjieba.has_word(text))
    except UnicodeEncodeError:
        return False
