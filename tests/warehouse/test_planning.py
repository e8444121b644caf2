"""What a run reads is the difference between store and warehouse, and a function of the set of pages alone."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.packs import INDEX_SCHEMA
from warehouse.planning import (
    SAMPLED_PAGES,
    DocumentPlan,
    cut_shards,
    plan_documents,
    plan_lines,
    states_to_read,
    stored_documents,
    unsettled_sites,
)
from warehouse.schemas import core_schemas
from warehouse.versions import NO_ARTICLE

KNOWN_SCHEMA = dict.fromkeys(("document_id", "status", "article_digest"), pl.String())
DIGEST_SCHEMA = dict.fromkeys(("document_id", "article_digest"), pl.String())
NOTHING_KNOWN = pl.DataFrame(schema=KNOWN_SCHEMA)
LINES_SCHEMA = core_schemas()["site_lines"].columns
SEEN_SCHEMA = dict.fromkeys(("site_key", "line", "document_id", "page_key"), pl.String())


def index_of(*pages: tuple[str, str, datetime | None]) -> pl.DataFrame:
    rows = [
        {"uri": uri, "content_sha256": digest, "fetched_at": moment, "byte_count": 1, "pack": "p", "has_body": True}
        for uri, digest, moment in pages
    ]
    return pl.DataFrame({name: [row.get(name) for row in rows] for name in INDEX_SCHEMA}, schema=INDEX_SCHEMA)


def plan_of(
    index: pl.DataFrame, known: pl.DataFrame = NOTHING_KNOWN, shows: dict[str, str] | None = None
) -> DocumentPlan:
    """The plan for a store of ``index``; ``shows`` says which article each content shows, else it is the content."""
    documents = stored_documents(index)
    states = states_to_read(documents, known)
    digests = [(shows or {}).get(content, content) for content in states["content_sha256"]]
    return plan_documents(
        documents, known, pl.DataFrame({"document_id": states["document_id"], "article_digest": digests}, DIGEST_SCHEMA)
    )


def shown_of(plan: DocumentPlan) -> pl.DataFrame:
    """What a warehouse knows after a run of ``plan`` that rejected nothing."""
    status = pl.when(pl.col("copy_of").is_not_null()).then(pl.lit("copy"))
    status = status.when(pl.col("superseded_by").is_not_null()).then(pl.lit("superseded")).otherwise(pl.lit("loaded"))
    return plan.documents.select("document_id", status=status, article_digest=pl.lit(None, dtype=pl.String))


def fates(plan: DocumentPlan) -> dict[tuple[str, str], str]:
    """What becomes of each page, by address and content."""
    names = {row["document_id"]: row["content_sha256"] for row in plan.documents.iter_rows(named=True)}
    return {
        (row["uri"], row["content_sha256"]): f"copy of {names[row['copy_of']]}"
        if row["copy_of"]
        else f"superseded by {names[row['superseded_by']]}"
        if row["superseded_by"]
        else "read"
        for row in plan.documents.iter_rows(named=True)
    }


DAY = [datetime(2020, 1, day, tzinfo=UTC) for day in range(1, 9)]
PAGE = "https://www.qingshi-news.example/a/1.html"


def test_of_pages_with_the_same_bytes_the_earliest_is_read() -> None:
    plan = plan_of(index_of(("b", "x", DAY[0]), ("a", "x", DAY[1]), ("c", "x", None)))
    assert plan.to_read["uri"].to_list() == ["b"]
    owner = plan.to_read["document_id"].item()
    copies = plan.documents.filter(pl.col("copy_of").is_not_null())
    assert sorted(copies["uri"]) == ["a", "c"]
    assert set(copies["copy_of"]) == {owner}


def test_the_same_bytes_on_another_site_are_read_for_themselves() -> None:
    mirror = "https://www.bafang-zixun.example/b.html"
    plan = plan_of(index_of((PAGE, "x", DAY[0]), (f"{PAGE}?print", "x", DAY[1]), (mirror, "x", DAY[2])))
    assert fates(plan) == {(PAGE, "x"): "read", (f"{PAGE}?print", "x"): "copy of x", (mirror, "x"): "read"}


def test_a_page_fetched_again_with_another_counter_is_a_copy_of_its_first_state() -> None:
    index = index_of((PAGE, "read 8 times", DAY[0]), (PAGE, "read 9 times", DAY[1]))
    plan = plan_of(index, shows={"read 8 times": "the article", "read 9 times": "the article"})
    assert fates(plan) == {(PAGE, "read 8 times"): "read", (PAGE, "read 9 times"): "copy of read 8 times"}


def test_a_changed_text_supersedes_the_earlier_one() -> None:
    index = index_of((PAGE, "first", DAY[0]), (PAGE, "changed", DAY[1]), (PAGE, "changed, counter", DAY[2]))
    plan = plan_of(index, shows={"changed": "new", "changed, counter": "new"})
    assert fates(plan) == {
        (PAGE, "first"): "superseded by changed",
        (PAGE, "changed"): "read",
        (PAGE, "changed, counter"): "copy of changed",
    }


def test_a_state_said_to_be_fetched_after_it_was_stored_gives_way_to_every_other() -> None:
    years_off = DAY[7].replace(year=2150)
    stored = pl.lit(DAY[6]).cast(INDEX_SCHEMA["stored_at"])
    index = index_of((PAGE, "of 2150", years_off), (PAGE, "first", DAY[0]), (PAGE, "changed", DAY[6]))
    plan = plan_of(index.with_columns(stored_at=stored))
    assert fates(plan) == {
        (PAGE, "of 2150"): "superseded by changed",
        (PAGE, "first"): "superseded by changed",
        (PAGE, "changed"): "read",
    }
    moments = plan.documents.select("content_sha256", "fetched_at")
    assert dict(moments.iter_rows())["of 2150"] is None
    alone = plan_of(index_of((PAGE, "of 2150", years_off)).with_columns(stored_at=stored))
    assert fates(alone) == {(PAGE, "of 2150"): "read"}
    # A clock that has gone back says nothing of what it stored.
    went_back = index.with_columns(stored_at=pl.lit(datetime(1970, 1, 2, tzinfo=UTC)).cast(INDEX_SCHEMA["stored_at"]))
    assert fates(plan_of(went_back))[PAGE, "first"] == "superseded by of 2150"


SPELLINGS = [
    PAGE.replace("https", "http"),
    PAGE.replace("www.", ""),
    f"{PAGE}?v=2",
    f"{PAGE}?spm=a2.b3&from=timeline",
    f"{PAGE}?utm_source=x#top",
]


@pytest.mark.parametrize("spelled", SPELLINGS)
def test_an_address_in_another_spelling_shows_a_copy_or_a_changed_text(spelled: str) -> None:
    index = index_of((PAGE, "read 8 times", DAY[0]), (spelled, "read 9 times", DAY[1]))
    same = plan_of(index, shows={"read 8 times": "the article", "read 9 times": "the article"})
    assert fates(same) == {(PAGE, "read 8 times"): "read", (spelled, "read 9 times"): "copy of read 8 times"}
    assert fates(plan_of(index))[PAGE, "read 8 times"] == "superseded by read 9 times"


def test_the_name_of_an_index_page_may_be_left_out() -> None:
    folder = "https://www.qingshi-news.example/a/"
    index = index_of((folder, "x", DAY[0]), (f"{folder}index.html", "y", DAY[1]))
    assert fates(plan_of(index, shows={"y": "x"})) == {(folder, "x"): "read", (f"{folder}index.html", "y"): "copy of x"}


@pytest.mark.parametrize("other", [f"{PAGE}?page=2", PAGE.replace("1.html", "show.php?t=2"), f"{PAGE}#/d/2"])
def test_what_chooses_a_page_makes_another_address(other: str) -> None:
    first = other.replace("2", "1")
    index = index_of((first, "x", DAY[0]), (other, "y", DAY[1]))
    assert set(fates(plan_of(index)).values()) == {"read"}


def test_the_twin_for_telephones_is_a_copy_where_it_shows_the_article_and_supersedes_nothing() -> None:
    mobile = PAGE.replace("www.", "m.")
    index = index_of((PAGE, "x", DAY[0]), (mobile, "y", DAY[1]), (PAGE, "z", DAY[2]))
    assert fates(plan_of(index, shows={"y": "the article", "z": "the article"})) == {
        (PAGE, "x"): "superseded by z",
        (mobile, "y"): "copy of z",
        (PAGE, "z"): "read",
    }
    stale = index_of((PAGE, "x", DAY[0]), (mobile, "y", DAY[1]), (PAGE, "z", DAY[2]))
    assert fates(plan_of(stale, shows={"y": "x"}))[mobile, "y"] == "superseded by z"
    shorter = index_of((PAGE, "x", DAY[0]), (mobile, "y", DAY[1]))
    assert set(fates(plan_of(shorter)).values()) == {"read"}


def test_spellings_that_came_at_one_moment_are_one_article_where_they_show_one() -> None:
    index = index_of((PAGE, "x", None), (f"{PAGE}?v=2", "y", None), (f"{PAGE}?v=3", "z", None))
    plan = plan_of(index, shows={"x": "same", "y": "same"})
    assert sorted(fates(plan).values())[1:] == ["read", "read"]
    assert plan.to_read.height == 2


def test_an_error_page_supersedes_nothing() -> None:
    plan = plan_of(index_of((PAGE, "article", DAY[0]), (PAGE, "404", DAY[1])), shows={"404": NO_ARTICLE})
    assert set(fates(plan).values()) == {"read"}


def test_a_page_that_goes_back_to_its_first_state_shows_that_again() -> None:
    index = index_of((PAGE, "first", DAY[0]), (PAGE, "changed", DAY[1]), (PAGE, "first", DAY[2]))
    assert fates(plan_of(index)) == {(PAGE, "first"): "read", (PAGE, "changed"): "superseded by first"}


def test_pages_under_one_address_without_an_order_are_read_side_by_side() -> None:
    index = index_of(("rows.jsonl", "one", None), ("rows.jsonl", "two", None))
    assert set(fates(plan_of(index)).values()) == {"read"}


@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 7)), max_size=12),
    st.integers(1, 4),
    st.randoms(),
)
def test_what_becomes_of_pages_depends_on_the_set_of_them(
    pages: list[tuple[int, int, int]], batches: int, order: random.Random
) -> None:
    shows = {"c0": "same", "c1": "same", "c2": NO_ARTICLE}
    spelled = ["https://s.example/a", "http://www.s.example/a?spm=1", "https://m.s.example/a", "https://o.example/a"]
    rows = [(spelled[uri], f"c{content}", DAY[day]) for uri, content, day in pages]
    whole = plan_of(index_of(*sorted(set(rows))), shows=shows)
    order.shuffle(rows)
    known, loaded = NOTHING_KNOWN, set[str]()
    for batch in range(batches):
        plan = plan_of(index_of(*rows[: len(rows) * (batch + 1) // batches]), known, shows)
        loaded = (loaded - set(plan.dropped)) | set(plan.to_read["document_id"])
        known = shown_of(plan)
    assert plan.documents.drop("fetched_at").equals(whole.documents.drop("fetched_at"))
    assert loaded == set(whole.to_read["document_id"])


def test_what_is_shown_is_not_read_again_and_what_is_left_over_is() -> None:
    index = index_of(("a", "x", None), ("b", "y", None))
    shown = shown_of(plan_of(index_of(("a", "x", None))))
    assert plan_of(index, shown).to_read["uri"].to_list() == ["b"]


def test_a_page_shown_as_loaded_is_dropped_when_an_earlier_twin_arrives() -> None:
    late = index_of(("b", "x", None))
    shown = shown_of(plan_of(late))
    plan = plan_of(index_of(("b", "x", None), ("a", "x", None)), shown)
    assert plan.to_read["uri"].to_list() == ["a"]
    assert plan.dropped == shown["document_id"].to_list()


def test_shards_keep_order_and_lose_nothing() -> None:
    frame = pl.DataFrame({"uri": [str(i) for i in range(10)], "byte_count": [5] * 10})
    shards = cut_shards(frame, max_documents=4, max_bytes=12)
    assert [shard["uri"].to_list() for shard in shards] == [["0", "1"], ["2", "3"], ["4", "5"], ["6", "7"], ["8", "9"]]
    assert cut_shards(frame.clear(), 4, 12) == []


def test_what_is_too_much_for_one_shard_is_shared_out_evenly_so_that_no_worker_waits_for_another() -> None:
    frame = pl.DataFrame({"uri": [str(i) for i in range(3_000)], "byte_count": [5] * 3_000})
    assert [shard.height for shard in cut_shards(frame, 1_000, 1_000_000)] == [375] * 8
    assert [shard.height for shard in cut_shards(frame.head(1_000), 1_000, 1_000_000)] == [1_000]
    assert [shard.height for shard in cut_shards(frame.head(9), 4, 1_000_000)] == [3, 3, 3]


def seen_lines(pages: list[tuple[str, str]]) -> pl.DataFrame:
    """Pages as (document, title); each shows the line 版权 and a line of its own."""
    rows = [
        {"site_key": "s", "line": line, "document_id": document, "page_key": title}
        for document, title in pages
        for line in ("版权", document)
    ]
    return pl.DataFrame(rows, schema=SEEN_SCHEMA)


NO_LINES = pl.DataFrame(schema=LINES_SCHEMA)


def test_a_line_on_three_different_pages_is_repeated_and_earlier_pages_are_read_again() -> None:
    first = plan_lines(NO_LINES, seen_lines([("d1", "甲"), ("d2", "乙")]))
    assert (first.changed, first.repeated.height) == ([], 0)
    second = plan_lines(first.site_lines, seen_lines([("d3", "丙")]))
    assert second.changed == ["s"]
    assert second.repeated["line"].to_list() == ["版权"]
    assert plan_lines(second.site_lines, seen_lines([("d4", "丁")])).changed == []


def test_one_article_at_three_addresses_makes_no_line_repeated() -> None:
    plan = plan_lines(NO_LINES, seen_lines([("d1", "甲"), ("d2", "甲"), ("d3", "甲")]))
    assert plan.repeated.is_empty()


def test_what_stands_on_few_of_many_pages_is_not_repeated() -> None:
    pages = seen_lines([(f"d{number:03}", f"t{number}") for number in range(40)])
    form = pl.DataFrame(
        [
            {"site_key": "s", "line": "特此通报", "document_id": f"d{n:03}", "page_key": f"t{n}"}
            for n in range(0, 40, 2)
        ],
        schema=SEEN_SCHEMA,
    )
    plan = plan_lines(NO_LINES, pl.concat([pages, form]))
    assert plan.repeated["line"].to_list() == ["版权"]
    assert plan.site_lines["page_count"].max() == SAMPLED_PAGES


def test_a_site_that_loses_a_page_of_its_sample_is_learned_anew() -> None:
    known = plan_lines(NO_LINES, seen_lines([("d1", "甲"), ("d2", "乙"), ("d3", "丙")])).site_lines
    assert unsettled_sites(known, ["d9"]) == []
    assert unsettled_sites(known, ["d2"]) == ["s"]
    left = seen_lines([("d1", "甲"), ("d3", "丙")])
    assert plan_lines(known, left, ["s"]).site_lines.equals(plan_lines(NO_LINES, left).site_lines)


@given(st.lists(st.tuples(st.integers(0, 90), st.integers(0, 60)), max_size=90), st.integers(0, 5), st.randoms())
def test_lines_learned_in_batches_equal_lines_learned_at_once(
    pages: list[tuple[int, int]], batches: int, order: random.Random
) -> None:
    distinct = [(f"d{number}", f"t{title}") for number, title in dict(pages).items()]
    whole = plan_lines(NO_LINES, seen_lines(distinct))
    order.shuffle(distinct)
    table = NO_LINES
    for batch in range(batches + 1):
        plan = plan_lines(table, seen_lines(distinct[batch :: batches + 1]))
        table = plan.site_lines
    assert table.equals(whole.site_lines)
    assert plan.repeated.equals(whole.repeated)


def test_a_page_was_fetched_on_the_day_of_its_first_fetch_in_china() -> None:
    late = datetime(2021, 2, 1, 17, tzinfo=UTC)
    (known,) = stored_documents(index_of(("u", "a", late), ("u", "a", late + timedelta(days=9))))["fetched_on"]
    assert known == date(2021, 2, 2)
    stored = index_of(("u", "a", None)).with_columns(stored_at=pl.lit(late).cast(INDEX_SCHEMA["stored_at"]))
    assert stored_documents(stored)["fetched_on"].to_list() == [date(2021, 2, 2)]
