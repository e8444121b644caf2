"""Brings the Parquet files of a run into the core tables: what is new is added, what changed is replaced, and what a
page no longer holds is removed; a row that is the same stays untouched.

Where it is known which rows can be concerned, only those are read: a day's thousand pages cost the same in a warehouse
of a million as in an empty one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl

from warehouse.connections import AS_WRITTEN
from warehouse.schemas import TableSchema, core_schemas

# Of the concerned rows, those that neither go nor give way.
_STAYING_ROWS = "(select * from concerned_rows anti join outdated_rows using (place))"


@dataclass(frozen=True)
class Concerned:
    """The rows of a table that a run can change or remove: those whose ``column`` is among ``ids`` (a query), and those
    of the run's own rows. Of what is among ``new`` (a query) the table is known to hold nothing."""

    column: str
    ids: str
    new: str


def merge_rows(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    files: Sequence[Path],
    gone: str,
    preferred: Sequence[Path] = (),
    concerned: Concerned | None = None,
) -> int:
    """Bring ``files`` into ``core.<table>``; the number of rows inserted, updated or deleted.

    Rows of the files ``preferred`` take the place of rows of ``files`` with the same key.

    ``gone`` is a condition on ``known`` (the table): rows of which it is true and that are in no file are deleted.
    Without ``concerned`` the whole table is compared.
    """
    schema = core_schemas()[table]
    source = _source_of(schema, files, preferred)
    if concerned is None:
        return _merge_whole(connection, schema, source, gone).height
    return _replace_concerned(connection, schema, source, gone, concerned)


def merge_returning(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    files: Sequence[Path],
    gone: str,
    preferred: Sequence[Path] = (),
    concerned: Concerned | None = None,
) -> pl.DataFrame:
    """Bring ``files`` into ``core.<table>`` as ``merge_rows`` does; the identifiers in the rows inserted, updated (as
    they are then, of those concerned as they were too) or deleted."""
    schema = core_schemas()[table]
    source = _source_of(schema, files, preferred)
    if concerned is None:
        return _merge_whole(connection, schema, source, gone)
    told = ", ".join(_identifiers_of(schema))
    _note_concerned(connection, schema, source, gone, concerned)
    fresh = f"from fresh_rows as fresh anti join {_STAYING_ROWS} as known on {_same_key(schema, 'known', 'fresh')}"
    changed = f"select {told} from concerned_rows semi join outdated_rows using (place) union select {told} {fresh}"
    rows = pl.DataFrame(connection.sql(changed).to_arrow_table())
    _replace_noted(connection, schema)
    return rows


def _merge_whole(connection: duckdb.DuckDBPyConnection, schema: TableSchema, source: str, gone: str) -> pl.DataFrame:
    """MERGE all rows of ``source`` into the table; the identifiers in the rows inserted, updated or deleted."""
    table = schema.name
    columns = ", ".join(schema.columns)
    others = [column for column in schema.columns if column not in schema.key]
    update = ", ".join(f"{column} = fresh.{column}" for column in others)
    clauses = [
        f"when matched and ({_differs(schema)}) then update set {update}" if others else "",
        f"when not matched then insert ({columns}) values ({', '.join(f'fresh.{c}' for c in schema.columns)})",
        f"when not matched by source and ({gone}) then delete",
    ]
    on = _same_key(schema, "known", "fresh")
    statement = f"merge into core.{table} as known using ({source}) as fresh on ({on}) {' '.join(clauses)}"
    rows = connection.sql(f"{statement} returning {', '.join(_identifiers_of(schema))}").to_arrow_table()
    return pl.DataFrame(rows)


def _identifiers_of(schema: TableSchema) -> list[str]:
    return [column for column in schema.columns if column in schema.key or column.endswith("_id")]


def _replace_concerned(
    connection: duckdb.DuckDBPyConnection, schema: TableSchema, source: str, gone: str, concerned: Concerned
) -> int:
    """The same by deleting and inserting the rows that differ, of the concerned ones alone: a MERGE reads them all."""
    _note_concerned(connection, schema, source, gone, concerned)
    return _replace_noted(connection, schema)


def _note_concerned(
    connection: duckdb.DuckDBPyConnection, schema: TableSchema, source: str, gone: str, concerned: Concerned
) -> None:
    """Make the temporary tables ``fresh_rows``, ``concerned_rows`` (as they are, with their place) and of the latter
    ``outdated_rows`` (place, is_gone): those that go or give way to a fresh one."""
    name, column = schema.name, concerned.column
    connection.execute(f"create or replace temp table fresh_rows as {source}")
    connection.execute(
        f"create or replace temp table concerned_ids as select id from (select id from ({concerned.ids})"
        f" union select {column} from fresh_rows) where id not in (select id from ({concerned.new}))"
    )
    # Most tables of a day hold rows of new pages alone: then there is nothing to look for.
    is_known = "false"
    if _count_of(connection, "select count(*) from concerned_ids"):
        is_known = f"known.{column} in (select id from concerned_ids)"
    connection.execute(
        "create or replace temp table concerned_rows as select known.rowid as place, known.*"
        f" from core.{name} as known where {is_known}"
    )
    is_missing = f"fresh.{schema.key[0]} is null"
    connection.execute(
        f"create or replace temp table outdated_rows as select known.place, {is_missing} as is_gone"
        f" from concerned_rows as known left join fresh_rows as fresh on {_same_key(schema, 'known', 'fresh')}"
        f" where case when {is_missing} then ({gone}) else ({_differs(schema)}) end"
    )


def _replace_noted(connection: duckdb.DuckDBPyConnection, schema: TableSchema) -> int:
    """Put the noted rows into the table; how many were inserted, updated or deleted."""
    columns = ", ".join(schema.columns)
    removed = _count_of(connection, "select count(*) from outdated_rows where is_gone")
    connection.execute(f"delete from core.{schema.name} where rowid in (select place from outdated_rows)")
    added = _count_of(
        connection,
        f"insert into core.{schema.name} ({columns}) select {columns} from fresh_rows as fresh"
        f" anti join {_STAYING_ROWS} as known on {_same_key(schema, 'known', 'fresh')}",
    )
    return removed + added


def _same_key(schema: TableSchema, one: str, other: str) -> str:
    return " and ".join(f"{one}.{column} = {other}.{column}" for column in schema.key)


def _differs(schema: TableSchema) -> str:
    others = [column for column in schema.columns if column not in schema.key]
    return " or ".join(f"known.{column} is distinct from fresh.{column}" for column in others) or "false"


def _source_of(schema: TableSchema, files: Sequence[Path], preferred: Sequence[Path]) -> str:
    columns = ", ".join(schema.columns)
    source = f"select {columns} from {_rows_of(schema.name, files)}"
    if not preferred:
        return source
    better = _rows_of(schema.name, preferred)
    same = _same_key(schema, "own", "better")
    return f"from ({source}) as own anti join {better} as better on {same} union all select {columns} from {better}"


def _count_of(connection: duckdb.DuckDBPyConnection, statement: str) -> int:
    return int(connection.execute(statement).fetchall()[0][0])


def _rows_of(table: str, files: Sequence[Path]) -> str:
    if not files:
        return f"(from core.{table} where false)"
    return "read_parquet([" + ", ".join(f"'{quoted(path)}'" for path in files) + f"], {AS_WRITTEN})"


def quoted(path: Path) -> str:
    """A path as it stands between the quotes of a string of SQL."""
    return path.as_posix().replace("'", "''")
