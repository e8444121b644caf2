"""Anchors: two samples in a row as one key, so that a shared phrase is not enough to bring two texts together.

A single gram recurs wherever a set phrase does; two consecutive samples span some thirty characters (sixteen a sample
on average) and recur only where a passage was copied.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tasks.duplicates.folding import Counts
from tasks.duplicates.sketches import TIER_RATES, Hashes, Sketches, is_in_tier, tiers_of

Flags = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int32]

_TEXTS_AT_ONCE = 20_000  # 35 MB of anchors: what is not yet joined stays small
_PAIR_MULTIPLIER = np.uint64(0xD6E8FEB86659FD93)
_TIER_SALTS = tuple(np.uint64(0x9E3779B97F4A7C15 * (tier + 1) & 0xFFFFFFFFFFFFFFFF) for tier in range(len(TIER_RATES)))


@dataclass(frozen=True, slots=True)
class Anchors:
    """One entry per anchor, by tier, then text, then place in the text.

    ``starts`` and ``ends``: where the two samples begin in the folded text. ``has_digit``: either sample holds a digit.
    """

    keys: Hashes
    texts: Places
    tiers: npt.NDArray[np.uint8]
    starts: Places
    ends: Places
    has_digit: Flags


def anchors_of(sketches: Sketches) -> Anchors:
    """All anchors of ``sketches``: of each text at its own tier and at every sparser one."""
    own_tiers = tiers_of(sketches.gram_counts)
    parts: list[list[npt.NDArray[np.generic]]] = [[] for _ in Anchors.__slots__]
    for tier in range(len(TIER_RATES)):
        if tier and not (own_tiers <= tier).any():
            continue
        for first in range(0, max(len(own_tiers), 1), _TEXTS_AT_ONCE):
            made = _tier_anchors(sketches, own_tiers, tier, first, min(first + _TEXTS_AT_ONCE, len(own_tiers)))
            for column, name in zip(parts, Anchors.__slots__, strict=True):
                column.append(getattr(made, name))
    joined = []
    for column in parts:
        joined.append(np.concatenate(column))
        column.clear()
    return Anchors(*joined)


def _tier_anchors(
    sketches: Sketches, own_tiers: npt.NDArray[np.uint8], tier: int, first_text: int, end_text: int
) -> Anchors:
    bounds = sketches.bounds[first_text : end_text + 1]
    own = slice(int(bounds[0]), int(bounds[-1]))
    texts = np.repeat(np.arange(first_text, end_text, dtype=np.int32), np.diff(bounds))
    hashes, starts = sketches.hashes[own], sketches.starts[own].astype(np.int32)
    tiers = own_tiers[first_text:end_text]
    if (tiers > tier).any():
        taken = np.repeat(tiers <= tier, np.diff(bounds))
        texts, hashes, starts = texts[taken], hashes[taken], starts[taken]
    if tier and (tiers < tier).any():
        taken = is_in_tier(hashes, tier)
        texts, hashes, starts = texts[taken], hashes[taken], starts[taken]
    same_text = texts[1:] == texts[:-1]
    first, second = hashes[:-1][same_text], hashes[1:][same_text]
    keys = (first ^ _TIER_SALTS[tier]) * _PAIR_MULTIPLIER
    keys ^= keys >> np.uint64(32)
    keys += second
    keys *= _PAIR_MULTIPLIER
    keys ^= keys >> np.uint64(29)
    return Anchors(
        keys,
        texts[:-1][same_text],
        np.full(len(keys), tier, dtype=np.uint8),
        starts[:-1][same_text],
        starts[1:][same_text],
        ((first | second) & np.uint64(1)).astype(np.bool_),
    )


def covered_totals(anchors: Anchors, text_count: int, tier: int) -> tuple[Counts, Counts, Counts]:
    """Per text at ``tier``: characters between first and last sample, number of anchors, anchors that hold a digit."""
    first, end = np.searchsorted(anchors.tiers, (tier, tier + 1))
    edges = first + np.searchsorted(anchors.texts[first:end], np.arange(text_count + 1))
    counts = np.diff(edges)
    lengths = np.zeros(text_count, dtype=np.int64)
    some = np.flatnonzero(counts)
    lengths[some] = anchors.ends[edges[1:][some] - 1] - anchors.starts[edges[:-1][some]]
    digits = np.concatenate(([0], np.cumsum(anchors.has_digit[first:end])))
    return lengths, counts, digits[edges[1:] - first] - digits[edges[:-1] - first]
