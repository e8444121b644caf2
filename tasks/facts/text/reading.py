"""One article prepared for fact extraction: its text, its sentences and what is known of it from outside the text."""

from __future__ import annotations

import re
import sys
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import overload

import numpy as np
import rjieba

from tasks.facts.text.anchors import Anchors
from tasks.facts.text.once import once
from tasks.facts.text.rosters import RosterName, roster_names
from tasks.lexicon.characters import pattern_of
from tasks.lexicon.numerals import fold_digits
from tasks.records import Sentence

_SURROGATE = re.compile("[\ud800-\udfff]")
# A sentence ends at 。！？…… or a line feed; closing marks that follow belong to it. Semicolons do not end one.
_SENTENCE = pattern_of(r"(?=\S)[^[:sentence_end:]…\n]*(?:[[:sentence_end:]…]+[”’」』）】》]*|\n|$)")
# A sentence of a pair of places. The constructor of a named tuple is a function of Python; this is none.
_SENTENCE_OF = partial(tuple.__new__, Sentence)
# For memory alone: from here on words are shared, and places stand as numbers of four bytes, not as objects of forty.
# Both cost an article of ordinary length more time than they are worth.
_LONG_CHARACTERS = 100_000
_PIECE = re.compile(rf"(?s:.{{1,{_LONG_CHARACTERS // 4}}}[^。，、；：\n]*+[。，、；：\n]?)")


class SentencePlaces(Sequence[Sentence]):
    """The sentences of a book: two numbers each, and a ``Sentence`` for who asks for one."""

    def __init__(self, places: Iterable[tuple[int, int]]) -> None:
        self.starts, self.ends = array("I"), array("I")
        for start, end in places:
            self.starts.append(start)
            self.ends.append(end)

    def __len__(self) -> int:
        return len(self.starts)

    def __iter__(self) -> Iterator[Sentence]:
        return map(Sentence, self.starts, self.ends)

    @overload
    def __getitem__(self, place: int) -> Sentence: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[Sentence, ...]: ...

    def __getitem__(self, place: int | slice) -> Sentence | tuple[Sentence, ...]:
        if isinstance(place, slice):
            return tuple(map(Sentence, self.starts[place], self.ends[place]))
        return Sentence(self.starts[place], self.ends[place])


@dataclass(frozen=True)
class TaggedWords:
    """Words of a text in order, as parallel lists; ``tags`` are those of jieba (nr person, ns place, v verb …).

    ``is_start[i]`` is 1 where a word begins; one position behind the last character counts as a beginning too.
    ``numbers[i]`` is the number of the word that holds the character at ``i``: it is asked for some two hundred times
    an article, and a search in ``starts`` takes ten times as long. Behind the last character it is that of the last.
    """

    texts: list[str]
    tags: list[str]
    starts: Sequence[int]
    is_start: bytes
    numbers: Sequence[int]

    def index_of(self, char: int) -> int:
        """The number of the word that holds the character at ``char``; -1 before the first."""
        return self.numbers[char] if char >= 0 else -1


def words_with_tags(text: str) -> tuple[list[str], list[str]]:
    """The words of ``text`` in order, and their tags.

    >>> words_with_tags("他来到村里。")
    (['他', '来到', '村里', '。'], ['r', 'v', 's', 'x'])
    """
    try:
        texts = _cut(text)
    except UnicodeEncodeError:  # lone surrogates cannot be handed to the segmenter; their place must stay one character
        text = _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)
        texts = _cut(text)
    try:
        return texts, list(map(_TAGS.__getitem__, texts))
    except KeyError:
        _learn_tags(texts, text)
        return texts, list(map(_TAGS.__getitem__, texts))


def _cut(text: str) -> list[str]:
    """The words of ``text``. Those of a book are one string each however often they come: the segmenter makes a new
    one every time, 70 bytes, and cuts the same words where it is given piece by piece, for no word holds a mark.
    """
    if len(text) <= _LONG_CHARACTERS:
        return list(rjieba.cut(text))
    found: list[str] = []
    for piece in _PIECE.findall(text):
        found += map(sys.intern, rjieba.cut(piece))
    return found


def tag_words(text: str) -> TaggedWords:
    """Cut and tag ``text``, with the place of every word.

    >>> tag_words("他来到村里。").starts
    [0, 1, 3, 5]
    """
    texts, tags = words_with_tags(text)
    if not texts:
        return TaggedWords([], [], [], b"\x01", (-1,))
    lengths = list(map(len, texts))
    is_long = len(text) > _LONG_CHARACTERS
    try:
        ends = np.frombuffer(bytes(lengths), np.uint8).cumsum(dtype=np.uint32 if is_long else np.int64)
    except ValueError:  # a word of 256 characters or more
        ends = np.array(lengths).cumsum()
    is_start = np.zeros(int(ends[-1]) + 1, np.uint8)
    is_start[0] = 1
    is_start[ends] = 1
    numbers = is_start.cumsum(dtype=np.uint32)
    numbers -= 1
    numbers[-1] = len(texts) - 1
    if is_long:
        begins = np.zeros(len(ends), np.uint32)
        begins[1:] = ends[:-1]
        return TaggedWords(texts, tags, begins.data, is_start.tobytes(), numbers.data)
    starts = ends.tolist()
    starts.insert(0, 0)
    starts.pop()
    return TaggedWords(texts, tags, starts, is_start.tobytes(), numbers.data)


# The segmenter tags each word by itself, and takes longer to say so than to cut the text: a word is asked for once.
_TAGS: dict[str, str] = {}
_MOST_TAGS = 1 << 18


def _learn_tags(texts: list[str], text: str) -> None:
    """Put the tag of each of ``texts``, the words of ``text``, into the table."""
    if len(_TAGS) > _MOST_TAGS:
        _TAGS.clear()
    for word in set(texts).difference(_TAGS):
        tagged = rjieba.tag(word)
        if len(tagged) > 1:  # 新华社 in a sentence may be 新华 and 社 alone: the sentence has to be asked
            _TAGS.update(rjieba.tag(text))
            return
        _TAGS[word] = tagged[0][1]


_CORNERS = str.maketrans("「」『』", "“”‘’")


@dataclass(frozen=True)
class Reading:
    """``text`` is the article's text; all facts are offsets into it. ``title``, ``site``, ``outlet`` are only hints.

    ``contributors`` are the names of authors and photographers: they are no persons of the story unless they act in it.
    Corners that stand for quotation marks, as pages of Taiwan and what was converted for them have, are read as such
    marks; ``printed`` is the text as it was given.

    >>> Reading("推行「楼长制」").text
    '推行“楼长制”'
    """

    text: str
    title: str = ""
    published_on: date | None = None
    site: str | None = None
    outlet: str | None = None
    dateline: str | None = None
    contributors: tuple[str, ...] = ()
    sentences: Sequence[Sentence] = field(init=False)
    printed: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "printed", self.text)
        for name in ("text", "title"):
            given: str = getattr(self, name)
            if "「" in given or "『" in given:
                object.__setattr__(self, name, given.translate(_CORNERS))
        object.__setattr__(self, "sentences", split_sentences(self.text))

    @once
    def folded(self) -> str:
        """The text with ASCII digits and marks where it has full-width ones; every offset is the same."""
        return fold_digits(self.text)

    @once
    def words(self) -> TaggedWords:
        """The text cut into words with part-of-speech tags, computed once and shared by all kinds of fact."""
        return tag_words(self.text)

    @once
    def anchors(self) -> Anchors:
        """Where facts may begin, found for all kinds at once."""
        return Anchors(self.text, self.words.is_start)

    @once
    def roster(self) -> tuple[RosterName, ...]:
        """The names that open the lines of lists of people, each before whose post it is."""
        return roster_names(self.text)

    def sentence_at(self, start_char: int) -> Sentence:
        """The sentence that holds the character at ``start_char``."""
        return self.sentences[max(bisect_right(self._sentence_starts, start_char) - 1, 0)]

    def sentences_between(self, start_char: int, end_char: int, last: int | None = None) -> Sequence[Sentence]:
        """The sentences that begin from ``start_char`` on and before ``end_char``, or the ``last`` few of them: a page
        may be one paragraph of thousands."""
        starts = self._sentence_starts
        first, behind = bisect_left(starts, start_char), bisect_left(starts, end_char)
        return self.sentences[first if last is None else max(first, behind - last) : behind]

    @once
    def _sentence_starts(self) -> Sequence[int]:
        if isinstance(self.sentences, SentencePlaces):
            return self.sentences.starts
        return [sentence.start_char for sentence in self.sentences]


def split_sentences(text: str) -> Sequence[Sentence]:
    """Sentences of ``text`` in order, without the white space between them.

    >>> [(s.start_char, s.end_char) for s in split_sentences("“好。”他说。走了")]
    [(0, 4), (4, 7), (7, 9)]
    """
    if len(text) > _LONG_CHARACTERS:
        return SentencePlaces(_sentence_places(text))
    return tuple(map(_SENTENCE_OF, _sentence_places(text)))


def _sentence_places(text: str) -> Iterator[tuple[int, int]]:
    for match in _SENTENCE.finditer(text):
        start, end = match.span()
        while text[end - 1].isspace():
            end -= 1
        yield start, end
