"""Counting what a text is made of: all its characters or pairs at once, many times faster than one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

MAX_BMP = "\uffff"  # the last character of the basic plane


def character_counts(text: str) -> NDArray[np.int64]:
    """How often each character of the basic plane stands in ``text``: 65,536 counts, by code point.

    A character beyond that plane counts as two surrogates.

    >>> counts = character_counts("社区小区")
    >>> counts[codes_of("区社网")].tolist()
    [2, 1, 0]
    """
    return np.bincount(
        np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.dtype("<u2")), minlength=ord(MAX_BMP) + 1
    )


def codes_of(characters: Iterable[str]) -> NDArray[np.int64]:
    """The code points of ``characters`` of the basic plane, to look up in :func:`character_counts`."""
    return np.array([ord(character) for character in characters], np.int64)


def pair_counts(text: str) -> dict[str, int]:
    """How often two characters stand side by side in ``text``. Null characters are left out.

    >>> pair_counts("哈哈哈，好") == {"哈哈": 2, "哈，": 1, "，好": 1}
    True
    """
    if len(text) < 2:
        return {}
    # Each pair is a string of two 32-bit characters in the encoded text, beginning one character after the last.
    encoded = text.encode("utf-32-le", "surrogatepass")
    return Counter(np.ndarray(len(text) - 1, np.dtype("<U2"), encoded, strides=4).tolist())
