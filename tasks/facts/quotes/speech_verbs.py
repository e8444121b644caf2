"""Verbs of saying before and behind what stands in marks, found by words and never inside one."""

from __future__ import annotations

from tasks.facts.quotes.speech_patterns import NO_SPEECH_BEFORE, QUOTE_ENDS
from tasks.facts.text.reading import TaggedWords
from tasks.lexicon.characters import SENTENCE_END
from tasks.lexicon.dictionary import is_word
from tasks.lexicon.word_lists import words_for

_LONGEST_NAME_IN_MARKS = 8  # characters: what is longer in marks may be said
# Characters before an opening mark in which each word that announces a name rather than speech fits (主题为：).
_LONGEST_SIGN = 4


class SpeechVerbs:
    """The verbs of saying of one text."""

    def __init__(self, text: str, tagged: TaggedWords) -> None:
        self.text, self.tagged = text, tagged
        self.speech = words_for("names/speech_words", "said")

    def spoken_before(self, before: str, open_at: int, inner: str) -> bool:
        """Whether the words before the opening mark announce speech."""
        if not before:
            return False
        tail = before.rstrip("：:，, ")
        has_colon = before[-1] in "：:"
        if has_colon:
            if NO_SPEECH_BEFORE.search(before, max(0, len(before) - _LONGEST_SIGN)) and not self.speech_word(
                open_at - 1, 4
            ):
                return False
            return inner[-1] in QUOTE_ENDS or len(inner) >= 8 or self.speech_word(open_at - 1, 6)
        if not tail or (len(inner) < 6 and inner[-1] not in QUOTE_ENDS):
            return False
        if before[-1] in "，,":
            return self.speech_word(open_at - 1, 3) and (inner[-1] in QUOTE_ENDS or len(inner) >= 10)
        word = self.word_ending(open_at)
        if self.is_speech(word) and word not in words_for("names/speech_words", "weak"):
            return inner[-1] in QUOTE_ENDS or len(inner) >= 8
        return False

    def word_ending(self, end: int) -> str:
        return self.tagged.texts[self.tagged.index_of(end - 1)] if end else ""

    def speech_word(self, end: int, reach: int, across_clauses: bool = False) -> bool:
        """Whether one of the last ``reach`` words before ``end`` is a verb of saying in the same clause."""
        index = self.tagged.index_of(end - 1)
        for step in range(reach):
            if index - step < 0:
                return False
            word = self.tagged.texts[index - step]
            if word in (SENTENCE_END + "\n" if across_clauses else "，。！？；”“") and step:
                return False
            if self.is_speech(word):
                return True
        return False

    def is_speech(self, word: str) -> bool:
        """Whether ``word`` is a verb of saying, or a name's last character and 说 taken for one word."""
        return word in self.speech or (word[-1:] == "说" and not is_word(word))

    def verb_after(self, start: int, line_end: int) -> int | None:
        """The end of the first verb of saying in the clauses after a quote, before the sentence ends."""
        tagged = self.tagged
        index = tagged.index_of(start)
        if tagged.starts[index] < start:
            index += 1
        clauses = 0
        texts, starts, limit = tagged.texts, tagged.starts, min(line_end, start + 60)
        while index < len(starts) and starts[index] < limit:
            word = texts[index]
            if word[0] == "“":
                # A name in marks (刚开完“双评”会的主任石大有说) is no new quote.
                behind = self.behind_name_in_marks(starts[index], limit)
                if behind is None:
                    return None
                index = behind
                continue
            if word[0] in "。！？；\n":
                return None
            if word[0] in "，,":
                clauses += 1
                if clauses > 2:
                    return None
            if self.is_speech(word):
                return starts[index] + len(word)
            index += 1
        return None

    def behind_name_in_marks(self, open_at: int, limit: int) -> int | None:
        """The word behind what stands in marks at ``open_at``, None where it may be a quote itself."""
        close = self.text.find("”", open_at, min(limit, open_at + _LONGEST_NAME_IN_MARKS + 2))
        if close < 0 or any(mark in self.text[open_at:close] for mark in "，。！？；："):
            return None
        index = self.tagged.index_of(close)
        return index + 1 if self.tagged.starts[index] + len(self.tagged.texts[index]) > close else index
