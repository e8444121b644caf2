"""A published file opens in older clients, and does not grow with what was deleted."""

from __future__ import annotations

from pathlib import Path

import duckdb

from warehouse.compaction import compact
from warehouse.connections import open_warehouse


def storage_version(path: Path) -> str:
    with duckdb.connect(str(path), read_only=True) as connection:
        rows = connection.execute(
            "select tags['storage_version'] from duckdb_databases() where database_name = current_database()"
        ).fetchall()
    return str(rows[0][0])


def test_a_new_file_is_in_the_oldest_format_that_holds_it(tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    open_warehouse(path, writable=True).close()
    assert storage_version(path).startswith("v1.2.0")
    assert not compact(path)


def test_a_file_of_a_newer_format_becomes_one_that_older_clients_open(tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema core; create table core.t as select range as x from range(9)")
        connection.execute("comment on table core.t is 'nine'; create view core.v as from core.t")
        connection.execute("create macro main.f() as table (from core.t)")
    assert not storage_version(path).startswith("v1.2.0")
    assert compact(path)
    assert storage_version(path).startswith("v1.2.0")
    with duckdb.connect(str(path), read_only=True) as connection:
        assert connection.execute("select count(*) from f()").fetchall() == [(9,)]
        assert connection.execute("select count(*) from core.v").fetchall() == [(9,)]
        assert connection.execute("select comment from duckdb_tables() where table_name = 't'").fetchall() == [
            ("nine",)
        ]


def test_what_was_deleted_takes_no_room(tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    with open_warehouse(path, writable=True) as connection:
        connection.execute("create table t as select range as x, uuid()::varchar as y from range(600_000)")
        connection.execute("checkpoint")
        connection.execute("delete from t where x >= 1000")
        connection.execute("checkpoint")
    before = path.stat().st_size
    assert compact(path)
    assert path.stat().st_size < before / 2
    with duckdb.connect(str(path), read_only=True) as connection:
        assert connection.execute("select count(*), min(x), max(x) from t").fetchall() == [(1000, 0, 999)]
