"""Where an article lost characters, in its text and in the block of the page that the text was taken from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tasks.duplicates.twins import LOST, TwinReading, restore_from_twin
from tasks.records import Article, Block

_LOST_RUN = re.compile(f"{LOST}+")
_BODY_KINDS = frozenset({"heading", "paragraph"})


@dataclass(frozen=True, slots=True)
class LostRun:
    """``text[start_char:end_char]`` of an article is marks alone; it stands at ``block_start_char`` of a block.

    The block is None where the paragraph cannot be traced to one: lines put together, or one that occurs twice.
    """

    start_char: int
    end_char: int
    block_ordinal: int | None
    block_start_char: int | None


def lost_runs_of(article: Article, blocks: Sequence[Block]) -> list[LostRun]:
    """The runs of lost characters in the text of ``article``, in order; ``blocks`` are those of its page."""
    if LOST not in article.text:
        return []
    own = [
        (ordinal, block.text)
        for ordinal, block in enumerate(blocks)
        if block.article_ordinal == article.ordinal and block.kind in _BODY_KINDS and LOST in block.text
    ]
    found = []
    for run in _LOST_RUN.finditer(article.text):
        places = [
            (ordinal, run.start() - at)
            for ordinal, text in own
            for at in _places_of(text, article.text)
            if at <= run.start() and run.end() <= at + len(text)
        ]
        ordinal, start = places[0] if len(places) == 1 else (None, None)
        if ordinal is not None and len(_places_of(blocks[ordinal].text, article.text)) > 1:
            ordinal, start = None, None
        found.append(LostRun(run.start(), run.end(), ordinal, start))
    return found


def with_marks(text: str, places: Sequence[tuple[int, int]]) -> str:
    """``text`` with the characters at ``places`` (start, end) lost again.

    >>> with_marks("新建红色驿站", [(2, 4)])
    '新建□□驿站'
    """
    for start, end in places:
        text = text[:start] + LOST * (end - start) + text[end:]
    return text


def readings_of_twins(damaged_text: str, twins: Sequence[tuple[str, str]]) -> dict[int, tuple[str, TwinReading]]:
    """What the ``twins`` (id, text; the most trusted first) print for the lost runs of a text, by where these begin.

    Only what takes as much room as what was lost, and on which all twins that print it agree; with the id of the first.

    >>> found = readings_of_twins("青石县今年新建□□驿站十二处。", [("a", "青石县今年新建红色驿站十二处。")])
    >>> found[7][0], found[7][1].restored
    ('a', '红色')
    """
    found: dict[int, tuple[str, TwinReading]] = {}
    disputed: set[int] = set()
    for name, twin_text in twins:
        for reading in restore_from_twin(damaged_text, twin_text):
            first = found.setdefault(reading.start_char, (name, reading))[1]
            if reading.restored != first.restored:
                disputed.add(reading.start_char)
    return {
        start: (name, reading)
        for start, (name, reading) in sorted(found.items())
        if start not in disputed
        and len(reading.restored) == len(reading.damaged)
        and not any(letter.isspace() for letter in reading.restored)
    }


def _places_of(part: str, text: str) -> list[int]:
    found, at = [], text.find(part)
    while at >= 0:
        found.append(at)
        at = text.find(part, at + 1)
    return found
