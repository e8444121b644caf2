"""Odd input ends as a row in core.rejections, with a reason; it never stops the pages beside it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import polars as pl
import pytest

from tests.flows.sample_runs import RunFlow

pytestmark = pytest.mark.xdist_group("killing")  # one server and one load of the sample for the group

ARTICLE = """溪口镇推行“楼栋议事厅”
2023-05-06 08:00 来源：山前日报
本报讯 （记者 何青禾）5月5日，德清县溪口镇的居民把停车难题带进“楼栋议事厅”。全镇已有36个议事厅，每周三晚上开门。
“以前有事不知道找谁，现在坐下来就能商量。”居民沈月娥说。
镇里的干部介绍，一年来议事厅收到意见420条，办结395条。
"""


def test_each_odd_input_is_rejected_by_name_and_the_good_page_loaded(run_flow: RunFlow, tmp_path: Path) -> None:
    place = tmp_path / "a[1]b*c" / "year=2024"  # a folder's name is no pattern, and no value of a column
    folder = place / "pages"
    (folder / "nothing").mkdir(parents=True)
    (folder / "good.txt").write_text(ARTICLE, "utf-8")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "empty.html").write_bytes(b"")
    (folder / "binary.html").write_bytes(bytes(range(256)) * 40)
    (folder / "picture.html").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(500))
    (folder / "archive.warc.gz").write_bytes(b"\x1f\x8b")
    (folder / "feed.xml").write_text('<?xml version="1.0"?><rss version="2.0"><channel/></rss>', "utf-8")
    pl.DataFrame({"name": ["x"]}).write_parquet(folder / "rows.parquet")
    warehouse = place / "w[2]*.duckdb"
    sources = [str(folder), str(folder / "nothing"), str(tmp_path / "missing.html")]
    summary = run_flow(sources, warehouse)

    with duckdb.connect(str(warehouse), read_only=True) as connection:
        reasons = dict(connection.execute("select parse_filename(uri), reason from core.rejections").fetchall())
        loaded = connection.execute("select parse_filename(uri) from core.documents where status = 'loaded'").fetchall()
    assert loaded == [("good.txt",)]
    assert reasons == {
        "empty.txt": "empty",
        "empty.html": "empty",
        "binary.html": "undecodable",
        "picture.html": "binary",
        "archive.warc.gz": "unreadable_warc",
        "feed.xml": "feed_empty",
        "rows.parquet": "unreadable_rows",
        "nothing": "folder_empty",
        "missing.html": "source_not_found",
    }
    counts = summary.overview.inputs
    assert counts == {"inputs": 10, "loaded": 1, "copies": 0, "rejected": 9}


def test_a_page_that_breaks_the_code_is_reported_and_the_others_are_loaded(
    run_flow: RunFlow, tmp_path: Path, monkeypatch: object
) -> None:
    import tasks.shards.articles as module  # noqa: PLC0415

    real = module.read_page

    def break_on_one(text: str, **known: object) -> object:
        if "坏页" in text:
            raise ZeroDivisionError("an error nobody thought of")
        return real(text, **known)  # type: ignore[arg-type]

    (tmp_path / "good.txt").write_text(ARTICLE, "utf-8")
    (tmp_path / "bad.txt").write_text(ARTICLE.replace("溪口镇", "坏页镇"), "utf-8")
    monkeypatch.setattr(module, "read_page", break_on_one)  # type: ignore[attr-defined]
    warehouse = tmp_path / "w.duckdb"
    run_flow([str(tmp_path / "good.txt"), str(tmp_path / "bad.txt")], warehouse)
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        rows = connection.execute("select parse_filename(uri), reason, detail from core.rejections").fetchall()
        loaded = connection.execute("select count(*) from core.documents where status = 'loaded'").fetchall()
    assert rows == [("bad.txt", "processing_failed", "ZeroDivisionError: an error nobody thought of")]
    assert loaded == [(1,)]


def test_a_corpus_of_old_newspapers_is_dated_where_the_settings_let_it_in(run_flow: RunFlow, tmp_path: Path) -> None:
    paper = tmp_path / "paper.txt"
    paper.write_text(ARTICLE.replace("2023-05-06 08:00", "1947-05-06"), "utf-8")
    days = []
    for name, settings in (("usual", {}), ("old", {"first_day": date(1912, 1, 1)})):
        run_flow([str(paper)], tmp_path / f"{name}.duckdb", **settings)
        with duckdb.connect(str(tmp_path / f"{name}.duckdb"), read_only=True) as connection:
            days += connection.execute(
                "select published_on, counted_on, is_day_implausible, code_version like '% from 1912-01-01'"
                " from mart.articles, core.runs"
            ).fetchall()
    assert days == [(None, None, False, False), (date(1947, 5, 6), date(1947, 5, 6), False, True)]
