"""A stretch of text in quotation marks, with what stands around it: what the signs of a quoted name are asked of."""

from __future__ import annotations

import re

from tasks.facts.practices import introductions
from tasks.facts.practices.rolls import is_in_roll
from tasks.facts.text.paragraphs import paragraph_start
from tasks.lexicon.practice_heads import Head, head_of
from tasks.lexicon.word_lists import any_of, words_for

_LONGEST_HEADING = 20  # characters; a heading of local news has 6 to 20
_TRADE = re.compile(any_of(words_for("practices/trade_words", "quoted")))


class QuotedStretch:
    """A quoted stretch with what stands around it.

    ``head`` is the noun behind the marks, ``has_of`` whether 的 stands between, ``listed`` the noun behind the list in
    which it stands, ``introduction`` the words before that list; ``count`` how often the text quotes it.
    ``is_instrument``: something tells that the name is that of a thing people made, a verb, a head noun or a word of
    the trade.
    """

    # Asked for by forty signs: attributes are worked out once and kept in slots, which takes a third less time.
    __slots__ = (
        *(
            "text",
            "title",
            "start",
            "end",
            "inner",
            "count",
            "head",
            "has_of",
            "listed",
            "before",
            "behind",
            "own_head",
        ),
        *("is_founded", "has_trade", "is_instrument", "is_likely_used_as_name"),
    )

    def __init__(
        self,
        text: str,
        title: str,
        span: tuple[int, int],
        inner: str,
        introduction: str,
        count: int,
        head: Head | None,
        has_of: bool,
        listed: Head | None,
    ) -> None:
        self.text, self.title, (self.start, self.end), self.inner = text, title, span, inner
        self.count, self.head, self.has_of, self.listed = count, head, has_of, listed
        self.before = introductions.words_before(text, self.start)
        self.behind = text[self.end : self.end + 16]
        self.own_head = _own_head(inner)
        self.is_founded = (
            introductions.is_named(introduction)
            or introductions.is_founded(introduction)
            or introductions.is_counted(introduction)
        )
        self.has_trade = _TRADE.search(inner) is not None
        self.is_instrument = self.is_founded or head is not None or self.own_head is not None or self.has_trade
        self.is_likely_used_as_name = len(inner) > 2 or head is not None or self.own_head is not None

    @property
    def is_in_heading(self) -> bool:
        """Whether the line is a heading: short, and without the mark that ends a sentence."""
        first = paragraph_start(self.text, self.start)
        last = self.text.find("\n", self.end)
        line = self.text[first : last if last >= 0 else len(self.text)]
        is_short = len(line) <= _LONGEST_HEADING and (line[-1:] not in "。！？；：”，" or line.endswith("”"))
        return is_short and not is_in_roll(self.text, self.start, self.end)


def _own_head(inner: str) -> Head | None:
    """The head noun of the name itself; a weak one tells nothing, nor does a short one at the end of a list."""
    own = head_of(inner)
    if own is None or own.strength == "weak" or (own.strength == "quoted" and len(inner) == 2):
        return None
    return None if own.strength == "quoted" and ("、" in inner or "，" in inner) else own
