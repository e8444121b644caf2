"""Whatever is packed comes back whole or not at all, in bounded memory."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib
from collections.abc import Callable
from contextlib import suppress

import brotli
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.sources.compression import DamagedError, TooLargeError, UnpackingError, unpacked


def _raw_deflate(body: bytes) -> bytes:
    engine = zlib.compressobj(9, zlib.DEFLATED, -15)
    return engine.compress(body) + engine.flush()


PACKERS: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "gzip": ("gzip", gzip.compress),
    "members": ("gzip", lambda body: gzip.compress(body[:7]) + gzip.compress(body[7:]) + bytes(5)),
    "zlib": ("deflate", zlib.compress),
    "raw deflate": ("deflate", _raw_deflate),
    "brotli": ("br", brotli.compress),
    "zstd": ("zstd", lambda body: bytes(pa.compress(body, "zstd", asbytes=True))),
}
BODY = ("溪口镇的楼栋议事厅每周三晚上开门。" * 40).encode()
LIMIT = 1_000_000


@pytest.mark.parametrize("name", PACKERS)
@given(body=st.binary(max_size=3_000))
def test_every_packing_is_undone(name: str, body: bytes) -> None:
    encoding, pack = PACKERS[name]
    assert unpacked(pack(body), [encoding], LIMIT) == body


@pytest.mark.parametrize("outer", PACKERS)
@pytest.mark.parametrize("inner", PACKERS)
def test_packings_one_over_another_are_undone_from_the_outside(inner: str, outer: str) -> None:
    packed = PACKERS[outer][1](PACKERS[inner][1](BODY))
    assert unpacked(packed, [PACKERS[inner][0], f" {PACKERS[outer][0].upper()} "], LIMIT) == BODY


@pytest.mark.parametrize("name", ["gzip", "zlib", "raw deflate", "brotli", "zstd"])
def test_a_packed_body_that_breaks_off_is_never_taken_for_whole(name: str) -> None:
    encoding, pack = PACKERS[name]
    packed = pack(BODY)
    for count in range(4, len(packed)):
        with pytest.raises(DamagedError):
            unpacked(packed[:count], [encoding], LIMIT)


@pytest.mark.parametrize("name", ["gzip", "zlib", "brotli", "zstd"])
def test_a_bomb_is_given_up_before_it_fills_the_memory(name: str) -> None:
    encoding, pack = PACKERS[name]
    bomb = pack(bytes(300_000_000))
    tracemalloc.start()
    try:
        with pytest.raises(TooLargeError):
            unpacked(bomb, [encoding], 20_000_000)
        assert tracemalloc.get_traced_memory()[1] < 60_000_000
    finally:
        tracemalloc.stop()


def test_a_million_members_with_nothing_in_them_are_read_in_seconds() -> None:
    """As one piece, what is left of it is copied for each of them: hours."""
    assert unpacked(gzip.compress(b"") * 1_000_000, ["gzip"], LIMIT) == b""


@given(st.binary(max_size=300), st.lists(st.sampled_from(["gzip", "br", "deflate", "zstd", "utf-8", ""]), max_size=6))
def test_no_bytes_break_the_unpacking(noise: bytes, encodings: list[str]) -> None:
    with suppress(UnpackingError):
        assert len(unpacked(noise, encodings, 10_000)) <= 10_000
