"""Rows of files come into a table: new ones, changed ones, preferred ones; what no file holds any more goes."""

from __future__ import annotations

import random
from pathlib import Path

import duckdb
import pytest

from warehouse.loading import Concerned, merge_rows
from warehouse.models import create_tables
from warehouse.schemas import table_frame


@pytest.fixture
def connection() -> duckdb.DuckDBPyConnection:
    """An empty warehouse in memory."""
    found = duckdb.connect()
    create_tables(found)
    return found


def written(path: Path, **counts: int) -> Path:
    rows: list[dict[str, object]] = [
        {"article_id": name, "word": "驿站", "occurrence_count": count} for name, count in counts.items()
    ]
    table_frame("words", rows).write_parquet(path)
    return path


def counts_in(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    return dict(connection.execute("select article_id, occurrence_count from core.words").fetchall())


def test_rows_are_added_changed_and_taken_away(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    assert merge_rows(connection, "words", [written(tmp_path / "1.parquet", a=1, b=1, c=1)], "false") == 3
    changed = merge_rows(connection, "words", [written(tmp_path / "2.parquet", b=2, d=1)], "known.article_id = 'c'")
    assert (changed, counts_in(connection)) == (3, {"a": 1, "b": 2, "d": 1})


def test_preferred_rows_stand_in_the_place_of_others(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    own, better = written(tmp_path / "own.parquet", a=1, b=1), written(tmp_path / "better.parquet", b=7, c=7)
    merge_rows(connection, "words", [own], "true", [better])
    assert counts_in(connection) == {"a": 1, "b": 7, "c": 7}
    merge_rows(connection, "words", [], "false", [written(tmp_path / "later.parquet", a=9)])
    assert counts_in(connection) == {"a": 9, "b": 7, "c": 7}


@pytest.mark.parametrize("seed", range(20))
def test_reading_only_what_is_concerned_leaves_the_table_a_whole_comparison_leaves(seed: int, tmp_path: Path) -> None:
    draw = random.Random(seed)
    whole, part = duckdb.connect(), duckdb.connect()
    known: set[str] = set()
    for connection in (whole, part):
        create_tables(connection)
    for turn in range(4):
        fresh = {name: draw.randrange(3) for name in draw.sample("abcdefghij", draw.randrange(6))}
        touched = draw.sample("abcdefghij", 3)
        files = [written(tmp_path / f"{turn}.parquet", **fresh)] if fresh else []
        gone = f"known.article_id in ({', '.join(repr(name) for name in touched)})"
        new = ", ".join(f"('{name}')" for name in fresh if name not in known) or "(null)"
        concerned = Concerned(
            "article_id",
            f"select unnest({touched}) as id",
            f"select col0 as id from (values {new}) where col0 is not null",
        )
        counts = [
            merge_rows(whole, "words", files, gone),
            merge_rows(part, "words", files, gone, (), concerned),
        ]
        known |= set(fresh)
        assert counts[0] == counts[1]
        assert counts_in(whole) == counts_in(part)
