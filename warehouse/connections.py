"""Opens a DuckDB file the way this project does: quietly, and for reading unless something is to be written."""

from __future__ import annotations

import os
from pathlib import Path

import duckdb

# A file that is made is made in this version of the format: every DuckDB from 1.2 on opens it, and a newer format gains
# nothing here (18.6 MB against 17.3 for the sample). A file that is there keeps the version it has.
STORAGE_VERSION = "v1.2.0"

# For memory alone: what DuckDB may hold while it merges or summarises; beyond, it spills beside the draft. The merges
# of a million pages fit with a quarter of it, more slowly; the rest of three gigabytes is what the run itself holds.
MEMORY_LIMIT = "2GB"


# Reads a Parquet file of our own: in a folder called year=2024 it would have a column ``year`` otherwise.
AS_WRITTEN = "hive_partitioning = false"


def address_of(path: Path) -> str:
    """``path`` as DuckDB is to be given it: of a file called ``s3:corpus`` or ``md:corpus`` in the folder one is in, it
    would take what stands before the colon for an extension, and ask the net for that."""
    return os.path.abspath(path)  # noqa: PTH100 (a link is opened under its own name)


def open_warehouse(path: Path, *, writable: bool = False) -> duckdb.DuckDBPyConnection:
    """A connection to ``path``. DuckDB's own progress bar is off: it would write across the bars of a run."""
    config: dict[str, str | bool | int | float | list[str]] = (
        {"storage_compatibility_version": STORAGE_VERSION} if writable else {}
    )
    connection = duckdb.connect(address_of(path), read_only=not writable, config=config)
    connection.execute("set enable_progress_bar = false")
    return connection
