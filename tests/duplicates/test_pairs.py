"""What is dealt out, filtered or joined all at once is what one by one would give."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.duplicates.matches import find_matches
from tasks.duplicates.partitions import Partitions
from tasks.duplicates.relations import Unions
from tasks.duplicates.resemblance import resemblances
from tasks.duplicates.sketches import Sketches, is_in_tier, sketch, tiers_of
from tests.duplicates.composition import compose


def _sketches() -> Sketches:
    texts = [compose(number % 7, 3 + number) + compose(50 + number % 3, 6) for number in range(24)]
    texts += ["", "青石县", compose(3, 90) + compose(3, 90), compose(3, 90)]
    return sketch(sorted(texts, key=len))


SKETCHES = _sketches()


@given(st.lists(st.integers(0, 2**64 - 1)), st.integers(1, 8), st.integers(0, 5))
def test_partitions_hold_everything_in_order_of_their_bits(keys: list[int], bits: int, cut: int) -> None:
    dealt = Partitions(bits, np.uint64)
    for some in (keys[:cut], keys[cut:]):
        part = np.array(some, dtype=np.uint64)
        dealt.add(part, part)
    found = list(dealt)
    assert len(dealt) == len(keys)
    assert len(found) == 1 << bits
    by_bits = sorted(keys, key=lambda key: key >> (64 - bits))
    assert [int(key) for part in found for key in part] == by_bits


@given(st.lists(st.tuples(st.integers(0, 19), st.integers(0, 19))))
def test_groups_of_pairs_are_those_of_single_joins(pairs: list[tuple[int, int]]) -> None:
    single = Unions(20)
    for left, right in pairs:
        single.join(left, right)
    both = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    together = Unions.of_pairs(20, both[:, 0], both[:, 1])
    assert together.roots().tolist() == [single.root(index) for index in range(20)] == single.roots().tolist()


def test_resemblances_are_those_of_sets() -> None:
    count = len(SKETCHES.text_hashes)
    left, right = (side.ravel() for side in np.meshgrid(np.arange(count), np.arange(count)))
    jaccard, contained = resemblances(SKETCHES, left, right)
    tiers = tiers_of(SKETCHES.gram_counts)
    for pair, (one, other) in enumerate(zip(left.tolist(), right.tolist(), strict=True)):
        tier = max(int(tiers[one]), int(tiers[other]))
        ours, theirs = (
            {*hashes[is_in_tier(hashes, tier)].tolist()} for hashes in map(SKETCHES.samples_of, (one, other))
        )
        assert jaccard[pair] == pytest.approx(len(ours & theirs) / max(len(ours | theirs), 1))
        assert contained[pair] == pytest.approx(len(ours & theirs) / max(min(len(ours), len(theirs)), 1))


def test_matches_come_in_order_of_their_texts() -> None:
    found = find_matches(SKETCHES)
    order = list(zip(found.right.tolist(), found.left.tolist(), strict=True))
    assert all(before < after for before, after in pairwise(order))
