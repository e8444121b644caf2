"""Numbers dealt out by their top bits: most of a sort, for a tenth of its price.

Dealing out is a radix sort of single bytes within the cache; what is left to be put in order is small.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

Column = npt.NDArray[Any]
MOST_BITS = 8  # a byte: numpy sorts single bytes by counting them


class Partitions:
    """Columns of numbers in partitions by the first ``bits`` bits (1 to 8) of a key; within one, in order of
    arrival."""

    def __init__(self, bits: int, *kinds: type[np.generic]) -> None:
        self._shift = np.uint64(64 - bits)
        self._kinds = kinds
        self._size = 0
        self._parts: list[list[tuple[Column, ...]]] = [[] for _ in range(1 << bits)]

    def add(self, keys: npt.NDArray[np.uint64], *columns: Column) -> None:
        """Deal out ``columns`` (one for each kind) by their ``keys``; some ten thousand at a time do it in the
        cache."""
        self._size += len(keys)
        tops = (keys >> self._shift).astype(np.uint8)
        order = np.argsort(tops, kind="stable")
        edges = [0, *np.cumsum(np.bincount(tops, minlength=len(self._parts))).tolist()]
        dealt = [column.take(order) for column in columns]
        for part, (start, end) in zip(self._parts, pairwise(edges), strict=True):
            part.append(tuple(column[start:end] for column in dealt))

    def __len__(self) -> int:
        """How many keys were added."""
        return self._size

    def __iter__(self) -> Iterator[tuple[Column, ...]]:
        """The columns of each partition, in order of the bits, once."""
        for part in self._parts:
            yield tuple(
                np.concatenate([np.zeros(0, dtype=kind), *(columns[number] for columns in part)])
                for number, kind in enumerate(self._kinds)
            )
            part.clear()
