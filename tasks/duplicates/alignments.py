"""Two texts laid side by side: what share of each the other prints, and whether they only fill in the same form.

The sketch of a pair can mislead where texts are short or much edited; here every gram of both texts is compared.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from tasks.duplicates.folding import Counts, Units, fold_texts
from tasks.duplicates.forms import is_same_form
from tasks.duplicates.sketches import GRAM_LENGTH, sampling_hashes

_LONGEST_BRIDGE = 40  # characters: with 30 % of characters edited, five in a row survive about every thirtieth place
_BRIDGE_SLACK = 6  # more or fewer characters in one text than the other: inserted and lost ones within a bridge
_STRAY_DISTANCE = 60  # a shared gram with no other one near it on the same diagonal is a phrase, not a copy
_JOINED_SPANS = 200  # stretches of a held article that lie closer together are one place of the page


@dataclass(frozen=True, slots=True)
class Profile:
    """All grams of one folded text that occur in it once: hashes in ascending order, and their places."""

    units: Units
    hashes: npt.NDArray[np.uint32]
    places: Counts


@dataclass(frozen=True, slots=True)
class Alignment:
    """``left_covered`` and ``right_covered``: shares of the folded texts that the other one prints too, 0 to 1.

    ``spans``: stretches that both print, as rows of start and end in the left folded text, start and end in the right.
    ``is_look_alike``: the wording agrees but the numbers and place names in it do not: one form filled in twice (asked
    only where the shares alone would make a relation).
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
    return Profile(units, ordered[lone], places[lone])


def align(left: Profile, right: Profile) -> Alignment:
    """How much of each text the other prints, as far as shared grams in the same order within reach of each other tell."""
    left_places, right_places = _shared_places(left, right)
    if not len(left_places):
        return Alignment(0.0, 0.0, np.zeros((0, 4), dtype=np.int64), False)
    left_step, right_step = left_places[1:] - left_places[:-1], right_places[1:] - right_places[:-1]
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
    left_covered = min(float(left_sum) / max(len(left.units), 1), 1.0)
    right_covered = min(float(right_sum) / max(len(right.units), 1), 1.0)
    is_look_alike = relation_of(left_covered, right_covered) is not None and is_same_form(
        left.units, right.units, left_places, right_places, bridged
    )
    return Alignment(left_covered, right_covered, spans, is_look_alike)


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
    joined = np.abs(diagonal[1:] - diagonal[:-1]) <= _BRIDGE_SLACK
    joined &= left_places[1:] - left_places[:-1] <= _STRAY_DISTANCE
    supported = np.append(joined, False) | np.concatenate(([False], joined))
    if len(left_places) <= 1:
        supported = np.ones(len(left_places), dtype=np.bool_)
    return left_places[supported[: len(left_places)]], right_places[supported[: len(left_places)]]


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
