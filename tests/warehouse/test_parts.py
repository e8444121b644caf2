"""Summaries brought up to date part by part hold the rows that making them anew would give them."""

from __future__ import annotations

import random

import duckdb
import polars as pl
import pytest

from tasks.catalogue import catalogue
from tests.benchmarks.bench_models import fill
from warehouse.models import build_models, create_tables, find_stale, run_checks
from warehouse.parts import KINDS, Changes, Parts

ARTICLES = 300
_FACTS = (
    *("practice_mentions", "practice_mention_places", "figures", "quotes", "place_mentions", "words"),
    "person_mentions",
)


@pytest.fixture(scope="module")
def filled() -> duckdb.DuckDBPyConnection:
    """Core tables of some hundred articles, every fifth a reprint, with all summaries of them."""
    connection = duckdb.connect()
    create_tables(connection)
    fill(connection, ARTICLES)
    # Pages of a newspaper hold several articles; few figures and practices, so that many articles share one.
    connection.execute("update core.figures set subject = '居民' || (hash(article_id) % 20)")
    connection.execute("update core.practice_mentions set practice_id = 'p' || (hash(name) % 12), spelling_id = 'p'")
    # Two round-ups, one of which prints a story of another month.
    connection.execute(
        "insert into core.story_links by name select t.story_id, s.article_id, 0 as start_char, 30 as end_char,"
        " 1.0 as share from core.story_articles as s join core.story_articles as t"
        " on s.article_id in (printf('%020x', 40), printf('%020x', 55)) and t.article_id = printf('%020x', 90)"
    )
    connection.execute(
        "insert into core.runs by name select 'r' as run_id, timestamptz '2024-06-01' as started_at,"
        " 'completed' as status, [] as sources, 0 as input_count, 0 as loaded_count, 0 as copy_count,"
        " 0 as rejected_count, 0 as new_document_count, 0 as article_count, 0 as story_count, 0 as changed_story_count"
    )
    # People called by posts that are what some quotations name as their speaker, and articles without a day.
    connection.execute("update core.quotes set speaker = '许' || (hash(speaker) % 40)")
    connection.execute(_MENTION + " where hash(article_id) % 50 = 0")
    connection.execute("update core.articles set published_on = null where hash(article_id, 7) % 20 = 0")
    build_models(connection, catalogue())
    return connection


_MENTION = (
    "insert into core.person_mentions by name select article_id, start_char, end_char, '许' as name,"
    " speaker as role from core.quotes"
)


@pytest.mark.parametrize("seed", range(6))
def test_changed_parts_are_the_rows_of_a_whole_computation(
    filled: duckdb.DuckDBPyConnection, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("warehouse.parts._MOST_OF_ALL", 1.0)  # of so few stories the touched ones are many
    filled.execute("begin")
    try:
        changes = disturb(filled, random.Random(seed))
        stale = find_stale(filled, catalogue(), CHANGED, is_new_day=True)
        parts = Parts(filled, changes)
        parts.touch_days(None)
        build_models(filled, catalogue(), stale, parts)
        assert run_checks(filled, catalogue(), stale, parts) > 10
        in_parts = summaries(filled)
        build_models(filled, catalogue())
        assert [name for name, rows in summaries(filled).items() if rows != in_parts[name]] == []
    finally:
        filled.execute("rollback")


def test_a_claim_that_a_changed_story_breaks_is_found(filled: duckdb.DuckDBPyConnection) -> None:
    filled.execute("begin")
    try:
        changes = disturb(filled, random.Random(1))
        story = changes.stories["story_id"].sort()[0]
        filled.execute("update core.story_articles set relation = 'near' where story_id = ?", [story])
        parts = Parts(filled, changes)
        stale = find_stale(filled, catalogue(), CHANGED, is_new_day=False)
        with pytest.raises(Exception, match="every_story_has_one_canonical_article"):
            run_checks(filled, catalogue(), stale, parts)
    finally:
        filled.execute("rollback")


CHANGED = {f"core.{table}" for table in ("articles", "documents", "stories", "story_articles", *_FACTS)}


def disturb(connection: duckdb.DuckDBPyConnection, draw: random.Random) -> Changes:
    """Take facts of some stories away, put others under other values, let two stories become one, one page go."""
    stories = [row[0] for row in connection.execute("select story_id from core.stories order by all").fetchall()]
    touched = draw.sample(stories, 9)
    of_touched = "article_id in (select article_id from core.story_articles where story_id in (select unnest(?)))"
    earlier = {
        kind: connection.sql(f"select distinct {kind} from {table} where {of_touched}", params=[touched]).pl()
        for kind, table in KINDS.items()
    }
    for table in ("practice_mentions", "practice_mention_places", "figures"):
        connection.execute(f"delete from core.{table} where {of_touched}", [touched[:3]])
    connection.execute(
        f"update core.figures set value = value + 1, adcode = '110101' where {of_touched}", [touched[3:5]]
    )
    connection.execute(f"update core.practice_mentions set practice_id = 'p5' where {of_touched}", [touched[5:6]])
    # A post that comes and one that goes: elsewhere a speaker of that name is none any more, or is one again.
    connection.execute(f"delete from core.person_mentions where {of_touched}", [touched[:4]])
    connection.execute(
        f"{_MENTION} where {of_touched} and (article_id, start_char) not in"
        " (select (article_id, start_char) from core.person_mentions)",
        [touched[4:6]],
    )
    connection.execute(f"update core.quotes set speaker = '许99' where {of_touched}", [touched[2:3]])
    one, other = touched[6:8]
    connection.execute(
        "update core.story_articles set story_id = $1, relation = 'near' where story_id = $2", [one, other]
    )
    connection.execute("delete from core.stories where story_id = ?", [other])
    connection.execute(
        "update core.stories as s set article_count = (select count(*) from core.story_articles as m"
        " where m.story_id = s.story_id) where story_id = ?",
        [one],
    )
    gone = [
        row[0]
        for row in connection.execute(
            f"select article_id from core.articles where {of_touched}", [touched[8:]]
        ).fetchall()
    ]
    pages = connection.execute(
        "select document_id from core.articles where article_id in (select unnest(?))", [gone]
    ).fetchall()
    for (table,) in connection.execute(
        "select table_name from duckdb_columns() where schema_name = 'core' and column_name = 'article_id'"
    ).fetchall():
        connection.execute(f"delete from core.{table} where article_id in (select unnest(?))", [gone])
    connection.execute("delete from core.stories where story_id = ?", [touched[8]])
    documents = pl.DataFrame({"document_id": [row[0] for row in pages]}, schema={"document_id": pl.String})
    for table in ("documents", "blocks"):
        connection.execute(
            f"delete from core.{table} where document_id in (select unnest(?))", [documents["document_id"].to_list()]
        )
    return Changes(pl.DataFrame({"story_id": touched}), documents, earlier)


def summaries(connection: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    """The rows of every summary, in order."""
    tables = connection.execute(
        "select table_name from duckdb_tables() where schema_name = 'mart'"
        " union all select view_name from duckdb_views() where schema_name = 'mart' order by 1"
    ).fetchall()
    return {table: sorted(map(repr, connection.execute(f"from mart.{table}").fetchall())) for (table,) in tables}
