"""One article prepared for fact extraction: its text, its sentences and what is known of it from outside the text."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date

from tasks.records import Sentence

# A sentence ends at 。！？…… or a line feed; closing marks that follow belong to it. Semicolons do not end one.
_SENTENCE = re.compile(r"[^。！？…\n]*(?:[。！？…]+[”’」』）】》]*|\n|$)")


@dataclass(frozen=True)
class Reading:
    """``text`` is the article's text; all facts are offsets into it. ``title``, ``site``, ``outlet`` are only hints.

    ``contributors`` are the names of authors and photographers: they are no persons of the story unless they act in it.
    """

    text: str
    title: str = ""
    published_on: date | None = None
    site: str | None = None
    outlet: str | None = None
    dateline: str | None = None
    contributors: tuple[str, ...] = ()
    sentences: tuple[Sentence, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "sentences", split_sentences(self.text))

    def sentence_at(self, start_char: int) -> Sentence:
        """The sentence that holds the character at ``start_char``."""
        index = bisect_right(self.sentences, start_char, key=lambda sentence: sentence.start_char) - 1
        return self.sentences[max(index, 0)]


def split_sentences(text: str) -> tuple[Sentence, ...]:
    """Sentences of ``text`` in order, without the white space between them.

    >>> [(s.start_char, s.end_char) for s in split_sentences("“好。”他说。走了")]
    [(0, 4), (4, 7), (7, 9)]
    """
    found = []
    for match in _SENTENCE.finditer(text):
        start, end = match.span()
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if end > start:
            found.append(Sentence(start, end))
    return tuple(found)
