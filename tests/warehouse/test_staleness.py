"""A table is made anew where something it is made of has changed, and only there."""

from __future__ import annotations

from tasks.catalogue import catalogue
from tests.sql.worlds import open_world
from warehouse.models import all_checks, find_stale
from warehouse.staleness import Source, stale_tables

CHAIN = [
    Source("core.practices", "delete from core.practices; insert into core.practices from core.practice_mentions as m"),
    Source("mart.pilots", "create or replace table mart.pilots as from core.practices as p"),
    Source(
        "mart.sites",
        "create or replace table mart.sites as from core.documents "
        "as d; comment on table mart.sites is 'see core.practices; it''s there';",
    ),
    Source("mart.ledger", "-- as core.practices\ncreate or replace table mart.ledger as from core.runs as r"),
]
THERE = {"core.practices", "mart.pilots", "mart.sites", "mart.ledger"}


def test_what_follows_from_a_changed_table_is_stale_and_nothing_else() -> None:
    assert stale_tables({"core.practice_mentions"}, CHAIN, THERE) == {
        "core.practice_mentions",
        "core.practices",
        "mart.pilots",
    }
    assert stale_tables({"core.runs"}, CHAIN, THERE) == {"core.runs", "mart.ledger"}
    assert stale_tables((), CHAIN, THERE) == set()


def test_a_table_that_is_not_there_is_made() -> None:
    assert stale_tables((), CHAIN, THERE - {"mart.sites"}) == {"mart.sites"}


def test_a_run_that_changed_nothing_makes_only_its_ledger_anew() -> None:
    with open_world({}) as connection:
        assert find_stale(connection, catalogue(), (), is_new_day=False) == {
            "core.runs",
            "core.run_stages",
            "mart.run_ledger",
            "meta.versions",
        }
        assert "mart.adoptions" in find_stale(connection, catalogue(), (), is_new_day=True)


def test_every_summary_follows_from_some_table() -> None:
    with open_world({}) as connection:
        tables = connection.execute("select table_name from duckdb_tables() where schema_name = 'core'").fetchall()
        stale = find_stale(connection, catalogue(), {f"core.{table}" for (table,) in tables}, is_new_day=False)
        marts = connection.execute("select table_name from duckdb_tables() where schema_name = 'mart'").fetchall()
    assert {f"mart.{table}" for (table,) in marts} <= stale


def test_only_checks_that_a_changed_table_can_break_are_run() -> None:
    of_figures = all_checks(catalogue(), {"core.figures"})
    assert "core.figures" in of_figures["keys_are_unique"]
    assert "core.quotes" not in of_figures["keys_are_unique"]
    assert "every_story_has_one_canonical_article" not in of_figures
    assert len(of_figures) < len(all_checks(catalogue()))
