"""The same pages give the same rows: twice, in another order, in parts, with other workers, from the raw store."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from tests.digests import table_digests
from tests.flows.sample_runs import NOW, SAMPLE, SAMPLE_SOURCES, RunFlow

NAMES_SOURCES = {"core.documents", "core.rejections"}
pytestmark = pytest.mark.xdist_group("flow")  # one server and one load of the sample for the group


def test_a_second_run_changes_no_row(run_flow: RunFlow, sample_warehouse: Path, tmp_path: Path) -> None:
    warehouse = copy_of(sample_warehouse, tmp_path)
    before = table_digests(warehouse)
    run_flow(SAMPLE_SOURCES, warehouse, now=NOW.replace(day=2))
    assert table_digests(warehouse) == before
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        assert connection.execute("select count(*) from core.runs").fetchall() == [(2,)]


def test_order_and_number_of_workers_do_not_show(run_flow: RunFlow, sample_warehouse: Path, tmp_path: Path) -> None:
    files = sorted((str(path) for path in (SAMPLE / "pages").rglob("*") if path.is_file()), reverse=True)
    warehouse = tmp_path / "w.duckdb"
    run_flow([SAMPLE_SOURCES[1], *files], warehouse, workers=2, shard_documents=7)
    differing = differences(warehouse, sample_warehouse)
    assert differing <= NAMES_SOURCES  # only the name of the source, which the test itself changed
    assert without_source(warehouse) == without_source(sample_warehouse)


def test_pages_loaded_in_parts_end_as_pages_loaded_at_once(
    run_flow: RunFlow, sample_warehouse: Path, tmp_path: Path
) -> None:
    warehouse = tmp_path / "w.duckdb"
    folders = sorted(path for path in (SAMPLE / "pages").iterdir())
    for part in (folders[1::2], folders[0::2]):
        run_flow([str(path) for path in part], warehouse)
    run_flow([SAMPLE_SOURCES[1]], warehouse)
    # A story keeps the name it had when it came; at once it is named after the article that turned out to be canonical.
    assert differences(warehouse, sample_warehouse, but_for_stories=True) <= NAMES_SOURCES
    assert without_source(warehouse) == without_source(sample_warehouse)


def test_a_rebuild_from_the_raw_store_gives_the_same_rows(
    run_flow: RunFlow, sample_warehouse: Path, tmp_path: Path
) -> None:
    warehouse = tmp_path / "w.duckdb"
    shutil.copytree(sample_warehouse.with_suffix(".raw"), warehouse.with_suffix(".raw"))
    run_flow(SAMPLE_SOURCES, warehouse, rebuild=True)
    assert differences(warehouse, sample_warehouse) == set()


def copy_of(warehouse: Path, folder: Path) -> Path:
    copy = folder / warehouse.name
    shutil.copyfile(warehouse, copy)
    shutil.copytree(warehouse.with_suffix(".raw"), copy.with_suffix(".raw"))
    return copy


def differences(one: Path, other: Path, *, but_for_stories: bool = False) -> set[str]:
    """The tables that differ; ``but_for_stories``: in more than the names of the stories."""
    first, second = (
        table_digests(one, but_for_stories=but_for_stories),
        table_digests(other, but_for_stories=but_for_stories),
    )
    assert first.keys() == second.keys()
    return {table for table in first if first[table] != second[table]}


def without_source(warehouse: Path) -> list[list[tuple[object, ...]]]:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        return [
            connection.execute(f"select * exclude (source) from {table} order by all").fetchall()
            for table in sorted(NAMES_SOURCES)
        ]
