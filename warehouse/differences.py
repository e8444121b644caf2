"""Tells two states of a warehouse apart: rows by table, and what is claimed of which practice and place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from warehouse.connections import address_of

# What tells of runs rather than of pages, and what is made anew with each: their rows always differ.
_OF_RUNS = {"core.runs", "core.run_stages", "core.source_runs", "core.schema_versions", "mart.run_ledger"}


@dataclass(frozen=True)
class TableChange:
    """Rows that one table has more, has no longer and has with other values; keys tell which rows are the same."""

    table: str
    added: int
    removed: int
    changed: int


@dataclass(frozen=True)
class ClaimChange:
    """What mart.adoptions said of a practice and place before and after; status None where it said nothing."""

    practice: str
    place: str
    old_status: str | None
    new_status: str | None
    old_day: date | None
    new_day: date | None


@dataclass(frozen=True)
class Difference:
    """What lies between two states. ``unknown``: tables that only one of them has, or whose key nobody states."""

    tables: tuple[TableChange, ...]
    claims: tuple[ClaimChange, ...]
    unknown: tuple[str, ...]


def compare(old: Path, new: Path) -> Difference:
    """What changed from ``old`` to ``new``. Raises duckdb.Error where one cannot be read."""
    with duckdb.connect() as connection:
        connection.execute("set enable_progress_bar = false")
        for name, path in (("old", old), ("new", new)):
            connection.execute(f"attach '{address_of(path).replace(chr(39), chr(39) * 2)}' as {name} (read_only)")
        keys = _keys(connection)
        there = {name: _columns(connection, name) for name in ("old", "new")}
        shared = sorted(there["old"].keys() & there["new"].keys() & keys.keys() - _OF_RUNS)
        changes = [_table_change(connection, table, keys[table], there) for table in shared]
        unknown = sorted((there["old"].keys() | there["new"].keys()) - set(shared) - _OF_RUNS)
        claims = _claim_changes(connection) if "mart.adoptions" in shared else ()
    return Difference(tuple(one for one in changes if one.added or one.removed or one.changed), claims, tuple(unknown))


def _keys(connection: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    """The key of each table, as the dictionary of the newer state gives it, or else of the older."""
    for name in ("new", "old"):
        try:
            rows = connection.execute(
                f"select schema_name || '.' || table_name, row_key from {name}.meta.tables where table_kind = 'table'"
            ).fetchall()
        except duckdb.Error:
            continue
        return dict(rows)
    return {}


def _columns(connection: duckdb.DuckDBPyConnection, database: str) -> dict[str, list[str]]:
    rows = connection.execute(
        "select schema_name || '.' || table_name, list(column_name order by column_index) from duckdb_columns()"
        " where database_name = ? and schema_name in ('core', 'mart') and table_name in"
        " (select table_name from duckdb_tables() where database_name = ?) group by 1",
        [database, database],
    ).fetchall()
    return dict(rows)


def _table_change(
    connection: duckdb.DuckDBPyConnection, table: str, key: list[str], there: dict[str, dict[str, list[str]]]
) -> TableChange:
    columns = [f'"{column}"' for column in there["new"][table] if column in there["old"][table]]
    keyed = [f'"{column}"' for column in key if column in there["old"][table]] or columns
    sides = [
        f"(select hash({', '.join(keyed)}) as row_key, bit_xor(hash({', '.join(columns)})) as row_value"
        f" from {name}.{table} group by 1) as {name}_rows"
        for name in ("old", "new")
    ]
    added, removed, changed = connection.execute(
        "select count(*) filter (old_rows.row_key is null), count(*) filter (new_rows.row_key is null),"
        " count(*) filter (old_rows.row_value != new_rows.row_value)"
        f" from {sides[0]} full join {sides[1]} on old_rows.row_key = new_rows.row_key"
    ).fetchall()[0]
    return TableChange(table, added, removed, changed)


def _claim_changes(connection: duckdb.DuckDBPyConnection) -> tuple[ClaimChange, ...]:
    rows = connection.execute(
        """
        select
            coalesce(n.practice_name, o.practice_name), coalesce(n.place_name, o.place_name), o.status, n.status,
            o.adopted_earliest, n.adopted_earliest
        from old.mart.adoptions as o
        full join new.mart.adoptions as n on o.practice_id = n.practice_id and o.place_name = n.place_name
        where o.status is distinct from n.status or o.adopted_earliest is distinct from n.adopted_earliest
        order by all
        """
    ).fetchall()
    return tuple(ClaimChange(*row) for row in rows)
