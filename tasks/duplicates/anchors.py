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
    owners = np.repeat(np.arange(len(own_tiers), dtype=np.int32), np.diff(sketches.bounds))
    parts = [_tier_anchors(sketches, owners, own_tiers, tier) for tier in range(len(TIER_RATES))]
    return Anchors(
        np.concatenate([part.keys for part in parts]),
        np.concatenate([part.texts for part in parts]),
        np.concatenate([part.tiers for part in parts]),
        np.concatenate([part.starts for part in parts]),
        np.concatenate([part.ends for part in parts]),
        np.concatenate([part.has_digit for part in parts]),
    )


def _tier_anchors(sketches: Sketches, owners: Places, own_tiers: npt.NDArray[np.uint8], tier: int) -> Anchors:
    taken = own_tiers[owners] <= tier
    if tier:
        taken &= is_in_tier(sketches.hashes, tier)
    hashes, starts, texts = sketches.hashes, sketches.starts.astype(np.int32), owners
    if not taken.all():
        hashes, starts, texts = hashes[taken], starts[taken], texts[taken]
    same_text = np.flatnonzero(texts[1:] == texts[:-1])
    first, second = hashes[same_text], hashes[same_text + 1]
    keys = (first ^ _TIER_SALTS[tier]) * _PAIR_MULTIPLIER
    keys ^= keys >> np.uint64(32)
    keys = (keys + second) * _PAIR_MULTIPLIER
    keys ^= keys >> np.uint64(29)
    return Anchors(
        keys,
        texts[same_text],
        np.full(len(same_text), tier, dtype=np.uint8),
        starts[same_text],
        starts[same_text + 1],
        ((first | second) & np.uint64(1)).astype(np.bool_),
    )


def covered_totals(anchors: Anchors, text_count: int, tier: int) -> tuple[Counts, Counts, Counts]:
    """Per text at ``tier``: characters between first and last sample, number of anchors, anchors that hold a digit."""
    at_tier = anchors.tiers == tier
    texts = anchors.texts[at_tier]
    lengths = np.bincount(texts, (anchors.ends - anchors.starts)[at_tier], minlength=text_count).astype(np.int64)
    counts = np.bincount(texts, minlength=text_count).astype(np.int64)
    digits = np.bincount(texts, anchors.has_digit[at_tier], minlength=text_count).astype(np.int64)
    return lengths, counts, digits
