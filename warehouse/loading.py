"""Brings the Parquet files of a run into the core tables with MERGE: what is new is added, what changed is updated,
and what a page no longer holds is removed; a row that is the same stays untouched."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb

from warehouse.schemas import core_schemas


def merge_rows(
    connection: duckdb.DuckDBPyConnection, table: str, files: Sequence[Path], gone: str, preferred: Sequence[Path] = ()
) -> int:
    """MERGE ``files`` into ``core.<table>``; the number of rows inserted, updated or deleted.

    Rows of the files ``preferred`` take the place of rows of ``files`` with the same key.

    ``gone`` is a condition on ``known`` (the table): rows of which it is true and that are in no file are deleted.
    """
    schema = core_schemas()[table]
    columns = ", ".join(schema.columns)
    key = " and ".join(f"known.{column} = fresh.{column}" for column in schema.key)
    others = [column for column in schema.columns if column not in schema.key]
    changed = " or ".join(f"known.{column} is distinct from fresh.{column}" for column in others)
    source = f"select {columns} from {_rows_of(table, files)}"
    if preferred:
        better = _rows_of(table, preferred)
        same = " and ".join(f"own.{column} = better.{column}" for column in schema.key)
        source = (
            f"from ({source}) as own anti join {better} as better on {same} union all select {columns} from {better}"
        )
    update = ", ".join(f"{column} = fresh.{column}" for column in others)
    clauses = [
        f"when matched and ({changed}) then update set {update}" if others else "",
        f"when not matched then insert ({columns}) values ({', '.join(f'fresh.{c}' for c in schema.columns)})",
        f"when not matched by source and ({gone}) then delete",
    ]
    statement = f"merge into core.{table} as known using ({source}) as fresh on ({key}) " + " ".join(clauses)
    rows = connection.execute(statement).fetchall()
    return int(rows[0][0])


def _rows_of(table: str, files: Sequence[Path]) -> str:
    if not files:
        return f"(from core.{table} where false)"
    return "read_parquet([" + ", ".join(f"'{_quoted(path)}'" for path in files) + "])"


def _quoted(path: Path) -> str:
    return path.as_posix().replace("'", "''")
