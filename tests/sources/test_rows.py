"""Files of rows: every row is an input, a broken one with a reason."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tasks.sources.rows import read_rows

LIMIT = 1_000_000


def test_parquet_rows_keep_uri_and_time(tmp_path: Path) -> None:
    path = tmp_path / "pages.parquet"
    moment = datetime(2024, 5, 6, 7, 8, tzinfo=UTC)
    pl.DataFrame({"uri": ["https://a.example/1"], "text": ["县里开会。"], "fetched_at": [moment]}).write_parquet(path)
    (row,) = read_rows(str(path), "s", LIMIT)
    assert (row.uri, row.body, row.media_type, row.fetched_at) == (
        "https://a.example/1",
        "县里开会。".encode(),
        "text/plain",
        moment,
    )


def test_a_row_may_call_its_address_url_and_uri_counts_more(tmp_path: Path) -> None:
    jsonl, parquet = tmp_path / "rows.jsonl", tmp_path / "rows.parquet"
    jsonl.write_text('{"url": "https://a.example/1", "text": "好"}\n{"url": "b", "uri": "c", "text": "好"}\n', "utf-8")
    pl.DataFrame({"url": ["https://a.example/2"], "text": ["县里开会。"]}).write_parquet(parquet)
    rows = [*read_rows(str(jsonl), "s", 1_000), *read_rows(str(parquet), "s", 1_000)]
    assert [row.uri for row in rows] == ["https://a.example/1", "c", "https://a.example/2"]


@pytest.mark.parametrize("suffix", ["jsonl", "jsonl.gz"])
def test_json_lines_are_named_after_file_and_line_where_they_have_no_uri(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"pages.{suffix}"
    content = "\n".join(json.dumps({"html": f"<p>{i}</p>"}) for i in range(2)).encode()
    path.write_bytes(gzip.compress(content) if suffix.endswith("gz") else content)
    rows = list(read_rows(str(path), "s", LIMIT))
    assert [row.uri for row in rows] == [f"{path}#0", f"{path}#1"]
    assert {row.media_type for row in rows} == {"text/html"}


def test_a_broken_line_is_reported_and_the_others_are_read(tmp_path: Path) -> None:
    path = tmp_path / "pages.jsonl"
    path.write_text('{"uri": "a", "text": "好"}\n{broken\n[1]\n{"uri": "b"}\n{"uri": "c", "text": "好"}\n', "utf-8")
    rows = list(read_rows(str(path), "s", LIMIT))
    assert [row.reason for row in rows] == [None, "unreadable_rows", "unreadable_rows", "unreadable_rows", None]
    assert "line 2" in (rows[1].detail or "")


@pytest.mark.parametrize("name", ["pages.parquet", "pages.jsonl.gz"])
def test_a_file_that_is_not_what_its_name_says_is_one_reported_input(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"\x00\x01 not at all")
    (row,) = read_rows(str(path), "s", LIMIT)
    assert row.reason == "unreadable_rows"
    assert "\n" not in (row.detail or "")


def test_a_parquet_file_without_pages_says_which_columns_it_has(tmp_path: Path) -> None:
    path = tmp_path / "pages.parquet"
    pl.DataFrame({"name": ["x"]}).write_parquet(path)
    (row,) = read_rows(str(path), "s", LIMIT)
    assert row.reason == "unreadable_rows"
    assert "name" in (row.detail or "")


def test_an_empty_text_is_an_empty_body_not_a_lost_row(tmp_path: Path) -> None:
    path = tmp_path / "pages.parquet"
    pl.DataFrame({"uri": ["a"], "text": [""]}).write_parquet(path)
    (row,) = read_rows(str(path), "s", LIMIT)
    assert (row.body, row.reason) == (b"", None)


def test_two_columns_of_one_name_cost_the_file(tmp_path: Path) -> None:
    path = tmp_path / "pages.parquet"
    texts = pa.array(["县里开会。"])
    pq.write_table(pa.Table.from_arrays([texts, texts], names=["text", "text"]), path)
    assert [row.reason for row in read_rows(str(path), "s", LIMIT)] == ["unreadable_rows"]


@pytest.mark.parametrize("name", ["pages.jsonl", "pages.jsonl.gz", "pages.ndjson", "pages.parquet"])
def test_a_file_without_a_row_is_named(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if name.endswith("parquet"):
        pl.DataFrame(schema={"uri": pl.String, "text": pl.String}).write_parquet(path)
    else:
        path.write_bytes(gzip.compress(b"\n \n") if name.endswith("gz") else b"\n \n")
    (item,) = read_rows(str(path), "s", LIMIT)
    assert (item.uri, item.reason, item.detail) == (str(path), "unreadable_rows", "no row in it")
