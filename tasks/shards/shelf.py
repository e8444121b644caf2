"""Texts by id in one plain file: a stage that needs a few of very many holds none of them in memory.

Beside the file lies an index of where each text stands, so that a later stage can read what an earlier one put.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import polars as pl

from tasks.duplicates.doubtful_runs import with_printed
from warehouse.files import WarehouseFiles
from warehouse.known import known_readings, known_texts

_INDEX: dict[str, pl.DataType] = {"name": pl.String(), "start": pl.Int64(), "size": pl.Int64()}


class TextShelf:
    """Texts that are put once and read as often as wanted.

    ``path`` is made anew by the first who opens the shelf, to be read by those who come ``later``, once it is closed.
    """

    def __init__(self, path: Path, *, later: bool = False) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._index = path.with_suffix(".index.parquet")
        self._file = path.open("rb" if later else "w+b")
        self._is_own = not later
        self._places: dict[str, tuple[int, int]] = {}
        if later:
            index = pl.read_parquet(self._index, glob=False)
            self._places = {name: (start, size) for name, start, size in index.iter_rows()}
        self._end = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
        if self._is_own and error is None:
            rows = [(name, start, size) for name, (start, size) in self._places.items()]
            pl.DataFrame(rows, schema=_INDEX, orient="row").write_parquet(self._index)

    def put(self, texts: Iterable[tuple[str, str]]) -> None:
        """Add texts by id; of two with one id the later counts."""
        for name, text in texts:
            encoded = text.encode("utf-8", "surrogatepass")
            self._file.write(encoded)
            self._places[name] = (self._end, len(encoded))
            self._end += len(encoded)
        self._file.flush()

    def texts(self, names: Sequence[str]) -> dict[str, str]:
        """Those of the texts that are on the shelf."""
        found = {}
        for name in names:
            if (place := self._places.get(name)) is not None:
                start, size = place
                found[name] = os.pread(self._file.fileno(), size, start).decode("utf-8", "surrogatepass")
        return found


@dataclass(frozen=True)
class PrintedTexts:
    """The texts of articles as their own pages print them: of this run from the shelf, of earlier ones from the
    draft."""

    shelf: TextShelf
    files: WarehouseFiles

    def __call__(self, article_ids: Sequence[str]) -> dict[str, str]:
        found = self.shelf.texts(article_ids)
        missing = [article_id for article_id in article_ids if article_id not in found]
        texts = known_texts(self.files, missing)
        for article_id, places in known_readings(self.files, missing).items():
            texts[article_id] = with_printed(texts[article_id], places)
        return found | texts
