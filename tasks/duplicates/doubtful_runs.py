"""Where an article is in doubt: characters lost, or repaired so that the repair may be wrong; and what twins print
there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tasks.duplicates.folding import fold_with_offsets
from tasks.duplicates.twins import LOST, TwinReading, place_between, read_places
from tasks.records import Article, Block, Repair

DOUBT = 0.9  # repairs of a lower confidence may be wrong

_LOST_RUN = re.compile(f"{LOST}+")
_BODY_KINDS = frozenset({"heading", "paragraph"})
_CONTEXT = 24  # characters of the source on either side, markup and punctuation among them
_MARKUP = re.compile("[<>]")


@dataclass(frozen=True, slots=True)
class Doubt:
    """A doubtful repair as the repaired source shows it: what it made of the damage, and what stands around that."""

    before: str
    restored: str
    after: str


@dataclass(frozen=True, slots=True)
class DoubtfulRun:
    """``text[start_char:end_char]`` of an article is ``printed``; it stands at ``block_start_char`` of a block.

    The block is None where the paragraph cannot be traced to one: lines put together, or one that occurs twice.
    """

    start_char: int
    end_char: int
    printed: str
    block_ordinal: int | None
    block_start_char: int | None


def doubts_in(source: str, repairs: Sequence[Repair]) -> list[Doubt]:
    """The repairs of low confidence that led to ``source``, with their surroundings; lost characters are no repairs.

    >>> doubts_in("新建红色驿站", [Repair("byte_shift", "?", "红色", 0.8, 0, 2)])
    [Doubt(before='新建', restored='红色', after='驿站')]
    """
    edits = [repair for repair in repairs if repair.block_ordinal is None]
    found = []
    for repair in edits:
        if repair.confidence >= DOUBT or not repair.restored or LOST in repair.restored:
            continue
        start = _place_at_last(repair, edits)
        end = start + len(repair.restored)
        if source[start:end] == repair.restored:
            before = _MARKUP.split(source[max(start - _CONTEXT, 0) : start])[-1]
            found.append(Doubt(before, repair.restored, _MARKUP.split(source[end : end + _CONTEXT])[0]))
    return found


def doubtful_runs_of(article: Article, blocks: Sequence[Block], doubts: Sequence[Doubt] = ()) -> list[DoubtfulRun]:
    """The doubtful runs in the text of ``article``, in order; ``blocks`` are those of its page, ``doubts`` those of its
    source."""
    places = {(run.start(), run.end()) for run in _LOST_RUN.finditer(article.text)}
    for doubt in doubts:
        place = place_between(article.text, doubt.before, doubt.restored, doubt.after)
        if place is None or LOST in (printed := article.text[slice(*place)]):
            continue
        # Where the repair ends a paragraph, the letter behind it is in the next one.
        places.add((place[0] + len(printed) - len(printed.lstrip()), place[1] - len(printed) + len(printed.rstrip())))
    found: list[DoubtfulRun] = []
    for start, end in sorted(places):
        if not found or found[-1].end_char <= start:
            found.append(DoubtfulRun(start, end, article.text[start:end], *_block_of(start, end, article, blocks)))
    return found


def with_printed(text: str, places: Sequence[tuple[int, int, str]]) -> str:
    """``text`` with what the page alone has at ``places`` (start, end, as many characters).

    >>> with_printed("新建红色驿站", [(2, 4, "□□")])
    '新建□□驿站'
    """
    for start, end, printed in places:
        text = text[:start] + printed + text[end:]
    return text


def readings_of_twins(
    text: str, places: Sequence[tuple[int, int]], twins: Sequence[tuple[str, str]]
) -> dict[int, tuple[str, TwinReading]]:
    """What the ``twins`` (id, text; the most trusted first) print at ``places`` of a text, by where these begin.

    Only what takes as much room as what stands there, differs from it in more than punctuation if at all, and on which
    all twins that print it agree; with the id of the first of them. What corrects a repair may be an edit of the twin's
    editor: its confidence is DOUBT.

    >>> found = readings_of_twins("今年新建□□驿站十二处。", [(4, 6)], [("a", "今年新建红色驿站十二处。")])
    >>> found[4][0], found[4][1].restored
    ('a', '红色')
    """
    found: dict[int, tuple[str, TwinReading]] = {}
    disputed: set[int] = set()
    for name, twin_text in twins:
        for reading in read_places(text, places, twin_text):
            first = found.setdefault(reading.start_char, (name, reading))[1]
            if reading.restored != first.restored:
                disputed.add(reading.start_char)
    return {
        start: (name, reading if _agrees(reading) or LOST in reading.damaged else replace(reading, confidence=DOUBT))
        for start, (name, reading) in sorted(found.items())
        if start not in disputed and _is_fit(reading)
    }


def _agrees(reading: TwinReading) -> bool:
    return reading.restored == reading.damaged


def _is_fit(reading: TwinReading) -> bool:
    if len(reading.restored) != len(reading.damaged) or any(letter.isspace() for letter in reading.restored):
        return False
    if _agrees(reading) or LOST in reading.damaged:
        return True
    own, other = (fold_with_offsets(text)[0].tobytes() for text in (reading.damaged, reading.restored))
    return own != other


def _place_at_last(repair: Repair, edits: Sequence[Repair]) -> int:
    """Where what a repair put in begins once all edits of its layer and of those after it are made."""
    place = repair.start_char
    for layer in sorted({edit.layer for edit in edits if edit.layer >= repair.layer}):
        place += sum(
            len(edit.restored) - len(edit.damaged)
            for edit in edits
            if edit.layer == layer and edit.start_char < place and edit is not repair
        )
    return place


def _block_of(start: int, end: int, article: Article, blocks: Sequence[Block]) -> tuple[int, int] | tuple[None, None]:
    printed = article.text[start:end]
    found = [
        (ordinal, start - at)
        for ordinal, block in enumerate(blocks)
        if block.article_ordinal == article.ordinal and block.kind in _BODY_KINDS and printed in block.text
        for at in _places_of(block.text, article.text)
        if at <= start and end <= at + len(block.text)
    ]
    if len(found) != 1 or len(_places_of(blocks[found[0][0]].text, article.text)) > 1:
        return None, None
    return found[0]


def _places_of(part: str, text: str) -> list[int]:
    found, at = [], text.find(part)
    while at >= 0:
        found.append(at)
        at = text.find(part, at + 1)
    return found
