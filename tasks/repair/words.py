"""How likely a stretch of Chinese is as a sequence of words: dearer than adjacent characters, and it sees further."""

from __future__ import annotations

import gzip
import math
from bisect import bisect_left
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from tasks.repair.forms import canonical
from tasks.repair.language import mark_probability

_TABLE = Path(__file__).parent / "data" / "words.txt.gz"
_FIRST_LEVEL = 40  # as in data/build.py
_LONGEST = 5
_UNKNOWN = math.log(2e-9)  # a character that is in no word of the list
_MOST_REMEMBERED = 300_000  # scores, about 50 MB


@cache
def _lines() -> tuple[list[str], dict[str, float]]:
    """Sorted words, each with its level at the end, and the score by level."""
    total, _, packed = gzip.decompress(_TABLE.read_bytes()).decode("utf-8").partition("\n")
    scale = 0.87 / float(total)  # 13 % of the tokens of news text are marks and digits
    score_of = {chr(_FIRST_LEVEL + level): math.log(2 ** (level / 4) * scale) for level in range(128)}
    return packed.split("\n"), score_of


_scores: dict[str, float | None] = {}


def _score(word: str) -> float | None:
    """The logarithm of the share of ``word``; minus infinity for the beginning of a longer word; None for anything else."""
    try:
        return _scores[word]
    except KeyError:
        pass
    if len(_scores) >= _MOST_REMEMBERED:
        _scores.clear()
    lines, score_of = _lines()
    at = bisect_left(lines, word)
    found = None
    if at < len(lines) and lines[at].startswith(word):
        line = lines[at]
        found = score_of[line[-1]] if len(line) == len(word) + 1 else -math.inf
    if len(word) == 1 and (found is None or found == -math.inf):
        found = _UNKNOWN if "\u3400" <= word <= "\u9fff" else math.log(mark_probability(word))
    _scores[word] = found
    return found


def word_score(text: str) -> float:
    """The natural logarithm of the probability of the likeliest segmentation of ``text``; words are independent.

    >>> word_score("会议的获奖者。") > word_score("会议的获奖章。")
    True
    """
    text = canonical(text)
    length = len(text)
    best = [0.0] + [-math.inf] * length
    for start in range(length):
        base = best[start]
        for end in range(start + 1, min(start + _LONGEST, length) + 1):
            score = _score(text[start:end])
            if score is None:
                break  # nothing longer begins so
            best[end] = max(best[end], base + score)
    return best[length]


_completions: dict[str, frozenset[str]] = {}  # by beginning


def _completing(beginning: str) -> frozenset[str]:
    """The characters that make a word of the list when they stand behind ``beginning``."""
    found = _completions.get(beginning)
    if found is None:
        if len(_completions) >= _MOST_REMEMBERED:
            _completions.clear()
        lines, _ = _lines()
        first = bisect_left(lines, beginning)
        behind = bisect_left(lines, beginning[:-1] + chr(ord(beginning[-1]) + 1), first)
        length = len(beginning) + 2  # … and the level
        found = frozenset(line[-2] for line in lines[first:behind] if len(line) == length)
        _completions[beginning] = found
    return found


def completing(left: str, characters: Iterable[str]) -> set[str]:
    """Those of ``characters`` that complete a word of three or more with the end of ``left``.

    >>> sorted(completing("说起岌岌可", "危常海"))
    ['危']
    """
    ending = canonical(left[1 - _LONGEST :])
    wanted = frozenset().union(*(_completing(ending[start:]) for start in range(len(ending) - 1)))
    return {each for each in characters if canonical(each) in wanted} if wanted else set()


def pairs_completing(left: str, heads: Iterable[str], characters: Iterable[str]) -> list[tuple[str, str]]:
    """The pairs of one of ``heads`` and one of ``characters`` that complete a word of three or four with ``left``.

    >>> pairs_completing("说起岌", "可危", "危常")
    []
    >>> pairs_completing("说起岌岌", "可危", "危常")
    [('可', '危')]
    """
    beginning = canonical(left[-2:])
    found = []
    for head in heads:
        form = canonical(head)
        wanted = _completing(beginning[-1:] + form) if beginning else frozenset()
        if len(beginning) == 2:
            wanted |= _completing(beginning + form)
        if wanted:
            found += [(head, each) for each in characters if canonical(each) in wanted]
    return found


def longest_shared(left: str, restored: str, right: str) -> int:
    """How many characters of ``restored`` stand in one word of three or more that ``left`` or ``right`` has a part in.

    Such a word is more than the rare characters it is made of.

    >>> longest_shared("打印医", "保卡", "，见")
    2
    >>> longest_shared("打印医", "海口", "，见")
    0
    """
    before = left[1 - _LONGEST :]
    text = canonical(before + restored + right[: _LONGEST - 1])
    first, behind = len(before), len(before) + len(restored)
    most = 0
    for start in (*range(first), *range(max(behind + 1 - _LONGEST, first), behind)):
        least = first + most if start < first else max(behind, start + most)
        for end in range(max(start + 2, least) + 1, min(start + _LONGEST, len(text)) + 1):
            score = _score(text[start:end])
            if score is None:
                break  # nothing longer begins so
            if score > -math.inf:
                most = max(most, min(end, behind) - max(start, first))
    return most
