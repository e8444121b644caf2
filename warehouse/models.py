"""Runs the SQL files: core tables, what fills some of them from others, marts, macros and checks.

A file's place says what it is: ``sql/<schema>/<table>.sql``; ``sql/fills/<table>.sql`` fills a core table that no stage
writes. Files run in order of name, after those that a line ``-- After: mart/other`` in their head names. A macro finds
its tables where it is called, not where it stands: each gets a parameter ``warehouse``, the name under which the file
is attached, so that ``from w.search('茶桌', warehouse := 'w')`` works as ``use w; from search('茶桌')`` does.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import date
from graphlib import TopologicalSorter
from pathlib import Path

import duckdb

from tasks.records import FIRST_DAY
from warehouse.data_dictionary import write_dictionary
from warehouse.parts import Parts
from warehouse.schemas import SQL_FOLDER
from warehouse.staleness import LEDGERS, Source, of_runs_only, stale_tables, tables_of
from warehouse.statements import Catalogue, catalogue_checks, fact_counts

_SIGNATURE = re.compile(r"(create or replace macro main\.\w+\()([^)]*)\)")
_TABLE = re.compile(r"\b(from|join) ((?:core|mart)\.\w+) as ")
_EARLIER_MACROS = ("fact_counts", "panel_of")
_VIEW = re.compile(r"^create or replace view ", re.MULTILINE)
_AFTER = re.compile(r"^-- After: (.+)$", re.MULTILINE)


class FailedCheckError(Exception):
    """Claims about the data that do not hold; the message names each with its first offending row."""


def create_tables(connection: duckdb.DuckDBPyConnection, only: str | None = None) -> None:
    """Make the schemas and the core tables, or ``only`` one of them, that are not there yet."""
    # In one transaction: with one for each table the file is brought to the disk forty times, a second of waiting.
    connection.begin()
    connection.execute("create schema if not exists core; create schema if not exists mart")
    connection.execute("create schema if not exists meta")
    for path in _ordered("core"):
        if only in (None, path.stem):
            connection.execute(path.read_text("utf-8"))
    connection.commit()


def count_models() -> int:
    """How many files ``build_models`` runs."""
    return len(_model_files())


def find_stale(
    connection: duckdb.DuckDBPyConnection, catalogue: Catalogue, changed: Iterable[str], *, is_new_day: bool
) -> frozenset[str]:
    """The tables whose rows follow from the ``changed`` core tables, with these; names with their schema.

    Those that tell of runs are always among them. Of the others, what reads the runs asks for the day of the last one
    (a page without a day of its own cannot be later), so they follow only where ``is_new_day``. Only of a warehouse
    that this code has built: what other SQL would find is not known.
    """
    there = {
        f"{schema}.{table}"
        for schema, table in connection.execute(
            "select schema_name, table_name from duckdb_tables() where database_name = current_database()"
            " union all select schema_name, view_name from duckdb_views() where database_name = current_database()"
        ).fetchall()
    }
    files = [*_ordered("fills"), *_ordered("mart"), *_ordered("meta")]
    sources = [Source("mart.fact_counts", fact_counts(catalogue))]
    sources += [Source(_built_by(path), path.read_text("utf-8")) for path in files]
    stale = stale_tables({*changed, *(LEDGERS if is_new_day else ())}, sources, there)
    return stale | LEDGERS | of_runs_only(sources)


def tell_first_day(connection: duckdb.DuckDBPyConnection, first_day: date = FIRST_DAY) -> None:
    """Tell the models the day before which none counts as one of publication or of a beginning."""
    connection.execute(f"set variable first_day = date '{first_day}'")


def build_models(
    connection: duckdb.DuckDBPyConnection,
    catalogue: Catalogue,
    stale: Collection[str] | None = None,
    parts: Parts | None = None,
    first_day: date = FIRST_DAY,
) -> int:
    """Fill the core tables that no stage writes, rebuild all marts, macros and the dictionary; the number
    of files run. Where it is known which tables are ``stale`` (``find_stale``), only those, and of these only the
    ``parts`` that have changed. ``first_day``: see ``tell_first_day``.

    Raises RuntimeError with the file's name where one does not run.
    """
    files = _model_files()
    tell_first_day(connection, first_day)
    if stale is None:
        _drop_earlier(connection)
        connection.execute(fact_counts(catalogue))
    else:
        files = [path for path in files if path.parent.name != "macros" and _built_by(path) in stale]
    for path in files:
        try:
            source = path.read_text("utf-8")
            if path.parent.name == "macros":
                connection.execute(attachable(source))
            elif parts is None:
                connection.execute(source)
            else:
                parts.build(_built_by(path), source)
        except duckdb.Error as error:
            raise RuntimeError(f"sql/{path.parent.name}/{path.name}: {error}") from error
    if stale is None:
        write_dictionary(connection, catalogue)
    return len(files)


def attachable(macro: str) -> str:
    """The same macro with the parameter ``warehouse``, under whose name each of its tables is looked up.

    >>> print(attachable("create or replace macro main.one(x) as table\\n(select a.x from core.articles as a);"))
    create or replace macro main.one(x, warehouse := '') as table
    (select a.x from query_table(concat_ws('.', nullif(warehouse, ''), 'core.articles')) as a);
    """
    named = _SIGNATURE.sub(lambda m: f"{m[1]}{m[2]}{', ' if m[2] else ''}warehouse := '')", macro)
    return _TABLE.sub(r"\1 query_table(concat_ws('.', nullif(warehouse, ''), '\2')) as ", named)


def all_checks(catalogue: Catalogue, stale: Collection[str] | None = None) -> dict[str, str]:
    """The statement of every check by its name: what many tables promise, then the files of sql/checks.

    Where it is known which tables are ``stale``, only what those can break.
    """
    files = {path.stem: path.read_text("utf-8") for path in _ordered("checks")}
    if stale is not None:
        files = {name: text for name, text in files.items() if not tables_of(text) or tables_of(text) & set(stale)}
    return catalogue_checks(catalogue, stale) | files


def run_checks(
    connection: duckdb.DuckDBPyConnection,
    catalogue: Catalogue,
    stale: Collection[str] | None = None,
    parts: Parts | None = None,
) -> int:
    """Run every check, or those that ``stale`` tables can break, over what ``parts`` have changed; the number of claims
    that hold. Raises FailedCheckError where a check returns a row."""
    broken = []
    checks = all_checks(catalogue, stale)
    for name, statement in checks.items():
        try:
            rows = connection if parts is None else parts.checked_by(statement)
            row = rows.execute(statement).fetchmany(1)
        except duckdb.Error as error:
            raise RuntimeError(f"check {name}: {error}") from error
        if row:
            broken.append(f"{name}: {row[0]}")
    if broken:
        raise FailedCheckError("; ".join(broken))
    return len(checks)


def _drop_earlier(connection: duckdb.DuckDBPyConnection) -> None:
    """Remove summaries and macros of earlier versions: what nobody builds any more would go on answering."""
    tables = connection.execute(
        "select table_name from duckdb_tables() where schema_name = 'mart' and database_name = current_database()"
    ).fetchall()
    built = {path.stem for path in _ordered("mart") if not _VIEW.search(path.read_text("utf-8"))}
    for (name,) in tables:
        if name not in built:
            connection.execute(f'drop table mart."{name}"')
    for name in _EARLIER_MACROS:
        connection.execute(f"drop macro table if exists main.{name}")


def _built_by(path: Path) -> str:
    """The table that a file of sql/fills, sql/mart or sql/meta builds."""
    return f"{'core' if path.parent.name == 'fills' else path.parent.name}.{path.stem}"


def _model_files() -> list[Path]:
    return [*_ordered("fills"), *_ordered("mart"), *_ordered("macros"), *_ordered("meta")]


def _ordered(folder: str) -> list[Path]:
    paths = {f"{folder}/{path.stem}": path for path in sorted((SQL_FOLDER / folder).glob("*.sql"))}
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for name, path in paths.items():
        head = _AFTER.search(path.read_text("utf-8"))
        needed = [other.strip() for other in head.group(1).split(",")] if head else []
        sorter.add(name, *(other for other in needed if other in paths))
    return [paths[name] for name in sorter.static_order()]
