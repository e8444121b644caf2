"""A run brings a warehouse of an earlier version up to date; a rebuild keeps what no run can make again."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from tests.flows.sample_runs import NOW, RunFlow
from tests.flows.test_late_pages import ORIGINAL, REPRINT
from tests.flows.test_repetition import differences

pytestmark = pytest.mark.xdist_group("killing")  # one server for the group

SAVED = Path(__file__).parents[1] / "cases" / "migrations" / "0.1.0.sql"


def test_a_warehouse_of_the_first_version_is_brought_up_to_date(run_flow: RunFlow, tmp_path: Path) -> None:
    folder, warehouse, new = tmp_path / "pages", tmp_path / "w.duckdb", tmp_path / "new.duckdb"
    folder.mkdir()
    (folder / "reprint.txt").write_text(REPRINT, "utf-8")
    run_flow([str(folder)], warehouse)
    _as_first_version(warehouse)
    (folder / "original.txt").write_text(ORIGINAL, "utf-8")
    run_flow([str(folder)], warehouse, now=NOW.replace(day=2))
    with duckdb.connect(str(warehouse)) as connection:
        assert connection.execute("select count(*) from core.runs").fetchall() == [(2,)]
        assert connection.execute("select distinct story_id from core.stories").fetchall() == [("published before",)]
        assert connection.execute("from thesis.codes").fetchall() == [(7,)]
        assert connection.execute("select measure from core.schema_versions").fetchall() == [("pages read again",)]
    run_flow([str(folder)], new)
    assert differences(warehouse, new, but_for_stories=True) == set()
    run_flow([str(folder)], warehouse, now=NOW.replace(day=3), rebuild=True)
    with duckdb.connect(str(warehouse)) as connection:
        assert connection.execute("select count(*) from core.runs").fetchall() == [(3,)]
        assert connection.execute("select distinct story_id from core.stories").fetchall() == [("published before",)]
        assert connection.execute("from thesis.codes").fetchall() == [(7,)]
    assert differences(warehouse, new, but_for_stories=True) == set()


def _as_first_version(warehouse: Path) -> None:
    """Write the rows of ``warehouse`` into the tables of the first version, with a table of the analyst's beside
    them."""
    old = warehouse.with_name("old.duckdb")
    with duckdb.connect(str(old)) as connection:
        connection.execute(SAVED.read_text("utf-8"))
        connection.execute(f"attach '{warehouse}' as now (read_only)")
        for table in ("runs", "documents", "articles", "stories", "story_articles"):
            columns = connection.execute(
                "select string_agg(column_name, ', ') from duckdb_columns() "
                "where database_name = 'old' and table_name = ?",
                [table],
            ).fetchall()[0][0]
            connection.execute(f"insert into core.{table} by name select {columns} from now.core.{table}")
        connection.execute("update core.stories set story_id = 'published before'")
        connection.execute("update core.story_articles set story_id = 'published before'")
        connection.execute("create schema mart; create table mart.practice_panel as select 1 as adopted")
        connection.execute("create schema thesis; create table thesis.codes as select 7 as code")
        connection.execute("detach now")
    old.replace(warehouse)
