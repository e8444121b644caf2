"""Two texts laid side by side: what share of each the other prints, and whether they only fill in the same form.

The sketch of a pair can mislead where texts are short or much edited; here every gram of both texts is compared.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

import numpy as np
import numpy.typing as npt

from tasks.duplicates.folding import Counts, Units, fold_texts, is_digit
from tasks.duplicates.sketches import GRAM_LENGTH, sampling_hashes

_LONGEST_BRIDGE = 40  # characters: with 30 % of characters edited, five in a row survive about every thirtieth place
_BRIDGE_SLACK = 6  # more or fewer characters in one text than the other: inserted and lost ones within a bridge
_STRAY_DISTANCE = 60  # a shared gram with no other one near it on the same diagonal is a phrase, not a copy
_JOINED_SPANS = 200  # stretches of a held article that lie closer together are one place of the page
_PLACE_SUFFIXES = np.zeros(0x10000, dtype=np.bool_)
_PLACE_SUFFIXES[[ord(suffix) for suffix in "省市县区州旗镇乡村街社"]] = True
_LOOK_ALIKE_SLOTS = 3  # one corrected figure, or two, is a correction; three are another event
_LOOK_ALIKE_SHARE = 0.6  # of a copy with a fifth of its characters damaged, under a third of the numbers change


@dataclass(frozen=True, slots=True)
class Profile:
    """All grams of one folded text that occur in it once: hashes in ascending order, and their places.

    ``digit_totals``: digits before each unit of the text.
    """

    units: Units
    hashes: npt.NDArray[np.uint32]
    places: Counts
    digit_totals: Counts


@dataclass(frozen=True, slots=True)
class Alignment:
    """``left_covered`` and ``right_covered``: shares of the folded texts that the other one prints too, 0 to 1.

    ``spans``: stretches that both print, as rows of start and end in the left folded text, start and end in the right.
    ``is_look_alike``: the wording agrees but the numbers and place names in it do not: one form filled in twice.
    """

    left_covered: float
    right_covered: float
    spans: Counts
    is_look_alike: bool

    @property
    def relation(self) -> Literal["near", "holds", "held"] | None:
        """``holds``: the left text holds nearly the whole right one and much besides; ``held``: the reverse."""
        if self.is_look_alike:
            return None
        return relation_of(self.left_covered, self.right_covered)


NEAR_SHARE = 0.6  # look-alikes with half of their clauses in common stay under it, copies cut by 30 % above
WHOLE_SHARE = 0.8  # "nearly whole"


def relation_of(left_covered: float, right_covered: float) -> Literal["near", "holds", "held"] | None:
    """What shares of two texts printed by one another make of them.

    >>> relation_of(0.9, 0.85), relation_of(0.7, 0.65), relation_of(0.2, 0.95), relation_of(0.5, 0.5)
    ('near', 'near', 'holds', None)
    """
    less, more = sorted((left_covered, right_covered))
    if less >= WHOLE_SHARE or (less >= NEAR_SHARE and more < WHOLE_SHARE):
        return "near"
    if more >= WHOLE_SHARE:
        return "holds" if right_covered > left_covered else "held"
    return None


def profiles_of(texts: Mapping[str, str]) -> dict[str, Profile]:
    """A profile for each text, under the same names."""
    names = list(texts)
    found: dict[str, Profile] = {}
    for at in range(0, len(names), 128):
        some = names[at : at + 128]
        folded = fold_texts([texts[name] for name in some])
        hashes = sampling_hashes(folded.units)
        for name, start, end in zip(some, folded.bounds[:-1].tolist(), folded.bounds[1:].tolist(), strict=True):
            found[name] = _profile(folded.units[start:end], hashes[start : max(end - GRAM_LENGTH + 1, start)])
    return found


def _profile(units: Units, hashes: npt.NDArray[np.uint32]) -> Profile:
    packed = (hashes.astype(np.uint64) << np.uint64(32)) | np.arange(len(hashes), dtype=np.uint64)
    packed.sort()
    ordered = (packed >> np.uint64(32)).astype(np.uint32)
    unlike_next = np.append(ordered[1:] != ordered[:-1], True)[: len(ordered)]
    lone = unlike_next & np.concatenate(([True], unlike_next[:-1]))[: len(ordered)]
    places = (packed & np.uint64(0xFFFFFFFF)).astype(np.int64)
    digit_totals = np.concatenate(([0], np.cumsum(is_digit(units))))
    return Profile(units, ordered[lone], places[lone], digit_totals)


def align(left: Profile, right: Profile) -> Alignment:
    """How much of each text the other prints, as far as shared grams in the same order within reach of each other tell."""
    left_places, right_places = _shared_places(left, right)
    if not len(left_places):
        return Alignment(0.0, 0.0, np.zeros((0, 4), dtype=np.int64), False)
    left_step, right_step = np.diff(left_places), np.diff(right_places)
    bridged = (
        (right_step > 0)
        & (left_step <= _LONGEST_BRIDGE)
        & (right_step <= _LONGEST_BRIDGE)
        & (np.abs(left_step - right_step) <= _BRIDGE_SLACK)
    )
    left_sum = np.where(bridged, left_step, np.minimum(left_step, GRAM_LENGTH)).sum() + GRAM_LENGTH
    right_sum = np.where(bridged, right_step, GRAM_LENGTH).sum() + GRAM_LENGTH
    breaks = np.flatnonzero(~bridged)
    firsts, lasts = np.concatenate(([0], breaks + 1)), np.concatenate((breaks, [len(left_places) - 1]))
    spans = np.column_stack(
        (
            left_places[firsts],
            left_places[lasts] + GRAM_LENGTH,
            right_places[firsts],
            right_places[lasts] + GRAM_LENGTH,
        )
    )
    return Alignment(
        min(float(left_sum) / max(len(left.units), 1), 1.0),
        min(float(right_sum) / max(len(right.units), 1), 1.0),
        spans,
        _is_look_alike(left, right, left_places, right_places, bridged),
    )


def _shared_places(left: Profile, right: Profile) -> tuple[Counts, Counts]:
    if not len(left.hashes) or not len(right.hashes):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    at = np.searchsorted(right.hashes, left.hashes)
    at[at == len(right.hashes)] = 0
    shared = np.flatnonzero(right.hashes[at] == left.hashes)
    left_places, right_places = left.places[shared], right.places[at[shared]]
    order = np.argsort(left_places)
    left_places, right_places = left_places[order], right_places[order]
    diagonal = right_places - left_places
    joined = (np.abs(np.diff(diagonal)) <= _BRIDGE_SLACK) & (np.diff(left_places) <= _STRAY_DISTANCE)
    supported = np.append(joined, False) | np.concatenate(([False], joined))
    if len(left_places) <= 1:
        supported = np.ones(len(left_places), dtype=np.bool_)
    return left_places[supported[: len(left_places)]], right_places[supported[: len(left_places)]]


def _is_look_alike(
    left: Profile, right: Profile, left_places: Counts, right_places: Counts, bridged: npt.NDArray[np.bool_]
) -> bool:
    gaps = np.flatnonzero(bridged & (np.maximum(np.diff(left_places), np.diff(right_places)) > GRAM_LENGTH))
    if len(gaps) < _LOOK_ALIKE_SLOTS:
        return False
    starts, ends = left_places[gaps] + GRAM_LENGTH, left_places[gaps + 1]
    other_starts, other_ends = right_places[gaps] + GRAM_LENGTH, right_places[gaps + 1]
    # Grams overlap on one side where something was inserted on the other: widen both gaps by the overlap.
    overlap = np.minimum(np.minimum(ends - starts, other_ends - other_starts), 0)
    ends, other_ends = ends - overlap, other_ends - overlap
    has_numbers = left.digit_totals[ends] > left.digit_totals[starts]
    has_numbers &= right.digit_totals[other_ends] > right.digit_totals[other_starts]
    sizes, other_sizes = ends - starts, other_ends - other_starts
    # Two to four characters replaced by as many before 县, 镇, 社区 …: perhaps another place's name.
    has_place = (np.abs(sizes - 3) <= 1) & (np.abs(other_sizes - 3) <= 1)
    has_place &= _PLACE_SUFFIXES[left.units[np.minimum(ends, len(left.units) - 1)]]
    slots = np.flatnonzero(has_numbers | has_place)
    if len(slots) < _LOOK_ALIKE_SLOTS:
        return False
    changed = kept = 0
    for slot in slots.tolist():
        ours = int(starts[slot]), int(ends[slot])
        theirs = int(other_starts[slot]), int(other_ends[slot])
        if not has_numbers[slot]:
            changed += not set(left.units[slice(*ours)].tolist()) & set(right.units[slice(*theirs)].tolist())
        elif _numbers_agree(left.units, ours, right.units, theirs):
            kept += 1
        else:
            changed += 1
    if changed < _LOOK_ALIKE_SLOTS:
        return False
    kept += _untouched_numbers(left.units, left_places, starts, ends)
    return changed >= _LOOK_ALIKE_SHARE * (changed + kept)


def _numbers_agree(left: Units, ours: tuple[int, int], right: Units, theirs: tuple[int, int]) -> bool:
    """More than half of the digits agree in order: one of a number's digits may be damaged, not most of them."""
    first = _digits_around(left, *ours)
    second = _digits_around(right, *theirs)
    same = sum(block.size for block in SequenceMatcher(None, first, second, autojunk=False).get_matching_blocks())
    return 2 * same > max(len(first), len(second))


def _digits_around(units: Units, start: int, end: int) -> str:
    """The digits of a gap with those that touch it on either side: 3281 and 3295 differ in all four, not in two."""
    while start > 0 and 48 <= units[start - 1] <= 57:
        start -= 1
    while end < len(units) and 48 <= units[end] <= 57:
        end += 1
    part = units[start:end]
    return "".join(map(chr, part[is_digit(part)].tolist()))


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
    is_year = (ends - starts == 4) & np.isin(units[starts], (ord("1"), ord("2")))
    is_year &= units[np.minimum(ends, len(units) - 1)] == ord("年")
    return int((~is_year).sum())


def place_in(host: Profile, part: Profile) -> tuple[int, int, float]:
    """Start and end of the longest place of ``host`` that prints ``part``, and the share of ``part`` printed anywhere.

    Places are offsets into the host's folded text, 0 and 0 where it prints nothing of the part.
    """
    found = align(host, part)
    spans = found.spans
    if not len(spans):
        return 0, 0, 0.0
    apart = np.flatnonzero(spans[1:, 0] - spans[:-1, 1] > _JOINED_SPANS)
    firsts, lasts = np.concatenate(([0], apart + 1)), np.concatenate((apart, [len(spans) - 1]))
    longest = int(np.argmax(spans[lasts, 1] - spans[firsts, 0]))
    start, _, part_start, _ = spans[firsts[longest]].tolist()
    _, end, _, part_end = spans[lasts[longest]].tolist()
    # Grams that recur in a text are not aligned; at the edges they are still the same letters.
    while start > 0 and part_start > 0 and host.units[start - 1] == part.units[part_start - 1]:
        start, part_start = start - 1, part_start - 1
    while end < len(host.units) and part_end < len(part.units) and host.units[end] == part.units[part_end]:
        end, part_end = end + 1, part_end + 1
    return start, end, found.right_covered
