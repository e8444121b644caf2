"""How likely a stretch of Chinese is as a sequence of words: dearer than adjacent characters, and it sees further."""

from __future__ import annotations

import gzip
import math
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from tasks.repair.language import canonical, mark_probability

_TABLE = Path(__file__).parent / "data" / "words.tsv.gz"
_FIRST_LEVEL = 40  # as in data/build.py
_LONGEST = 5
_UNKNOWN = math.log(2e-9)  # a character that is in no word of the list


@cache
def _word_scores() -> dict[str, float]:
    lines = gzip.decompress(_TABLE.read_bytes()).decode("utf-8").split("\n")
    words: list[str] = []
    word = ""
    for line in lines:
        word = word[: int(line[0])] + line[1:-1]
        words.append(word)
    levels = [line[-1] for line in lines]
    count_of = {level: 2 ** ((ord(level) - _FIRST_LEVEL) / 4) for level in sorted(set(levels))}
    scale = 0.87 / sum(map(count_of.__getitem__, levels))  # 13 % of the tokens of news text are marks and digits
    score_of = {level: math.log(count * scale) for level, count in count_of.items()}
    return dict(zip(words, map(score_of.__getitem__, levels), strict=True))


def word_score(text: str) -> float:
    """The natural logarithm of the probability of the likeliest segmentation of ``text``; words are independent.

    >>> word_score("会议的获奖者。") > word_score("会议的获奖章。")
    True
    """
    text = canonical(text)
    lexicon = _lexicon()
    length = len(text)
    best = [0.0] + [-math.inf] * length
    for start in range(length):
        base = best[start]
        character = text[start]
        score = lexicon.get(character)
        if score is None:
            score = _UNKNOWN if "\u3400" <= character <= "\u9fff" else math.log(mark_probability(character))
        best[start + 1] = max(best[start + 1], base + score)
        for end in range(start + 2, min(start + _LONGEST, length) + 1):
            score = lexicon.get(text[start:end])
            if score is None:
                break  # nothing longer begins so
            best[end] = max(best[end], base + score)
    return best[length]


@cache
def _lexicon() -> dict[str, float]:
    """Words and their scores; what is only the beginning of one has a score that never wins."""
    return dict.fromkeys(_beginnings(), -math.inf) | _word_scores()


@cache
def _beginnings() -> frozenset[str]:
    """The first two to four characters of every longer word."""
    longer = [word for word in _word_scores() if len(word) > 2]
    return frozenset(word[:length] for length in range(2, _LONGEST) for word in longer if len(word) > length)


def completing(left: str, characters: Iterable[str]) -> set[str]:
    """Those of ``characters`` that complete a word of three or more with the end of ``left``.

    >>> sorted(completing("说起岌岌可", "危常海"))
    ['危']
    """
    ending = canonical(left[1 - _LONGEST :])
    begun = [ending[start:] for start in range(len(ending) - 1) if ending[start:] in _beginnings()]
    if not begun:
        return set()
    scores = _word_scores()
    return {each for each in characters for beginning in begun if beginning + canonical(each) in scores}
