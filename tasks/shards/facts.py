"""Extracts the facts of one shard of articles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from tasks.facts.kinds import BATCH, FACT_KINDS, FactKind, read_facts, read_facts_of_all
from tasks.facts.text.reading import Reading
from tasks.records import Facts, RejectionReason, stable_id
from tasks.shards.deadlines import named, page_deadline
from tasks.shards.shard_files import write_frame, write_tables
from tasks.shards.verification import verified_facts
from tasks.work import ShardedTables
from warehouse.schemas import columns_frame

# For memory alone: a batch of ordinary articles has 50,000 characters, a book is read apart from all others.
_BATCH_CHARACTERS = 200_000
# For memory alone: a row of Python's objects takes ten times the room that it takes in a frame. A shard of ordinary
# articles has some hundred thousand rows.
_PENDING_ROWS = 50_000


def extract_facts(article_path: Path, out: ShardedTables, shard: str) -> dict[str, int]:
    """Facts of the articles in a Parquet file (article_id, title, text, published_on, site, outlet, dateline,
    contributors: list of names); one file per fact table. Returns the counts ``articles``, ``facts`` and ``failed``.
    """
    frame = pl.read_parquet(article_path, glob=False)
    found = _Found()
    for first, height in _batches(frame["text"].str.len_chars().to_list()):
        found.take(frame.slice(first, height).to_dicts())
    return {"articles": frame.height, "facts": found.write(out, shard), "failed": found.failed}


def _batches(lengths: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First article and number of the articles of each batch, of articles of so many characters.

    >>> list(_batches([1_500, 900, 1_000_000, 700]))
    [(0, 2), (2, 1), (3, 1)]
    """
    first, characters = 0, 0
    for number, length in enumerate(lengths):
        if number > first and (number - first == BATCH or characters + length > _BATCH_CHARACTERS):
            yield first, number - first
            first, characters = number, 0
        characters += length
    if first < len(lengths):
        yield first, len(lengths) - first


class _Found:
    """The facts of a shard so far."""

    def __init__(self) -> None:
        self.failed = 0
        self._rejections: list[dict[str, object]] = []
        self._pending: list[tuple[str, dict[str, Sequence[tuple[Any, ...]]]]] = []  # by article
        self._pending_rows = 0
        self._frames: dict[str, list[pl.DataFrame]] = defaultdict(list)

    def take(self, rows: list[dict[str, Any]]) -> None:
        """Read a batch of articles; nothing of it stays but its facts."""
        for row, facts in zip(rows, _facts_of(rows), strict=True):
            try:
                if isinstance(facts, Exception):
                    raise facts
                kept, problems = verified_facts(row["text"], facts, FACT_KINDS)
            except Exception as error:  # the article stays; that its facts are missing is reported by name
                self.failed += 1
                self._rejections.append(_failure(row, *named(error)))
                continue
            if problems:
                self._rejections.append(_failure(row, "processing_failed", "; ".join(problems)))
            self._pending.append((str(row["article_id"]), kept))
            self._pending_rows += sum(map(len, kept.values()))
        if self._pending_rows > _PENDING_ROWS:
            self._put_away()

    def _put_away(self) -> None:
        for kind in FACT_KINDS:
            found = [(article_id, rows[kind.table]) for article_id, rows in self._pending if rows[kind.table]]
            if found:
                self._frames[kind.table].append(_frame(kind, found))
        self._pending, self._pending_rows = [], 0

    def write(self, out: ShardedTables, shard: str) -> int:
        """Write a file for each table that has rows; how many facts there are."""
        self._put_away()
        for table, frames in self._frames.items():
            write_frame(pl.concat(frames), out.shard(table, shard))
        write_tables({"rejections": self._rejections}, out, shard)
        counted = (frame for kind in FACT_KINDS if kind.is_counted for frame in self._frames.get(kind.table, ()))
        return sum(frame.height for frame in counted)


def _facts_of(rows: list[dict[str, Any]]) -> Sequence[Facts | Exception]:
    """The facts of each article; where one of a batch cannot be read, the batch is read one by one."""
    readings = list(map(_reading, rows))
    try:
        with page_deadline():
            return read_facts_of_all(readings)
    except Exception:
        return list(map(_facts_or_error, readings))


def _facts_or_error(reading: Reading) -> Facts | Exception:
    try:
        with page_deadline():
            return read_facts(reading)
    except Exception as error:
        return error


def _reading(row: dict[str, Any]) -> Reading:
    return Reading(
        text=row["text"],
        title=row["title"] or "",
        published_on=row["published_on"] if isinstance(row["published_on"], date) else None,
        site=row["site"],
        outlet=row["outlet"],
        dateline=row["dateline"],
        contributors=tuple(row["contributors"] or ()),
    )


def _frame(kind: FactKind, found: list[tuple[str, Sequence[tuple[Any, ...]]]]) -> pl.DataFrame:
    """The facts of one kind, by article, as a frame of their table."""
    columns: dict[str, Sequence[Any]] = {"article_id": [one for one, rows in found for _ in range(len(rows))]}
    # Column by column: zip would hold an iterator for each row of a book.
    for place, name in enumerate(kind.fields):
        columns[name] = [row[place] for _, rows in found for row in rows]
    for name, derive in kind.derived.items():
        columns[name] = [derive(row) for _, rows in found for row in rows]
    return columns_frame(kind.table, columns)


def _failure(row: dict[str, object], reason: RejectionReason, detail: str) -> dict[str, object]:
    return {
        "rejection_id": stable_id(str(row["article_id"]), "extract", reason),
        "uri": row["uri"],
        "document_id": row["document_id"],
        "stage": "extract",
        "reason": reason,
        "detail": f"article {row['article_id']}: {detail}",
    }
