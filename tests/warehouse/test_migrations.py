"""A warehouse of an earlier version gets the present shape; what no run can make again is kept."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from warehouse.migrations import migrate, other_version
from warehouse.models import create_tables

SAVED = Path(__file__).parents[1] / "cases" / "migrations"
FACTS = ("figures", "quotes", "practice_mentions")


@pytest.fixture
def connection() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


def test_a_new_file_is_made_and_stays_the_same(connection: duckdb.DuckDBPyConnection) -> None:
    assert migrate(connection, FACTS, rebuild=False) == "made"
    assert migrate(connection, FACTS, rebuild=False) == "same"
    assert connection.execute("select version, measure from core.schema_versions").fetchall() == [(1, "made")]


@pytest.mark.parametrize("saved", sorted(SAVED.glob("*.sql")), ids=lambda path: path.stem)
def test_a_file_of_an_earlier_version_keeps_its_history(saved: Path, connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(saved.read_text("utf-8"))
    connection.execute(
        "insert into core.runs by name select 'r1' as run_id, now() "
        "as started_at, 'completed' as status, [] as sources,"
        " 3 as input_count, 3 as loaded_count, 0 as copy_count, 0 as rejected_count, 3 as new_document_count,"
        " 3 as article_count, 2 as story_count, 2 as changed_story_count"
    )
    connection.execute(
        "insert into core.documents by name select 'd' as document_id, 'u' as uri, 'x' as content_sha256,"
        " 1 as byte_count, 'loaded' as status"
    )
    connection.execute("create schema thesis; create table thesis.codes as select 7 as code")
    assert migrate(connection, FACTS, rebuild=False) == "pages read again"
    assert connection.execute("select run_id, input_count, overrides from core.runs").fetchall() == [("r1", 3, None)]
    assert connection.execute("select count(*) from core.documents").fetchall() == [(0,)]
    assert connection.execute("from thesis.codes").fetchall() == [(7,)]
    assert migrate(connection, FACTS, rebuild=False) == "same"
    assert connection.execute("select measure from core.schema_versions").fetchall() == [("pages read again",)]


def test_where_only_facts_changed_pages_stay_and_facts_are_read_again(connection: duckdb.DuckDBPyConnection) -> None:
    migrate(connection, FACTS, rebuild=False)
    connection.execute(
        "insert into core.documents by name select 'd' as document_id, "
        "'u' as uri, 'x' as content_sha256, 1 as byte_count, 'loaded' as status"
    )
    connection.execute("insert into core.story_articles values ('a', 's', 'canonical', 1, 'original', 0, 0)")
    connection.execute(
        "insert into core.quotes by name select 'a' as article_id, 0 as start_char, 1 as end_char, '好' as text"
    )
    connection.execute("alter table core.figures add column mood varchar")
    assert migrate(connection, FACTS, rebuild=False) == "facts read again"
    counts = [
        connection.execute(f"select count(*) from core.{name}").fetchall()[0][0]
        for name in ("documents", "story_articles", "quotes")
    ]
    assert counts == [1, 0, 0]
    assert connection.execute("select changed_tables from core.schema_versions order by version").fetchall() == [
        ([],),
        (["figures"],),
    ]


def test_a_rebuild_empties_all_but_the_history(connection: duckdb.DuckDBPyConnection) -> None:
    create_tables(connection)
    connection.execute(
        "insert into core.documents by name select 'd' as document_id, "
        "'u' as uri, 'x' as content_sha256, 1 as byte_count, 'loaded' as status"
    )
    connection.execute("insert into core.story_aliases values ('old', 'new')")
    connection.execute("create schema thesis; create view thesis.pages as select count(*) as n from core.documents")
    migrate(connection, FACTS, rebuild=True)
    assert connection.execute("from thesis.pages").fetchall() == [(0,)]
    assert connection.execute("from core.story_aliases").fetchall() == [("old", "new")]


def test_a_file_of_another_version_is_told_as_such(tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create table thesis as select 7 as code")
    assert other_version(path) == f"{path} holds no tables of Fangzhi"
    with duckdb.connect(str(path)) as connection:
        migrate(connection, FACTS, rebuild=False)
    assert other_version(path) is None
    with duckdb.connect(str(path)) as connection:
        connection.execute("alter table core.documents add column mood varchar")
    assert "another version of Fangzhi, whose tables have another shape" in str(other_version(path))
    path.write_bytes(path.read_bytes()[:12] + bytes(9_000))
    assert f"cannot be opened by DuckDB {duckdb.__version__}" in str(other_version(path))
