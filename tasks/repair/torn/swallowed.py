"""What a lost byte took along: on some mirrors a lead byte without a partner swallows the ASCII character behind it."""

from __future__ import annotations

import re

from tasks.lexicon.characters import SENTENCE_END, pattern_of
from tasks.repair.repaired import LOST_MARK
from tasks.repair.torn.gbk import EURO_BYTE, characters_by_pair, is_private_use, pairs_by_character
from tasks.repair.torn.mirrors import ANNOTATION
from tasks.repair.torn.readings import READING
from tasks.repair.torn.triggers import UNREAD
from tasks.repair.torn.walks import CUT_MARKS

# A bracket or a line end behind the mark of a broken character: this mirror's decoder takes nothing along.
_KEPT_BRACKET = re.compile(rf"\?\({READING}\)")
_KEPT_LINE_END = re.compile(r"\?[！!]\?\n")
_WHOLE_NUMBER = re.compile(r"1[0-2]月|(?:19|20)\d\d年|[A-Z][a-z]")  # nothing is missing in front of it
_TAKEN_BRACKET = re.compile(rf"\?{READING}\)")
_PRIVATE_USE = re.compile("[\ue000-\uf8ff]")
_CLEANED = 0.1  # of the pages of mirrors that reach us have been through a cleaner that takes private use for debris
_OTHERS = 0.86  # of the characters that are read out of step are of no private use
# For time alone: characters behind a quotation in which its speaker is looked for.
_LONGEST_ATTRIBUTION = 120
_STOPS = SENTENCE_END + "”’"
_CLOSED_NOTE = pattern_of("[[:sentence_end:]][】）]$")
_HEADLESS_NUMBER = re.compile(r"0\d|0[万亿多余萬億餘]|\d{3}年|月\d{1,2}日|[%％]")
# What follows a closing quotation mark within the same paragraph: its speaker, or the rest of the sentence.
_ATTRIBUTION = re.compile(
    r"[^，。！？；：“”,!?;:\n]{0,24}?(?:[說说]|表示|坦言|直言|告[訴诉]|介[紹绍]|[讚赞][嘆叹]|[問问]|[寫写]道)[，。：,:]|[的是等和与與、，。]"
)


class Swallowed:
    """Judges, for one page, what is missing behind a run that ends in a lost byte."""

    def __init__(self, text: str) -> None:
        self._text = text
        # One line feed a paragraph: where a mirror swallows one, two paragraphs run together.
        self._has_plain_lines = 2 * text.count("\n\n") < text.count("\n")
        self._has_spaces = text.count("。 ") + text.count("” ") > text.count("。\n") + text.count("”\n")
        self.keeps_all = _KEPT_BRACKET.search(text) is not None or (
            "\n\n" not in text and _KEPT_LINE_END.search(text) is not None
        )
        # What other decoders refuse is a private-use character to those that take something along.
        self.takes_along = not self.keeps_all and (
            _TAKEN_BRACKET.search(text) is not None or _PRIVATE_USE.search(text) is not None
        )

        self.lack_of_private_use = self._lack_of_private_use()

    def _lack_of_private_use(self) -> float:
        """How likely it is (0 to 1) that somebody has removed the private-use characters of this page.

        One in seven characters that are read out of step is one; the more there are of the others, the less is it
        chance.
        """
        if self.keeps_all or _PRIVATE_USE.search(self._text) is not None:
            return 0.0
        seen = sum(match.end() - match.start() - 2 for match in UNREAD.finditer(self._text))
        return _CLEANED / (_CLEANED + (1 - _CLEANED) * _OTHERS**seen) if seen else 0.0

    def behind(self, restored: str, end: int) -> tuple[str, bool]:
        """What went down behind ``restored``, whose damage ends at ``end``, and whether that is certain.

        Mostly a space that means nothing, at times a line end or a digit.
        """
        text = self._text
        following = text[end : end + 1]
        if not following or restored.endswith("<") or self.keeps_all:
            return "", True
        if not self.takes_along and _refuses(restored[-1], following):
            return "", True
        if _HEADLESS_NUMBER.match(text, end) or (self.takes_along and following.isascii() and following.isalnum()):
            return LOST_MARK, False
        # A note in brackets of its own ends as its last sentence does.
        last = restored[-2] if _CLOSED_NOTE.search(restored) else restored[-1]
        if self._has_plain_lines and last in _STOPS and following not in "\n< \u3000" + "".join(CUT_MARKS):
            if self.takes_along and (self._has_spaces or last not in "”’"):
                return ("" if self._has_spaces else "\n"), False
            is_going_on = _ATTRIBUTION.match(ANNOTATION.sub("", text[end : end + _LONGEST_ATTRIBUTION])) is not None
            # The speaker behind a quotation may as well open the next paragraph.
            return ("" if is_going_on else "\n"), False
        # A number or a Latin word goes on here; it may have begun earlier.
        is_doubtful = following.isascii() and (following.isalnum() or following == "%")
        return "", not (is_doubtful or self.is_unexplained(restored[-1], end))

    def is_line_end(self, last: str, end: int) -> bool:
        """Whether a line feed is the likeliest thing to have gone down behind ``last``, whose damage ends at
        ``end``."""
        if not self.takes_along or self._has_spaces or last not in _STOPS:
            return False
        return not self._text[end : end + 1].isascii() or _WHOLE_NUMBER.match(self._text, end) is not None

    def is_unexplained(self, last: str, end: int) -> bool:
        """Whether something must have gone down behind ``last`` that a Chinese line hardly has there."""
        following = self._text[end : end + 1]
        return (
            self.takes_along and following > "\x7f" and following not in CUT_MARKS and not self.is_line_end(last, end)
        )


def without_private_use(text: str) -> str:
    """``text`` as a cleaner leaves it that takes private-use characters for debris."""
    return _PRIVATE_USE.sub("", text)


def _refuses(last: str, following: str) -> bool:
    """Whether the lost byte broke on what follows it, so that nothing else needs to be missing."""
    pairs = pairs_by_character()
    trail, lead = pairs.get(last, 0) & 0xFF, pairs.get(following, 0) >> 8
    return trail > EURO_BYTE and lead > 0 and is_private_use(characters_by_pair().get(trail << 8 | lead, ""))
