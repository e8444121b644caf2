"""A disk that returns other bits than were written is noticed, named, and costs what it touched."""

from __future__ import annotations

import base64
import random
import re
from pathlib import Path

import polars as pl
import pytest

from tasks.records import Fetched
from warehouse.packs import check_pack
from warehouse.raw_store import RawStore

PAGES = [
    Fetched(f"https://a.example/{number}", "test", f"第{number}篇：溪口镇的楼栋议事厅开门。".encode() * 30)
    for number in range(60)
]
_FLIPS = 400


@pytest.fixture
def store(tmp_path: Path) -> RawStore:
    found = RawStore(tmp_path / "w.raw")
    found.add([*PAGES, Fetched("b", "test", None, reason="timed_out")], found.index())
    return found


def test_a_sound_store_has_no_faults(store: RawStore) -> None:
    ((_, count, faults),) = store.verify()
    assert (count, faults) == (61, [])


def test_no_flipped_bit_changes_a_page_in_silence(store: RawStore, tmp_path: Path) -> None:
    (pack,) = store.packs()
    good = pack.read_bytes()
    sound = store.index().drop("pack")
    bodies = store.bodies(pack.name, sound["content_sha256"].drop_nulls())
    chance = random.Random(7)
    for _ in range(_FLIPS):
        damaged = bytearray(good)
        # Half of the flips hit the end, where the file says how the rest is to be read.
        start = 0 if chance.random() < 0.5 else len(good) - 6_000
        damaged[chance.randrange(start, len(good))] ^= 1 << chance.randrange(8)
        pack.write_bytes(damaged)
        index, faults = check_pack(pack)
        is_same = index.drop("pack").equals(sound) and store.bodies(pack.name, sound["content_sha256"]) == bodies
        assert is_same or faults
        assert index.drop("pack").join(sound, on=sound.columns, how="anti", nulls_equal=True).is_empty()
    pack.write_bytes(good)


def test_a_time_in_a_zone_that_is_no_text_is_no_panic(store: RawStore) -> None:
    """One bit of the schema that Arrow keeps in the footer is enough for that."""
    (pack,) = store.packs()
    good, sound = pack.read_bytes(), store.index()
    (footer,) = re.findall(rb"ARROW:schema.{1,3}?([A-Za-z0-9+/]{100,}=*)", good, re.DOTALL)
    schema = base64.b64decode(footer)
    broken = base64.b64encode(schema.replace(b"UTC", b"U\xd4C"))
    assert len(broken) == len(footer)
    pack.write_bytes(good.replace(footer, broken))
    index, faults = check_pack(pack)
    assert faults or index.equals(sound)


@pytest.mark.parametrize("content", [b"", b"PAR1", b"no pack at all" * 99])
def test_a_foreign_file_is_named_and_the_others_are_read(store: RawStore, content: bytes) -> None:
    (store.folder / "holiday.parquet").write_bytes(content)
    pl.DataFrame({"name": ["x"]}).write_parquet(store.folder / "other.parquet")
    index, faults = store.survey()
    assert index.height == 61
    assert {fault.pack for fault in faults} == {"holiday.parquet", "other.parquet"}


def test_a_body_that_no_longer_fits_its_hash_is_not_handed_out(store: RawStore) -> None:
    (pack,) = store.packs()
    rows = pl.read_parquet(pack).with_columns(
        body=pl.when(pl.col("uri") == "https://a.example/7").then(pl.lit(b"another page")).otherwise("body")
    )
    rows.write_parquet(pack, metadata=pl.read_parquet_metadata(pack))
    ((_, count, faults),) = store.verify()
    assert (count, [fault.uri for fault in faults]) == (60, ["https://a.example/7"])
    hashes = store.index()["content_sha256"].drop_nulls()
    assert len(store.bodies(pack.name, hashes)) == 59


def test_a_damaged_pack_is_moved_aside_and_what_it_lost_can_be_fetched_again(store: RawStore) -> None:
    (pack,) = store.packs()
    rows = pl.read_parquet(pack).with_columns(
        body=pl.when(pl.col("uri") == "https://a.example/7").then(pl.lit(b"another page")).otherwise("body")
    )
    rows.write_parquet(pack, metadata=pl.read_parquet_metadata(pack))
    aside = store.set_aside(pack)
    assert aside.exists()
    assert [faults for _, _, faults in store.verify()] == [[]]
    assert store.index().height == 60
    store.add(PAGES, store.index())
    assert set(store.index()["uri"]) == {page.uri for page in PAGES} | {"b"}
    assert [faults for _, _, faults in store.verify()] == [[], []]
