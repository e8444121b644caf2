"""What the closing summary of a run knows of the runs before it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from warehouse.connections import open_warehouse
from warehouse.models import create_tables
from warehouse.overview import read_overview, versions_of_rows


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    """A warehouse with the core tables and three runs, two of them by the same code."""
    path = tmp_path / "w.duckdb"
    with open_warehouse(path, writable=True) as connection:
        create_tables(connection)
        for day, (run_id, code) in enumerate((("first", "1+aa"), ("second", "1+bb"), ("third", "1+bb")), 1):
            connection.execute(
                "insert into core.runs values (?, ?, now(), 'completed', ?, [], 1, 1, 0, 0, 1, 1, 1, 0, [], ?)",
                [run_id, datetime(2024, 3, day, tzinfo=UTC), code, run_id == "first"],
            )
    return path


def test_rows_of_other_code_are_named(warehouse: Path) -> None:
    assert read_overview(warehouse, "third").other_versions == ("1+aa",)


def test_a_run_by_the_same_code_is_none_of_them(warehouse: Path) -> None:
    with open_warehouse(warehouse, writable=True) as connection:
        connection.execute("delete from core.runs where run_id = 'first'")
    assert read_overview(warehouse, "third").other_versions == ()


def test_after_all_pages_were_read_anew_no_row_of_other_code_is_left(warehouse: Path) -> None:
    with open_warehouse(warehouse, writable=True) as connection:
        connection.execute("update core.runs set has_read_all = true where run_id = 'second'")
        assert versions_of_rows(connection) == ["1+bb"]
    assert read_overview(warehouse, "third").other_versions == ()


def test_corrections_that_change_nothing_are_told(warehouse: Path) -> None:
    with open_warehouse(warehouse, writable=True) as connection:
        connection.execute(
            "insert into core.practice_overrides by name select unnest(['drop', 'merge']) as action,"
            " unnest(['茶桌会', '茶桌节']) as name, unnest([null, '茶桌会']) as target,"
            " unnest([3, 0]) as mention_count, unnest([0, 1]) as ordinal, 's' as spelling_id"
        )
    assert read_overview(warehouse, "third").idle_overrides == ("merge 茶桌节 茶桌会",)
