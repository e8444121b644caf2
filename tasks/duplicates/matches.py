"""Pairs of texts that share anchors, and how much of each the shared anchors cover.

A key that very many texts hold (a disclaimer, a slogan) brings each of them together only with the first of its
holders, so the work stays linear in the number of texts while a story with hundreds of copies still hangs together.
What two texts that were brought together have in common is measured by all anchors they share, so it depends on them
alone: other texts decide whether a pair is looked at, never what is seen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from tasks.duplicates.anchors import Anchors, Flags, anchors_of, covered_totals
from tasks.duplicates.entries import Crowd, Layout, Runs
from tasks.duplicates.folding import Counts
from tasks.duplicates.partitions import MOST_BITS, Partitions
from tasks.duplicates.sketches import TIER_RATES, Hashes, Sketches

Shares = npt.NDArray[np.float64]

CROWD = 16  # a key with more holders is crowded: all-pairs of 16 are 120 pairs, of 1,000 half a million
_PARTITION_ANCHORS = 1 << 16  # anchors counted at once: half a megabyte of packed keys and one or two of bins
_ONE = np.uint64(1)
_BRIDGE_SAMPLES = 8  # a gap without shared samples up to so many sampling intervals long counts as copied if it is
FEW_ANCHORS = 8  # of a text with more anchors than this, a single shared one is a set phrase
_BRIDGE_SLACK = 8  # of nearly the same length in both texts: edited characters, not another passage


@dataclass(frozen=True, slots=True)
class Matches:
    """One entry per pair of texts ``left < right`` that share anchors of the sparser of their two tiers.

    ``left_covered``, ``right_covered``: share of each text's sampled extent that shared anchors and short equal gaps
    between them cover. ``extent``: distance from first to last shared anchor as a share of the shorter text.
    ``shared``: anchors in common; ``in_step``: how
    many of them follow the one before at nearly the same distance in both texts; ``bridges``: gaps counted as
    copied; ``possible``: anchors of the text with fewer. ``digits_shared``, ``digits_possible``:
    the same for anchors that hold a digit, where ``digits_possible`` counts only the text with fewer anchors.
    """

    left: Counts
    right: Counts
    left_covered: Shares
    right_covered: Shares
    extent: Shares
    shared: Counts
    in_step: Counts
    bridges: Counts
    possible: Counts
    digits_shared: Counts
    digits_possible: Counts


class Crowds(Protocol):
    """Which keys are crowded."""

    def of(self, tier: int, runs: Runs) -> tuple[Flags, Flags]:
        """For each run whether its key is crowded, and whether the first text of the run is the first of all that
        hold it."""


class OwnCrowds:
    """Crowds where the texts at hand are all there are."""

    def of(self, tier: int, runs: Runs) -> tuple[Flags, Flags]:
        """A run is crowded by its own size, and its first text is the hub; both whatever the ``tier``."""
        return runs.sizes > CROWD, np.ones(len(runs.sizes), dtype=np.bool_)


def find_matches(sketches: Sketches, crowds: Crowds | None = None, folder: Path | None = None) -> Matches:
    """All pairs of texts that share enough anchors to be looked at, each once, sorted by ``right`` and ``left``.

    Hubs of a crowded key are the first texts that hold it, so texts must be in an order that does not depend on when
    they came: by length, then by hash. ``crowds`` tell of the keys where these texts are only some of all; the pairs
    among them are then those that all texts would leave. What memory should not hold of very many texts goes to files
    in ``folder``, where there is one.
    """
    told = OwnCrowds() if crowds is None else crowds
    parts = [_tier_matches(sketches, tier, told, folder) for tier in range(len(TIER_RATES))]
    columns = [np.concatenate([getattr(part, name) for part in parts]) for name in Matches.__slots__]
    order = np.lexsort((columns[0], columns[1]))
    return Matches(*(column[order] for column in columns))


def _tier_matches(sketches: Sketches, tier: int, crowds: Crowds, folder: Path | None) -> Matches:
    """Pairs of which the longer text has ``tier`` as its own: keys of different tiers never meet."""
    anchors = anchors_of(sketches, tier)
    totals = covered_totals(anchors)
    layout = Layout.of(anchors)
    bits = _partition_bits(anchors)
    found, crowded = Partitions(bits, np.uint64, folder), Partitions(bits, np.uint64, folder)
    if anchors.own_first < len(anchors.bounds) - 1:
        for order, run_starts in _shared_runs(anchors, folder):
            runs = Runs(anchors, order, run_starts)
            is_crowded, has_hub = crowds.of(tier, runs)
            left, right = _pairs_in_runs(runs, is_crowded, has_hub)
            beside = np.flatnonzero(is_crowded[runs.run_of] & ((runs.place > 0) | ~has_hub[runs.run_of]))
            for one, entries in (
                (found, layout.pack(runs, left, right)),
                (crowded, layout.pack(runs, runs.begins[runs.run_of[beside]], beside)),
            ):
                one.add(layout.right_texts_first(entries), entries)
    crowd = Crowd.of(anchors, layout, crowded)
    parts = [
        _measured(anchors, totals, *_evidence(crowd, totals[1], entries))
        for entries in layout.portions(np.sort(part) for part in found)
    ]
    return Matches(*(np.concatenate([getattr(part, name) for part in parts]) for name in Matches.__slots__))


def _beside_an_equal(ordered: Hashes) -> Flags:
    same = ordered[1:] == ordered[:-1]
    several = np.zeros(len(ordered), dtype=np.bool_)
    several[1:] = same
    several[:-1] |= same
    return several


def _shared_runs(anchors: Anchors, folder: Path | None) -> Iterator[tuple[Counts, Counts]]:
    """Numbers of anchors whose key another one has, those of a key together and in order of text, and where each
    begins."""
    total = len(anchors.texts)
    index_bits = np.uint64(max(total, 2).bit_length())
    mask = (_ONE << index_bits) - _ONE
    orders: list[Counts] = [np.zeros(0, dtype=np.int64)]
    begins: list[Counts] = [np.zeros(0, dtype=np.int64)]
    gathered = 0
    for dealt in _partitions(anchors, index_bits, folder):
        # Most keys stand alone: counting them in more bins than there are keys is far quicker than putting them in
        # order.
        bin_bits = len(dealt).bit_length() + 2
        bins = (dealt >> np.uint64(64 - bin_bits)).view(np.int64)
        packed = dealt[np.flatnonzero(np.bincount(bins, minlength=1 << bin_bits).take(bins) > 1)]
        packed.sort()
        top = packed >> index_bits
        shared = np.flatnonzero(_beside_an_equal(top))
        order = (packed[shared] & mask).view(np.int64)
        full = anchors.keys(order)
        _set_apart(order, top[shared], full)
        if len(order):
            orders.append(order)
            begins.append(np.flatnonzero(np.concatenate(([True], full[1:] != full[:-1]))) + gathered)
            gathered += len(order)
        if gathered >= _PARTITION_ANCHORS:
            yield np.concatenate(orders), np.concatenate(begins)
            orders, begins, gathered = orders[:1], begins[:1], 0
    if gathered:
        yield np.concatenate(orders), np.concatenate(begins)


def _partition_bits(anchors: Anchors) -> int:
    return min(max((len(anchors.texts) // _PARTITION_ANCHORS).bit_length(), 1), MOST_BITS)


def _partitions(anchors: Anchors, index_bits: np.uint64, folder: Path | None) -> Partitions:
    """Anchors by the top bits of their keys: what follows of the key, and their number, as one number."""
    bits = _partition_bits(anchors)
    found = Partitions(bits, np.uint64, folder)
    for numbers, keys in anchors.portions():
        packed = keys << np.uint64(bits)
        packed >>= index_bits
        packed <<= index_bits
        packed |= numbers.view(np.uint64)
        found.add(keys, packed)
    return found


def _set_apart(order: Counts, top: Hashes, full: Hashes) -> None:
    """Order anchors by their whole keys where different ones have the same top bits; by their numbers within a key."""
    mixed = np.flatnonzero((top[1:] == top[:-1]) & (full[1:] != full[:-1]))
    if len(mixed):
        places = np.flatnonzero(np.isin(top, top[mixed]))
        sorted_places = places[np.lexsort((order[places], full[places], top[places]))]
        order[places], full[places] = order[sorted_places], full[sorted_places]


def _pairs_in_runs(runs: Runs, is_crowded: Flags, has_hub: Flags) -> tuple[Counts, Counts]:
    """Places in ``runs`` of anchors of two texts, as far as their tier is the one at which these texts compare."""
    is_right = (runs.place > 0) & (runs.texts >= runs.anchors.own_first)
    crowded = is_crowded[runs.run_of]
    # The first holder stands for the crowd: copies share many keys, so a stranger among their hubs does no harm.
    others = np.flatnonzero(is_right & crowded & has_hub[runs.run_of])
    # Elsewhere every holder meets all that come before it.
    holders = np.flatnonzero(is_right & ~crowded)
    counts = runs.place[holders]
    first = holders - counts
    right = np.repeat(holders, counts)
    left = np.arange(len(right)) + np.repeat(first - np.cumsum(counts) + counts, counts)
    return np.concatenate((runs.begins[runs.run_of[others]], left)), np.concatenate((others, right))


def _evidence(crowd: Crowd, counts: Counts, entries: Hashes) -> tuple[Counts, Counts, Counts, Counts, Flags]:
    """All anchors that the pairs brought together by ``entries`` share: as ``Layout.unpack``, and where a pair begins.

    ``counts``: anchors per text.
    """
    anchors, layout = crowd.anchors, crowd.layout
    _, _, left_texts, right_texts = layout.unpack(anchors, entries)
    changes = _changes(left_texts, right_texts)
    # One anchor in common tells something only where a text has few.
    kept = ~changes | ~np.append(changes[1:], True)[: len(changes)]
    kept |= np.minimum(counts[left_texts], counts[right_texts]) <= FEW_ANCHORS
    pairs = np.flatnonzero(changes & kept)
    more = crowd.shared_by(left_texts[pairs], right_texts[pairs])
    left, right, left_texts, right_texts = layout.unpack(anchors, np.sort(np.concatenate((entries[kept], more))))
    return left, right, left_texts, right_texts, _changes(left_texts, right_texts)


def _measured(
    anchors: Anchors,
    totals: tuple[Counts, Counts, Counts],
    left: Counts,
    right: Counts,
    left_texts: Counts,
    right_texts: Counts,
    changes: Flags,
) -> Matches:
    lengths, counts, digit_counts = totals
    left_starts, left_ends = anchors.spans(left)
    right_starts, right_ends = anchors.spans(right)
    begins = np.flatnonzero(changes)
    ends = np.append(begins[1:], len(changes))[: len(begins)] - 1
    left_gap = np.zeros(len(changes), dtype=np.int32)
    right_gap = np.zeros(len(changes), dtype=np.int32)
    left_gap[1:] = left_starts[1:] - left_ends[:-1]
    right_gap[1:] = right_starts[1:] - right_ends[:-1]
    difference = np.abs(left_gap - right_gap)
    in_step = ~changes & (left_gap >= 0)
    bridged = (
        in_step & (right_gap >= 0) & (np.maximum(left_gap, right_gap) <= TIER_RATES[anchors.tier] * _BRIDGE_SAMPLES)
    )
    bridged &= difference <= _BRIDGE_SLACK + (left_gap >> 2)
    in_step &= difference <= _BRIDGE_SLACK + (left_gap >> 3)
    left_length = left_ends - left_starts + np.where(bridged, left_gap, 0)
    right_length = right_ends - right_starts + np.where(bridged, right_gap, 0)
    pair_left, pair_right = left_texts[begins], right_texts[begins]
    left_total, right_total = lengths[pair_left], lengths[pair_right]
    left_count, right_count = counts[pair_left], counts[pair_right]
    left_extent = left_ends[ends] - left_starts[begins]
    right_reach = np.maximum.reduceat(right_ends, begins) if len(begins) else begins
    right_extent = right_reach - (np.minimum.reduceat(right_starts, begins) if len(begins) else begins)
    fewer_left = left_count <= right_count
    return Matches(
        pair_left,
        pair_right,
        _summed(left_length, begins) / np.maximum(left_total, 1),
        _summed(right_length, begins) / np.maximum(right_total, 1),
        np.where(fewer_left, left_extent / np.maximum(left_total, 1), right_extent / np.maximum(right_total, 1)),
        ends - begins + 1,
        _summed(in_step, begins),
        _summed(bridged & (left_gap > 0), begins),
        np.minimum(left_count, right_count),
        _summed(anchors.has_digit(left), begins),
        np.where(fewer_left, digit_counts[pair_left], digit_counts[pair_right]),
    )


def _changes(left_texts: Counts, right_texts: Counts) -> Flags:
    """Where another pair begins."""
    changes = np.ones(len(left_texts), dtype=np.bool_)
    changes[1:] = (left_texts[1:] != left_texts[:-1]) | (right_texts[1:] != right_texts[:-1])
    return changes


def _summed(values: npt.NDArray[np.generic], begins: Counts) -> Counts:
    return np.add.reduceat(values, begins, dtype=np.int64) if len(begins) else np.zeros(0, dtype=np.int64)
