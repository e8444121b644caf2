"""The words of an article and how often each occurs: what ranked search and terms per month count."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from importlib.resources import files

import rjieba

from tasks.facts.readings import Reading
from tasks.records import WordCount

_DOMAIN_FREQUENCY = 3000  # as common as 党支部 in the segmenter's own dictionary: enough to win over its parts


@lru_cache(maxsize=1)
def _stop_words() -> frozenset[str]:
    return frozenset(files("tasks.facts").joinpath("data/stop_words.txt").read_text(encoding="utf-8").split())


@lru_cache(maxsize=1)
def _segmenter() -> rjieba.Jieba:
    """A segmenter of its own that knows the trade words of local governance; the shared default stays as it is."""
    segmenter = rjieba.Jieba()
    for line in files("tasks.facts").joinpath("data/domain_words.txt").read_text(encoding="utf-8").split():
        segmenter.add_word(line, _DOMAIN_FREQUENCY, "n")
    return segmenter


@lru_cache(maxsize=2)
def cut_words(text: str) -> tuple[str, ...]:
    """The words of ``text`` in order; joined they are the text again."""
    return tuple(_segmenter().cut(text))


def count_words(reading: Reading) -> tuple[WordCount, ...]:
    """Words of two or more Han or Latin characters with their counts, sorted by word; stop words and numbers are left out.

    Latin words are lower-cased.

    >>> [(count.word, count.occurrence_count) for count in count_words(Reading("网格员进网格，居民找网格员。"))]
    [('居民', 1), ('网格', 1), ('网格员', 2)]
    """
    kept: dict[str, int] = {}
    for word, count in Counter(cut_words(reading.text)).items():
        key = _key(word)
        if key:
            kept[key] = kept.get(key, 0) + count
    return tuple([_word_count(word, kept[word]) for word in sorted(kept)])


@lru_cache(maxsize=1 << 16)  # articles share most of their words
def _key(word: str) -> str:
    """What ``word`` is counted as, nothing where it is not."""
    if len(word) < 2 or not word.isalnum() or word.isnumeric() or word in _stop_words():
        return ""
    return word.lower() if word.isascii() else word


@lru_cache(maxsize=1 << 16)
def _word_count(word: str, count: int) -> WordCount:
    return WordCount(word, count)
