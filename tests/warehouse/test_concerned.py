"""The plan of the pages that a run concerns is what the plan of all pages says of them; the others stay what they
were."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest

from warehouse import concerned as concerned_module
from warehouse.concerned import concerned_pages, with_neighbours
from warehouse.packs import INDEX_SCHEMA
from warehouse.planning import plan_documents, stored_documents
from warehouse.raw_store import _named
from warehouse.versions import NO_ARTICLE
from warehouse.visit_log import VisitLog

_BEGIN = datetime(2024, 3, 1, tzinfo=UTC)
_PATHS = ("/a/1.html", "/a/1.html?spm=b2", "/a/2.html", "/b/3.html", "/index.html", "/")
_HOSTS = ("https://www.lanxi.example", "http://lanxi.example", "https://m.lanxi.example", "https://yuan.example")


def rows(draw: random.Random, count: int, day: int) -> pl.DataFrame:
    """What a run brings: pages under few addresses with few bodies, so that many are states or copies of others."""
    found = [
        {
            "uri": f"{draw.choice(_HOSTS)}{draw.choice(_PATHS)}",
            "source": "s",
            "fetched_at": _BEGIN + timedelta(days=day, minutes=draw.randrange(3)),
            "content_sha256": f"{draw.randrange(12):064x}",
            "byte_count": 9,
            "pack": f"pack{day}",
            "has_body": True,
        }
        for _ in range(count)
    ]
    frame = pl.DataFrame([{name: row.get(name) for name in INDEX_SCHEMA} for row in found], schema=INDEX_SCHEMA)
    return _named(frame).unique()


def placed(index: pl.DataFrame) -> pl.DataFrame:
    """What each page of the index is, where one body in five holds no article and some bodies hold the same one."""
    documents = stored_documents(index)
    number = pl.col("content_sha256").str.tail(1).str.to_integer(base=16)
    digest = pl.when(number % 5 == 4).then(pl.lit(NO_ARTICLE)).otherwise((number % 7).cast(pl.String))
    digests = documents.select("document_id", article_digest=digest)
    nothing = pl.DataFrame(schema={"document_id": pl.String, "status": pl.String})
    plan = plan_documents(documents, nothing, digests)
    return plan.documents.select("document_id", "copy_of", "superseded_by").sort("document_id")


@pytest.mark.parametrize("seed", range(40))
def test_the_concerned_pages_are_planned_as_among_all(
    seed: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(concerned_module, "_MOST_OF_ALL", 2.0)
    draw = random.Random(seed)
    index = rows(draw, draw.randrange(2, 14), 0)
    for day in range(1, 5):
        before = placed(index)
        index = pl.concat([index, rows(draw, draw.randrange(3), day)])
        found = concerned_pages(index, known(before), VisitLog(tmp_path))
        assert found is not None
        after, part = placed(index), placed(found)
        assert part.equals(after.join(part, on="document_id", how="semi").sort("document_id"))
        others = after.join(part, on="document_id", how="anti").sort("document_id")
        assert others.equals(before.join(part, on="document_id", how="anti").sort("document_id"))


def known(documents: pl.DataFrame) -> pl.DataFrame:
    """Rows of core.documents, as far as they are asked for."""
    return documents.with_columns(
        uri=pl.lit("u"), source=pl.lit("s"), listed_on=pl.lit(None, dtype=pl.Date), listed_site=pl.lit(None, pl.String)
    )


def test_a_page_that_is_gone_from_the_store_has_all_planned(tmp_path: Path) -> None:
    index = rows(random.Random(1), 9, 0)
    everything = known(placed(index))
    assert concerned_pages(index, everything, VisitLog(tmp_path)) is not None
    assert concerned_pages(index.head(1), everything, VisitLog(tmp_path)) is None


def test_a_page_of_which_a_source_says_another_day_is_concerned(tmp_path: Path) -> None:
    index = rows(random.Random(2), 9, 0)
    everything = known(placed(index))
    told = everything.with_columns(
        listed_on=pl.when(pl.int_range(pl.len()) == 0).then(pl.lit(date(2024, 1, 5))).otherwise("listed_on")
    )
    found = concerned_pages(index, told, VisitLog(tmp_path))
    assert found is not None
    assert told["document_id"][0] in set(found["document_id"])


def test_neighbours_of_neighbours_are_found() -> None:
    names = pl.DataFrame(
        {"document_id": ["a", "b", "c", "d"], "content_sha256": ["1", "1", "2", "3"], "twin": ["x", "y", "y", "z"]}
    )
    assert set(with_neighbours(names, pl.Series(["a"]))["document_id"]) == {"a", "b", "c"}
    assert with_neighbours(names, pl.Series([], dtype=pl.String)).is_empty()
