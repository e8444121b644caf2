"""Rows in, rows out, for every summary table: the cases are in tests/cases/sql/<table>.json."""

from __future__ import annotations

from datetime import date
from typing import Any

import duckdb
import pytest

from tests.sql.worlds import (
    CASE_FOLDER,
    SQL_FOLDER,
    Row,
    build_summary,
    fill,
    load_cases,
    open_warehouse,
    open_world,
    sql_names,
)

_CASES = [(path.stem, case) for path in sorted(CASE_FOLDER.glob("*.json")) for case in load_cases(path.stem)]


@pytest.fixture(scope="module")
def empty_warehouse() -> duckdb.DuckDBPyConnection:
    """A warehouse without rows; whoever fills it takes that back."""
    return open_warehouse()


@pytest.fixture(scope="module")
def built_warehouse() -> duckdb.DuckDBPyConnection:
    """A warehouse without articles, all summaries built."""
    return open_world({})


@pytest.mark.parametrize(("table", "case"), _CASES, ids=[f"{table}: {case['label']}" for table, case in _CASES])
def test_a_summary_table_holds_the_rows_of_its_case(
    table: str, case: Row, empty_warehouse: duckdb.DuckDBPyConnection
) -> None:
    expect = case["expect"]
    empty_warehouse.execute("begin")
    try:
        fill(empty_warehouse, case["given"])
        build_summary(empty_warehouse, table)
        columns = ", ".join(expect["columns"])
        query = f"select {columns} from mart.{table} where {expect.get('where', 'true')}"
        found = empty_warehouse.execute(query).fetchall()
    finally:
        empty_warehouse.execute("rollback")
    assert [[_plain(value) for value in row] for row in found] == expect["rows"]


def test_every_summary_table_has_a_case() -> None:
    assert sorted({table for table, _ in _CASES}) == sql_names("mart")


def test_the_order_of_the_rows_that_come_in_does_not_show() -> None:
    world = {"articles": [article for table, case in _CASES for article in _renamed(table, case)]}
    backwards = {"articles": world["articles"][::-1]}
    one, other = open_world(world), open_world(backwards)
    for table in sql_names("mart"):
        query = f"from mart.{table}"
        assert one.execute(query).fetchall() == other.execute(query).fetchall(), table


def test_a_warehouse_without_articles_has_empty_summaries(built_warehouse: duckdb.DuckDBPyConnection) -> None:
    for table in set(sql_names("mart")) - {"place_ancestry"}:
        assert built_warehouse.execute(f"from mart.{table}").fetchall() == [], table


def test_every_summary_table_counts_stories_beside_articles(built_warehouse: duckdb.DuckDBPyConnection) -> None:
    lookups = {"articles", "place_ancestry", "sites", "terms", "practice_claims", "linked_spans"} | {
        # What summaries are made of.
        *("texts", "practice_names", "practice_facts", "figure_keys", "posts", "term_totals", "low_places"),
    }
    for table in set(sql_names("mart")) - lookups:
        rows = built_warehouse.execute(
            "select column_name from duckdb_columns() where table_name = ?", [table]
        ).fetchall()
        names = {name for (name,) in rows}
        assert "article_count" in names, table
        assert names & {"story_count", "story_id"}, table


def test_every_summary_table_leads_on_to_what_it_counts(built_warehouse: duckdb.DuckDBPyConnection) -> None:
    for table in sql_names("mart"):
        rows = built_warehouse.execute(
            "select column_name from duckdb_columns() where table_name = ?", [table]
        ).fetchall()
        names = {name for (name,) in rows}
        keys = {"story_ids", "story_id", "article_id", "example_article_id", "first_article_id", "practice_id"}
        lookups = {"adcode", "site_key", "term", "run_id", "example_document_id"}
        assert names & (keys | lookups), table


def test_every_file_says_its_grain_first() -> None:
    for path in sorted(SQL_FOLDER.glob("*/*.sql")):
        first = path.read_text("utf-8").splitlines()[0]
        wanted = {"macros": f"-- {path.stem}(", "fills": f"-- Fills core.{path.stem} "}
        assert first.startswith(wanted.get(path.parent.name, "-- One row per ")), path


def _renamed(table: str, case: Row) -> list[Row]:
    """The articles of a case under names that no other case uses, so that all cases fit into one world."""
    place = f"{table}-{_CASES.index((table, case))}-"
    articles = []
    for given in case["given"].get("articles", ()):
        story = given.get("story", f"s-{given['id']}")
        articles.append(given | {"id": place + given["id"], "story": place + story})
    return articles


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()[:10]
    return value
