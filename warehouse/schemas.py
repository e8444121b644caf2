"""The schema of every ``core`` table, read from sql/core: the SQL files are the one place that says it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import duckdb
import polars as pl

SQL_FOLDER = Path(__file__).resolve().parents[1] / "sql"

_KEY_LINE = re.compile(r"^-- Key: (.+)$", re.MULTILINE)

_POLARS_TYPES: dict[str, pl.DataType] = {
    "VARCHAR": pl.String(),
    "BIGINT": pl.Int64(),
    "UBIGINT": pl.UInt64(),
    "UINTEGER": pl.UInt32(),
    "INTEGER": pl.Int32(),
    "DOUBLE": pl.Float64(),
    "BOOLEAN": pl.Boolean(),
    "DATE": pl.Date(),
    "TIMESTAMP WITH TIME ZONE": pl.Datetime("us", "UTC"),
    "BLOB": pl.Binary(),
    "VARCHAR[]": pl.List(pl.String()),
    "BIGINT[]": pl.List(pl.Int64()),
    "UBIGINT[]": pl.List(pl.UInt64()),
    "UINTEGER[]": pl.List(pl.UInt32()),
}


@dataclass(frozen=True)
class TableSchema:
    """One ``core`` table: its key columns and the Polars type of each column, in order."""

    name: str
    key: tuple[str, ...]
    columns: dict[str, pl.DataType]


@cache
def core_schemas() -> dict[str, TableSchema]:
    """All tables of sql/core that stages fill, by name. Raises KeyError where a column type has no Polars twin."""
    keys: dict[str, tuple[str, ...]] = {}
    columns: dict[str, dict[str, pl.DataType]] = {}
    with duckdb.connect() as connection:
        connection.execute("create schema core")
        for path in sorted((SQL_FOLDER / "core").glob("*.sql")):
            source = path.read_text("utf-8")
            key = _KEY_LINE.search(source)
            if key is None:
                raise ValueError(f"sql/core/{path.name} names no key in its head")
            connection.execute(source)
            keys[path.stem] = tuple(column.strip() for column in key.group(1).split(","))
        for table, column, data_type in connection.execute(
            "select table_name, column_name, data_type from duckdb_columns() where schema_name = 'core'"
            " order by table_name, column_index"
        ).fetchall():
            columns.setdefault(table, {})[column] = _POLARS_TYPES[data_type]
    return {name: TableSchema(name, key, columns[name]) for name, key in keys.items()}


def table_frame(table: str, rows: list[dict[str, object]]) -> pl.DataFrame:
    """Rows as a frame with exactly the columns and types of ``core.<table>``; a missing column is null."""
    return columns_frame(table, {name: [row.get(name) for row in rows] for name in core_schemas()[table].columns})


def columns_frame(table: str, columns: Mapping[str, Sequence[object]]) -> pl.DataFrame:
    """``columns``, at least the key, as a frame with exactly the columns and types of ``core.<table>``; the rest is
    null."""
    schema = core_schemas()[table].columns
    frame = pl.DataFrame({name: columns[name] for name in schema if name in columns}, schema_overrides=schema)
    missing = [pl.lit(None, kind).alias(name) for name, kind in schema.items() if name not in columns]
    return frame.with_columns(missing).select(list(schema))
