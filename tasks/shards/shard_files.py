"""Writes shard files so that a reader never sees half of one."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl

from tasks.work import ShardedTables, WorkFolder
from warehouse.schemas import columns_frame, core_schemas, table_frame


def write_frame(frame: pl.DataFrame, path: Path) -> None:
    """Write ``frame`` to ``path`` under a private name first, then rename.

    Without statistics: nobody looks for a row in what stages hand on, and those of long texts are as long as the texts.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}.draft")
    frame.write_parquet(draft, compression="zstd", compression_level=1, statistics=False)
    draft.replace(path)


def write_tables(tables: dict[str, list[dict[str, object]]], out: ShardedTables, shard: str) -> None:
    """Write the rows of each ``core`` table as one shard; tables without rows write nothing."""
    for table, rows in tables.items():
        if rows:
            write_frame(table_frame(table, rows), out.shard(table, shard))


def write_columns(tables: Mapping[str, Mapping[str, Sequence[object]]], out: ShardedTables, shard: str) -> None:
    """Write the columns of each ``core`` table as one shard; tables without rows write nothing."""
    for table, columns in tables.items():
        if any(columns.values()):
            write_frame(columns_frame(table, columns), out.shard(table, shard))


def read_frames(paths: Sequence[Path], schema: dict[str, pl.DataType]) -> pl.DataFrame:
    """All rows of ``paths``; an empty frame of ``schema`` where there is no path."""
    return pl.concat([pl.read_parquet(path, glob=False) for path in paths]) if paths else pl.DataFrame(schema=schema)


def read_rows(tables: ShardedTables, table: str) -> pl.DataFrame:
    """All rows of one table; an empty frame with its columns where there are none."""
    return read_frames(tables.files(table), core_schemas()[table].columns)


def documents_of(work: WorkFolder, ids: pl.Series) -> pl.DataFrame:
    """The rows of core.documents of these pages: as this run has made them, or else as they are known."""
    wanted = pl.LazyFrame({"document_id": ids.drop_nulls().unique()}, schema={"document_id": pl.String})
    made, known = (
        pl.scan_parquet(path, glob=False).join(wanted, on="document_id", how="semi").collect()
        for path in (work.documents, work.known("documents"))
    )
    known = known.select(made.columns).cast(made.schema)
    return pl.concat([made, known.join(made, on="document_id", how="anti")]).sort("document_id")
