"""The way back from a passage of an article to what stood on the damaged page, markup and all.

Repairs are kept as edits of layers; a span of the text behind a layer is carried back to the text before it. Where a
span cuts through a short edit, the whole edit belongs to it: half of a torn character has no original.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from tasks.records import Repair

# What no reader of a page sees: comments, scripts, styles and tags. A lone < of running text is left alone.
_OPENING = re.compile(r"<(?:(?P<kind>!--|(?:script|style)\b)|[/!a-zA-Z])", re.IGNORECASE)
_CLOSING = {
    "!--": re.compile("-->"),
    "script": re.compile(r"</script\s*>", re.IGNORECASE),
    "style": re.compile(r"</style\s*>", re.IGNORECASE),
}
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<![^<>]*>")
# An edit of so few characters has no parts of its own; spacing and punctuation of a block are kept as one edit from its
# first change to its last, which may be a paragraph long.
_WHOLE_EDIT = 12
# Marks in full and half width, and quotation marks of either direction, count as one: typography changes them.
_FOLDED = str.maketrans(
    {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | dict(zip("“”‘’", "\"\"''", strict=True))
)
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});?")


def span_before(repairs: Sequence[Repair], start_char: int, end_char: int) -> tuple[int, int]:
    """Where ``text[start_char:end_char]`` of a repaired text stood in the text before all of ``repairs``.

    >>> repair = Repair("pinyin", "區(qū)", "區", 1.0, 0, 1)
    >>> span_before([repair], 0, 3)
    (0, 7)
    """
    layers: dict[int, list[Repair]] = {}
    for repair in repairs:
        layers.setdefault(repair.layer, []).append(repair)
    for layer in sorted(layers, reverse=True):
        start_char, end_char = _before_layer(layers[layer], start_char, end_char)
    return start_char, end_char


def _before_layer(repairs: list[Repair], start_char: int, end_char: int) -> tuple[int, int]:
    ordered = sorted(repairs, key=lambda each: each.start_char)
    start = _offset_before(ordered, start_char, is_end=False)
    return start, max(start, _offset_before(ordered, end_char, is_end=True))


def _offset_before(ordered: Sequence[Repair], offset: int, *, is_end: bool) -> int:
    """Where a span that begins (or ends) at ``offset`` behind a layer of edits began (or ended) before it."""
    shift = 0  # restored offset minus damaged offset
    for repair in ordered:
        first = repair.start_char + shift
        last = first + len(repair.restored)
        # What was taken out right before a span's end belongs to the span before it, at its start to the one behind.
        if last < offset or (last == offset and not (is_end and first == last)):
            shift += len(repair.restored) - len(repair.damaged)
        elif first < offset:
            return repair.start_char + _inside_before(repair, offset - first, is_end=is_end)
        else:
            break
    return offset - shift


def _inside_before(repair: Repair, offset: int, *, is_end: bool) -> int:
    """The same within one edit: a short one belongs to the span as a whole, a long one is aligned character by
    character."""
    damaged, restored = repair.damaged, repair.restored
    if max(len(damaged), len(restored)) <= _WHOLE_EDIT:
        return len(damaged) if is_end else 0
    if len(damaged) == len(restored):
        return offset
    for _, first, last, start, end in SequenceMatcher(None, restored, damaged, autojunk=False).get_opcodes():
        if offset < last or (offset == last and is_end):
            if last - first == end - start:
                return start + offset - first
            return end if is_end else start
    return len(damaged)


def find_passage(source: str, passage: str) -> tuple[int, int] | None:
    """Where ``passage`` stands in the ``source`` of a page, or None where it does not.

    Markup, white space and the width of marks are passed over, and references read.

    >>> source = "<p>“三张<b>清&#21333;</b>”\\n上墙</p>"
    >>> source[slice(*find_passage(source, "清单”上墙"))]
    '清&#21333;</b>”\\n上墙'
    """
    wanted = "".join(passage.split()).translate(_FOLDED)
    if not wanted:
        return None
    seen, places = _visible(source)
    at = seen.translate(_FOLDED).find(wanted)
    if at < 0:
        return None
    return places[at][0], places[at + len(wanted) - 1][1]


def _visible(source: str) -> tuple[str, list[tuple[int, int]]]:
    """The visible characters of a source without white space, and where each of them stands in it."""
    characters: list[str] = []
    places: list[tuple[int, int]] = []
    position = 0
    for end, seen_again in (*_unseen(source), (len(source), len(source))):
        while position < end:
            reference = _REFERENCE.match(source, position, end) if source[position] == "&" else None
            stop = reference.end() if reference else position + 1
            for character in html.unescape(source[position:stop]):
                if not character.isspace():
                    characters.append(character)
                    places.append((position, stop))
            position = stop
        position = seen_again
    return "".join(characters), places


def _unseen(source: str) -> Iterator[tuple[int, int]]:
    """Start and end of what no reader sees, in order; of thousands of comments that never close an end is sought
    once."""
    never_closed: set[str] = set()
    position = 0
    while (opening := _OPENING.search(source, position)) is not None:
        kind = (opening["kind"] or "").lower()
        closing = _CLOSING[kind].search(source, opening.end()) if kind and kind not in never_closed else None
        if kind and closing is None:
            never_closed.add(kind)
        last = closing or _TAG.match(source, opening.start())
        if last is not None:
            yield opening.start(), last.end()
        position = opening.start() + 1 if last is None else last.end()
