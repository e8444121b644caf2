"""Brings a summary that only adds up another one up to date: what left that one is taken off, what came is added.

A file whose head has a line ``-- Sums: mart.term_counts`` adds up rows of that table: it groups by its key, and every
other column is a sum. Its SQL, which is the one that makes the whole table, is run over the rows that left and over
those that came.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import duckdb
import pyarrow as pa

from warehouse.schemas import SQL_FOLDER

_SUMS = re.compile(r"^-- Sums: (.+)$", re.MULTILINE)
_KEY = re.compile(r"^-- Key: (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Replaced:
    """The rows of a table that gave way, and those that took their place."""

    gone: pa.lib.Table
    fresh: pa.lib.Table


def summed_by(text: str) -> str | None:
    """The table that a summary adds up, as the head of its file names it; None where none does."""
    found = _SUMS.search(text)
    return None if found is None else found.group(1)


@cache
def summed_tables() -> frozenset[str]:
    """All tables that a summary adds up."""
    sources = (summed_by(path.read_text("utf-8")) for path in sorted((SQL_FOLDER / "mart").glob("*.sql")))
    return frozenset(source for source in sources if source is not None)


def add_up(warehouse: duckdb.DuckDBPyConnection, table: str, text: str, replaced: Replaced) -> None:
    """Bring ``table``, which its SQL makes by adding up another one, up to date with what was ``replaced`` in that."""
    source, key = summed_by(text), _KEY.search(text)
    assert source is not None
    assert key is not None
    keys = [column.strip() for column in key.group(1).split(",")]
    sums = [str(column) for column in warehouse.sql(f"from {table} limit 0").columns if column not in keys]
    grouped = ", ".join(keys)
    with duckdb.connect() as apart:
        apart.execute("create schema mart")
        for name, rows in (("gone", replaced.gone), ("fresh", replaced.fresh)):
            apart.register("rows_of_source", rows)
            apart.execute(f"create or replace table {source} as from rows_of_source")
            apart.execute(text)
            apart.execute(f"create table {name} as from {table}")
        signed = ", ".join(f"-{column} as {column}" for column in sums)
        added = ", ".join(f"sum({column}) as {column}" for column in sums)
        change = apart.sql(
            f"select {grouped}, {added} from (from fresh union all by name select {grouped}, {signed} from gone)"
            f" group by all having {' or '.join(f'sum({column}) != 0' for column in sums)}"
        ).to_arrow_table()
    warehouse.register("change_of_sums", change)
    same = " and ".join(f"s.{column} is not distinct from c.{column}" for column in keys)
    concerned = f"exists (select 1 from change_of_sums as c where {same})"
    warehouse.execute(
        f"create or replace temp table new_sums as select {grouped}, {added}"
        f" from (from {table} as s where {concerned} union all by name from change_of_sums) group by all"
        f" having {' or '.join(f'sum({column}) != 0' for column in sums)}"
    )
    warehouse.execute(f"delete from {table} as s where {concerned}")
    warehouse.execute(f"insert into {table} by name from new_sums")
    warehouse.unregister("change_of_sums")
