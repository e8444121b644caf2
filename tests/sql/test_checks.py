"""Every check holds in a sound warehouse and finds the offence planted for it: tests/cases/sql/checks/<check>.json."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Literal, get_origin

import duckdb
import pytest

from tasks import records
from tasks.catalogue import catalogue
from tasks.closed_lists import entries_of
from tests.sql.worlds import CASE_FOLDER, Row, failing, open_world, sql_names
from warehouse.models import all_checks

_SOUND = json.loads((CASE_FOLDER / "checks" / "sound_warehouse.json").read_text("utf-8"))
_OFFENCES: dict[str, list[Row]] = json.loads((CASE_FOLDER / "checks" / "offences.json").read_text("utf-8"))
_CHECKS = sorted(all_checks(catalogue()))
_PAIRS = [(check, offence) for check, offences in _OFFENCES.items() for offence in offences]


@pytest.fixture(scope="module")
def warehouse() -> duckdb.DuckDBPyConnection:
    """A small warehouse with a row in every table, all claims of which hold."""
    return open_world(_SOUND)


@pytest.fixture
def spoilt(warehouse: duckdb.DuckDBPyConnection) -> Iterator[duckdb.DuckDBPyConnection]:
    """The sound warehouse in a transaction that is taken back."""
    warehouse.execute("begin")
    yield warehouse
    warehouse.execute("rollback")


@pytest.mark.parametrize("check", _CHECKS)
def test_a_sound_warehouse_passes(check: str, warehouse: duckdb.DuckDBPyConnection) -> None:
    assert failing(warehouse, check) == []


@pytest.mark.parametrize("check", _CHECKS)
def test_an_empty_warehouse_passes(check: str, empty_warehouse: duckdb.DuckDBPyConnection) -> None:
    assert failing(empty_warehouse, check) == []


@pytest.mark.parametrize(
    ("check", "offence"), _PAIRS, ids=[f"{check}: {offence['label']}" for check, offence in _PAIRS]
)
def test_a_planted_offence_is_found(check: str, offence: Row, spoilt: duckdb.DuckDBPyConnection) -> None:
    spoilt.execute(offence["given"])
    assert len(failing(spoilt, check)) == offence["expect"]


def test_every_closed_list_is_that_of_a_column() -> None:
    lists = {name: value for name, value in vars(records).items() if get_origin(value) is Literal}
    held = set(catalogue().closed_lists.values())
    assert [name for name, closed_list in lists.items() if entries_of(closed_list) not in held] == []


def test_every_check_has_an_offence_planted_for_it() -> None:
    assert sorted(_OFFENCES) == sorted(_CHECKS)


def test_the_sound_warehouse_has_a_row_in_every_core_table(warehouse: duckdb.DuckDBPyConnection) -> None:
    filled_elsewhere = {"sketches", "site_lines", "doubtful_runs", "source_runs"}
    filled_elsewhere |= {
        "common_practices",
        "practice_aliases",
        "practice_overrides",
        "story_aliases",
        "schema_versions",
    }
    for table in set(sql_names("core")) - filled_elsewhere:
        assert warehouse.execute(f"select 1 from core.{table} limit 1").fetchone(), table


@pytest.fixture(scope="module")
def empty_warehouse() -> duckdb.DuckDBPyConnection:
    """A warehouse before its first page."""
    return open_world({})
