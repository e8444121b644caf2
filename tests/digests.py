"""A digest of every table of a warehouse: equal where the rows are equal, whatever their order in the file."""

from __future__ import annotations

import hashlib
from pathlib import Path

import duckdb

# What tells of the run rather than of the pages.
LEDGER = {"core.runs", "core.run_stages", "core.source_runs", "mart.run_ledger"}


def table_digests(warehouse: Path, leave_out: set[str] = LEDGER) -> dict[str, str]:
    """SHA-256 of the sorted rows of each table of the schemas core and mart."""
    digests = {}
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        tables = connection.execute(
            "select schema_name || '.' || table_name from duckdb_tables() where schema_name in ('core', 'mart') order by 1"
        ).fetchall()
        for (table,) in tables:
            if table not in leave_out:
                rows = sorted(map(repr, connection.execute(f"from {table}").fetchall()))
                digests[table] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return digests
