"""The words of an article and how often each occurs: what ranked search and terms per month count."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from itertools import compress

import rjieba

from tasks.facts.text.reading import Reading, TaggedWords
from tasks.facts.text.sought import Sought
from tasks.lexicon.dictionary import is_word
from tasks.lexicon.word_lists import word_list, word_set


@lru_cache(maxsize=1)
def _trade_words() -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """The trade words of local governance that the segmenter takes apart: by first piece its pieces and the word,
    longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for word in word_list("domain_words"):
        pieces = tuple(rjieba.cut(word))
        if len(pieces) > 1:
            found.setdefault(pieces[0], []).append((pieces, word))
    return {first: tuple(sorted(words, key=lambda item: -len(item[0]))) for first, words in found.items()}


@lru_cache(maxsize=1)
def _trade_word_beginnings() -> Sought:
    """The first character of every trade word, where the whole word stands."""
    rests: dict[str, list[str]] = {}
    for same in _trade_words().values():
        for _, word in same:
            rests.setdefault(word[0], []).append(word[1:])
    return Sought("|".join(f"{first}(?={'|'.join(sorted(same))})" for first, same in sorted(rests.items())))


def _trade_words_in(text: str, tagged: TaggedWords) -> list[tuple[int, int, str, str]]:
    """What the segmenter took apart (网格 + 员 is 网格员): first and last word, the trade word and what is left over."""
    table, words, found = _trade_words(), tagged.texts, []
    done = 0
    for match in _trade_word_beginnings().finditer(text):
        if not tagged.is_start[match.start()]:
            continue
        start = tagged.index_of(match.start())
        if start < done:
            continue
        for pieces, whole in table.get(words[start], ()):
            end = start + len(pieces)
            joined = "".join(words[start:end])
            # 网格 + 员进 was guessed by the segmenter, which knows no word 员进: the trade word has a better claim.
            if joined == whole or (joined.startswith(whole) and not is_word(words[end - 1])):
                found.append((start, end, whole, joined[len(whole) :]))
                done = end
                break
    return found


def is_repeated(text: str, words: str) -> bool:
    """Whether ``words`` stand in ``text`` more than once. To count them would read all of the text for each name of a
    page that repeats one.

    >>> is_repeated("鲁家村的路通到鲁家村。", "鲁家村"), is_repeated("鲁家村的路。", "鲁家村")
    (True, False)
    """
    first = text.find(words)
    return first >= 0 and text.find(words, first + len(words)) >= 0


def count_words(reading: Reading) -> dict[str, int]:
    """Words of two or more Han or Latin characters with their counts; stop words and numbers are left out.

    Latin words are lower-cased. The order is that of the words' first mention, trade words put together last.

    >>> count_words(Reading("网格员进网格，居民找网格员。"))
    {'网格': 1, '居民': 1, '网格员': 2}
    """
    words = reading.words.texts
    counts: dict[str, int] = Counter(words)
    for start, end, whole, rest in _trade_words_in(reading.text, reading.words):
        for piece in words[start:end]:
            counts[piece] -= 1
            if not counts[piece]:
                del counts[piece]
        for piece in (whole, rest):
            counts[piece] = counts.get(piece, 0) + 1
    # Less than half of all words are distinct, and hardly any is written with capitals.
    ways = list(map(_WAYS.__getitem__, counts))
    if _FOLDED in ways:
        for word in list(compress(counts, map(_FOLDED.__eq__, ways))):
            number = counts.pop(word)
            counts[word.lower()] = counts.get(word.lower(), 0) + number
        ways = list(map(_WAYS.__getitem__, counts))
    return dict(compress(counts.items(), ways))


_MOST_REMEMBERED = 1 << 17
_LEFT_OUT, _COUNTED, _FOLDED = range(3)


class _Ways(dict[str, int]):
    """How each word met so far is counted: not at all, as it stands or in lower case; articles share most words."""

    def __missing__(self, word: str) -> int:
        way = _LEFT_OUT
        if len(word) > 1 and word.isalnum() and not word.isnumeric() and word not in word_set("stop_words"):
            way = _FOLDED if word.isascii() and word != word.lower() else _COUNTED
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
        self[word] = way
        return way


_WAYS = _Ways()
