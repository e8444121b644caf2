"""Whether a text speaks of local governance: only there is a quoted name likely to be that of a governance practice.

Business, sports and world news put names, slogans and irony into quotation marks as well. Articles about governance use
its everyday words (社区 community, 村民 villagers, 党支部 party branch) from 5 to 60 times in 1,000 characters,
other news less than three times (counted on some fifty articles of each kind).
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import compress, islice

from tasks.facts.text.once import once
from tasks.facts.text.paragraphs import paragraph_start
from tasks.facts.text.reading import Reading
from tasks.lexicon.word_lists import word_set

_LEAST_WORDS_PER_1000_CHARACTERS = 3
_LEAST_DISTINCT_WORDS = 2
_LEAST_WORDS_OF_PARAGRAPH = 2
_LEAST_CHARACTERS = 150  # of an article; a caption or a brief may do without any such word


class Governance:
    """Where ``reading`` speaks of local governance: all over where such words are frequent, else in some paragraphs.

    >>> text = "他在赛后说。" * 300 + "\\n村民在社区议事。"
    >>> governance = Governance(Reading(text))
    >>> governance.is_spoken_of_at(0), governance.is_spoken_of_at(len(text) - 1)
    (False, True)
    """

    def __init__(self, reading: Reading) -> None:
        self._text = reading.text
        self._words = reading.words
        self._is_everywhere = len(self._text) < _LEAST_CHARACTERS or self._is_frequent()

    def _is_frequent(self) -> bool:
        """Whether enough words tell: those of most articles about governance do within a few sentences."""
        needed = -(-_LEAST_WORDS_PER_1000_CHARACTERS * len(self._text) // 1000)
        telling = filter(word_set("governance_words").__contains__, self._words.texts)
        first = list(islice(telling, needed))
        if len(first) < needed:
            return False
        distinct = set(first)
        return len(distinct) >= _LEAST_DISTINCT_WORDS or len(distinct.union(telling)) >= _LEAST_DISTINCT_WORDS

    @once
    def _starts(self) -> list[int]:
        is_telling = map(word_set("governance_words").__contains__, self._words.texts)
        return list(compress(self._words.starts, is_telling))

    def is_spoken_of_at(self, char: int) -> bool:
        """Whether the article, or else the paragraph of the character at ``char``, speaks of local governance."""
        if self._is_everywhere:
            return True
        first = paragraph_start(self._text, char)
        end = self._text.find("\n", char)
        last = len(self._starts) if end < 0 else bisect_left(self._starts, end)
        return last - bisect_left(self._starts, first) >= _LEAST_WORDS_OF_PARAGRAPH
