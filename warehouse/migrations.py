"""Brings a warehouse that an earlier version wrote into the present shape, without losing what no run can make again.

Everything but the history can be made from the raw store and the texts. So a table that has another shape is made
anew, empty, and the run reads again what is missing: the facts where only tables of facts changed, else all pages.
Run history, identifiers that gave way and every schema that is not ours stay; what is kept may only gain columns.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from pathlib import Path

import duckdb

from warehouse.connections import open_warehouse
from warehouse.models import create_tables

# What no run can make again: told by earlier runs, or by what they published.
HISTORY = ("runs", "run_stages", "source_runs", "story_aliases", "practice_aliases", "schema_versions")
# Written whole by every run, whatever was there.
_ALWAYS_WRITTEN = (
    "stories",
    "story_articles",
    "story_links",
    "practices",
    "places",
    "common_practices",
    "practice_overrides",
)

Shape = dict[str, list[tuple[str, str, bool]]]


def migrate(connection: duckdb.DuckDBPyConnection, fact_tables: Collection[str], *, rebuild: bool) -> str:
    """Give the core tables of an open warehouse their present shape; what is to be read again.

    ``made``, ``same``, ``widened``: nothing; ``facts read again``: ``core.story_articles`` holds no rows then;
    ``pages read again``: also with ``rebuild``, all tables but the history are empty.
    """
    connection.execute("create schema if not exists core; create schema if not exists mart")
    found, wanted = _shape(connection), _wanted_shape()
    differing = sorted(name for name in found.keys() | wanted.keys() if found.get(name) != wanted.get(name))
    measure, dropped = "made", list[str]()
    if found:
        measure, dropped = _measure(found, wanted, differing, fact_tables, rebuild=rebuild)
    for name in dropped:
        connection.execute(f'drop table if exists core."{name}"')
    for name in HISTORY:
        if name in differing and name in found:
            _widen(connection, name, found[name], wanted[name])
    create_tables(connection)
    if measure not in {"same", "made"} or not found:
        _note(connection, wanted, [name for name in differing if name in found], measure)
    return measure


def other_version(warehouse: Path) -> str | None:
    """One line where the tables of ``warehouse`` have not the shape that this version reads; None where they have."""
    try:
        with open_warehouse(warehouse) as connection:
            found = _shape(connection)
            runs = {column for column, _, _ in found.get("runs", [])}
            versions = (
                connection.execute(
                    "select code_version from core.runs where code_version is not null order by started_at desc limit 1"
                ).fetchall()
                if {"code_version", "started_at"} <= runs
                else []
            )
    except duckdb.Error as error:
        return f"{warehouse} cannot be opened by DuckDB {duckdb.__version__}: {' '.join(str(error).split())}"
    if not found:
        return f"{warehouse} holds no tables of Fangzhi"
    if found == _wanted_shape():
        return None
    written_by = f"Fangzhi {versions[0][0]}" if versions else "another version of Fangzhi"
    return (
        f"{warehouse} was written by {written_by}, whose tables have another shape; "
        "`fangzhi upgrade` brings it up to date"
    )


def _measure(
    found: Shape, wanted: Shape, differing: list[str], fact_tables: Collection[str], *, rebuild: bool
) -> tuple[str, list[str]]:
    everything = [name for name in found if name not in HISTORY]
    changed = [name for name in differing if name not in HISTORY]
    unknown = [name for name in changed if name not in wanted]
    needed = [name for name in changed if name in wanted and name not in _ALWAYS_WRITTEN]
    if rebuild or any(name not in fact_tables for name in needed):
        return "pages read again", everything
    if needed:
        return "facts read again", [*changed, "story_articles", *(name for name in fact_tables if name in found)]
    return ("widened" if differing else "same"), [name for name in changed if name in found or name in unknown]


def _widen(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    found: list[tuple[str, str, bool]],
    wanted: list[tuple[str, str, bool]],
) -> None:
    """Make a table of the history anew with its rows; columns it did not have are null, or 0 where they cannot be."""
    known = {column for column, _, _ in found}
    values = [
        f'k."{column}"' if column in known else f"null::{kind}" if is_nullable else f"0::{kind}"
        for column, kind, is_nullable in wanted
    ]
    connection.execute(f"create or replace temp table kept_rows as from core.{name}")
    connection.execute(f"drop table core.{name}")
    create_tables(connection, only=name)
    connection.execute(f"insert into core.{name} select {', '.join(values)} from kept_rows as k")
    connection.execute("drop table kept_rows")


def _note(connection: duckdb.DuckDBPyConnection, wanted: Shape, changed: list[str], measure: str) -> None:
    fingerprint = hashlib.sha256(repr(sorted(wanted.items())).encode()).hexdigest()[:20]
    connection.execute(
        "insert into core.schema_versions select coalesce(max(version), 0) + 1, ?, ?, ? from core.schema_versions",
        [fingerprint, changed, measure],
    )


def _wanted_shape() -> Shape:
    with duckdb.connect() as connection:
        create_tables(connection)
        return _shape(connection)


def _shape(connection: duckdb.DuckDBPyConnection) -> Shape:
    rows = connection.execute(
        "select table_name, column_name, data_type, is_nullable from duckdb_columns()"
        " where schema_name = 'core' and database_name = current_database() order by table_name, column_index"
    ).fetchall()
    shape: Shape = {}
    for table, column, kind, is_nullable in rows:
        shape.setdefault(table, []).append((column, kind, is_nullable))
    return shape
