"""Mentions in headings, which only announce what the lines below tell: who does it, and whether it is in use."""

from __future__ import annotations

from collections.abc import Sequence

from tasks.facts.text.paragraphs import paragraph_start
from tasks.facts.text.reading import Reading
from tasks.records import PracticeMention

_LONGEST_HEADING = 40  # characters
_ENDS_OF_SENTENCES = "。！？；，…："
_FARTHEST = 600  # characters below a heading in which what it announces is told
_MOST_BELOW = 12  # mentions below a heading that are looked at


def announced(reading: Reading, practices: Sequence[PracticeMention]) -> dict[int, int]:
    """By the number of a mention in a heading that of the first mention of the same name in the lines below it.

    >>> text = "积分存折进课堂\\n石桥镇试行“积分存折”。"
    >>> found = [PracticeMention(at, at + 4, "积分存折", "积分存折", "other", None) for at in (0, 12)]
    >>> announced(Reading(text), found)
    {0: 1}
    """
    found = {}
    for number, mention in enumerate(practices):
        end = _end_of_heading(reading.text, mention.start_char)
        if end is None:
            continue
        for following in range(number + 1, min(number + 1 + _MOST_BELOW, len(practices))):
            below = practices[following]
            is_near = below.start_char - end <= _FARTHEST
            if not is_near or _end_of_heading(reading.text, below.start_char) is not None:
                break
            if below.name == mention.name:
                found[number] = following
                break
    return found


def _end_of_heading(text: str, char: int) -> int | None:
    """Where the line of the character at ``char`` ends, if it is short and no sentence and text follows it."""
    end = text.find("\n", char, char + _LONGEST_HEADING + 1)
    start = paragraph_start(text, char)
    if end < 0 or not 0 < end - start <= _LONGEST_HEADING:
        return None
    return None if text[start:end].rstrip()[-1:] in _ENDS_OF_SENTENCES else end
