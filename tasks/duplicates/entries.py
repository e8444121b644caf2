"""Pairs of anchors with one key as single numbers, and the holders of crowded keys among them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from tasks.duplicates.anchors import Anchors
from tasks.duplicates.folding import Counts
from tasks.duplicates.partitions import MOST_BITS
from tasks.duplicates.sketches import Hashes

_ENTRIES_AT_ONCE = 1 << 15  # measured together: columns of a quarter of a megabyte
_ONE = np.uint64(1)
_NO_ENTRY = np.uint64(0xFFFFFFFFFFFFFFFF)


class Runs:
    """Anchors with shared keys, one after the other: what is read of them again and again lies close together."""

    def __init__(self, anchors: Anchors, order: Counts, run_starts: Counts) -> None:
        texts = anchors.texts[order]
        run_of = np.repeat(np.arange(len(run_starts), dtype=np.int32), np.diff(np.append(run_starts, len(order))))
        # A passage that a text repeats counts once: its first place.
        first = np.concatenate(([True], (texts[1:] != texts[:-1]) | (run_of[1:] != run_of[:-1])))
        self.numbers, self.texts, self.run_of = order[first].astype(np.int32), texts[first], run_of[first]
        self.sizes = np.bincount(self.run_of, minlength=len(run_starts))
        self.begins = np.concatenate(([0], np.cumsum(self.sizes)[:-1]))
        self.place = np.arange(len(self.numbers)) - self.begins[self.run_of]
        self.anchors = anchors

    @property
    def keys(self) -> Hashes:
        """The key of each run."""
        return self.anchors.keys(self.numbers[self.begins])


@dataclass(frozen=True, slots=True)
class Layout:
    """A pair of anchors with one key as one number, so that a plain sort puts all of two texts together and in order.

    From the top: the right text, the left anchor, the place of the right anchor among those of its text.
    """

    left_bits: np.uint64
    place_bits: np.uint64
    text_bits: np.uint64

    @classmethod
    def of(cls, anchors: Anchors) -> Layout:
        """The layout for pairs of these anchors."""
        greatest = len(anchors.texts), int(anchors.counts.max(initial=0)), len(anchors.bounds) - 1
        return cls(*(np.uint64(number.bit_length()) for number in greatest))

    @property
    def text_shift(self) -> np.uint64:
        """Bits below those of the right text."""
        return self.left_bits + self.place_bits

    def right_texts_first(self, entries: Hashes) -> Hashes:
        """The number of the right text alone, as a key to deal out by."""
        right_texts = entries >> self.text_shift
        right_texts <<= np.uint64(64) - max(self.text_bits, np.uint64(MOST_BITS))
        return right_texts

    def pack(self, runs: Runs, left: Counts, right: Counts) -> Hashes:
        """The pairs of anchors at places ``left`` and ``right`` of ``runs``."""
        numbers, texts = runs.numbers.astype(np.uint64), runs.texts.astype(np.uint64)
        as_left = numbers << self.place_bits
        as_right = texts << self.text_shift
        as_right |= numbers - runs.anchors.bounds[runs.texts].astype(np.uint64)
        packed = as_right.take(right)
        packed |= as_left.take(left)
        return packed

    def unpack(self, anchors: Anchors, entries: Hashes) -> tuple[Counts, Counts, Counts, Counts]:
        """Left and right anchors, left and right texts."""
        right_texts = (entries >> self.text_shift).astype(np.int64)
        left = ((entries >> self.place_bits) & ((_ONE << self.left_bits) - _ONE)).astype(np.int64)
        place = (entries & ((_ONE << self.place_bits) - _ONE)).astype(np.int64)
        return left, anchors.bounds[right_texts] + place, anchors.texts[left].astype(np.int64), right_texts

    def portions(self, parts: Iterable[Hashes]) -> Iterator[Hashes]:
        """Sorted entries, given in parts, in portions that end where another right text begins; the last may be
        empty."""
        rest = np.zeros(0, dtype=np.uint64)
        for part in parts:
            rest = np.concatenate((rest, part))
            while len(rest) > _ENTRIES_AT_ONCE:
                next_text = (rest[_ENTRIES_AT_ONCE] >> self.text_shift) + _ONE
                end = int(np.searchsorted(rest, next_text << self.text_shift))
                yield rest[:end]
                rest = rest[end:]
        yield rest


@dataclass(frozen=True, slots=True)
class Crowd:
    """The holders of crowded keys but their hubs, which meet all the others: ``entries`` of ``layout``, ascending.

    The right text is the holder and the left anchor that of the first text at hand with the key, which so stands for
    the key; that text is a holder like the others where it is not the hub.
    Those of text ``t`` lie at ``bounds[t]:bounds[t + 1]``.
    """

    anchors: Anchors
    layout: Layout
    entries: Hashes
    bounds: Counts

    @classmethod
    def of(cls, anchors: Anchors, layout: Layout, parts: Iterable[Hashes]) -> Crowd:
        """The crowd of ``parts``, in the order of the texts, each of entries in any order."""
        entries = np.concatenate([np.sort(part) for part in parts])
        texts = np.arange(len(anchors.bounds), dtype=np.uint64)
        return cls(anchors, layout, entries, np.searchsorted(entries, texts << layout.text_shift))

    def shared_by(self, left: Counts, right: Counts) -> Hashes:
        """An entry for each crowded key that both texts of a pair hold; ``right`` is ascending."""
        place_bits, text_shift = self.layout.place_bits, self.layout.text_shift
        if not len(left):
            return np.zeros(0, dtype=np.uint64)
        counts = self.bounds[left + 1] - self.bounds[left]
        ends = np.cumsum(counts)
        pair = np.repeat(np.arange(len(left)), counts)
        ours = self.entries.take(np.arange(len(pair)) + np.repeat(self.bounds[left] - ends + counts, counts))
        theirs = self.entries[self.bounds[right[0]] : self.bounds[right[-1] + 1]]
        wanted = (ours & ((_ONE << text_shift) - _ONE)) >> place_bits
        wanted |= right.astype(np.uint64).take(pair) << self.layout.left_bits
        held = np.append(theirs >> place_bits, _NO_ENTRY)
        at = np.searchsorted(held, wanted)
        hits = np.flatnonzero(held.take(at) == wanted)
        theirs, place_mask = theirs[at[hits]], (_ONE << place_bits) - _ONE
        left_anchors = self.anchors.bounds[left[pair[hits]]].astype(np.uint64) + (ours[hits] & place_mask)
        shared: Hashes = theirs >> text_shift << text_shift
        shared |= left_anchors << place_bits
        shared |= theirs & place_mask
        return shared
