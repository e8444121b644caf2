"""What memory should not hold of very many articles lies in files, and nobody sees that in the stories."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from tasks.duplicates import partitions as partitions_module
from tasks.duplicates.matches import Matches, find_matches
from tasks.duplicates.partitions import Partitions
from tasks.duplicates.sketches import Sketches
from tasks.duplicates.stories import find_stories
from tasks.duplicates.tables import StoryTables
from tasks.shards.sample_arrays import SampleArrays
from tests.duplicates.composition import articles, compose


def _corpus() -> tuple[pl.DataFrame, dict[str, str]]:
    texts = {f"a{number:02d}": compose(number % 9, 4 + number % 5) + compose(50 + number, 3) for number in range(40)}
    return articles(**texts, empty="", short="短", page="\n".join(texts[name] for name in ("a03", "a07", "a11")))


def test_numbers_come_back_by_partition_from_the_file_too(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    draw = np.random.default_rng(1)
    batches = [draw.integers(0, 2**64, size, dtype=np.uint64) for size in (500, 0, 700, 300)]
    kept, filed = Partitions(3, np.uint64), Partitions(3, np.uint64, tmp_path)
    monkeypatch.setattr(partitions_module, "_KEPT", 600)
    for batch in batches:
        kept.add(batch, batch ^ np.uint64(5))
        filed.add(batch, batch ^ np.uint64(5))
    assert len(filed) == len(kept) == 1_500
    for ours, theirs in zip(filed, kept, strict=True):
        assert np.array_equal(ours, theirs)


def test_pairs_are_the_same_whether_they_pass_through_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    frame, _ = _corpus()
    sketches = Sketches.from_frame(frame.unique("text_hash").sort("gram_count", "text_hash"))
    kept = find_matches(sketches)
    assert len(kept.left)
    monkeypatch.setattr(partitions_module, "_KEPT", 10)
    filed = find_matches(sketches, folder=tmp_path)
    for name in Matches.__slots__:
        assert np.array_equal(getattr(filed, name), getattr(kept, name)), name


def test_stories_are_the_same_whichever_way_the_samples_come(tmp_path: Path) -> None:
    frame, text_by_id = _corpus()
    shuffled = frame.sample(fraction=1, shuffle=True, seed=3)
    samples = shuffled.select("article_id", "sample_hashes", "sample_starts")
    arrays = SampleArrays(lambda: iter(list(samples.iter_slices(7))), tmp_path)

    def text_of(ids):  # type: ignore[no-untyped-def]
        return {one: text_by_id[one] for one in ids}

    whole = find_stories(frame.clear(), frame, text_of)
    bare = frame.drop("sample_hashes", "sample_starts")
    cut = random.Random(1).randrange(frame.height)
    filed = find_stories(bare[cut:], bare[:cut], text_of, sketches_of=arrays, folder=tmp_path)
    assert filed.story_links.height
    for name in StoryTables.__slots__:
        assert getattr(filed, name).equals(getattr(whole, name)), name
