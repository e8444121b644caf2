"""Pieces of a page's title that a machine put between its words, taken out again.

A page that is to pass for another one carries its title in pieces of two characters, one after the other and over
again, mostly at the beginnings of clauses: under 青湖镇：和风送暖 stands 近日，青湖三个村办起食堂，镇和请人掌勺，风送天天送饭.
Pieces that cut words (镇和, 风送) stand nowhere else, and their order tells which of the others were put there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from tasks.lexicon.characters import pattern_of
from tasks.lexicon.dictionary import is_word
from tasks.repair.language.pairs import plain_language, simplified_forms
from tasks.repair.repaired import Edit

_CONFIDENCE = 0.95
_TITLE = re.compile(r"<title[^<>]{0,200}>([^<>]{8,160})</title", re.IGNORECASE)
_OPENING_TITLES = ("<title", "<TITLE")
_LINE = re.compile(r"[^\n]+")
_MARKUP = re.compile(r"\s*<[!?a-zA-Z]")
_MOST_LINES = 8  # of a dump, among which its title stands
_SITE_NAME = re.compile(r"[_|｜]|[-—]{1,2}(?=[^-—]*$)")
_HAN = pattern_of("[[:han:]]")
_ALONE_IN_MARKS = pattern_of('[“"‘]([[:han:]])[”"’]')
_LETTERS = range(8, 41)  # characters of a title
_FEWEST_KINDS, _FEWEST_CUTTING = 3, 2  # different pieces, and those of them that cut words
_FEWEST_PIECES = 8  # put into one page
_MOST_BETWEEN = 12  # characters that are no Chinese between two that stand side by side in the title
_FARTHEST = 160  # characters from one piece to the next
_MOST_TRIED = 4  # pieces that cut words, of which some must stand in the page; for time alone
_MOST_PLACES = 200  # of one piece in a page, for time alone
_PIECE_WORTH = 20.0  # nats: a longer row is better than any choice among the places of its pieces
_LEAST_SINGLE = 5.0  # nats by which a page reads better without a single character


class _Place(NamedTuple):
    start: int
    piece: int
    gain: float  # nats by which what stands beside the piece fits better than the piece does


def spliced_title_edits(text: str) -> list[Edit]:
    """One edit for each piece of its title that was put between the words of ``text``, a whole page.

    >>> text = (
    ...     "青湖镇：和风送暖进农家\\n入秋以来，青湖三个村把老校舍改成食堂，镇和请会做饭的人轮流掌勺，风送每天中午给老人送饭，暖进"
    ...     "每顿饭成本九元。菜价涨了以后，青湖村里多贴一元，镇和路线也重排了一遍，风送最远的一户吃上热饭，暖进还添了一碗汤。"
    ... )
    >>> [text[edit.start_char : edit.end_char] for edit in spliced_title_edits(text)]
    ['青湖', '镇和', '风送', '暖进', '青湖', '镇和', '风送', '暖进']
    """
    best: list[Edit] = []
    for title, end in _titles(text):
        for pieces, single in _cut(title):
            found = _edits(text, pieces, single, end)
            if len(found) > len(best):
                best = found
    return best


def _titles(text: str) -> Iterator[tuple[str, int]]:
    """What may be the title of the page, and where it ends."""
    at = max(map(text.find, _OPENING_TITLES))
    if at >= 0 or _MARKUP.match(text) is not None:
        printed = _TITLE.match(text, at) if at >= 0 else None
        found = [] if printed is None else [(printed[1], printed.end())]
    else:
        found = [(line.group(), line.end()) for line in islice(_LINE.finditer(text), _MOST_LINES)]
    for title, end in found:
        yield _SITE_NAME.split(title)[0], end


def _cut(title: str) -> Iterator[tuple[list[str], str]]:
    """The pieces of two characters of a title, and the one that was parted from them because it stands in marks."""
    letters = "".join(_HAN.findall(title))
    if len(letters) not in _LETTERS:
        return
    for single in ("", *_ALONE_IN_MARKS.findall(title)):
        rest = letters.replace(single, "", 1) if single else letters
        pieces = [rest[at : at + 2] for at in range(0, len(rest) - 1, 2)]
        if len(set(pieces)) == len(pieces):
            yield pieces, single


def _edits(text: str, pieces: list[str], single: str, begin: int) -> list[Edit]:
    cutting = [at for at, piece in enumerate(pieces) if not is_word("".join(map(_simplified, piece)))]
    tried = [at for at in cutting[:_MOST_TRIED] if len(list(islice(_starts(text, pieces, at, begin), 2))) > 1]
    if len(tried) < _FEWEST_CUTTING:
        return []
    row = _longest_row(_places(text, pieces, begin))
    kinds = {place.piece for place in row}
    of_cutting = sum(place.piece in cutting for place in row)
    if len(row) < _FEWEST_PIECES or len(kinds) < _FEWEST_KINDS or of_cutting * 5 < len(row) * 2:
        return []
    edits = [Edit(place.start, place.start + 2, "", "splice", _CONFIDENCE) for place in row]
    return sorted(edits + list(_singles(text, single, row, begin))) if single else edits


def _starts(text: str, pieces: list[str], at: int, begin: int) -> Iterator[int]:
    """Where a piece stands below the title, but for where what is printed goes on or comes before as in the title."""
    piece = pieces[at]
    before, behind = pieces[at - 1][1:] if at else "", pieces[at + 1][:1] if at + 1 < len(pieces) else ""
    start = text.find(piece, begin)
    while start >= 0:
        # Marks and readings may stand between what the title has side by side: “党建+”引领, 社區(qū)治理.
        nearest = _HAN.search(text, start + 2, start + 2 + _MOST_BETWEEN)
        last = _HAN.findall(text, max(begin, start - _MOST_BETWEEN), start)[-1:]
        if not ((behind and nearest is not None and nearest.group() == behind) or (before and last == [before])):
            yield start
        start = text.find(piece, start + 2)


def _places(text: str, pieces: list[str], begin: int) -> list[_Place]:
    """Where pieces stand that stand there more than once."""
    found: list[_Place] = []
    for at in range(len(pieces)):
        starts = list(islice(_starts(text, pieces, at, begin), _MOST_PLACES))
        if len(starts) > 1:
            found += [_Place(start, at, _gain(text, start, start + 2)) for start in starts]
    return sorted(found)


def _simplified(character: str) -> str:
    return simplified_forms().get(character, character)


def _gain(text: str, start: int, end: int) -> float:
    left, right = text[start - 1 : start] or "\n", text[end : end + 1] or "\n"
    score = plain_language().score
    return score(left, right) - score(left, text[start]) - score(text[end - 1], right)


def _longest_row(places: list[_Place]) -> list[_Place]:
    """The longest row of places in which each piece follows the one before it in the title, over and over."""
    present = sorted({place.piece for place in places})
    following = dict(zip(present, present[1:] + present[:1], strict=True))
    worth: list[float] = []
    earlier: list[int] = []
    for index, place in enumerate(places):
        best, most = -1, 0.0
        for other in range(index - 1, -1, -1):
            if places[other].start < place.start - _FARTHEST:
                break
            if following[places[other].piece] == place.piece and worth[other] > most:
                best, most = other, worth[other]
        worth.append(most + _PIECE_WORTH + place.gain)
        earlier.append(best)
    row: list[_Place] = []
    index = max(range(len(worth)), key=worth.__getitem__) if worth else -1
    while index >= 0:
        row.append(places[index])
        index = earlier[index]
    return row[::-1]


def _singles(text: str, single: str, row: list[_Place], begin: int) -> Iterator[Edit]:
    """The character that was parted from the title stands once before each round of its pieces."""
    first = min(place.piece for place in row)
    ends = [max(begin, text.rfind("\n", 0, row[0].start), row[0].start - _FARTHEST)]
    ends += [place.start + 2 for place in row]
    rounds = [(left, place.start) for left, place in zip(ends, row, strict=False) if place.piece == first]
    if row[-1].piece == max(place.piece for place in row):
        rounds.append((ends[-1], ends[-1] + _FARTHEST))
    for left, right in rounds:
        starts = [match.start() + left for match in re.finditer(single, text[left:right])]
        # What the page says again (新就业, 理事会) is its own word.
        starts = [start for start in starts if text.count(text[start : start + 2]) == 1]
        best = max(starts, key=lambda start: _gain(text, start, start + 1), default=-1)
        if best >= 0 and _gain(text, best, best + 1) > _LEAST_SINGLE:
            yield Edit(best, best + 1, "", "splice", _CONFIDENCE)
