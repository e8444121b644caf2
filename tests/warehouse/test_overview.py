"""What the closing summary of a run knows of the runs before it."""

from __future__ import annotations

from pathlib import Path

import pytest

from warehouse.connections import open_warehouse
from warehouse.models import create_tables
from warehouse.overview import read_overview


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    """A warehouse with the core tables and three runs, two of them by the same code."""
    path = tmp_path / "w.duckdb"
    with open_warehouse(path, writable=True) as connection:
        create_tables(connection)
        for run_id, code in (("first", "1+aa"), ("second", "1+bb"), ("third", "1+bb")):
            connection.execute(
                "insert into core.runs values (?, now(), now(), 'completed', ?, [], 1, 1, 0, 0, 1, 1, 1, 0, [])",
                [run_id, code],
            )
    return path


def test_rows_of_other_code_are_named(warehouse: Path) -> None:
    assert read_overview(warehouse, "third").other_versions == ("1+aa",)


def test_a_run_by_the_same_code_is_none_of_them(warehouse: Path) -> None:
    with open_warehouse(warehouse, writable=True) as connection:
        connection.execute("delete from core.runs where run_id = 'first'")
    assert read_overview(warehouse, "third").other_versions == ()
