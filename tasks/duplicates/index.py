"""The index of known anchors: which known texts a new one may touch, without reading the others.

Sorted arrays in files beside the warehouse, one segment per load; all of it can be rebuilt from the sketches that the
warehouse stores. Looking up a thousand new texts among a million known ones reads a few pages of each array.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from tasks.duplicates.anchors import anchors_of
from tasks.duplicates.folding import Counts
from tasks.duplicates.matches import CROWD, FEW_ANCHORS
from tasks.duplicates.partitions import Partitions
from tasks.duplicates.sketches import (
    SKETCH_VERSION,
    TIER_RATES,
    Hashes,
    Sketches,
    gram_counts_of,
    text_keys_of,
    tiers_of,
)

Flags = npt.NDArray[np.bool_]
Holders = npt.NDArray[np.uint32]
Tiers = npt.NDArray[np.uint8]

_MOST_SEGMENTS = 8  # every lookup searches each segment: then they are merged into one
_PARTITION_BITS = 5  # of the keys: what is sorted at once of a hundred million is some fifty megabytes
_TEXTS_AT_ONCE = 50_000
_NO_LIMIT = np.uint64(0xFFFFFFFFFFFFFFFF)
_ONE = np.uint64(1)
_LAYOUT = 4  # raise it when the files of a segment change
_KEYS_OF_A_BUCKET = 8  # a cache line: a lookup waits for one of the buckets and one or two of the keys
_BUCKET_STEPS = 4  # of a binary search
_MOST_BUCKET_BITS = 24


@dataclass(frozen=True, slots=True)
class Segment:
    """Anchors of some texts. ``keys`` ascending; ``holders[i]`` is the number of the text with anchor ``keys[i]``.
    ``buckets[b]:buckets[b + 1]`` are the keys whose top bits are ``b``: one bucket for a handful of keys.

    Of each text: ``text_keys`` (``text_keys_of``, ascending), one ``article_ids`` that has it, and ``small_tiers``: bit
    ``t`` tells that it has so few anchors at tier ``t`` that a single shared one tells something.
    """

    keys: Hashes
    holders: Holders
    buckets: Counts
    text_keys: Hashes
    article_ids: npt.NDArray[np.str_]
    small_tiers: Tiers


@dataclass(frozen=True, slots=True)
class Touched:
    """Known articles that new ones may touch. ``same``: they have the text of a new one; ``beside``: they share enough
    anchors with one to be compared with it. Pairs of known articles may no longer be compared: each of ``hubs`` with
    others, because a new text comes before it and takes its place as the hub of a crowded key; and those of each of
    ``crowds`` with one another, because new texts make a key crowded that all of them hold.
    """

    same: set[str]
    beside: set[str]
    hubs: set[str]
    crowds: list[list[str]]


@dataclass(frozen=True, slots=True)
class AnchorIndex:
    """Anchors of all known texts, each text once, in segments; never changed in place."""

    segments: tuple[Segment, ...] = ()

    @classmethod
    def open(cls, folder: Path) -> AnchorIndex:
        """The index saved in ``folder``, mapped, not read; an empty one where there is none or one of another version."""
        names = sorted(path.name for path in folder.glob(f"{SKETCH_VERSION}.{_LAYOUT}-*") if path.is_dir())
        return cls(
            tuple(Segment(*(_mapped(folder / name / f"{part}.npy") for part in Segment.__slots__)) for name in names)
        )

    def save(self, folder: Path) -> None:
        """Write the segments that are not yet in ``folder``, and remove those that are no longer part of the index."""
        wanted = {
            f"{SKETCH_VERSION}.{_LAYOUT}-{number:06d}-{len(one.keys)}-{len(one.text_keys)}": one
            for number, one in enumerate(self.segments)
        }
        for name, segment in wanted.items():
            target = folder / name
            if target.exists():
                continue
            target.mkdir(parents=True)
            for part in Segment.__slots__:
                np.save(target / f"{part}.npy", getattr(segment, part))
        for path in folder.glob("*-*-*-*"):
            if path.name not in wanted:
                for file in path.glob("*.npy"):
                    file.unlink()
                path.rmdir()

    def extended(self, new: pl.DataFrame) -> AnchorIndex:
        """This index and the texts of ``new`` (columns of sketches) that it does not know yet."""
        segment = segment_of(new, ~self._knows(text_keys_of(new)))
        if not len(segment.text_keys):
            return self
        segments = (*self.segments, segment)
        return AnchorIndex(_fewer(segments) if len(segments) > _MOST_SEGMENTS else segments)

    def crowds(self, keys: Hashes) -> tuple[Flags, Hashes]:
        """For each key: whether more than ``CROWD`` texts hold it, and the text key of its hub, the smallest."""
        counts = np.zeros(len(keys), dtype=np.int64)
        bounds = [self._bounds(segment, keys) for segment in self.segments]
        for start, end in bounds:
            counts += end - start
        crowded = counts > CROWD
        hubs = np.full(len(keys), _NO_LIMIT)
        hubs[crowded] = self._first_holders(bounds, np.flatnonzero(crowded))
        return crowded, hubs

    def touched_by(self, new: pl.DataFrame) -> Touched:
        """Known articles whose stories the new ones may change; the other articles of these stories are not listed."""
        known_texts = self._articles_with(text_keys_of(new))
        fresh = segment_of(new, ~self._knows(text_keys_of(new)))
        if not len(fresh.keys) or not self.segments:
            return Touched(known_texts, set(), set(), [])
        keys, first = np.unique(fresh.keys, return_index=True)
        fresh_counts = np.diff(np.append(first, len(fresh.keys)))
        bounds = [self._bounds(segment, keys) for segment in self.segments]
        known_counts = sum((end - start for start, end in bounds), np.zeros(len(keys), dtype=np.int64))
        is_shared, was_crowded = known_counts > 0, known_counts > CROWD
        is_crowded = is_shared & (known_counts + fresh_counts > CROWD)
        crowded, is_open = np.flatnonzero(is_crowded), np.flatnonzero(is_shared & ~is_crowded)
        hubs = self._first_holders(bounds, crowded)
        first_fresh = fresh.holders[first[crowded]].astype(np.int64)  # of a key, they are in the order of their texts
        is_displaced = fresh.text_keys[first_fresh] < hubs
        stays = np.flatnonzero(~is_displaced)
        displaced = np.flatnonzero(is_displaced)
        runs, held = self._holders_of(bounds, is_open)
        follower_runs, followers = self._holders_of(bounds, crowded[displaced])
        beside = (
            self._pairs(fresh, keys, is_open, runs, held),
            self._pairs(fresh, keys, crowded[stays], np.arange(len(stays)), hubs[stays]),
            (first_fresh[displaced][follower_runs], followers),
        )
        fresh_beside, known_beside = (np.concatenate(side) for side in zip(*beside, strict=True))
        newly = crowded[~was_crowded[crowded]]
        return Touched(
            known_texts,
            self._articles_with(self._met_enough(fresh, fresh_beside, known_beside)),
            self._articles_with(hubs[is_displaced & was_crowded[crowded]]),
            self._articles_of_runs(len(newly), *self._holders_of(bounds, newly)),
        )

    def _met_enough(self, fresh: Segment, left: Counts, right: Hashes) -> Hashes:
        order = np.lexsort((left, right))
        left, right = left[order], right[order]
        again = (left[1:] == left[:-1]) & (right[1:] == right[:-1])
        longer = np.maximum(fresh.text_keys[left], right)
        small_tiers = fresh.small_tiers[left] | self._small_tiers(right)
        kept = np.append(again, False) | ((small_tiers >> tiers_of(gram_counts_of(longer))) & 1).astype(np.bool_)
        return np.unique(right[kept])

    def _pairs(self, fresh: Segment, keys: Hashes, chosen: Counts, runs: Counts, held: Hashes) -> tuple[Counts, Hashes]:
        """Every fresh text that holds a key with every known one that does: numbers of the former, keys of the latter."""
        start = np.searchsorted(fresh.keys, keys[chosen], side="left")
        size = np.searchsorted(fresh.keys, keys[chosen], side="right") - start
        repeated = np.repeat(np.arange(len(runs)), size[runs])
        offset = np.arange(len(repeated)) - np.repeat(np.cumsum(size[runs]) - size[runs], size[runs])
        return fresh.holders[start[runs[repeated]] + offset].astype(np.int64), held[repeated]

    def _holders_of(self, bounds: Sequence[tuple[Counts, Counts]], chosen: Counts) -> tuple[Counts, Hashes]:
        """Run number (place in ``chosen``) and text key of every known holder of the chosen keys."""
        runs, held = [np.zeros(0, np.int64)], [np.zeros(0, np.uint64)]
        for segment, (start, end) in zip(self.segments, bounds, strict=True):
            size = (end - start)[chosen]
            run = np.repeat(np.arange(len(chosen)), size)
            offset = np.arange(len(run)) - np.repeat(np.cumsum(size) - size, size)
            runs.append(run)
            held.append(segment.text_keys[segment.holders[start[chosen][run] + offset]])
        return np.concatenate(runs), np.concatenate(held)

    def _first_holders(self, bounds: Sequence[tuple[Counts, Counts]], chosen: Counts) -> Hashes:
        """The smallest text key among the known holders of each of the chosen keys: holders are in order of it."""
        smallest = np.full(len(chosen), _NO_LIMIT)
        for segment, (start, end) in zip(self.segments, bounds, strict=True):
            held = np.flatnonzero((end > start)[chosen])
            smallest[held] = np.minimum(smallest[held], segment.text_keys[segment.holders[start[chosen][held]]])
        return smallest

    def _bounds(self, segment: Segment, keys: Hashes) -> tuple[Counts, Counts]:
        start = _places_of(segment, keys)
        end = start.copy()
        # Most keys are unknown: only those found are searched for their end.
        inside = np.flatnonzero(start < len(segment.keys))
        hit = inside[segment.keys[start[inside]] == keys[inside]]
        end[hit] = np.where(
            keys[hit] < _NO_LIMIT,
            _places_of(segment, np.minimum(keys[hit], _NO_LIMIT - _ONE) + _ONE),
            len(segment.keys),
        )
        return start, end

    def _knows(self, text_keys: Hashes) -> Flags:
        known = np.zeros(len(text_keys), dtype=np.bool_)
        for segment in self.segments:
            at = np.minimum(np.searchsorted(segment.text_keys, text_keys), max(len(segment.text_keys) - 1, 0))
            known |= segment.text_keys[at] == text_keys
        return known

    def _articles_with(self, text_keys: Hashes) -> set[str]:
        return set(self._names_of(np.unique(text_keys)).tolist()) - {""}

    def _articles_of_runs(self, count: int, runs: Counts, held: Hashes) -> list[list[str]]:
        order = np.lexsort((held, runs))
        edges = np.searchsorted(runs[order], np.arange(count + 1))
        names = self._names_of(held[order]).tolist()
        return [names[start:end] for start, end in pairwise(edges.tolist())]

    def _names_of(self, text_keys: Hashes) -> npt.NDArray[np.object_]:
        """An article with each of the texts, an empty name where it is unknown."""
        names = np.full(len(text_keys), "", dtype=object)
        for segment in self.segments:
            at = np.minimum(np.searchsorted(segment.text_keys, text_keys), max(len(segment.text_keys) - 1, 0))
            found = np.flatnonzero(segment.text_keys[at] == text_keys)
            names[found] = segment.article_ids[at[found]]
        return names

    def _small_tiers(self, text_keys: Hashes) -> Tiers:
        small_tiers = np.zeros(len(text_keys), dtype=np.uint8)
        for segment in self.segments:
            at = np.minimum(np.searchsorted(segment.text_keys, text_keys), max(len(segment.text_keys) - 1, 0))
            found = np.flatnonzero(segment.text_keys[at] == text_keys)
            small_tiers[found] = segment.small_tiers[at[found]]
        return small_tiers


def _mapped(path: Path) -> npt.NDArray[Any]:
    """An array in a file, read where it is looked at; a plain view of it, which is quicker to index."""
    array: npt.NDArray[Any] = np.load(path, mmap_mode="r").view(np.ndarray)
    return array


def segment_of(frame: pl.DataFrame, wanted: Flags | None = None) -> Segment:
    """The anchors of the (``wanted``) texts of ``frame`` (columns of sketches), each text once; texts without letters
    have none."""
    frame = frame.rechunk()
    texts = frame.select("article_id", "text_hash", "gram_count").with_row_index("row")
    if wanted is not None:
        texts = texts.filter(pl.Series(wanted))
    texts = texts.filter(pl.col("text_hash") != "").unique("text_hash", keep="first").sort("gram_count", "text_hash")
    found = Partitions(_PARTITION_BITS, np.uint64, np.uint32)
    small_tiers = np.zeros(texts.height, dtype=np.uint8)
    # Some texts at a time, and every key at once where it belongs: a million texts have a hundred million anchors.
    for first in range(0, texts.height, _TEXTS_AT_ONCE):
        some = texts["row"][first : first + _TEXTS_AT_ONCE]
        sketches = Sketches.from_frame(frame, some)
        for tier in range(len(TIER_RATES)):
            anchors = anchors_of(sketches, tier)
            for numbers, keys in anchors.portions():
                found.add(keys, keys, (anchors.texts[numbers] + first).astype(np.uint32))
            small = np.flatnonzero(anchors.counts <= FEW_ANCHORS)
            small_tiers[first + small] |= np.uint8(1 << tier)
    article_ids = np.array(texts["article_id"].to_list(), dtype=np.str_)
    return Segment(*_in_order(len(found), found), text_keys_of(texts), article_ids, small_tiers)


def _in_order(size: int, parts: Iterable[tuple[npt.NDArray[Any], ...]]) -> tuple[Hashes, Holders, Counts]:
    """All keys in ascending order, their holders, each pair once, and where the buckets begin.

    ``parts`` hold ``size`` keys and come in the order of these.
    """
    all_keys, all_holders = np.empty(size, dtype=np.uint64), np.empty(size, dtype=np.uint32)
    end = 0
    for some, held in parts:
        order = np.lexsort((held, some))
        keys, holders = some[order], held[order]
        kept = np.append(True, (keys[1:] != keys[:-1]) | (holders[1:] != holders[:-1]))[: len(keys)]
        start, end = end, end + int(kept.sum())
        all_keys[start:end], all_holders[start:end] = keys[kept], holders[kept]
    bits = min(max((end // _KEYS_OF_A_BUCKET).bit_length(), 1), _MOST_BUCKET_BITS)
    tops = np.arange(1, 1 << bits, dtype=np.uint64) << np.uint64(64 - bits)
    buckets = np.concatenate(([0], np.searchsorted(all_keys[:end], tops), [end])).astype(np.int64)
    return all_keys[:end], all_holders[:end], buckets


def _places_of(segment: Segment, keys: Hashes) -> Counts:
    """For each key the number of keys of the segment that are smaller."""
    bits = (len(segment.buckets) - 1).bit_length() - 1
    bucket = (keys >> np.uint64(64 - bits)).astype(np.int64)
    low, high = segment.buckets.take(bucket), segment.buckets.take(bucket + 1)
    places: Counts = low.copy()
    last = len(segment.keys) - 1
    still = np.flatnonzero(low < high)
    number = still
    while len(still):
        low, high, keys = low[still], high[still], keys[still]
        # Nearly all are found in so many steps; to look after each step which these are would cost more than the step.
        for _ in range(_BUCKET_STEPS):
            middle = (low + high) >> 1
            is_smaller = segment.keys.take(np.minimum(middle, last)) < keys
            low = np.where(is_smaller & (low < high), middle + 1, low)
            high = np.where(is_smaller, high, middle)
        places[number] = low
        still = np.flatnonzero(low < high)
        number = number[still]
    return places


def _fewer(segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """The segments with the small ones at the end merged: a large one is left alone until they outgrow it."""
    first = len(segments) - 2
    while first > 0 and len(segments[first - 1].keys) <= sum(len(segment.keys) for segment in segments[first:]):
        first -= 1
    first = min(first, _MOST_SEGMENTS // 2)
    return (*segments[:first], _merged(segments[first:]))


def _merged(segments: Sequence[Segment]) -> Segment:
    text_keys = np.concatenate([segment.text_keys for segment in segments])
    order = np.argsort(text_keys)
    number = np.empty(len(order), dtype=np.uint32)
    number[order] = np.arange(len(order), dtype=np.uint32)
    firsts = np.cumsum([0, *(len(segment.text_keys) for segment in segments)]).tolist()
    edges = np.arange(1, 1 << _PARTITION_BITS, dtype=np.uint64) << np.uint64(64 - _PARTITION_BITS)
    cuts = [[0, *np.searchsorted(segment.keys, edges).tolist(), len(segment.keys)] for segment in segments]

    def part(at: int) -> tuple[Hashes, Holders]:
        slices = [slice(cut[at], cut[at + 1]) for cut in cuts]
        return (
            np.concatenate([one.keys[own] for one, own in zip(segments, slices, strict=True)]),
            np.concatenate(
                [
                    number[one.holders[own] + first]
                    for one, own, first in zip(segments, slices, firsts[:-1], strict=True)
                ]
            ),
        )

    return Segment(
        *_in_order(sum(len(segment.keys) for segment in segments), map(part, range(1 << _PARTITION_BITS))),
        text_keys[order],
        np.concatenate([segment.article_ids for segment in segments])[order],
        np.concatenate([segment.small_tiers for segment in segments])[order],
    )
