"""How likely a stretch of Chinese is as a sequence of words: dearer than adjacent characters, and it sees further."""

from __future__ import annotations

import gzip
import math
from bisect import bisect_left
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from tasks.lexicon.characters import FIRST_HAN, LAST_HAN
from tasks.repair.language.character_forms import canonical, canonical_forms
from tasks.repair.language.pairs import mark_probability

_TABLE = Path(__file__).parents[1] / "data" / "words.txt.gz"
_FIRST_LEVEL = 40  # as in data/build.py
_LONGEST = 5  # characters of the longest words of the list, as given by data/build.py
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
    """The logarithm of the share of ``word``; minus infinity for the beginning of a longer word; None for anything
    else."""
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
        found = _UNKNOWN if FIRST_HAN <= word <= LAST_HAN else math.log(mark_probability(word))
    _scores[word] = found
    return found


def word_scores(beginning: str, endings: Iterable[str]) -> list[float]:
    """For each of ``endings`` the natural logarithm of the probability of the likeliest segmentation of ``beginning``
    and it; words are independent.

    >>> right, wrong = word_scores("会议的", ["获奖者。", "获奖章。"])
    >>> right > wrong
    True
    """
    beginning = canonical(beginning)
    length = len(beginning)
    best = [0.0] + [-math.inf] * length
    going_on = []  # the places in ``beginning`` from which a word may reach beyond it
    for start in range(length):
        for end in range(start + 1, min(start + _LONGEST, length) + 1):
            score = _score(beginning[start:end])
            if score is None:
                break  # nothing longer begins so
            best[end] = max(best[end], best[start] + score)
        else:
            going_on.append(start)
    return [_segmented(beginning + canonical(ending), best, going_on) for ending in endings]


def _segmented(text: str, best_of_beginning: list[float], going_on: list[int]) -> float:
    length, first = len(text), len(best_of_beginning)
    best = best_of_beginning + [-math.inf] * (length + 1 - first)
    known = _scores
    for start in (*going_on, *range(first - 1, length)):
        base = best[start]
        for end in range(max(start + 1, first), min(start + _LONGEST, length) + 1):
            word = text[start:end]
            score = known[word] if word in known else _score(word)
            if score is None:
                break  # nothing longer begins so
            if base + score > best[end]:  # noqa: PLR1730 (max would take longer than all the rest)
                best[end] = base + score
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
    wanted = frozenset().union(*[_completing(ending[start:]) for start in range(len(ending) - 1)])
    if not wanted:
        return set()
    forms = canonical_forms()
    return {each for each in characters if forms.get(each, each) in wanted}


def pairs_completing(left: str, heads: Iterable[str], characters: Iterable[str]) -> list[tuple[str, str]]:
    """The pairs of one of ``heads`` and one of ``characters`` that complete a word of three or four with ``left``.

    >>> pairs_completing("说起岌", "可危", "危常")
    []
    >>> pairs_completing("说起岌岌", "可危", "危常")
    [('可', '危')]
    """
    beginning = canonical(left[-2:])
    if not beginning:
        return []
    forms = canonical_forms()
    by_form: dict[str, list[str]] = {}
    for character in characters:
        by_form.setdefault(forms.get(character, character), []).append(character)
    found = []
    for head in heads:
        form = forms.get(head, head)
        wanted = _completing(beginning[-1] + form)
        if len(beginning) == 2:
            wanted |= _completing(beginning + form)
        for ending in wanted & by_form.keys():
            found += [(head, each) for each in by_form[ending]]
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
    length, known = len(text), _scores
    most = 0
    for start in (*range(first), *range(max(behind + 1 - _LONGEST, first), behind)):
        least = first + most if start < first else max(behind, start + most)
        for end in range(max(start + 2, least) + 1, min(start + _LONGEST, length) + 1):
            word = text[start:end]
            score = known[word] if word in known else _score(word)
            if score is None:
                break  # nothing longer begins so
            if score > -math.inf:
                most = max(most, min(end, behind) - max(start, first))
    return most
