"""Who is named behind a mention and yet is whose it is: the speaker of a quotation, the founder of what was told."""

from __future__ import annotations

import re

from tasks.facts.claims.spots import Group
from tasks.lexicon.characters import pattern_of
from tasks.lexicon.word_lists import any_of, words_for

_AND_IT_IS = re.compile("(?:它|其|这)?(?:就|正|乃|最早|最初|原本)?(?:是由?|系由?)")
_SET_UP = re.compile(
    f"[^，。；“”]{{0,16}}?(?:{any_of(words_for('practices/setting_up_verbs', 'begun'))}|首[设创推办试建倡])的?$"
)
_SPEAKER = 40  # characters behind a quotation in which its speaker is named
_LONGEST_SPEECH = 400
_SENTENCE_END = pattern_of("[[:sentence_end:]\n]")


def is_origin(text: str, start: int, group: Group, end: int) -> bool:
    """Whether the clause from ``start`` to ``end`` says of what was told before it that ``group`` set it up.

    >>> from tasks.facts.claims.spots import Spot
    >>> founder = Group((Spot(9, 12, "石桥镇", None, "township"),))
    >>> [is_origin(text, 8, founder, 19) for text in ("提到的“茶亭”，系石桥镇2020年创办", "提到的“茶亭”，在石桥镇2020年创办")]
    [True, False]
    """
    lead = _AND_IT_IS.fullmatch(text, start, group.start)
    return lead is not None and _SET_UP.match(text, group.end, end) is not None


def behind_speech(text: str, char: int) -> tuple[int, int] | None:
    """Where who says what stands in quotation marks at ``char`` may be named; None where it is no speech.

    >>> text = "“我们有茶亭。”石桥镇党委书记说。后来"
    >>> text[slice(*behind_speech(text, 4))]
    '”石桥镇党委书记说'
    """
    opened = text.rfind("“", max(char - _LONGEST_SPEECH, 0), char)
    while opened >= 0 and text.find("”", opened, char) >= 0:
        opened = text.rfind("“", max(char - _LONGEST_SPEECH, 0), opened)
    if opened < 0:
        return None
    closed = text.find("”", char, char + _LONGEST_SPEECH)
    while closed >= 0 and text.count("“", opened + 1, closed) != text.count("”", opened + 1, closed):
        closed = text.find("”", closed + 1, char + _LONGEST_SPEECH)
    if closed < 0 or "\n" in text[opened:closed]:
        return None
    end = min(closed + _SPEAKER, len(text))
    stop = _SENTENCE_END.search(text, closed + 1, end)
    return closed, end if stop is None else stop.start()
