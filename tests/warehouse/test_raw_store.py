"""The raw store keeps every body once, under names that depend on nothing but the content."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from tasks.records import Fetched
from warehouse.raw_store import RawStore, with_seen_at


@pytest.fixture
def store(tmp_path: Path) -> RawStore:
    return RawStore(tmp_path / "w.raw")


def fetched(uri: str, body: bytes | None, reason: str | None = None) -> Fetched:
    return Fetched(uri, "test", body, reason=reason)


def test_bodies_come_back_byte_for_byte(store: RawStore) -> None:
    body = bytes(range(256))
    store.add([fetched("a", body)], store.index())
    (row,) = store.index().iter_rows(named=True)
    digest = hashlib.sha256(body).hexdigest()
    assert (row["uri"], row["content_sha256"], row["byte_count"]) == ("a", digest, 256)
    assert store.bodies(row["pack"], [digest]) == {digest: body}


def test_the_same_inputs_again_write_nothing(store: RawStore) -> None:
    inputs = [fetched("a", b"1"), fetched("b", None, "timed_out")]
    store.add(inputs, store.index())
    before = sorted(store.folder.iterdir())
    store.add(inputs, store.index())
    assert sorted(store.folder.iterdir()) == before


def test_two_names_of_the_same_bytes_store_them_once(store: RawStore) -> None:
    store.add([fetched("a", b"same"), fetched("b", b"same")], store.index())
    store.add([fetched("c", b"same")], store.index())
    index = store.index()
    assert index["uri"].to_list() == ["a", "b", "c"]
    assert index["has_body"].sum() == 1


def test_packs_have_the_same_name_whatever_the_order(tmp_path: Path) -> None:
    inputs = [fetched("a", b"1"), fetched("b", b"2"), fetched("c", None, "http_error")]
    names = []
    for number, order in enumerate((inputs, inputs[::-1])):
        store = RawStore(tmp_path / f"{number}.raw")
        store.add(order, store.index())
        names.append([path.name for path in store.folder.iterdir()])
    assert names[0] == names[1]


def test_a_page_that_changed_is_kept_beside_its_earlier_state(store: RawStore) -> None:
    store.add([fetched("a", b"old")], store.index())
    store.add([fetched("a", b"new")], store.index())
    assert store.index().filter(pl.col("uri") == "a").height == 2


def test_the_store_reports_every_input_of_a_batch_known_or_not(store: RawStore) -> None:
    store.add([fetched("a", b"1")], store.index())
    frame = store.add([fetched("a", b"1"), fetched("b", b"2")], store.index())
    assert frame["uri"].to_list() == ["a", "b"]


def test_a_local_page_that_goes_back_to_an_earlier_state_is_seen_again(store: RawStore) -> None:
    moments = [datetime(2024, 7, day, tzinfo=UTC) for day in range(1, 5)]
    for body, moment in zip((b"old", b"new", b"old", b"old"), moments, strict=True):
        index = store.index()
        store.add_sightings(store.add([fetched("a", body)], index, moment), index)
    seen = with_seen_at(store.index()).select("content_sha256", "seen_at").sort("seen_at")
    old, new = (hashlib.sha256(body).hexdigest() for body in (b"old", b"new"))
    assert seen.rows() == [(old, moments[0]), (new, moments[1]), (old, moments[2])]


def test_a_pack_of_an_earlier_version_is_read(store: RawStore) -> None:
    store.add([fetched("a", b"1")], store.index())
    (pack,) = store.folder.iterdir()
    pl.read_parquet(pack).drop("stored_at").write_parquet(pack)
    assert store.index()["stored_at"].to_list() == [None]
