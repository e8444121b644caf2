"""Whatever values a file of rows holds, each row ends as one input that the raw store takes, or one with a reason."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import given
from hypothesis import strategies as st

from tasks.records import Fetched
from tasks.sources.rows import read_rows
from tasks.sources.storable import storable
from warehouse.raw_store import RawStore

LIMIT = 10_000
_TEXTS = st.text(st.characters(exclude_categories=()), max_size=20)  # with lone surrogates
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | _TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXTS, inner, max_size=3),
    max_leaves=5,
)
_MOMENTS = st.sampled_from(
    [
        *("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "2024-05-06", "2024-05-06T07:08:09+08:00", "昨天"),
        *("10000-01-01", "2024-13-01", "2024-05-06T07:08:09+99:00", ""),
    ]
)
_ROW = st.fixed_dictionaries({}, optional=dict.fromkeys(("uri", "text", "html", "fetched_at"), _JSON | _MOMENTS))
_LONG = st.integers(-(2**63), 2**63 - 1)


def _column(kind: pa.DataType, values: Sequence[int]) -> pa.Array:
    """Any integers as the bits of ``kind``: times out of range and texts that are not UTF-8 among them."""
    if pa.types.is_string(kind) or pa.types.is_binary(kind):
        raw = pa.array([value.to_bytes(9, "little", signed=True) for value in values], pa.binary())
        return pa.Array.from_buffers(kind, len(values), raw.buffers())
    if pa.types.is_nested(kind):
        items = pa.array([value % 256 for value in values], pa.int64())
        return pa.ListArray.from_arrays(pa.array(range(len(values) + 1), pa.int32()), items)
    if pa.types.is_boolean(kind) or pa.types.is_null(kind):
        return pa.array([None] * len(values), kind)
    width = pa.int32() if kind.bit_width == 32 else pa.int64()
    fitting = [(value + 2**31) % 2**32 - 2**31 if kind.bit_width == 32 else value for value in values]
    if kind == pa.timestamp("s"):
        fitting = [value // 1_001 for value in values]  # Parquet has no seconds: they are written as milliseconds
    return pa.array(fitting, width).view(kind)


_KINDS = st.sampled_from(
    [
        *(pa.string(), pa.binary(), pa.list_(pa.int64()), pa.bool_(), pa.null(), pa.int32(), pa.int64(), pa.float64()),
        *(pa.float32(), pa.date32(), pa.time64("us"), pa.time32("ms"), pa.timestamp("s"), pa.timestamp("ns")),
        *(pa.timestamp("us", "Asia/Shanghai"), pa.timestamp("ms", "Mars/Olympus"), pa.timestamp("us", "+25:61")),
    ]
)


def _stored_names(items: list[Fetched]) -> set[str]:
    """The names in the raw store after it was given ``items``, as fetching gives them to it."""
    with TemporaryDirectory() as folder:
        store = RawStore(Path(folder) / "raw")
        store.add(map(storable, items), store.index())
        return set(store.index()["uri"])


def _names(items: list[Fetched]) -> set[str]:
    return {storable(item).uri for item in items}


@given(st.lists(_ROW, min_size=1, max_size=4))
def test_any_line_of_json_is_an_input_or_has_a_reason(rows: list[dict[str, object]]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "rows.jsonl"
        path.write_text("\n".join(map(json.dumps, rows)), "utf-8")
        items = list(read_rows(str(path), "source", LIMIT))
    assert len(items) == len(rows)
    assert all(item.body is not None or item.reason for item in items)
    assert _stored_names(items) == _names(items)


@given(st.tuples(_KINDS, _KINDS, _KINDS, _KINDS), st.lists(_LONG, min_size=1, max_size=4))
def test_any_column_of_parquet_is_read_or_has_a_reason(kinds: tuple[pa.DataType, ...], values: list[int]) -> None:
    columns = dict(zip(("uri", "text", "html", "fetched_at"), (_column(kind, values) for kind in kinds), strict=True))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "rows.parquet"
        pq.write_table(pa.table(columns), path)
        items = list(read_rows(str(path), "source", LIMIT))
    assert len(items) == len(values) or [item.reason for item in items] == ["unreadable_rows"]
    assert all(item.body is not None or item.reason for item in items)
    assert _stored_names(items) == _names(items)


@given(st.integers(0), st.integers(0, 7))
def test_a_flipped_bit_in_a_file_of_parquet_never_ends_the_process(place: int, bit: int) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "rows.parquet"
        pq.write_table(pa.table({"uri": ["http://a.example/1"], "text": ["县里开会。"]}), path, store_schema=False)
        body = bytearray(path.read_bytes())
        body[place % len(body)] ^= 1 << bit
        path.write_bytes(body)
        items = list(read_rows(str(path), "source", LIMIT))
    assert items
    assert all(item.body is not None or item.reason for item in items)
