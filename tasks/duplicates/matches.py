"""Pairs of texts that share anchors, and how much of each the shared anchors cover.

A key that very many texts hold (a disclaimer, a slogan) pairs each of them only with the first of its holders, so
the work stays linear in the number of texts while a story with hundreds of copies still hangs together.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from tasks.duplicates.anchors import Anchors, Flags, Places, covered_totals
from tasks.duplicates.folding import Counts
from tasks.duplicates.sketches import TIER_RATES, Hashes

Shares = npt.NDArray[np.float64]

CROWD = 16  # a key with more holders is crowded: all-pairs of 16 are 120 pairs, of 1,000 half a million
_PARTITION_ANCHORS = 1 << 23  # anchors sorted at once: 64 MiB of packed keys
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


class CrowdCount(Protocol):
    """Tells how many texts hold a key where ``anchors`` are only some of all."""

    def crowds(self, keys: Hashes) -> tuple[Flags, Hashes]:
        """For each key: whether more than ``CROWD`` texts hold it, and the text key of its hub, the smallest."""


def find_matches(
    anchors: Anchors,
    own_tiers: npt.NDArray[np.uint8],
    text_keys: Hashes | None = None,
    all_anchors: CrowdCount | None = None,
) -> Matches:
    """All pairs of texts that share enough anchors to be looked at, each once, sorted by ``right`` and ``left``.

    Hubs of a crowded key are the first texts that hold it, so texts must be in an order that does not depend on when
    they came, best from short to long. Where the texts are only some of all, ``all_anchors`` knows the crowds, by
    ``text_keys`` in ascending order.
    """
    totals = _totals(anchors, len(own_tiers))
    found: list[_Entries] = []
    for order, run_starts in _shared_runs(anchors):
        found += _pairs_in_runs(_Runs(anchors, own_tiers, totals, order, run_starts), text_keys, all_anchors)
    entries = _joined(found)
    found.clear()
    entries = _taken(entries, _met_again(entries))
    return _measured(anchors, own_tiers, totals, entries)


@dataclass(frozen=True, slots=True)
class _Entries:
    """Pairs of anchors with one key: their numbers, their texts, and whether either text has few anchors."""

    left: Places
    right: Places
    left_text: Places
    right_text: Places
    is_small: Flags


def _joined(parts: list[_Entries]) -> _Entries:
    empty = np.zeros(0, dtype=np.int32)
    columns = []
    for name in _Entries.__slots__:
        first = empty.astype(np.bool_) if name == "is_small" else empty
        columns.append(np.concatenate([first, *(getattr(part, name) for part in parts)]))
    return _Entries(*columns)


def _taken(entries: _Entries, chosen: npt.NDArray[np.generic]) -> _Entries:
    return _Entries(*(getattr(entries, name)[chosen] for name in _Entries.__slots__))


def _met_again(entries: _Entries) -> Flags:
    """Which entries may belong to a pair with a second one, or to a text with so few anchors that one is much."""
    code = entries.left_text.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    code += entries.right_text.astype(np.uint64)
    code *= np.uint64(0xD6E8FEB86659FD93)
    # A hash of the pair on top, the entry's number below: one plain sort brings the entries of a pair together.
    number_bits = np.uint64(max(len(code), 2).bit_length())
    code >>= number_bits
    code <<= number_bits
    code |= np.arange(len(code), dtype=np.uint64)
    code.sort()
    several = _beside_an_equal(code >> number_bits)
    again = entries.is_small.copy()
    again[(code[several] & ((np.uint64(1) << number_bits) - np.uint64(1))).astype(np.int64)] = True
    return again


def _beside_an_equal(ordered: Hashes) -> Flags:
    same = ordered[1:] == ordered[:-1]
    several = np.zeros(len(ordered), dtype=np.bool_)
    several[1:] = same
    several[:-1] |= same
    return several


def _shared_runs(anchors: Anchors) -> Iterator[tuple[Counts, Counts]]:
    """Indices of anchors whose key another anchor has, in order of key and text, and where each key's run begins."""
    total = len(anchors.keys)
    partition_bits = max((total // _PARTITION_ANCHORS).bit_length(), 0)
    index_bits = np.uint64(max(total, 2).bit_length())
    for partition in range(1 << partition_bits):
        keys = anchors.keys
        picked = None
        if partition_bits:
            picked = np.flatnonzero(keys >> np.uint64(64 - partition_bits) == partition)
            keys = keys[picked] << np.uint64(partition_bits)
        # The key's top bits and the index in one number: one plain sort is 2.5 times faster than an argsort.
        packed = (keys >> index_bits) << index_bits
        packed |= np.arange(len(keys), dtype=np.uint64)
        packed.sort()
        top = packed >> index_bits
        shared = _beside_an_equal(top)
        order = (packed[shared] & ((np.uint64(1) << index_bits) - np.uint64(1))).astype(np.int64)
        if picked is not None:
            order = picked[order]
        if len(order):
            full = anchors.keys[order]
            kept_top = top[shared]
            # Different keys with equal top bits are set apart; within a key the index keeps the order of texts.
            if ((kept_top[1:] == kept_top[:-1]) & (full[1:] != full[:-1])).any():
                order = order[np.lexsort((order, full))]
                full = anchors.keys[order]
            yield order, np.flatnonzero(np.concatenate(([True], full[1:] != full[:-1])))


class _Runs:
    """Anchors with shared keys, one after the other: what is read of them again and again lies close together."""

    def __init__(
        self, anchors: Anchors, own_tiers: npt.NDArray[np.uint8], totals: Counts, order: Counts, run_starts: Counts
    ) -> None:
        texts = anchors.texts[order]
        run_of = np.repeat(np.arange(len(run_starts), dtype=np.int32), np.diff(np.append(run_starts, len(order))))
        # A passage that a text repeats counts once: its first place.
        first = np.concatenate(([True], (texts[1:] != texts[:-1]) | (run_of[1:] != run_of[:-1])))
        self.numbers, self.texts, self.run_of = order[first].astype(np.int32), texts[first], run_of[first]
        self.sizes = np.bincount(self.run_of, minlength=len(run_starts))
        self.begins = np.concatenate(([0], np.cumsum(self.sizes)[:-1]))
        self.place = np.arange(len(self.numbers)) - self.begins[self.run_of]
        self.keys = anchors.keys[self.numbers[self.begins]]
        tiers = anchors.tiers[self.numbers]
        self.is_own_tier = tiers == own_tiers[self.texts]
        self.is_small = (totals[:, 1] <= FEW_ANCHORS)[tiers, self.texts]

    def entries(self, left: Counts, right: Counts) -> _Entries:
        """The pairs of places ``left`` and ``right``, as far as their tier is the one at which the two texts compare."""
        kept = self.is_own_tier[left] | self.is_own_tier[right]
        if not kept.all():
            left, right = left[kept], right[kept]
        return _Entries(
            self.numbers[left],
            self.numbers[right],
            self.texts[left],
            self.texts[right],
            self.is_small[left] | self.is_small[right],
        )


def _pairs_in_runs(runs: _Runs, text_keys: Hashes | None, all_anchors: CrowdCount | None) -> Iterator[_Entries]:
    if all_anchors is None or text_keys is None:
        is_crowded = runs.sizes > CROWD
        has_hub = np.ones(len(runs.sizes), dtype=np.bool_)
    else:
        is_crowded, limits = all_anchors.crowds(runs.keys)
        has_hub = text_keys[runs.texts[runs.begins]] == limits
    crowded = is_crowded[runs.run_of]
    # The first holder stands for the crowd: copies share many keys, so a stranger among their hubs does no harm.
    others = np.flatnonzero(crowded & has_hub[runs.run_of] & (runs.place > 0))
    yield runs.entries(runs.begins[runs.run_of[others]], others)
    open_run = np.flatnonzero(~crowded)
    for step in range(1, CROWD):
        open_run = open_run[runs.place[open_run] >= step]
        if not len(open_run):
            return
        yield runs.entries(open_run - step, open_run)


def _measured(anchors: Anchors, own_tiers: npt.NDArray[np.uint8], totals: Counts, entries: _Entries) -> Matches:
    codes = entries.right_text.astype(np.int64) * len(anchors.keys) + entries.left
    entries = _taken(entries, np.argsort(codes))
    changes = _changes(entries)
    # Hashes of different pairs may be equal: drop the single entries that this let through.
    kept = ~changes | ~np.append(changes[1:], True)[: len(changes)] | entries.is_small
    entries, changes = _taken(entries, kept), changes[kept]
    left, right = entries.left, entries.right
    begins = np.flatnonzero(changes)
    ends = np.append(begins[1:], len(left))[: len(begins)] - 1
    left_gap = np.zeros(len(left), dtype=np.int32)
    right_gap = np.zeros(len(left), dtype=np.int32)
    left_gap[1:] = anchors.starts[left[1:]] - anchors.ends[left[:-1]]
    right_gap[1:] = anchors.starts[right[1:]] - anchors.ends[right[:-1]]
    longest = np.array(TIER_RATES, dtype=np.int32)[anchors.tiers[left]] * np.int32(_BRIDGE_SAMPLES)
    bridged = (
        ~changes
        & (left_gap >= 0)
        & (right_gap >= 0)
        & (np.maximum(left_gap, right_gap) <= longest)
        & (np.abs(left_gap - right_gap) <= _BRIDGE_SLACK + (left_gap >> 2))
    )
    in_step = ~changes & (left_gap >= 0) & (np.abs(left_gap - right_gap) <= _BRIDGE_SLACK + (left_gap >> 3))
    left_length = anchors.ends[left] - anchors.starts[left] + np.where(bridged, left_gap, 0)
    right_length = anchors.ends[right] - anchors.starts[right] + np.where(bridged, right_gap, 0)
    pair_left, pair_right = entries.left_text[begins].astype(np.int64), entries.right_text[begins].astype(np.int64)
    tier = np.maximum(own_tiers[pair_left], own_tiers[pair_right])
    left_total, right_total = totals[tier, 0, pair_left], totals[tier, 0, pair_right]
    left_count, right_count = totals[tier, 1, pair_left], totals[tier, 1, pair_right]
    left_extent = anchors.ends[left[ends]] - anchors.starts[left[begins]]
    right_reach = np.maximum.reduceat(anchors.ends[right], begins) if len(begins) else begins
    right_extent = right_reach - (np.minimum.reduceat(anchors.starts[right], begins) if len(begins) else begins)
    fewer_left = left_count <= right_count
    digit_counts = np.where(fewer_left, totals[tier, 2, pair_left], totals[tier, 2, pair_right])
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
        _summed(anchors.has_digit[left], begins),
        digit_counts,
    )


def _changes(entries: _Entries) -> Flags:
    """Where another pair begins."""
    changes = np.ones(len(entries.left), dtype=np.bool_)
    changes[1:] = (entries.left_text[1:] != entries.left_text[:-1]) | (
        entries.right_text[1:] != entries.right_text[:-1]
    )
    return changes


def _totals(anchors: Anchors, text_count: int) -> Counts:
    """Indexed by tier, measure (length, anchors, anchors with a digit) and text."""
    return np.array([covered_totals(anchors, text_count, tier) for tier in range(len(TIER_RATES))])


def _summed(values: npt.NDArray[np.generic], begins: Counts) -> Counts:
    return np.add.reduceat(values, begins, dtype=np.int64) if len(begins) else np.zeros(0, dtype=np.int64)
