"""What is kept in an object store is kept as on a disk."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from tasks.exchange import Exchange, call_elsewhere
from tasks.records import Fetched
from tests.object_store import object_store
from warehouse.files import WarehouseFiles, publish, start_draft
from warehouse.locations import Location, LocationError, ObjectPath, location
from warehouse.raw_store import RawStore
from warehouse.visit_log import VisitLog

pytest.importorskip("obstore", reason="the extra s3 is not installed")
pytest.importorskip("moto.server", reason="the server for tests is not installed")

NOW = datetime(2024, 7, 1, tzinfo=UTC)
PAGES = [Fetched(f"https://a.example/{number}", "a", f"<p>第{number}页".encode()) for number in range(5)]


@pytest.fixture(scope="module")
def bucket() -> Iterator[str]:
    with object_store() as url:
        yield url


@pytest.fixture(params=["disk", "object store"])
def folder(request: pytest.FixtureRequest, bucket: str, tmp_path: Path) -> Location:
    return tmp_path if request.param == "disk" else location(bucket) / tmp_path.name


def test_a_store_gives_back_what_it_was_given(folder: Location, tmp_path: Path) -> None:
    store = RawStore(folder / "w.raw", tmp_path / "index.parquet")
    assert store.index().is_empty()
    store.add(PAGES[:3], store.index(), NOW)
    store.add(PAGES, store.index(), NOW)
    for index in (store.index(), store.index(), RawStore(store.folder).index()):
        assert index["uri"].to_list() == [page.uri for page in PAGES]
        for pack, rows in index.group_by("pack"):
            bodies = store.bodies(str(pack[0]), rows["content_sha256"])
            assert {*bodies.values()} <= {page.body for page in PAGES}
            assert len(bodies) == rows.height
    assert [faults for _, _, faults in store.verify()] == [[], []]


def test_a_damaged_pack_is_found_and_set_aside_though_it_was_sound_before(folder: Location, tmp_path: Path) -> None:
    store = RawStore(folder / "w.raw", tmp_path / "index.parquet")
    store.add(PAGES, store.index(), NOW)
    assert store.survey()[1] == []
    (pack,) = store.packs()
    data = pack.read_bytes()
    pack.write_bytes(data[: len(data) // 2])
    index, faults = store.survey()
    assert index.is_empty()
    assert [fault.pack for fault in faults] == [pack.name]
    store.set_aside(pack)
    assert store.survey()[1] == []


def test_a_pack_that_is_gone_is_not_remembered(folder: Location, tmp_path: Path) -> None:
    store = RawStore(folder / "w.raw", tmp_path / "index.parquet")
    store.add(PAGES, store.index(), NOW)
    assert store.index().height == len(PAGES)
    (pack,) = store.packs()
    pack.unlink()
    assert store.index().is_empty()


def test_visits_are_remembered(folder: Location) -> None:
    log = VisitLog(folder / "visits")
    log.add("indexes", [{"uri": "https://a.example/", "asked_at": NOW}])
    assert log.read("indexes")["uri"].to_list() == ["https://a.example/"]


def test_what_is_published_is_there_for_a_machine_that_has_no_warehouse(folder: Location, tmp_path: Path) -> None:
    here, there = (WarehouseFiles(tmp_path / name / "w.duckdb", storage=folder) for name in ("here", "there"))
    here.published.parent.mkdir()
    start_draft(here)
    publish(here)
    there.published.parent.mkdir()
    start_draft(there)
    assert there.published.read_bytes() == here.published.read_bytes()


@dataclass(frozen=True)
class Order:
    """What a shard is told: a file to read and a folder to write into."""

    source: Path
    out: Path


def double(order: Order, factor: int) -> int:
    """Stands for a shard function."""
    frame = pl.read_parquet(order.source)
    order.out.mkdir(parents=True)
    frame.with_columns(pl.col("n") * factor).write_parquet(order.out / "00001.parquet")
    return frame.height


def test_a_worker_that_does_not_see_the_work_folder_reads_and_writes_its_files(bucket: str, tmp_path: Path) -> None:
    shelf = location(bucket) / "w.work"
    assert isinstance(shelf, ObjectPath)
    home = tmp_path / "home"
    home.mkdir()
    order = Order(home / "in.parquet", home / "out")
    pl.DataFrame({"n": [1, 2]}).write_parquet(order.source)
    exchange = Exchange(home, shelf)
    names = exchange.send(((order, 3), {}))
    shutil.rmtree(home)
    rows, written = call_elsewhere(home, shelf, names, double, (order, 3), {})
    assert rows == 2
    assert not home.exists()
    exchange.receive(written)
    assert pl.read_parquet(home / "out" / "00001.parquet")["n"].to_list() == [3, 6]
    exchange.clear()
    assert list(shelf.listed()) == []


def test_a_place_that_is_none_says_so() -> None:
    with pytest.raises(LocationError, match="nowhere"):
        location("nowhere://bucket")


def test_no_credentials_travel_with_a_place(bucket: str) -> None:
    assert os.environ["AWS_SECRET_ACCESS_KEY"] not in repr(location(bucket))
