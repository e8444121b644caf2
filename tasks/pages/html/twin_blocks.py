"""An article that a page holds twice, once for desktops and once for telephones: the fuller copy is kept.

Where the copies differ and the page holds a third one that is not shown (for readers aloud, for search engines), the
copy that the third confirms is kept: what was put into the other since is somebody else's.
"""

from __future__ import annotations

from collections.abc import Callable

from tasks.pages.drafts import BodyPart, Draft
from tasks.pages.lines.lines import ends_sentence
from tasks.pages.lines.publication_dates import find_day
from tasks.pages.lines.titles import folded

LEAST_PARAGRAPH = 20  # characters, punctuation aside: shorter lines (headings, signatures) repeat within one article
LEAST_ALONE = 60  # characters of a paragraph that proves a second copy by itself
LEAST_SHARED = 0.7  # of the paragraphs of the shorter copy; editors touch the one and forget the other
MOST_ABOVE = 4  # lines above its first paragraph: salutation, document number, a heading


def say_once(draft: Draft, unseen: Callable[[], str]) -> None:
    """Drop the copy of an article in ``draft`` that says less; of equal ones the second.

    ``unseen`` gives what the page holds without showing it.
    """
    parts = draft.parts
    texts = [part.text for part in parts if len(part.text) >= LEAST_PARAGRAPH]
    if len(set(texts)) == len(texts):  # nearly every page; to fold all texts takes longer than to judge them
        return
    keys = [folded(part.text) for part in parts]
    long = [place for place, key in enumerate(keys) if len(key) >= LEAST_PARAGRAPH]
    if len(long) < 2:
        return
    again = _begins_again(keys, long)
    if again is None:
        return
    start = _first_paragraph(keys, long, again)
    titled = _title_above(keys, start, folded(draft.title or ""))
    start = _with_lines_above(parts, keys, start) if titled is None else titled
    first, second = parts[:start], parts[start:]
    confirmed = _confirmed(first, second, unseen)
    if confirmed is second or (confirmed is None and _char_count(second) > _char_count(first)):
        first, second = second, first
    for part in second:
        for line in part.lines:
            line.kind, line.reason = "repeated", "the article stands on the page twice"
    while first and _is_head_line(first[0], folded(draft.title or "")):
        for line in first.pop(0).lines:
            line.kind, line.reason = "metadata", "title and day above the second copy of the article"
    draft.parts[:] = first


def _confirmed(first: list[BodyPart], second: list[BodyPart], unseen: Callable[[], str]) -> list[BodyPart] | None:
    """The copy whose own paragraphs are those that a third one, which may break off, begins with; None where it is
    open."""
    keys = [{key for part in parts if len(key := folded(part.text)) >= LEAST_PARAGRAPH} for parts in (first, second)]
    own = [keys[0] - keys[1], keys[1] - keys[0]]
    if not all(own):
        return None
    third = folded(unseen())
    is_held = [any(key in third for key in one) for one in own]
    if is_held[0] == is_held[1]:
        return None
    return first if is_held[0] else second


def _is_head_line(part: BodyPart, title: str) -> bool:
    key = folded(part.text)
    day = find_day(part.text)
    return (len(key) >= 6 and key in title) or (day is not None and day.end - day.start >= len(part.text) - 2)


def _begins_again(keys: list[str], long: list[int]) -> int | None:
    """The place from which on the paragraphs are those above it once more."""
    first = {keys[place] for place in long[:1]}
    seen: set[str] = set()  # below the first two
    for number, place in enumerate(long[1:], 1):
        if keys[place] in first and keys[place] not in seen and _is_repeated(keys, long, number):
            return place
        (seen if number > 1 else first).add(keys[place])
    return None


def _is_repeated(keys: list[str], long: list[int], number: int) -> bool:
    """Whether the paragraphs from that of a ``number`` on are those above it."""
    above, below = [keys[place] for place in long[:number]], [keys[place] for place in long[number:]]
    shared = set(above) & set(below)
    if len(shared) == 1 and len(below[0]) < LEAST_ALONE:
        return False
    return len(shared) >= LEAST_SHARED * min(len(above), len(below)) and 2 * len(shared) >= max(len(above), len(below))


def _first_paragraph(keys: list[str], long: list[int], again: int) -> int:
    """The first paragraph of the second copy, of which the one at ``again`` is known: those above it may differ."""
    before = long.index(next(place for place in long if keys[place] == keys[again]))
    below = set(keys[again:])
    ending = max(place for place in long if place < again and keys[place] in below)
    return max(long[max(long.index(again) - before, 0)], ending + 1)


def _title_above(keys: list[str], start: int, title: str) -> int | None:
    """The line above the second copy that prints the title, or a part of it, once more."""
    for place in range(start - 1, max(start - 1 - MOST_ABOVE - 2, 0), -1):
        key = keys[place]
        if title and (title in key or (key in title and 2 * len(key) >= len(title))):
            return next((p for p in range(place - 1, 0, -1) if keys[p] not in title), place - 1) + 1
    return None


def _with_lines_above(parts: list[BodyPart], keys: list[str], start: int) -> int:
    """The first of the short lines above the second copy that belong to it, and not to the end of the first."""
    last = max(place for place, key in enumerate(keys) if len(key) >= LEAST_PARAGRAPH)
    endings = set(keys[last + 1 :])
    opening = next(place for place, key in enumerate(keys) if len(key) >= LEAST_PARAGRAPH)
    known = set(keys[:opening])
    for _ in range(MOST_ABOVE):
        above = start - 1
        if above <= opening or keys[above] in endings or ends_sentence(parts[above].text):
            break
        if len(keys[above]) >= LEAST_PARAGRAPH or (keys[above] not in known and not endings):
            break
        start = above
    return start


def _char_count(parts: list[BodyPart]) -> int:
    """Of the paragraphs: a copy has no more to say for printing the title once more."""
    return sum(len(part.text) for part in parts if len(folded(part.text)) >= LEAST_PARAGRAPH)
