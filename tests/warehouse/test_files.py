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
    dead = WarehouseFiles(files.published, "a" * 20 + "-77")
    start_draft(dead)
    (dead.work_folder / "half.parquet").write_bytes(b"half")
    files.raw_folder.mkdir()
    (files.raw_folder / "half.77.draft").write_bytes(b"half")
    start_draft(files)
    assert not dead.work_folder.exists()
    assert list(files.raw_folder.iterdir()) == []
    assert sorted(path.name for path in files.work_folder.iterdir()) == ["draft.duckdb", "published.stamp"]
    remove_work(files)
    assert not files.work_folder.exists()


def test_what_a_user_keeps_beside_a_warehouse_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "thesis.work").mkdir()
    (tmp_path / "thesis.work" / "chapter.txt").write_text("three years")
    fill(tmp_path / "thesis.lock", 1)
    for name in ("thesis", "thesis.duckdb", "thesis.lock", "thesis.raw"):
        files = WarehouseFiles(tmp_path / name)
        with hold_lock(files):
            start_draft(files)
            fill(files.draft, 2)
            publish(files)
            remove_work(files)
    assert (tmp_path / "thesis.work" / "chapter.txt").read_text() == "three years"
    assert read(tmp_path / "thesis.lock") == 2


def test_two_warehouses_share_nothing_whatever_their_names(tmp_path: Path) -> None:
    names = ("corpus", "corpus.duckdb", "corpus.2023", "corpus.2024", "corpus.2023.duckdb")
    files = [WarehouseFiles(tmp_path / name) for name in names]
    paths = [path for one in files for path in (one.published, one.raw_folder, one.work_folder, one.lock)]
    assert len(set(paths)) == len(paths)


def test_a_link_is_followed_and_stays_one(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    fill(tmp_path / "disk" / "w.duckdb", 1)
    (tmp_path / "w.duckdb").symlink_to(tmp_path / "disk" / "w.duckdb")
    files = WarehouseFiles(tmp_path / "w.duckdb")
    start_draft(files)
    fill(files.draft, 2)
    publish(files)
    assert (tmp_path / "w.duckdb").is_symlink()
    assert read(tmp_path / "disk" / "w.duckdb") == 2
    assert files.raw_folder.parent == tmp_path / "disk"


def test_what_somebody_committed_during_a_run_is_not_lost(files: WarehouseFiles) -> None:
    fill(files.published, 1)
    start_draft(files)
    fill(files.draft, 2)
    fill(files.published, 3)
    with pytest.raises(WarehouseError, match="somebody wrote"):
        publish(files)
    assert read(files.published) == 3


def test_somebody_who_reads_during_a_run_keeps_nothing_from_being_published(files: WarehouseFiles) -> None:
    fill(files.published, 1)
    start_draft(files)
    fill(files.draft, 2)
    with duckdb.connect(str(files.published)) as analyst:
        analyst.execute("select v from t").fetchall()
    publish(files)
    assert read(files.published) == 2


def test_a_store_under_its_older_name_is_taken_over_where_nobody_else_used_it(tmp_path: Path) -> None:
    fill(tmp_path / "corpus.2023", 1)
    (tmp_path / "corpus.raw").mkdir()
    (tmp_path / "corpus.raw" / "a.parquet").write_bytes(b"pack")
    files = WarehouseFiles(tmp_path / "corpus.2023")
    fill(tmp_path / "corpus.2024", 1)
    with pytest.raises(WarehouseError, match=r"corpus\.2024"):
        start_draft(files)
    (tmp_path / "corpus.2024").unlink()
    start_draft(files)
    assert (files.raw_folder / "a.parquet").exists()


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


def test_a_question_mark_in_the_path_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    files = WarehouseFiles(tmp_path / "what?" / "w.duckdb")
    with pytest.raises(WarehouseError, match="question mark"):
        check_target(files)
    assert not (tmp_path / "what?").exists()


@pytest.mark.parametrize("name", ["县里.duckdb".encode("gbk").decode("utf-8", "surrogateescape"), "a\\b.duckdb"])
def test_a_name_that_duckdb_cannot_open_is_refused_before_anything_is_written(tmp_path: Path, name: str) -> None:
    with pytest.raises(WarehouseError, match=r"UTF-8|backslash"):
        check_target(WarehouseFiles(tmp_path / "new" / name))
    assert not (tmp_path / "new").exists()


def test_a_folder_is_no_warehouse(tmp_path: Path) -> None:
    with pytest.raises(WarehouseError, match="folder"):
        check_target(WarehouseFiles(tmp_path))
