"""Anchors: two samples in a row as one key, so that a shared phrase is not enough to bring two texts together.

A single gram recurs wherever a set phrase does; two consecutive samples span some thirty characters (sixteen a sample
on average) and recur only where a passage was copied.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from tasks.duplicates.folding import Counts
from tasks.duplicates.sketches import TIER_RATES, Hashes, Sketches, is_in_tier, tiers_of

Flags = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int32]
Number = TypeVar("Number", bound=np.generic)

_KEYS_AT_ONCE = 1 << 16  # half a megabyte: every step works in the second-level cache
_TEXTS_AT_ONCE = 4_096
_PAIR_MULTIPLIER = np.uint64(0xD6E8FEB86659FD93)
_TIER_SALTS = tuple(np.uint64(0x9E3779B97F4A7C15 * (tier + 1) & 0xFFFFFFFFFFFFFFFF) for tier in range(len(TIER_RATES)))


@dataclass(frozen=True, slots=True)
class Anchors:
    """The anchors of several texts at one tier, by text, then place in the text.

    Sample ``i`` belongs to ``texts[i]`` and begins at ``starts[i]`` of the folded text; the samples of text ``t`` are
    ``bounds[t]:bounds[t + 1]``. Anchor ``i`` joins the samples ``i`` and ``i + 1``; where these are of two texts it is
    no anchor. ``own_first`` is the first text whose own tier this is:
    texts before it are sampled more densely and appear here, in ``head``, to be compared with longer ones. ``bulk``
    is not copied from the sketches: it is by far the most of them.
    """

    tier: int
    own_first: int
    texts: Places
    head: Samples
    bulk: Samples
    bounds: Counts

    @property
    def counts(self) -> Counts:
        """Anchors per text."""
        counts: Counts = np.maximum(np.diff(self.bounds) - 1, 0)
        return counts

    def portions(self) -> Iterator[tuple[Counts, Hashes]]:
        """Numbers and keys of all anchors, in order of their numbers, some thousands at a time."""
        for first in range(0, len(self.texts) - 1, _KEYS_AT_ONCE):
            last = min(first + _KEYS_AT_ONCE, len(self.texts) - 1)
            hashes = self.hashes_between(first, last + 1)
            within = np.flatnonzero(self.texts[first:last] == self.texts[first + 1 : last + 1])
            yield within + first, _keys(hashes[:-1], hashes[1:], self.tier).take(within)

    def keys(self, numbers: npt.NDArray[np.integer]) -> Hashes:
        """The keys of the numbered anchors."""
        return _keys(*_both(self.head.hashes, self.bulk.hashes, numbers), self.tier)

    def spans(self, numbers: npt.NDArray[np.integer]) -> tuple[Places, Places]:
        """Where the two grams of each numbered anchor begin in the folded text."""
        first, second = _both(self.head.starts, self.bulk.starts, numbers)
        return first.view(np.int32), second.view(np.int32)

    def has_digit(self, numbers: npt.NDArray[np.integer]) -> Flags:
        """Which of the numbered anchors hold a digit."""
        first, second = _both(self.head.hashes, self.bulk.hashes, numbers)
        has_digit: Flags = ((first | second) & np.uint64(1)).astype(np.bool_)
        return has_digit

    def hashes_between(self, start: int, end: int) -> Hashes:
        """The hashes of the samples from number ``start`` to before ``end``."""
        size = len(self.head.hashes)
        if start >= size:
            return self.bulk.hashes[start - size : end - size]
        return np.concatenate(
            (self.head.hashes[start:end], self.bulk.hashes[max(start - size, 0) : max(end - size, 0)])
        )


@dataclass(frozen=True, slots=True)
class Samples:
    """Gram hashes and where the grams begin in their folded texts."""

    hashes: Hashes
    starts: npt.NDArray[np.uint32]


def _both(
    head: npt.NDArray[Number], bulk: npt.NDArray[Number], numbers: npt.NDArray[np.integer]
) -> tuple[npt.NDArray[Number], npt.NDArray[Number]]:
    """What ``bulk`` after ``head`` has for the two samples of each numbered anchor."""
    places = numbers - len(head)
    low = np.flatnonzero(places < 0)
    if not len(low):
        return bulk.take(places), bulk.take(places + 1)
    if not len(bulk):
        return head.take(numbers), head.take(numbers + 1)
    places[low] = 0
    first, second = bulk.take(places), bulk.take(places + 1, mode="clip")
    in_head = numbers[low]
    first[low], second[low] = head.take(in_head), head.take(in_head + 1)
    return first, second


def anchors_of(sketches: Sketches, tier: int) -> Anchors:
    """The anchors at ``tier`` of the texts whose own tier is that or a denser one; texts must be in order of length."""
    own_tiers = tiers_of(sketches.gram_counts)
    own_first, end = np.searchsorted(own_tiers, (tier, tier + 1)).tolist()
    split, last = int(sketches.bounds[own_first]), int(sketches.bounds[end])
    kept = np.flatnonzero(is_in_tier(sketches.hashes[:split], tier))
    head = Samples(sketches.hashes[kept], sketches.starts[kept])
    bulk = Samples(sketches.hashes[split:last], sketches.starts[split:last])
    bounds = sketches.bounds[: end + 1] - (split - len(kept))
    bounds[:own_first] = np.searchsorted(kept, sketches.bounds[:own_first])
    texts = np.repeat(np.arange(end, dtype=np.int32), np.diff(bounds))
    return Anchors(tier, own_first, texts, head, bulk, bounds)


def _keys(first: Hashes, second: Hashes, tier: int) -> Hashes:
    keys = first ^ _TIER_SALTS[tier]
    keys *= _PAIR_MULTIPLIER
    shifted = keys >> np.uint64(32)
    keys ^= shifted
    keys += second
    keys *= _PAIR_MULTIPLIER
    np.right_shift(keys, np.uint64(29), out=shifted)
    keys ^= shifted
    return keys


def covered_totals(anchors: Anchors) -> tuple[Counts, Counts, Counts]:
    """Per text: characters between first and last sample, number of anchors, anchors that hold a digit."""
    counts = anchors.counts
    lengths, digits = np.zeros_like(counts), np.zeros_like(counts)
    for at in range(0, len(counts), _TEXTS_AT_ONCE):
        some = at + np.flatnonzero(counts[at : at + _TEXTS_AT_ONCE])
        if not len(some):
            continue
        first, last = anchors.bounds[some], anchors.bounds[some + 1] - 1
        lengths[some] = anchors.spans(last - 1)[1] - anchors.spans(first)[0]
        digit = (anchors.hashes_between(int(first[0]), int(last[-1]) + 1) & np.uint64(1)).astype(np.int8)
        digit[:-1] |= digit[1:]
        digit[last - first[0]] = 0
        # Texts with a single sample may lie between those with several and have no anchor.
        between = anchors.bounds[some[0] : some[-1] + 2]
        digit[between[:-1][np.diff(between) == 1] - first[0]] = 0
        digits[some] = np.add.reduceat(digit, first - first[0], dtype=np.int64)
    return lengths, counts, digits
