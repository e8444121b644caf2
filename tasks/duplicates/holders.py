"""Which texts of a corpus hold certain keys: one walk over all sketches, a few thousand at a time.

What is kept of the walk is what hits a wanted key, some bytes a hit; the sketches themselves are let go at once, so
that a corpus of any size can be walked over.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from tasks.duplicates import matches
from tasks.duplicates.anchors import Flags, anchors_of
from tasks.duplicates.entries import Runs
from tasks.duplicates.folding import Counts
from tasks.duplicates.sketches import TIER_RATES, Hashes, Sketches, tiers_of

Keys = tuple[Hashes, ...]  # of each tier, ascending and each once

NOBODY = -1  # the hub of a key that no text holds

# A wanted key is looked up only where the bit of its first 22 bits is set: 4 MB, which stay in the cache, and of a
# hundred thousand wanted keys two in a hundred others pass.
_FILTER_BITS = 22
_NUMBER_BITS = np.uint64(32)  # of a text, below the number of a key
_TEXT_SCHEMA: dict[str, pl.DataType] = {
    "text_hash": pl.String(),
    "gram_count": pl.UInt32(),
    "article_id": pl.String(),
    "was": pl.Boolean(),
    "is_now": pl.Boolean(),
    **{f"anchors_{tier}": pl.Int32() for tier in range(len(TIER_RATES))},
}


def keys_of(frame: pl.DataFrame, *, least_holders: int = 1) -> Keys:
    """The keys of the sketches in ``frame`` at every tier at which their texts can be compared, as far as so many of
    the texts hold them."""
    distinct = frame.unique("text_hash").sort("gram_count")
    sketches = Sketches.from_frame(distinct.select("text_hash", "gram_count", "sample_hashes"))
    found = []
    for tier in range(len(TIER_RATES)):
        anchors = anchors_of(sketches, tier)
        portions = list(anchors.portions())
        keys = np.concatenate([np.zeros(0, np.uint64), *(keys for _, keys in portions)])
        if least_holders == 1:
            found.append(np.unique(keys))
            continue
        texts = np.concatenate([np.zeros(0, np.int32), *(anchors.texts[numbers] for numbers, _ in portions)])
        order = np.lexsort((texts, keys))
        keys, texts = keys[order], texts[order]
        is_first = np.ones(len(keys), dtype=np.bool_)
        is_first[1:] = (keys[1:] != keys[:-1]) | (texts[1:] != texts[:-1])
        several, counts = np.unique(keys[is_first], return_counts=True)
        found.append(several[counts >= least_holders])
    return tuple(found)


def joined(one: Keys, other: Keys) -> Keys:
    """The keys of both."""
    return tuple(np.union1d(ours, theirs) for ours, theirs in zip(one, other, strict=True))


@dataclass(frozen=True, slots=True)
class Held:
    """Who holds the wanted ``keys``.

    ``texts``: the holders in the order of all texts (by length, then hash): text_hash, gram_count, ``was`` and
    ``known_id`` (one of the known articles prints it), ``is_now`` and ``now_id`` (one of those that are there now), and
    how many anchors it has at each tier. ``pairs``: for each tier the number of a key and that of a text, packed,
    ascending.
    """

    keys: Keys
    texts: pl.DataFrame
    pairs: tuple[Hashes, ...]

    def holders(self, tier: int, *, now: bool) -> tuple[Counts, Counts]:
        """Numbers of keys and of the texts that hold them, then or ``now``; by key, then text."""
        keys = (self.pairs[tier] >> _NUMBER_BITS).astype(np.int64)
        texts = (self.pairs[tier] & np.uint64(0xFFFFFFFF)).astype(np.int64)
        kept = self.texts["is_now" if now else "was"].to_numpy()[texts]
        return keys[kept], texts[kept]

    def crowds(self, tier: int, *, now: bool) -> tuple[Flags, Counts]:
        """Which keys are crowded, and the first text of each."""
        keys, texts = self.holders(tier, now=now)
        counts = np.bincount(keys, minlength=len(self.keys[tier]))
        hubs = np.full(len(self.keys[tier]), NOBODY, dtype=np.int64)
        is_first = np.ones(len(keys), dtype=np.bool_)
        is_first[1:] = keys[1:] != keys[:-1]
        hubs[keys[is_first]] = texts[is_first]
        return counts > matches.CROWD, hubs


def walk(wanted: Keys, frames: Iterable[pl.DataFrame]) -> Held:
    """The holders of the ``wanted`` keys among the articles of ``frames`` (article_id, text_hash, gram_count,
    sample_hashes, was, is_now)."""
    gathering = _Gathering(wanted)
    for frame in frames:
        gathering.add(frame)
    return gathering.held()


class _Gathering:
    def __init__(self, wanted: Keys) -> None:
        self._wanted = wanted
        self._filters = []
        for keys in wanted:
            passes = np.zeros(1 << _FILTER_BITS, dtype=np.bool_)
            passes[keys >> np.uint64(64 - _FILTER_BITS)] = True
            self._filters.append(passes)
        self._rows = [pl.DataFrame(schema=_TEXT_SCHEMA)]
        self._row_count = 0
        self._hits: list[list[tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]]] = [[] for _ in wanted]

    def add(self, frame: pl.DataFrame) -> None:
        order = np.argsort(tiers_of(frame["gram_count"].to_numpy().astype(np.int64)), kind="stable")
        sketches = Sketches.from_frame(frame, pl.Series(order))
        counts = np.zeros((len(self._wanted), frame.height), dtype=np.int32)
        hits = []
        for tier, keys in enumerate(self._wanted):
            hits.append(self._hits_of(tier, sketches, counts[tier]) if len(keys) else _no_hits())
        held = np.unique(np.concatenate([texts for _, texts in hits]))
        if not len(held):
            return
        number = np.zeros(frame.height, dtype=np.int32)
        number[held] = self._row_count + np.arange(len(held), dtype=np.int32)
        for tier, (hit_keys, texts) in enumerate(hits):
            self._hits[tier].append((hit_keys, number[texts]))
        rows = frame.select(name for name in _TEXT_SCHEMA if name in frame.columns)[order[held]]
        rows = rows.with_columns(pl.Series(f"anchors_{tier}", counts[tier][held]) for tier in range(len(self._wanted)))
        self._rows.append(rows.select(list(_TEXT_SCHEMA)).cast(pl.Schema(_TEXT_SCHEMA)))
        self._row_count += len(held)

    def _hits_of(
        self, tier: int, sketches: Sketches, counts: npt.NDArray[np.int32]
    ) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
        """Numbers of wanted keys and of the texts in ``sketches`` that hold them; anchors of each text to
        ``counts``."""
        anchors = anchors_of(sketches, tier)
        counts[: len(anchors.counts)] = anchors.counts
        no_keys, no_texts = _no_hits()
        found_keys, found_texts = [no_keys], [no_texts]
        for numbers, portion in anchors.portions():
            passing = np.flatnonzero(self._filters[tier].take(portion >> np.uint64(64 - _FILTER_BITS)))
            candidates = portion.take(passing)
            at = np.searchsorted(self._wanted[tier], candidates)
            is_hit = self._wanted[tier].take(at, mode="clip") == candidates
            found_keys.append(at[is_hit].astype(np.int32))
            found_texts.append(anchors.texts.take(numbers.take(passing[is_hit])))
        return np.concatenate(found_keys), np.concatenate(found_texts)

    def held(self) -> Held:
        rows = pl.concat(self._rows).with_row_index("row")
        texts = (
            rows.group_by("text_hash")
            .agg(
                pl.col("gram_count").first(),
                pl.col("was", "is_now").any(),
                pl.col("^anchors_.*$").max(),
                # One that stays, where there is one.
                known_id=pl.coalesce(
                    pl.col("article_id").filter(pl.col("was") & pl.col("is_now")).min(),
                    pl.col("article_id").filter("was").min(),
                ),
                now_id=pl.col("article_id").filter("is_now").min(),
            )
            .sort("gram_count", "text_hash")
            .with_columns(number=pl.int_range(pl.len(), dtype=pl.Int64))
        )
        numbered = rows.join(texts.select("text_hash", "number"), on="text_hash", maintain_order="left")
        number_of = numbered["number"].to_numpy().astype(np.uint64)
        pairs = []
        for hits in self._hits:
            numbers = np.concatenate([_no_hits()[0], *(own for own, _ in hits)]).astype(np.uint64)
            holders = np.concatenate([_no_hits()[1], *(own for _, own in hits)])
            pairs.append(np.unique((numbers << _NUMBER_BITS) | number_of[holders]))
        return Held(self._wanted, texts.drop("number"), tuple(pairs))


def _no_hits() -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    return np.zeros(0, np.int32), np.zeros(0, np.int32)


class ToldCrowds:
    """Crowds of the whole corpus, for some of its texts: ``texts`` (their hashes) in order.

    A key that was not asked for brings nobody together.
    """

    def __init__(self, held: Held, texts: Sequence[str]) -> None:
        self._held = held
        own = pl.DataFrame({"text_hash": texts}, schema={"text_hash": pl.String}).with_row_index("own")
        place = held.texts.select("text_hash").join(own, on="text_hash", how="left", maintain_order="left")["own"]
        self._number = np.append(place.cast(pl.Int64).fill_null(NOBODY).to_numpy(), NOBODY)  # of NOBODY: NOBODY
        self._crowds = [held.crowds(tier, now=True) for tier in range(len(held.keys))]

    def of(self, tier: int, runs: Runs) -> tuple[Flags, Flags]:
        """As ``matches.Crowds`` says."""
        keys, wanted = runs.keys, self._held.keys[tier]
        at = np.minimum(np.searchsorted(wanted, keys), max(len(wanted) - 1, 0))
        if not len(wanted):
            return np.ones(len(keys), dtype=np.bool_), np.zeros(len(keys), dtype=np.bool_)
        is_told = wanted[at] == keys
        is_crowded, hubs = self._crowds[tier]
        has_hub = self._number[hubs[at]] == runs.texts[runs.begins]
        return ~is_told | is_crowded[at], is_told & has_hub
