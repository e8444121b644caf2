"""A poem in a dump: no line of it is a sentence, so it is told by title, poet and many short lines below."""

from __future__ import annotations

from collections.abc import Sequence

from tasks.pages.dumps.line_marks import Mark
from tasks.pages.lines.lines import Line, han_count, is_headline

LEAST_VERSES = 6
LONGEST_VERSE = 24  # characters
LEAST_MEAN = 4.0  # characters of a verse on average; the entries of a menu have two or three
# A post: its lines, their characters at most and on average, and those of the whole; menus have shorter entries.
LEAST_LINES, LONGEST_LINE, LEAST_MEAN_OF_POST, LEAST_HAN = 10, 40, 8.0, 120
LONGEST_TITLE = 20  # characters


def take_poem(lines: Sequence[Line], marks: Sequence[Mark]) -> int | None:
    """Where the title of a poem stands, its verses marked as text; None where there is no poem.

    To be asked only of a dump without running text.
    """
    places = [place for place, line in enumerate(lines) if not line.kind]
    for number, place in enumerate(places):
        mark = marks[place]
        if number == 0 or not (mark.byline or mark.bare_names):
            continue
        title = places[number - 1]
        verses = _verses_below(lines, marks, places[number + 1 :])
        if _is_title(lines[title], marks[title]) and _is_verse([lines[verse].text for verse in verses]):
            for verse in verses:
                marks[verse].is_particular = True
                marks[verse].byline = marks[verse].bare_names = None
            return title
    return None


def take_post(lines: Sequence[Line], marks: Sequence[Mark]) -> int | None:
    """Where an account's post of short lines without full stops begins, its lines marked as text; None for menus.

    To be asked only of a dump without running text and without a poem: what tells a post from a menu is that sentences
    run on from line to line, with commas between and within them.
    """
    places = [place for place, line in enumerate(lines) if not line.kind]
    texts = [lines[place].text for place in places]
    is_named = any(marks[place].rule or marks[place].credits for place in places)
    if is_named or len(texts) < LEAST_LINES or max(map(len, texts)) > LONGEST_LINE or len(set(texts)) < len(texts):
        return None
    if sum(map(han_count, texts)) < LEAST_HAN or sum("，" in text for text in texts) * 8 < len(texts):
        return None
    if any("：" in text for text in texts) or sum(map(len, texts)) < LEAST_MEAN_OF_POST * len(texts):
        return None
    for place in places:
        marks[place].is_particular = True
        marks[place].byline = marks[place].bare_names = None
    return places[0]


def _verses_below(lines: Sequence[Line], marks: Sequence[Mark], places: Sequence[int]) -> list[int]:
    found: list[int] = []
    for place in places:
        text = lines[place].text
        if (
            marks[place].rule
            or marks[place].credits
            or len(text) > LONGEST_VERSE
            or han_count(text) * 3 < len(text) * 2
        ):
            break
        found.append(place)
    return found


def _is_title(line: Line, mark: Mark) -> bool:
    is_named = mark.rule or mark.credits or mark.byline
    return not is_named and is_headline(line.text, LONGEST_TITLE)


def _is_verse(texts: Sequence[str]) -> bool:
    """Whether lines are as many and as long as those of a poem, and none of them a label."""
    if len(texts) < LEAST_VERSES or any("：" in text for text in texts):
        return False
    return sum(map(len, texts)) >= LEAST_MEAN * len(texts)
