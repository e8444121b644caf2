"""A back-up holds all that belongs to a warehouse, copies what is new, and says where it cannot be trusted."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import duckdb

from tasks.records import Fetched
from warehouse.backups import back_up
from warehouse.files import WarehouseFiles
from warehouse.raw_store import RawStore
from warehouse.visit_log import VisitLog


def store_page(files: WarehouseFiles, name: str) -> None:
    store = RawStore(files.raw_folder)
    store.add([Fetched(f"https://a.example/{name}", "a", name.encode())], store.index())


def test_what_is_new_is_copied_and_the_rest_kept(tmp_path: Path) -> None:
    files = WarehouseFiles(tmp_path / "w.duckdb")
    with duckdb.connect(str(files.published)) as connection:
        connection.execute("create table thesis as select 7 as code")
    files.overrides.write_text("action,name,place,target\n", "utf-8")
    store_page(files, "1")
    VisitLog(files.raw_folder / "visits").add(
        "rechecked", [{"uri": "https://a.example/1", "asked_at": datetime(2024, 3, 1, tzinfo=UTC)}]
    )
    first = back_up(files, tmp_path / "copy")
    assert (first.copied, first.kept, first.faults) == (4, 0, ())
    store_page(files, "2")
    again = back_up(files, tmp_path / "copy")
    assert (again.copied, again.kept) == (3, 2)
    copy = WarehouseFiles(tmp_path / "copy" / "w.duckdb")
    assert RawStore(copy.raw_folder).index()["uri"].to_list() == ["https://a.example/1", "https://a.example/2"]
    assert VisitLog(copy.raw_folder / "visits").read("rechecked").height == 1
    with duckdb.connect(str(copy.published), read_only=True) as connection:
        assert connection.execute("from thesis").fetchall() == [(7,)]


def test_a_copy_whose_bytes_do_not_fit_is_no_back_up(tmp_path: Path) -> None:
    files = WarehouseFiles(tmp_path / "w.duckdb")
    store_page(files, "1")
    back_up(files, tmp_path / "copy")
    (pack,) = (tmp_path / "copy" / "w.raw").glob("*.parquet")
    content = pack.read_bytes()
    half = len(content) // 2
    pack.write_bytes(bytes(half) + content[half:])
    found = back_up(files, tmp_path / "copy")
    assert found.faults
    assert found.kept == 1
