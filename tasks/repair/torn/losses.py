"""What one page shows of the bytes it lost: a mark, a mark in some places, or nothing; and so where runs can begin."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tasks.repair.language.pairs import plain_language
from tasks.repair.torn.mirrors import ANNOTATION, BROKEN_ANNOTATION, Mirror
from tasks.repair.torn.triggers import (
    LIKELY_NEXT,
    LOUD,
    MARKED_CUT,
    ON_MIRROR,
    OUT_OF_STEP,
    POSSIBLE,
    SILENT,
    VISIBLE,
)
from tasks.repair.torn.walks import CUT_MARKS

_UNLIKELY = -8.5  # nats a character; running news text has -5 to -6
_UNLIKELY_ELSEWHERE = -11.7  # … on a page that shows no other damage; characters out of step have -12 to -15
_SILENT_LOSSES = 2  # one may be a rare word behind an exclamation mark
_SHOWN_LOSS = re.compile(rf"\?[！？。，：；!?,:;]|[！？。，：；!?,:;]\?|{BROKEN_ANNOTATION.pattern}")


class Losses:
    """The habits of one page. ``is_damaged``: it is a mirror's beyond doubt, or a run has been found on it.

    ``marks_readings``: a question mark stands where a reading broke a character. ``marks_cuts``: one stands where a cut
    did. ``is_silent``: nothing shows where bytes went, anywhere.
    """

    def __init__(self, text: str, mirror: Mirror, *, is_damaged: bool) -> None:
        self._text = text
        self._is_damaged = is_damaged
        self._plain = plain_language()
        self._known = {start for start, _ in mirror.annotations}
        self.marks_readings = is_damaged and BROKEN_ANNOTATION.search(text) is not None
        # A mirror that marks the byte lost at a cut does so at every cut.
        self.marks_cuts = is_damaged and len(MARKED_CUT.findall(text)) >= 2
        self.drops_at_cuts = is_damaged and not self.marks_cuts
        self.is_silent = is_damaged and _SHOWN_LOSS.search(text) is None and self._loses_in_silence()

    def triggers(self) -> Iterator[int]:
        """The places where a run can begin, in order."""
        text = self._text
        if self._is_damaged:
            # Marks may have gone later, beside ！ and ？; in the midst of text they are not taken for punctuation.
            some_losses = LOUD if self.marks_readings else SILENT if self.is_silent else ON_MIRROR
            trigger = VISIBLE if self.marks_cuts else some_losses
            known = self._known if trigger is SILENT else ()
            yield from (match.start() for match in trigger.finditer(text) if match.start() not in known)
        else:
            for match in POSSIBLE.finditer(text):
                if LIKELY_NEXT.match(text, match.end()):
                    yield match.start()

    def is_likely_at(self, at: int) -> bool:
        """Cheap doubts first: a mark that lost its byte without a trace is followed by unlikely Chinese."""
        text = self._text
        if text.startswith("????", at):  # somebody wonders, or a text was saved in a charset that has no Chinese
            return False
        if text[at] not in CUT_MARKS or (text[at] == "?" and text[at + 1 : at + 2] in CUT_MARKS):
            return True
        if BROKEN_ANNOTATION.match(text, at):
            return True
        following = text[at + 1 : at + 4]
        if not following or following[0] == "\n":  # a full stop and the mark that closes the quotation look so
            line = text[text.rfind("\n", 0, at) + 1 : at]
            return line.rfind("“") > line.rfind("”")
        if "?" in following[:2] and self._is_damaged:  # no sentence goes on so: what was read out of step ends here
            return True
        if len(following) < 2 or OUT_OF_STEP.search(following):
            return True
        unlikely = _UNLIKELY if self._is_damaged else _UNLIKELY_ELSEWHERE
        return self._plain.score_text(following) < unlikely * (len(following) - 1)

    def _loses_in_silence(self) -> bool:
        """Whether text runs out of step behind several marks, or readings stand behind characters that are not read
        so."""
        silent = 0
        for match in ON_MIRROR.finditer(self._text):
            silent += self._text[match.start()] in "！？!?" and self.is_likely_at(match.start())
            if silent >= _SILENT_LOSSES:
                return True
        return sum(match.start() not in self._known for match in ANNOTATION.finditer(self._text)) >= _SILENT_LOSSES
