"""The samples of very many articles, one after the other in two arrays that lie in files: what the memory cannot hold
of them the system writes out, and only the samples of a few thousand articles are ever held twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from tasks.duplicates.sketches import Sketches

# Frames of article_id, sample_hashes and sample_starts.
Samples = Callable[[], Iterator[pl.DataFrame]]


@dataclass(frozen=True)
class SampleArrays:
    """Brings ``samples`` (each article's once) into the order of the texts that a search for stories asks for; its
    files lie in ``folder``."""

    samples: Samples
    folder: Path

    def __call__(self, texts: pl.DataFrame) -> Sketches:
        """The sketches of ``texts`` (article_id, text_hash, gram_count), in their order."""
        numbered = texts.select("article_id", number=pl.int_range(pl.len(), dtype=pl.Int64))
        counts = np.zeros(texts.height, dtype=np.int64)
        for frame in self.samples():
            own = frame.select("article_id", size=pl.col("sample_hashes").list.len()).join(numbered, on="article_id")
            counts[own["number"].to_numpy()] = own["size"].fill_null(0).to_numpy()
        bounds = np.concatenate(([0], np.cumsum(counts)))
        hashes = self._array("sample_hashes", np.dtype(np.uint64), int(bounds[-1]))
        starts = self._array("sample_starts", np.dtype(np.uint32), int(bounds[-1]))
        for frame in self.samples():
            own = frame.join(numbered, on="article_id").sort("number")
            part = Sketches.from_frame(own.with_columns(text_hash=pl.lit(""), gram_count=pl.lit(0, dtype=pl.UInt32)))
            numbers, sizes = own["number"].to_numpy(), np.diff(part.bounds)
            places = np.arange(len(part.hashes)) + np.repeat(bounds[numbers] - part.bounds[:-1], sizes)
            hashes[places], starts[places] = part.hashes, part.starts
        return Sketches(
            texts["text_hash"].to_list(), texts["gram_count"].to_numpy().astype(np.int64), hashes, starts, bounds
        )

    def _array(self, name: str, kind: np.dtype[Any], size: int) -> npt.NDArray[Any]:
        if not size:
            return np.zeros(0, dtype=kind)
        mapped = np.memmap(self.folder / f"{name}.array", dtype=kind, mode="w+", shape=(size,))
        return np.asarray(mapped)
