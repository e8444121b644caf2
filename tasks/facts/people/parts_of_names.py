"""Mentions by one part of a name with a middle dot: by the last, or by the first as Uyghurs and Kazakhs are called."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tasks.facts.people.spans import FoundName
from tasks.facts.people.transcribed import NAMED_AFTER
from tasks.facts.text.reading import Reading, words_with_tags
from tasks.lexicon.dictionary import is_word
from tasks.lexicon.names import words


def last_parts(reading: Reading, dotted: Sequence[FoundName]) -> list[FoundName]:
    """Mentions by the last part (阿莫顿) of those the article names in full (兰迪·阿莫顿)."""
    text, table = reading.text, words("transcription_characters")
    whole = {re.split("[·•‧]", item.name)[-1]: item.name for item in dotted}
    found = []
    for last, name in whole.items():
        first = re.split("[·•‧]", name)[0]
        is_name = len(last) > 1 and (not is_word(last) or words_with_tags(last)[1][0] in ("nr", "nrt"))
        at = text.find(last) if is_name else -1
        while at >= 0:
            end = at + len(last)
            before, behind = text[at - 1 : at], text[end : end + 1]
            stands_alone = before not in "·•‧" and (before not in table or bool(reading.words.is_start[at]))
            ends = (behind not in table or bool(reading.words.is_start[end])) and behind not in "·•‧"
            if (stands_alone or at == 0) and (ends or not behind) and NAMED_AFTER.match(text, end) is None:
                start = at - len(first) if text.endswith(first, 0, at) else at  # the dot is left out now and then
                found.append(FoundName(start, end, name))
            at = text.find(last, end)
    return found + _first_parts(reading, dotted)


def _first_parts(reading: Reading, dotted: Sequence[FoundName]) -> list[FoundName]:
    """Mentions by the first part, by which Uyghurs and Kazakhs are called (古丽米热 of 古丽米热·吐尔逊)."""
    text = reading.text
    found = []
    for first, name in {re.split("[·•‧]", item.name)[0]: item.name for item in dotted}.items():
        at = text.find(first) if len(first) >= _FEWEST_OF_FIRST else -1
        while at >= 0:
            end = at + len(first)
            if text[end : end + 1] not in "·•‧" and text[at - 1 : at] not in "·•‧":
                found.append(FoundName(at, end, name))
            at = text.find(first, end)
    return found


_FEWEST_OF_FIRST = 3  # characters; first names of two (兰迪, 约翰) are other people's too
