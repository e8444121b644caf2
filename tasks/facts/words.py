"""The words of an article and how often each occurs: what ranked search and terms per month count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files

import rjieba

from tasks.facts.names.dictionary import is_word
from tasks.facts.readings import Reading, tag_words
from tasks.records import WordCount


@lru_cache(maxsize=1)
def _stop_words() -> frozenset[str]:
    return frozenset(files("tasks.facts").joinpath("data/stop_words.txt").read_text(encoding="utf-8").split())


@lru_cache(maxsize=1)
def _trade_words() -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """The trade words of local governance that the segmenter takes apart: by first piece its pieces and the word, longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for word in files("tasks.facts").joinpath("data/domain_words.txt").read_text(encoding="utf-8").split():
        pieces = tuple(rjieba.cut(word))
        if len(pieces) > 1:
            found.setdefault(pieces[0], []).append((pieces, word))
    return {first: tuple(sorted(words, key=lambda item: -len(item[0]))) for first, words in found.items()}


@lru_cache(maxsize=2)
def cut_words(text: str) -> tuple[str, ...]:
    """The words of ``text`` in order; joined they are the text again."""
    return _with_trade_words(tag_words(text).texts)


def _with_trade_words(words: Sequence[str]) -> tuple[str, ...]:
    """Puts together what the segmenter took apart: 网格 + 员 is 网格员."""
    kept: list[str] = []
    done = 0
    for start, end, whole, rest in _trade_words_in(words, Counter(words)):
        kept += words[done:start]
        kept.append(whole)
        if rest:
            kept.append(rest)
        done = end
    kept += words[done:]
    return tuple(kept)


def _trade_words_in(words: Sequence[str], counts: Mapping[str, int]) -> list[tuple[int, int, str, str]]:
    """Where trade words stand: first and last word, the trade word, and what is left over; ``counts`` are of ``words``."""
    table = _trade_words()
    starts = []
    for first in table.keys() & counts.keys():
        at = -1
        for _ in range(counts[first]):
            at = words.index(first, at + 1)
            starts.append(at)
    found = []
    done = 0
    for start in sorted(starts):
        if start < done:
            continue
        for pieces, whole in table[words[start]]:
            end = start + len(pieces)
            joined = "".join(words[start:end])
            # 网格 + 员进 was guessed by the segmenter, which knows no word 员进: the trade word has a better claim.
            if joined == whole or (joined.startswith(whole) and not is_word(words[end - 1])):
                found.append((start, end, whole, joined[len(whole) :]))
                done = end
                break
    return found


def count_words(reading: Reading) -> tuple[WordCount, ...]:
    """Words of two or more Han or Latin characters with their counts; stop words and numbers are left out.

    Latin words are lower-cased. The order is that of the words' first mention, trade words put together last.

    >>> [(count.word, count.occurrence_count) for count in count_words(Reading("网格员进网格，居民找网格员。"))]
    [('网格', 1), ('居民', 1), ('网格员', 2)]
    """
    words = reading.words.texts
    counts: dict[str, int] = Counter(words)
    for start, end, whole, rest in _trade_words_in(words, counts):
        for piece in words[start:end]:
            counts[piece] -= 1
        for piece in (whole, rest):
            counts[piece] = counts.get(piece, 0) + 1
    kept: dict[str, int] = {}
    for key, number in zip(map(_KEYS.__getitem__, counts), counts.values(), strict=True):  # less than half of all words
        if key and number:
            kept[key] = kept.get(key, 0) + number
    # WordCount(…) for each would take as long as all else here.
    return tuple(map(_COUNTS.__getitem__, kept.items()))


_MOST_REMEMBERED = 1 << 17


class _Keys(dict[str, str]):
    """What each word met so far is counted as, nothing where it is not: articles share most of their words."""

    def __missing__(self, word: str) -> str:
        key = ""
        if len(word) > 1 and word.isalnum() and not word.isnumeric() and word not in _stop_words():
            key = word.lower() if word.isascii() else word
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
        self[word] = key
        return key


class _Counts(dict[tuple[str, int], WordCount]):
    def __missing__(self, item: tuple[str, int]) -> WordCount:
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
        self[item] = found = WordCount(*item)
        return found


_KEYS, _COUNTS = _Keys(), _Counts()
