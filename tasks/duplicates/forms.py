"""One form filled in twice: texts that agree in their wording but not in the numbers and names that stand in it.

Weather reports, verdicts and notices of meetings look like copies of one another to every measure of resemblance. What
sets them apart is where they differ: whole numbers and whole names, not single characters, not added or cut phrases.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import opencc

from tasks.duplicates.folding import Counts, Units, is_digit
from tasks.duplicates.sketches import GRAM_LENGTH

_SLOTS = 3  # one corrected figure, or two, is a correction; three are another event
_FEW_SLOTS = 2  # enough where nothing at all speaks for a copy
_SLOT_SHARE = 0.5  # of a copy with a fifth of its characters damaged, under a third of the numbers change
_NUMBER_SHARE = 0.35  # small numbers of a form are often the same by chance; of a copy nearly all are
_GAP_SHARE = 0.4  # of a copy damaged in single characters, fewer of the gaps are long enough for a name
# For time alone: slots that are read; a sample of those of a long text tells as much as all of them.
_SLOTS_READ = 16
# For time alone: slots after which reading ends where a form would have changed more than one of them.
_SLOTS_TO_DOUBT = 6
# For time alone: of what differs in them; it is far from _SLOT_SHARE, the rest will not make up for it.
_DOUBT_SHARE = 0.25
_LENGTH_DIFFERENCE = 6
_LONGEST_END = 40  # letters
_CHANCE_SHARE = 0.3  # of the letters of two names: three of five, 店槐镇塘湾 and 堡店镇湾口
_SHORT_GAP = 2  # letters: in one number of 64 bits with those of the other text
_SHORTEST_DAMAGED = 3  # digits: one of two is half of a number
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_YEAR = re.compile(r"(?:19|20)\d\d")


class Side(NamedTuple):
    """One of two texts: its folded units, the digits before each of them, and where the grams begin that both have."""

    units: Units
    digits: npt.NDArray[np.uint16]
    places: Counts


def is_same_form(left: Side, right: Side, bridged: npt.NDArray[np.bool_]) -> bool:
    """Whether the gaps between copied grams are the slots of a form.

    ``bridged[i]``: whether what lies between gram ``i`` and the next is the same place of both.
    """
    step = np.maximum(left.places[1:] - left.places[:-1], right.places[1:] - right.places[:-1])
    gaps = (bridged & (step > GRAM_LENGTH)).nonzero()[0]
    starts, ends = _gaps_of(left, gaps)
    other_starts, other_ends = _gaps_of(right, gaps)
    # What stands before the first and behind the last common gram is a gap too, unless one text has more to say there.
    is_gap = np.ones(len(starts), dtype=np.bool_)
    for end in (0, -1):
        size, other_size = int(ends[end] - starts[end]), int(other_ends[end] - other_starts[end])
        is_short = min(size, other_size) > 0 and max(size, other_size) <= _LONGEST_END
        is_gap[end] = is_short and abs(size - other_size) <= _LENGTH_DIFFERENCE
    starts, ends, other_starts, other_ends = starts[is_gap], ends[is_gap], other_starts[is_gap], other_ends[is_gap]
    if len(starts) < _FEW_SLOTS:
        return False
    # Grams overlap on one side where something was inserted on the other: widen both gaps by the overlap.
    overlap = np.minimum(np.minimum(ends - starts, other_ends - other_starts), 0)
    ends, other_ends = ends - overlap, other_ends - overlap
    has_numbers = left.digits.take(ends) != left.digits.take(starts)
    has_numbers &= right.digits.take(other_ends) != right.digits.take(other_starts)
    sizes, other_sizes = ends - starts, other_ends - other_starts
    has_name = (np.minimum(sizes, other_sizes) >= 2) & (np.abs(sizes - other_sizes) <= _LENGTH_DIFFERENCE)
    is_slot = has_numbers | has_name
    slots = np.flatnonzero(is_slot)
    if not len(slots):
        return False
    short = (~is_slot & (np.maximum(sizes, other_sizes) <= _SHORT_GAP)).nonzero()[0]
    repeated = _repeated(
        (left.units, starts[short], ends[short]), (right.units, other_starts[short], other_ends[short])
    )
    if len(slots) < _GAP_SHARE * (len(starts) - repeated):
        return False
    # A sample of the slots of a long or much damaged text tells as much as all of them.
    chosen = slots[:: -(-len(slots) // _SLOTS_READ)]
    numbers_changed = numbers_kept = 0
    changed, kept = 0, round((len(starts) - len(slots) - repeated) * len(chosen) / len(slots))
    seen: dict[tuple[str, str], bool] = {}
    for number, slot in enumerate(chosen.tolist()):
        if number == _SLOTS_TO_DOUBT and (changed < _FEW_SLOTS or changed < _DOUBT_SHARE * (changed + kept)):
            return False
        ours = _with_digits_around(left.units, int(starts[slot]), int(ends[slot]))
        theirs = _with_digits_around(right.units, int(other_starts[slot]), int(other_ends[slot]))
        more_changed, more_kept = _numbers(ours, theirs)
        changed, kept = changed + more_changed, kept + more_kept
        numbers_changed, numbers_kept = numbers_changed + more_changed, numbers_kept + more_kept
        for difference in _differences(ours, theirs):
            if difference in seen:
                # The same words replaced by the same others again: a name, even where the two share a character.
                changed, kept = changed + (not seen[difference]), kept - (not seen[difference])
                seen[difference] = True
                continue
            seen[difference] = is_name = _is_name(*difference)
            changed, kept = changed + is_name, kept + (not is_name)
    if changed < _FEW_SLOTS:
        return False
    untouched = round(_untouched_numbers(left.units, left.places, starts, ends) * len(chosen) / len(slots))
    if changed < _SLOTS:
        return kept + untouched == 0
    if numbers_changed >= max(_SLOTS, _SLOT_SHARE * (numbers_changed + numbers_kept + untouched)):
        return True  # whatever letters the names in it share by chance
    return changed >= _SLOT_SHARE * (changed + kept) and changed >= _NUMBER_SHARE * (changed + kept + untouched)


def _gaps_of(side: Side, gaps: Counts) -> tuple[Counts, Counts]:
    """Start and end of what stands before the first common gram, in each of the ``gaps``, and behind the last gram."""
    starts, ends = np.empty((2, len(gaps) + 2), dtype=np.int64)
    starts[0], starts[1:-1], starts[-1] = 0, side.places.take(gaps) + GRAM_LENGTH, side.places[-1] + GRAM_LENGTH
    ends[0], ends[1:-1], ends[-1] = side.places[0], side.places.take(gaps + 1), len(side.units)
    return starts, ends


def _repeated(*sides: tuple[Units, Counts, Counts]) -> int:
    """Short gaps in which the same letters stand for the same ones again: part of a name, no damage."""
    codes = np.zeros(len(sides[0][1]), dtype=np.int64)
    for units, first, end in sides:
        for place in range(_SHORT_GAP):
            codes <<= 16
            codes |= np.where(first + place < end, units.take(first + place, mode="clip"), 0)
    codes.sort()
    again = codes[1:] == codes[:-1]
    several = np.zeros(len(codes), dtype=np.bool_)
    several[1:] = again
    several[:-1] |= again
    return int(np.count_nonzero(several))


def _with_digits_around(units: Units, start: int, end: int) -> str:
    """A gap with the digits that touch it on either side: 3281 and 3295 differ as a whole, not in two digits."""
    while start > 0 and 48 <= units[start - 1] <= 57:
        start -= 1
    while end < len(units) and 48 <= units[end] <= 57:
        end += 1
    return units[start:end].astype("<u2").tobytes().decode("utf-16-le", "replace")


def _numbers(ours: str, theirs: str) -> tuple[int, int]:
    """How many numbers of a gap are others, and how many the same but for a damaged digit. Years count as neither."""
    first = [number for number in _NUMBER.findall(ours) if not _YEAR.fullmatch(number)]
    second = [number for number in _NUMBER.findall(theirs) if not _YEAR.fullmatch(number)]
    if not first or not second:
        return 0, 0
    if len(first) != len(second):
        first, second = ["".join(first)], ["".join(second)]
    changed = sum(not _agree(one, other) for one, other in zip(first, second, strict=True))
    return changed, len(first) - changed


def _agree(one: str, other: str) -> bool:
    """Whether two numbers are the same but for a digit that was damaged, lost or added."""
    if one == other:
        return True
    shorter, longer = sorted((one, other), key=len)
    if len(longer) < _SHORTEST_DAMAGED or len(longer) - len(shorter) > 1:
        return False
    head = next((at for at, (ours, theirs) in enumerate(zip(shorter, longer, strict=False)) if ours != theirs), None)
    return head is None or longer[head + 1 :] == shorter[head + (len(shorter) == len(longer)) :]


def _differences(ours: str, theirs: str) -> list[tuple[str, str]]:
    """What a gap prints in one text and in the other, numbers left out: pairs of words, one of them perhaps empty."""
    first, second = _NUMBER.sub("", ours), _NUMBER.sub("", theirs)
    if len(first) == len(second):
        unlike = [place for place, (one, other) in enumerate(zip(first, second, strict=True)) if one != other]
        if 2 * len(unlike) <= len(first):
            found = []
            for one, other in _runs(first, second, unlike):
                found += [(one, other)] if len(one) == 1 else _edits(one, other)
            return found
    return _edits(first, second)


def _edits(first: str, second: str) -> list[tuple[str, str]]:
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    same = sum(block.size for block in matcher.get_matching_blocks())
    if same <= _CHANCE_SHARE * (len(first) + len(second)):
        # What letters they share by chance would take names apart.
        return [(first, second)]
    spans: list[list[int]] = []
    for kind, *span in matcher.get_opcodes():
        if kind == "equal":
            continue
        if spans and span[0] - spans[-1][1] == 1:  # one letter that two names share: 潘花静, 卫花
            spans[-1][1::2] = span[1::2]
        else:
            spans.append(span)
    return [(first[start:end], second[other_start:other_end]) for start, end, other_start, other_end in spans]


def _runs(first: str, second: str, places: list[int]) -> list[tuple[str, str]]:
    """The stretches that ``places`` make where they follow one another, in both words."""
    runs: list[tuple[int, int]] = []
    for place in places:
        if runs and runs[-1][1] == place:
            runs[-1] = runs[-1][0], place + 1
        else:
            runs.append((place, place + 1))
    return [(first[start:end], second[start:end]) for start, end in runs]


def _is_name(one: str, other: str) -> bool:
    """Whether one word was replaced by a wholly different one, not a character damaged or a phrase added or cut."""
    return min(len(one), len(other)) >= 2 and not _is_same_word(one, other)


def _is_same_word(one: str, other: str) -> bool:
    """Whether two words are those of Taiwan and the mainland for one thing: 资讯 and 信息."""
    to_mainland, to_traditional = _word_converters()
    return bool(to_mainland.convert(to_traditional.convert(one)) == to_mainland.convert(to_traditional.convert(other)))


@cache
def _word_converters() -> tuple[opencc.OpenCC, opencc.OpenCC]:
    return opencc.OpenCC("tw2sp"), opencc.OpenCC("s2t")


def _untouched_numbers(units: Units, places: Counts, gap_starts: Counts, gap_ends: Counts) -> int:
    """Numbers of a text that stand unchanged in the copied stretches; the year of a date says little."""
    copied = np.zeros(len(units) + 1, dtype=np.int64)
    np.add.at(copied, places, 1)
    np.add.at(copied, places + GRAM_LENGTH, -1)
    in_gap = np.zeros(len(units) + 1, dtype=np.int64)
    np.add.at(in_gap, gap_starts, 1)
    np.add.at(in_gap, gap_ends, -1)
    unchanged = is_digit(units) & (np.cumsum(copied)[:-1] > 0) & (np.cumsum(in_gap)[:-1] == 0)
    edges = np.diff(np.concatenate(([0], unchanged.astype(np.int8), [0])))
    starts, ends = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
    before, after = np.maximum(starts - 1, 0), np.minimum(ends, len(units) - 1)
    # Digits next to a gap are part of the number in it.
    in_gap_places = np.cumsum(in_gap)[:-1] > 0
    whole = ~in_gap_places[before] & ~in_gap_places[after]
    is_year = (ends - starts == 4) & np.isin(units[starts], (ord("1"), ord("2"))) & (units[after] == ord("年"))
    return int((whole & ~is_year).sum())
