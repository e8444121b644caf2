"""Opens a DuckDB file the way this project does: quietly, and for reading unless something is to be written."""

from __future__ import annotations

from pathlib import Path

import duckdb


def open_warehouse(path: Path, *, writable: bool = False) -> duckdb.DuckDBPyConnection:
    """A connection to ``path``. DuckDB's own progress bar is off: it would write across the bars of a run."""
    connection = duckdb.connect(str(path), read_only=not writable)
    connection.execute("set enable_progress_bar = false")
    return connection
