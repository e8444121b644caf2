"""Numbers dealt out by their top bits: most of a sort, for a tenth of its price.

Dealing out is a radix sort of single bytes within the cache; what is left to be put in order is small.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import IO, Any

import numpy as np
import numpy.typing as npt

Column = npt.NDArray[Any]
# For memory alone: numbers that are kept before the rest goes to a file, 32 MB of them.
_KEPT = 1 << 22
MOST_BITS = 8  # a byte: numpy sorts single bytes by counting them


class Partitions:
    """A column of numbers in partitions by the first ``bits`` bits (1 to 8) of a key; within one, in order of arrival.

    What comes after the first ``_KEPT`` numbers goes to a file in ``folder``, where there is one, and comes back
    partition by partition.
    """

    def __init__(self, bits: int, kind: type[np.generic], folder: Path | None = None) -> None:
        self._shift = np.uint64(64 - bits)
        self._kind = np.dtype(kind)
        self._size = 0
        self._parts: list[list[Column | tuple[int, int]]] = [[] for _ in range(1 << bits)]
        self._folder = folder
        self._file: IO[bytes] | None = None
        self._end = 0

    def add(self, keys: npt.NDArray[np.uint64], column: Column) -> None:
        """Deal out ``column`` by its ``keys``; some ten thousand at a time do it in the cache."""
        self._size += len(keys)
        tops = (keys >> self._shift).astype(np.uint8)
        order = np.argsort(tops, kind="stable")
        edges = [0, *np.cumsum(np.bincount(tops, minlength=len(self._parts))).tolist()]
        dealt = column.take(order)
        if self._folder is not None and self._size > _KEPT:
            if self._file is None:
                self._file = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115 - closed once it is read
            self._file.write(dealt.tobytes())
            for part, (start, end) in zip(self._parts, pairwise(edges), strict=True):
                if end > start:
                    part.append((self._end + start * self._kind.itemsize, end - start))
            self._end += len(dealt) * self._kind.itemsize
            return
        for part, (start, end) in zip(self._parts, pairwise(edges), strict=True):
            part.append(dealt[start:end])

    def __len__(self) -> int:
        """How many keys were added."""
        return self._size

    def __iter__(self) -> Iterator[Column]:
        """The column of each partition, in order of the bits, once."""
        if self._file is not None:
            self._file.flush()
        for part in self._parts:
            yield np.concatenate([np.zeros(0, dtype=self._kind), *(self._column(piece) for piece in part)])
            part.clear()
        if self._file is not None:
            self._file.close()

    def _column(self, piece: Column | tuple[int, int]) -> Column:
        if isinstance(piece, tuple):
            assert self._file is not None
            start, count = piece
            return np.frombuffer(os.pread(self._file.fileno(), count * self._kind.itemsize, start), self._kind)
        return piece
