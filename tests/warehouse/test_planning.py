"""What a run reads is the difference between store and warehouse, and a function of the set of pages alone."""

from __future__ import annotations

import random
from datetime import UTC, datetime

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from warehouse.planning import REPEATED_ON_PAGES, cut_shards, plan_documents, plan_lines
from warehouse.raw_store import INDEX_SCHEMA
from warehouse.schemas import core_schemas

KNOWN_SCHEMA = {"document_id": pl.String(), "status": pl.String()}
NOTHING_KNOWN = pl.DataFrame(schema=KNOWN_SCHEMA)
LINES_SCHEMA = core_schemas()["site_lines"].columns
SEEN_SCHEMA = dict.fromkeys(("site_key", "line", "document_id", "page_key"), pl.String())


def index_of(*pages: tuple[str, str, datetime | None]) -> pl.DataFrame:
    rows = [
        {"uri": uri, "content_sha256": digest, "fetched_at": moment, "byte_count": 1, "pack": "p", "has_body": True}
        for uri, digest, moment in pages
    ]
    return pl.DataFrame({name: [row.get(name) for row in rows] for name in INDEX_SCHEMA}, schema=INDEX_SCHEMA)


def test_of_pages_with_the_same_bytes_the_earliest_is_read() -> None:
    early, late = datetime(2020, 1, 1, tzinfo=UTC), datetime(2021, 1, 1, tzinfo=UTC)
    plan = plan_documents(index_of(("b", "x", early), ("a", "x", late), ("c", "x", None)), NOTHING_KNOWN)
    assert plan.to_read["uri"].to_list() == ["b"]
    owner = plan.to_read["document_id"].item()
    copies = plan.documents.filter(pl.col("copy_of").is_not_null())
    assert sorted(copies["uri"]) == ["a", "c"]
    assert set(copies["copy_of"]) == {owner}


def test_what_is_shown_is_not_read_again_and_what_is_left_over_is() -> None:
    index = index_of(("a", "x", None), ("b", "y", None))
    first = plan_documents(index, NOTHING_KNOWN)
    shown = first.documents.filter(pl.col("uri") == "a").select("document_id", status=pl.lit("loaded"))
    assert plan_documents(index, shown).to_read["uri"].to_list() == ["b"]


def test_a_page_shown_as_loaded_is_dropped_when_an_earlier_twin_arrives() -> None:
    late = index_of(("b", "x", None))
    shown = plan_documents(late, NOTHING_KNOWN).documents.select("document_id", status=pl.lit("loaded"))
    plan = plan_documents(index_of(("b", "x", None), ("a", "x", None)), shown)
    assert plan.to_read["uri"].to_list() == ["a"]
    assert plan.dropped == shown["document_id"].to_list()


def test_shards_keep_order_and_lose_nothing() -> None:
    frame = pl.DataFrame({"uri": [str(i) for i in range(10)], "byte_count": [5] * 10})
    shards = cut_shards(frame, max_documents=4, max_bytes=12)
    assert [shard["uri"].to_list() for shard in shards] == [["0", "1"], ["2", "3"], ["4", "5"], ["6", "7"], ["8", "9"]]
    assert cut_shards(frame.clear(), 4, 12) == []


def seen_lines(pages: list[tuple[str, str]]) -> pl.DataFrame:
    """Pages as (document, title); each shows the line 版权 and a line of its own."""
    rows = [
        {"site_key": "s", "line": line, "document_id": document, "page_key": title}
        for document, title in pages
        for line in ("版权", document)
    ]
    return pl.DataFrame(rows, schema=SEEN_SCHEMA)


def test_a_line_on_three_different_pages_is_repeated_and_earlier_pages_are_read_again() -> None:
    first = plan_lines(pl.DataFrame(schema=LINES_SCHEMA), seen_lines([("d1", "甲"), ("d2", "乙")]), [])
    assert first.reread == []
    second = plan_lines(first.site_lines, seen_lines([("d3", "丙")]), [])
    assert second.reread == ["d1", "d2"]
    repeated = second.site_lines.filter(pl.col("page_count") >= REPEATED_ON_PAGES)
    assert repeated["line"].to_list() == ["版权"]


def test_one_article_at_three_addresses_makes_no_line_repeated() -> None:
    plan = plan_lines(pl.DataFrame(schema=LINES_SCHEMA), seen_lines([("d1", "甲"), ("d2", "甲"), ("d3", "甲")]), [])
    assert plan.site_lines["page_count"].max() == 1


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 5)), max_size=30), st.integers(0, 5), st.randoms())
def test_lines_learned_in_batches_equal_lines_learned_at_once(
    pages: list[tuple[int, int]], batches: int, order: random.Random
) -> None:
    distinct = [(f"d{number}", f"t{title}") for number, title in dict(pages).items()]
    empty = pl.DataFrame(schema=LINES_SCHEMA)
    whole = plan_lines(empty, seen_lines(distinct), []).site_lines
    order.shuffle(distinct)
    table = empty
    for batch in range(batches + 1):
        table = plan_lines(table, seen_lines(distinct[batch :: batches + 1]), []).site_lines
    assert table.equals(whole)
