"""What a footer says of its groups of rows is read as Arrow reads it; a footer that is none costs its file alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tasks.sources import parquet_footers
from tasks.sources.parquet_footers import DELTA_BYTE_ARRAY, row_groups
from tasks.sources.rows import read_rows

TABLE = pa.table({"uri": ["http://a.example/1", None, "2"], "text": ["县里开会。", "乡里开会。", None], "n": [1, 2, 3]})
NAMES = ("uri", "text")


def told_by_arrow(path: Path) -> list[list[tuple[str, int, bool]]]:
    metadata = pq.read_metadata(path)
    groups = [metadata.row_group(number) for number in range(metadata.num_row_groups)]
    parts = [[group.column(number) for number in range(group.num_columns)] for group in groups]
    return [
        [
            (one.path_in_schema, one.total_uncompressed_size, "DELTA_BYTE_ARRAY" in one.encodings)
            for one in group
            if one.path_in_schema in NAMES
        ]
        for group in parts
    ]


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"row_group_size": 1},
        {"version": "1.0", "data_page_version": "2.0", "write_statistics": False},
        {"use_dictionary": False, "column_encoding": {"text": "DELTA_BYTE_ARRAY"}},
        {"compression": "zstd", "write_page_index": True, "sorting_columns": [pq.SortingColumn(0)]},
    ],
)
def test_groups_are_told_as_arrow_tells_them(tmp_path: Path, options: dict[str, Any]) -> None:
    path = tmp_path / "rows.parquet"
    pq.write_table(TABLE, path, **options)
    found = row_groups(path, NAMES)
    shown = [[(part.name, part.unpacked_bytes, DELTA_BYTE_ARRAY in part.encodings) for part in one] for one in found]
    assert shown == told_by_arrow(path)
    assert [len(parts) for parts in found] == [2] * (3 if "row_group_size" in options else 1)


def test_files_of_other_writers_are_told_too(tmp_path: Path) -> None:
    frame = pl.DataFrame(TABLE)
    frame.write_parquet(tmp_path / "polars.parquet")
    duckdb.sql("select * from frame").write_parquet(str(tmp_path / "duckdb.parquet"))
    for name in ("polars", "duckdb"):
        (parts,) = row_groups(tmp_path / f"{name}.parquet", NAMES)
        assert [part.name for part in parts] == ["uri", "text"]
        assert all(part.unpacked_bytes > 0 for part in parts)


def test_a_nested_column_has_the_name_of_its_outermost_field(tmp_path: Path) -> None:
    pq.write_table(pa.table({"text": [{"a": "x", "b": [1]}], "a.text": ["x"]}), tmp_path / "rows.parquet")
    (parts,) = row_groups(tmp_path / "rows.parquet", ["text"])
    assert [part.name for part in parts] == ["text", "text"]


def footer_of(fields: bytes) -> bytes:
    return b"PAR1" + fields + len(fields).to_bytes(4, "little") + b"PAR1"


@pytest.mark.parametrize(
    "fields",
    [
        b"",  # breaks off at once
        b"\x49",  # a list of groups that breaks off
        b"\x49\xfc\xff\xff\xff\xff\x0f",  # of more groups than there are bytes
        b"\x49\x15",  # of numbers
        b"\x46\x02",  # no list at all
        b"\x16" + b"\xff" * 40,  # a number without end
        b"\x18\xff\xff\xff\x7fx",  # a text longer than the footer
        b"\x1c" * 5_000,  # structures within structures
        b"\x19" * 5_000,  # lists within lists
        b"\x1b\x00\x00",  # a map, which no footer has
    ],
)
def test_a_footer_that_is_none_costs_its_file_alone(tmp_path: Path, fields: bytes) -> None:
    path = tmp_path / "rows.parquet"
    path.write_bytes(footer_of(fields))
    with pytest.raises(ValueError, match="footer"):
        row_groups(path, NAMES)
    (item,) = read_rows(str(path), "source", 1_000)
    assert item.reason == "unreadable_rows"


def test_a_footer_larger_than_any_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "rows.parquet"
    pq.write_table(TABLE, path)
    length = int.from_bytes(path.read_bytes()[-8:-4], "little")
    monkeypatch.setattr(parquet_footers, "_MAX_BYTES", length)
    assert row_groups(path, NAMES)
    monkeypatch.setattr(parquet_footers, "_MAX_BYTES", length - 1)
    with pytest.raises(ValueError, match="a footer of"):
        row_groups(path, NAMES)
