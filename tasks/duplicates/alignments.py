"""Two texts laid side by side: what share of each the other prints, and whether they only fill in the same form.

The sketch of a pair can mislead where texts are short or much edited; here every gram of both texts is compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
import numpy.typing as npt

from tasks.duplicates.folding import Counts, Units, fold_texts, is_digit
from tasks.duplicates.forms import Side, is_same_form
from tasks.duplicates.sketches import GRAM_LENGTH, sampling_hashes

_LONGEST_BRIDGE = 40  # characters: with 30 % of characters edited, five in a row survive about every thirtieth place
_BRIDGE_SLACK = 6  # more or fewer characters in one text than the other: inserted and lost ones within a bridge
_STRAY_DISTANCE = 60  # a shared gram with no other one near it on the same diagonal is a phrase, not a copy
_JOINED_SPANS = 200  # stretches of a held article that lie closer together are one place of the page
_TEXTS_AT_ONCE = 128


@dataclass(frozen=True, slots=True)
class Profile:
    """All grams of one folded text that occur in it once: hashes in ascending order, and their places.

    ``digits``: one number more than there are units, the digits before each (modulo 65,536: differences tell).
    """

    units: Units
    hashes: npt.NDArray[np.uint32]
    places: Counts
    digits: npt.NDArray[np.uint16]


@dataclass(frozen=True, slots=True)
class Alignment:
    """``left_covered`` and ``right_covered``: shares of the folded texts that the other one prints too, 0 to 1.

    ``left_places`` and ``right_places``: where the grams begin that both have; ``bridged[i]``: whether what lies
    between gram ``i`` and the next is the same place of both.
    """

    left: Profile
    right: Profile
    left_places: Counts
    right_places: Counts
    bridged: npt.NDArray[np.bool_]
    left_covered: float
    right_covered: float

    @property
    def relation(self) -> Literal["near", "holds", "held"] | None:
        """``holds``: the left text holds nearly the whole right one and much besides; ``held``: the reverse.

        None also where the wording agrees but the numbers and place names in it do not: one form filled in twice.
        """
        found = relation_of(self.left_covered, self.right_covered)
        return None if found is not None and self._is_look_alike() else found

    @property
    def spans(self) -> Counts:
        """Stretches that both print: rows of start and end in the left folded text, start and end in the right."""
        if not len(self.left_places):
            return np.zeros((0, 4), dtype=np.int64)
        breaks = np.flatnonzero(~self.bridged)
        firsts, lasts = np.concatenate(([0], breaks + 1)), np.concatenate((breaks, [len(self.left_places) - 1]))
        return np.column_stack(
            (
                self.left_places[firsts],
                self.left_places[lasts] + GRAM_LENGTH,
                self.right_places[firsts],
                self.right_places[lasts] + GRAM_LENGTH,
            )
        )

    def _is_look_alike(self) -> bool:
        return is_same_form(
            Side(self.left.units, self.left.digits, self.left_places),
            Side(self.right.units, self.right.digits, self.right_places),
            self.bridged,
        )


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


def profiles_of(texts: Sequence[str]) -> list[Profile]:
    """A profile for each text, in order."""
    found: list[Profile] = []
    for at in range(0, len(texts), _TEXTS_AT_ONCE):
        folded = fold_texts(texts[at : at + _TEXTS_AT_ONCE])
        found += _profiles(folded.units, folded.bounds)
    return found


def _profiles(units: Units, bounds: Counts) -> list[Profile]:
    sizes = np.maximum(np.diff(bounds) - GRAM_LENGTH + 1, 0)
    ends = np.cumsum(sizes)
    # All steps but the sorting of a text's own grams are those of one array: numpy's calls cost more than their work.
    places = np.arange(ends[-1]) - np.repeat(ends - sizes, sizes)
    packed = sampling_hashes(units).take(places + np.repeat(bounds[:-1], sizes)).astype(np.uint64) << np.uint64(32)
    packed |= places.view(np.uint64)
    for start, end in pairwise([0, *ends.tolist()]):
        packed[start:end].sort()
    hashes = (packed >> np.uint64(32)).astype(np.uint32)
    unlike = np.ones(len(hashes) + 1, dtype=np.bool_)
    np.not_equal(hashes[1:], hashes[:-1], out=unlike[1:-1])
    unlike[ends] = True
    lone = np.flatnonzero(unlike[1:] & unlike[:-1])
    hashes, lone_places = hashes.take(lone), (packed.take(lone) & np.uint64(0xFFFFFFFF)).view(np.int64)
    digits = np.zeros(len(units) + 1, dtype=np.uint16)
    np.cumsum(is_digit(units), dtype=np.uint16, out=digits[1:])
    edges = [0, *np.searchsorted(lone, ends).tolist()]
    return [
        Profile(units[start:end], hashes[first:last], lone_places[first:last], digits[start : end + 1])
        for (start, end), (first, last) in zip(pairwise(bounds.tolist()), pairwise(edges), strict=True)
    ]


def align(left: Profile, right: Profile) -> Alignment:
    """How much of each text the other prints, as far as shared grams in the same order within reach of each other
    tell."""
    left_places, right_places = _shared_places(left, right)
    left_step, right_step = left_places[1:] - left_places[:-1], right_places[1:] - right_places[:-1]
    if not len(left_places):
        return Alignment(left, right, left_places, right_places, np.zeros(0, np.bool_), 0.0, 0.0)
    bridged = np.abs(left_step - right_step) <= _BRIDGE_SLACK
    bridged &= right_step > 0
    bridged &= np.maximum(left_step, right_step) <= _LONGEST_BRIDGE
    left_sum = np.where(bridged, left_step, np.minimum(left_step, GRAM_LENGTH)).sum() + GRAM_LENGTH
    right_sum = np.where(bridged, right_step, GRAM_LENGTH).sum() + GRAM_LENGTH
    return Alignment(
        left,
        right,
        left_places,
        right_places,
        bridged,
        min(float(left_sum) / max(len(left.units), 1), 1.0),
        min(float(right_sum) / max(len(right.units), 1), 1.0),
    )


def _shared_places(left: Profile, right: Profile) -> tuple[Counts, Counts]:
    if not len(left.hashes) or not len(right.hashes):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    at = right.hashes.searchsorted(left.hashes)
    # A hash greater than all of the right ones is unlike the last of them.
    shared = (right.hashes.take(at, mode="clip") == left.hashes).nonzero()[0]
    both = left.places.take(shared) << 32
    both |= right.places.take(at.take(shared))
    both.sort()
    left_places, right_places = both >> 32, both & 0xFFFFFFFF
    if len(both) <= 1:
        return left_places, right_places
    step = left_places[1:] - left_places[:-1]
    joined = np.abs(right_places[1:] - right_places[:-1] - step) <= _BRIDGE_SLACK
    joined &= step <= _STRAY_DISTANCE
    supported = np.zeros(len(both), dtype=np.bool_)
    supported[1:] = joined
    supported[:-1] |= joined
    kept = supported.nonzero()[0]
    return left_places.take(kept), right_places.take(kept)


def place_in(host: Profile, part: Profile) -> tuple[int, int, float]:
    """Start and end of the longest place of ``host`` that prints ``part``, and the share of ``part`` printed anywhere.

    Places are offsets into the host's folded text, 0 and 0 where it prints nothing of the part.
    """
    found = align(host, part)
    spans = found.spans
    if not len(spans):
        return _first_print(host, part) or _repeated_prints(host, part)
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


def _first_print(host: Profile, part: Profile) -> tuple[int, int, float] | None:
    """Where the host prints the part letter for letter, though it shares no gram that it has once: it prints it
    twice."""
    letters, wanted = (one.units.astype("<u2").tobytes() for one in (host, part))
    at = letters.find(wanted) if wanted else -1
    while at % 2 and at > 0:  # half a unit
        at = letters.find(wanted, at + 1)
    return (at // 2, at // 2 + len(part.units), 1.0) if at >= 0 else None


def _repeated_prints(host: Profile, part: Profile) -> tuple[int, int, float]:
    """From the first to the last gram of the part, where none of those in the host stands once in both."""
    ours, theirs = sampling_hashes(host.units), sampling_hashes(part.units)
    places = np.flatnonzero(np.isin(ours, theirs))
    if not len(places):
        return 0, 0, 0.0
    return int(places[0]), int(places[-1]) + GRAM_LENGTH, float(np.isin(theirs, ours).mean())
