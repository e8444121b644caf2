"""How much two sketched texts have in common, estimated from their samples alone."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from tasks.duplicates.folding import Counts
from tasks.duplicates.sketches import TIER_RATES, Hashes, Sketches, tier_limit, tiers_of

Shares = npt.NDArray[np.float64]

_SAMPLES_AT_ONCE = 1 << 16  # half a megabyte of them, sorted within the cache
_NO_SAMPLE = np.uint64(0xFFFFFFFFFFFFFFFF)


def resemblances(sketches: Sketches, left: Counts, right: Counts) -> tuple[Shares, Shares]:
    """For each pair of text indices: samples in common by samples of either (Jaccard), and by samples of the fewer.

    Samples of the sparser tier of the two are compared. Texts without samples have nothing in common: 0.
    """
    common, ours, theirs = (np.zeros(len(left), dtype=np.int64) for _ in range(3))
    counts = np.diff(sketches.bounds)
    most = np.maximum(counts[left], counts[right])
    # Rows of like length are sorted together, which is far quicker than all their samples in one row.
    width_bits = np.ceil(np.log2(np.maximum(most, 1))).astype(np.int64)
    for bits in np.unique(width_bits[most > 0]).tolist():
        chosen = np.flatnonzero((width_bits == bits) & (most > 0))
        step = max(_SAMPLES_AT_ONCE >> (bits + 1), 1)
        for pairs in (chosen[at : at + step] for at in range(0, len(chosen), step)):
            found = _shared(sketches, left[pairs], right[pairs], 1 << bits)
            common[pairs], ours[pairs], theirs[pairs] = found
    either, fewer = ours + theirs - common, np.minimum(ours, theirs)
    return common / np.maximum(either, 1), common / np.maximum(fewer, 1)


def _shared(sketches: Sketches, left: Counts, right: Counts, width: int) -> tuple[Counts, Counts, Counts]:
    """How many different samples the texts of each pair have in common, and how many each has; ``width`` is the
    most."""
    tiers = np.maximum(tiers_of(sketches.gram_counts[left]), tiers_of(sketches.gram_counts[right]))
    limit = np.array([tier_limit(tier) for tier in range(len(TIER_RATES))], dtype=np.uint64)[tiers]
    both = np.concatenate(
        [_rows(sketches, texts, width, limit, side) for side, texts in enumerate((left, right))], axis=1
    )
    both.sort(axis=1)
    is_first = np.ones(both.shape, dtype=np.bool_)
    np.not_equal(both[:, 1:], both[:, :-1], out=is_first[:, 1:])
    is_first &= both != _NO_SAMPLE
    is_right = (both & np.uint64(1)).astype(np.bool_)
    theirs = (is_first & is_right).sum(axis=1)
    # The same sample of the left text and of the right one differ in the lowest bit alone.
    common = ((both[:, 1:] ^ both[:, :-1]) == 1) & is_right[:, 1:] & is_first[:, 1:]
    return common.sum(axis=1), is_first.sum(axis=1) - theirs, theirs


def _rows(sketches: Sketches, texts: Counts, width: int, limits: Hashes, side: int) -> Hashes:
    """The samples of each text up to its limit, the side as the lowest bit, in a row of ``width`` that is filled up."""
    first, end = sketches.bounds[texts], sketches.bounds[texts + 1]
    places = first[:, None] + np.arange(width)
    hashes = sketches.hashes.take(places, mode="clip")
    # The sampling bits on top are nearly constant in a sparse tier: shift them out so that all that is kept tells.
    codes = hashes << np.uint64(4)
    codes >>= np.uint64(19)
    codes <<= np.uint64(1)
    codes |= np.uint64(side)
    codes[(places >= end[:, None]) | (hashes > limits[:, None])] = _NO_SAMPLE
    return codes
