"""A digest of every table of a warehouse: equal where the rows are equal, whatever their order in the file."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb

# What tells of the run rather than of the pages.
LEDGER = {"core.runs", "core.run_stages", "core.source_runs", "core.schema_versions", "mart.run_ledger"}


def table_digests(warehouse: Path, leave_out: set[str] = LEDGER, *, but_for_stories: bool = False) -> dict[str, str]:
    """SHA-256 of the sorted rows of each table and view of the schemas core and mart.

    ``but_for_stories``: every story under the name of its canonical article, whatever it was called.
    """
    digests = {}
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        names: dict[str, str] = {}
        if but_for_stories:
            leave_out = leave_out | {"core.story_aliases"}
            names = dict(connection.execute("select story_id, canonical_article_id from core.stories").fetchall())
        tables = connection.execute(
            "select schema_name || '.' || table_name from duckdb_tables() where schema_name in ('core', 'mart')"
            " union all select schema_name || '.' || view_name from duckdb_views() where schema_name = 'mart'"
            " order by 1"
        ).fetchall()
        for (table,) in tables:
            if table not in leave_out:
                rows = sorted(repr(_renamed(row, names)) for row in connection.execute(f"from {table}").fetchall())
                digests[table] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return digests


def _renamed(value: Any, names: Mapping[str, str]) -> Any:
    if not names:
        return value
    if isinstance(value, tuple):
        return tuple(_renamed(one, names) for one in value)
    if isinstance(value, list):
        return sorted((_renamed(one, names) for one in value), key=repr)
    if isinstance(value, dict):
        return {name: _renamed(one, names) for name, one in value.items()}
    return names.get(value, value) if isinstance(value, str) else value
