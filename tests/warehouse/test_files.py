"""Publishing is all or nothing, and nobody's open session stands in the way."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from warehouse.files import WarehouseError, WarehouseFiles, check_target, hold_lock, publish, remove_work, start_draft


@pytest.fixture
def files(tmp_path: Path) -> WarehouseFiles:
    return WarehouseFiles(tmp_path / "w.duckdb")


def fill(path: Path, value: int) -> None:
    with duckdb.connect(str(path)) as connection:
        connection.execute("create or replace table t as select ? as v", [value])


def read(path: Path) -> int:
    with duckdb.connect(str(path), read_only=True) as connection:
        return int(connection.execute("select v from t").fetchall()[0][0])


def test_readers_see_the_old_state_until_the_new_one_is_published(files: WarehouseFiles) -> None:
    fill(files.published, 1)
    with hold_lock(files):
        start_draft(files)
        fill(files.draft, 2)
        assert read(files.published) == 1
        publish(files)
    assert read(files.published) == 2


def test_an_open_session_keeps_its_snapshot_and_blocks_nothing(files: WarehouseFiles) -> None:
    fill(files.published, 1)
    with duckdb.connect(str(files.published)) as analyst:
        with hold_lock(files):
            start_draft(files)
            fill_in_other_process = files.draft
            fill(fill_in_other_process, 2)
            publish(files)
        assert analyst.execute("select v from t").fetchall() == [(1,)]


def test_a_killed_run_leaves_no_work_to_the_next(files: WarehouseFiles) -> None:
    fill(files.published, 1)
    start_draft(files)
    (files.work_folder / "half.parquet").write_bytes(b"half")
    start_draft(files)
    assert sorted(path.name for path in files.work_folder.iterdir()) == ["draft.duckdb"]
    remove_work(files)
    assert not files.work_folder.exists()


def test_two_runs_into_one_warehouse_do_not_mix(files: WarehouseFiles) -> None:
    with hold_lock(files), pytest.raises(WarehouseError, match="another run"), hold_lock(files):
        pass


def test_a_file_that_is_no_warehouse_is_named_and_left_alone(files: WarehouseFiles) -> None:
    files.published.write_text("plain text, long enough to have a header")
    with pytest.raises(WarehouseError, match=r"w\.duckdb is not a DuckDB file"):
        check_target(files)
    assert files.published.read_text().startswith("plain text")


def test_a_damaged_duckdb_file_is_named_and_left_alone(files: WarehouseFiles) -> None:
    fill(files.published, 1)
    damaged = files.published.read_bytes()[:5000]
    files.published.write_bytes(damaged)
    check_target(files)
    with pytest.raises(WarehouseError, match="not a DuckDB file"):
        start_draft(files)
    assert files.published.read_bytes() == damaged


def test_a_folder_is_no_warehouse(tmp_path: Path) -> None:
    with pytest.raises(WarehouseError, match="folder"):
        check_target(WarehouseFiles(tmp_path))
