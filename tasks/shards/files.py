"""Writes shard files so that a reader never sees half of one."""

from __future__ import annotations

import os
from pathlib import Path

import polars as pl

from warehouse.schemas import table_frame


def write_frame(frame: pl.DataFrame, path: Path) -> None:
    """Write ``frame`` to ``path`` under a private name first, then rename."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}.draft")
    frame.write_parquet(draft, compression="zstd", compression_level=1)
    draft.replace(path)


def write_tables(tables: dict[str, list[dict[str, object]]], folder: Path, shard: str) -> None:
    """Write the rows of each ``core`` table to ``folder/<table>/<shard>.parquet``; tables without rows write nothing."""
    for table, rows in tables.items():
        if rows:
            write_frame(table_frame(table, rows), folder / table / f"{shard}.parquet")


def table_files(folder: Path, table: str) -> list[Path]:
    """The shard files of one table, in order of their names."""
    return sorted((folder / table).glob("*.parquet"))
