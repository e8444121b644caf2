"""Sketches: a few sampled five-character grams of each text, enough to find its reprints among millions.

A gram is sampled when its hash falls under a threshold (FracMinHash: Irber et al. 2022), so two texts that share a
passage share its samples, whatever stands around it. Short texts are sampled more densely; the samples of a dense tier
include those of every sparser one, so a short text can be compared with a long page at the page's tier.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt
import polars as pl
from pyarrow import lib as arrow

from tasks.duplicates.folding import Counts, Units, fold_texts, is_digit

Hashes = npt.NDArray[np.uint64]

# As given: letters of a gram, by which stored sketches are hashed; another length needs another SKETCH_VERSION.
GRAM_LENGTH = 5
TIER_RATES = (1, 4, 16, 32)  # a tier samples one gram in so many
TIER_LIMITS = (64, 400, 2000)  # texts with fewer grams than this use the denser tier: no text has much under 20 samples
# As given: raise it when folding or hashing changes; stored sketches of another version do not compare.
SKETCH_VERSION = 2

_ROWS_AT_ONCE = 500  # of lists: what is copied at once lies in the cache
_BATCH_TEXTS = 128  # about 200,000 code units: the working set of one batch stays in the second-level cache
_MULTIPLIERS = (0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D, 0x27D4EB2F, 0x165667B1)  # odd constants of xxHash32
_MIX_32 = np.uint32(0x2C1B3C6D)
_MIX_64 = np.uint64(0xFF51AFD7ED558CCD)  # finalizer of MurmurHash3


@dataclass(frozen=True, slots=True)
class Sketches:
    """Sketches of several texts in order. Samples of text ``i`` lie at ``bounds[i]:bounds[i + 1]`` of the arrays.

    ``hashes``: 64-bit gram hashes in reading order; the top bits are the sampling hash, the lowest bit tells that the
    gram holds a digit. ``starts``: place of the gram in the folded text. ``text_hashes``: equal for texts that are the
    same once folded, empty for a text without letters. ``gram_counts``: grams of the folded text.
    """

    COLUMNS: ClassVar = ("text_hash", "gram_count", "sample_hashes", "sample_starts")

    text_hashes: list[str]
    gram_counts: Counts
    hashes: Hashes
    starts: npt.NDArray[np.uint32]
    bounds: Counts

    def samples_of(self, text: int) -> Hashes:
        """The samples of one text, in reading order."""
        return self.hashes[int(self.bounds[text]) : int(self.bounds[text + 1])]

    def to_frame(self, article_ids: Sequence[str]) -> pl.DataFrame:
        """Columns article_id, text_hash, gram_count, sample_hashes (list), sample_starts (list): one row per text."""
        return pl.DataFrame(
            {
                "article_id": pl.Series(article_ids, dtype=pl.String),
                "text_hash": pl.Series(self.text_hashes, dtype=pl.String),
                "gram_count": pl.Series(self.gram_counts.astype(np.uint32)),
                "sample_hashes": _list_series(self.hashes, self.bounds),
                "sample_starts": _list_series(self.starts, self.bounds),
            }
        )

    @classmethod
    def from_frame(cls, frame: pl.DataFrame, rows: pl.Series | None = None) -> Sketches:
        """The sketches that ``to_frame`` wrote, in the order of the rows, or of the row numbers given.

        Without a column ``sample_starts`` all places are 0: enough for the keys of anchors.
        """
        order = pl.int_range(frame.height, eager=True) if rows is None else rows
        hashes, bounds = _lists(frame["sample_hashes"], order.to_numpy())
        if "sample_starts" in frame.columns:
            starts, _ = _lists(frame["sample_starts"], order.to_numpy())
        else:
            starts = np.broadcast_to(np.uint32(0), hashes.shape)
        return cls(
            frame["text_hash"][order].to_list(),
            frame["gram_count"][order].to_numpy().astype(np.int64),
            hashes,
            starts,
            bounds,
        )


def sketch(texts: Sequence[str]) -> Sketches:
    """Sketches of ``texts``, in order; any text is accepted, one without letters has an empty sketch.

    >>> made = sketch(["青石县推行“阳光小院”，三年建成４２个。", "青石縣推行陽光小院 三年建成42個"])
    >>> made.text_hashes[0] == made.text_hashes[1], made.gram_counts.tolist()
    (True, [12, 12])
    """
    parts = [_sketch_batch(texts[at : at + _BATCH_TEXTS]) for at in range(0, len(texts), _BATCH_TEXTS)]
    if not parts:
        return Sketches(
            [], np.zeros(0, np.int64), np.zeros(0, np.uint64), np.zeros(0, np.uint32), np.zeros(1, np.int64)
        )
    sample_counts = np.concatenate([np.diff(part.bounds) for part in parts])
    return Sketches(
        [text_hash for part in parts for text_hash in part.text_hashes],
        np.concatenate([part.gram_counts for part in parts]),
        np.concatenate([part.hashes for part in parts]),
        np.concatenate([part.starts for part in parts]),
        np.concatenate(([0], np.cumsum(sample_counts))),
    )


def tiers_of(gram_counts: Counts) -> npt.NDArray[np.uint8]:
    """The sampling tier of texts with so many grams: 0 takes every gram, and so on through ``TIER_RATES``."""
    return np.searchsorted(np.array(TIER_LIMITS), gram_counts, side="right").astype(np.uint8)


def is_in_tier(hashes: Hashes, tier: int) -> npt.NDArray[np.bool_]:
    """Which sampled grams belong to ``tier`` too."""
    return hashes <= np.uint64(tier_limit(tier))


def tier_limit(tier: int) -> int:
    """The greatest hash that ``tier`` samples."""
    return 0xFFFFFFFFFFFFFFFF // TIER_RATES[tier]


def sampling_hashes(units: Units) -> npt.NDArray[np.uint32]:
    """A 32-bit hash of the gram that starts at each unit but the last four, those across two texts included."""
    count = max(len(units) - GRAM_LENGTH + 1, 0)
    wide = units.astype(np.uint32)
    mixed = wide[:count] * np.uint32(_MULTIPLIERS[0])
    term = np.empty(count, dtype=np.uint32)
    for shift, multiplier in enumerate(_MULTIPLIERS[1:], start=1):
        np.multiply(wide[shift : shift + count], np.uint32(multiplier), out=term)
        mixed += term
    np.right_shift(mixed, 15, out=term)
    mixed ^= term
    mixed *= _MIX_32
    np.right_shift(mixed, 12, out=term)
    mixed ^= term
    return mixed


def _sketch_batch(texts: Sequence[str]) -> Sketches:
    folded = fold_texts(texts)
    units, bounds = folded.units, folded.bounds
    gram_counts = np.maximum(np.diff(bounds) - GRAM_LENGTH + 1, 0)
    tiers = tiers_of(gram_counts)
    sampling = sampling_hashes(units)
    limits = [np.uint32(0xFFFFFFFF // rate) for rate in TIER_RATES]
    commonest = int(np.bincount(tiers).argmax())  # all at once, and only texts of the other tiers one by one
    sampled = sampling <= limits[commonest]
    for text in np.flatnonzero(tiers != commonest).tolist():
        own = slice(int(bounds[text]), int(bounds[text + 1]))
        np.less_equal(sampling[own], limits[tiers[text]], out=sampled[own])
    picked = np.flatnonzero(sampled)
    owner = np.repeat(np.arange(len(texts)), np.diff(np.searchsorted(picked, bounds)))
    whole = picked + GRAM_LENGTH <= bounds[owner + 1]
    picked, owner = picked[whole], owner[whole]
    raw = memoryview(units.tobytes())
    edges = (bounds * 2).tolist()
    text_hashes = [
        hashlib.sha256(raw[start:end]).hexdigest()[:32] if end > start else "" for start, end in pairwise(edges)
    ]
    return Sketches(
        text_hashes,
        gram_counts,
        _gram_hashes(units, picked, sampling[picked]),
        (picked - bounds[owner]).astype(np.uint32),
        np.searchsorted(owner, np.arange(len(texts) + 1)),
    )


def _gram_hashes(units: Units, places: Counts, sampling: npt.NDArray[np.uint32]) -> Hashes:
    """64 bits: the sampling hash on top (it decides the tier), 31 bits of an independent hash, the digit bit."""
    spread = np.zeros(len(places), dtype=np.uint64)
    shifted = np.empty(len(places), dtype=np.uint64)
    has_digit = np.zeros(len(places), dtype=np.bool_)
    for shift in range(GRAM_LENGTH):
        unit = units[shift:].take(places)
        has_digit |= is_digit(unit)
        spread ^= unit
        spread *= _MIX_64
        np.right_shift(spread, np.uint64(29), out=shifted)
        spread ^= shifted
    spread >>= np.uint64(32)
    spread &= np.uint64(0xFFFFFFFE)
    np.left_shift(sampling, np.uint64(32), out=shifted, dtype=np.uint64)
    spread |= shifted
    spread |= has_digit
    return spread


def _list_series(values: npt.NDArray[np.generic], bounds: Counts) -> pl.Series:
    return pl.Series(pl.from_arrow(arrow.LargeListArray.from_arrays(arrow.array(bounds), arrow.array(values))))


def _lists(column: pl.Series, rows: npt.NDArray[np.integer]) -> tuple[npt.NDArray[Any], Counts]:
    """The elements of the numbered lists of a column one after the other, and where each begins; null is empty."""
    lists = column.rechunk().to_arrow()
    values = lists.values.to_numpy()
    first = lists.offsets.to_numpy()[rows].astype(np.int64)
    lengths = column.list.len().fill_null(0).to_numpy()[rows].astype(np.int64)
    bounds = np.concatenate(([0], np.cumsum(lengths)))
    found = np.empty(bounds[-1], dtype=values.dtype)
    for at in range(0, len(rows), _ROWS_AT_ONCE):
        own = slice(at, at + _ROWS_AT_ONCE)
        start, end = int(bounds[at]), int(bounds[min(at + _ROWS_AT_ONCE, len(rows))])
        places = np.arange(start, end) + np.repeat(first[own] - bounds[own][: len(first[own])], lengths[own])
        values.take(places, out=found[start:end], mode="clip")
    return found, bounds
