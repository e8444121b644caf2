"""How much two sketched texts have in common, estimated from their samples alone."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from tasks.duplicates.folding import Counts
from tasks.duplicates.sketches import TIER_RATES, Hashes, Sketches, is_in_tier, tiers_of

Shares = npt.NDArray[np.float64]

_BATCH_PAIRS = 1 << 16  # the pair's number takes 17 bits of a packed sample, the hash the rest


def resemblances(sketches: Sketches, left: Counts, right: Counts) -> tuple[Shares, Shares]:
    """For each pair of text indices: samples in common by samples of either (Jaccard), and by samples of the fewer.

    Samples of the sparser tier of the two are compared. Texts without samples have nothing in common: 0.
    """
    shares = [
        _batch(sketches, left[at : at + _BATCH_PAIRS], right[at : at + _BATCH_PAIRS])
        for at in range(0, len(left), _BATCH_PAIRS)
    ]
    if not shares:
        return np.zeros(0), np.zeros(0)
    return np.concatenate([jaccard for jaccard, _ in shares]), np.concatenate([contained for _, contained in shares])


def _batch(sketches: Sketches, left: Counts, right: Counts) -> tuple[Shares, Shares]:
    tiers = tiers_of(sketches.gram_counts)
    tier = np.maximum(tiers[left], tiers[right])
    codes, pairs = [], []
    for side, texts in enumerate((left, right)):
        packed, pair = _samples(sketches, texts, tier)
        code = (pair.astype(np.uint64) << np.uint64(46)) | ((packed >> np.uint64(19)) << np.uint64(1))
        code.sort()
        code = code[np.append(code[1:] != code[:-1], True)[: len(code)]]
        codes.append(code | np.uint64(side))
        pairs.append((code >> np.uint64(46)).astype(np.int64))
    both = np.concatenate(codes)
    both.sort()
    shared = (both[1:] >> np.uint64(1)) == (both[:-1] >> np.uint64(1))
    common = np.bincount((both[1:][shared] >> np.uint64(46)).astype(np.int64), minlength=len(left))
    ours, theirs = (np.bincount(pair, minlength=len(left)) for pair in pairs)
    either, fewer = ours + theirs - common, np.minimum(ours, theirs)
    return common / np.maximum(either, 1), common / np.maximum(fewer, 1)


def _samples(sketches: Sketches, texts: Counts, tier: npt.NDArray[np.uint8]) -> tuple[Hashes, Counts]:
    counts = sketches.bounds[texts + 1] - sketches.bounds[texts]
    pair = np.repeat(np.arange(len(texts)), counts)
    offset = np.arange(len(pair)) - np.repeat(np.cumsum(counts) - counts, counts)
    hashes = sketches.hashes[sketches.bounds[texts][pair] + offset]
    kept = np.zeros(len(hashes), dtype=np.bool_)
    for level in range(len(TIER_RATES)):
        kept |= (tier[pair] == level) & is_in_tier(hashes, level)
    # The sampling bits on top are nearly constant in a sparse tier: shift them out so that all that is kept tells.
    return (hashes[kept] << np.uint64(4)) & np.uint64(0xFFFFFFFFFFFFFFFF), pair[kept]
