"""Where the paragraphs of a text begin and end."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from functools import lru_cache

# Characters. For time alone: in a shorter text the last line feed is found sooner than asked for in a table; in a book
# of one paragraph each question would go over half of it.
_LONG_CHARACTERS = 20_000


def paragraph_start(text: str, char: int) -> int:
    """Where the paragraph begins that the character before ``char``, at least 0, belongs to.

    >>> paragraph_start("甲县开会\\n乙县开会", 7), paragraph_start("甲县开会", 3), paragraph_start("甲\\n乙", 1)
    (5, 0, 0)
    """
    if len(text) <= _LONG_CHARACTERS:
        return text.rfind("\n", 0, char) + 1
    breaks = _breaks(text)
    return breaks[max(bisect_left(breaks, char) - 1, 0)] + 1


def paragraph_end(text: str, char: int) -> int:
    """Where the paragraph ends that the character at ``char`` belongs to: at its line feed, or with the text.

    >>> paragraph_end("甲县开会\\n乙县开会", 1), paragraph_end("甲县开会\\n乙县开会", 4), paragraph_end("甲县开会\\n乙县开会", 5)
    (4, 4, 9)
    """
    if len(text) <= _LONG_CHARACTERS:
        end = text.find("\n", char)
        return end if end >= 0 else len(text)
    breaks = _breaks(text)
    at = bisect_left(breaks, char)
    return breaks[at] if at < len(breaks) else len(text)


@lru_cache(maxsize=4)
def _breaks(text: str) -> array[int]:
    found, at = array("q", [-1]), text.find("\n")
    while at >= 0:
        found.append(at)
        at = text.find("\n", at + 1)
    return found
