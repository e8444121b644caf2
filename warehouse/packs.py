"""One pack of the raw store: how it is written, and how it is read by someone who trusts no disk.

A disk can return a bit that was never written. Each pack carries a digest of its rows and each row a mark of its own,
so that a row that is no longer what it was is named and left out, and its neighbours are kept; each body stands beside
its SHA-256. A file that is no pack at all is named too.
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from warehouse.locations import Location, readable, write_whole

PACK_SCHEMA: dict[str, pl.DataType] = {
    "uri": pl.String(),
    "source": pl.String(),
    "media_type": pl.String(),
    "charset": pl.String(),
    "fetched_at": pl.Datetime("us", "UTC"),
    "content_sha256": pl.String(),
    "byte_count": pl.Int64(),
    "reason": pl.String(),
    "detail": pl.String(),
    "stored_at": pl.Datetime("us", "UTC"),
    "body": pl.Binary(),
}
INDEX_SCHEMA: dict[str, pl.DataType] = {
    **{name: data_type for name, data_type in PACK_SCHEMA.items() if name != "body"},
    "pack": pl.String(),
    "has_body": pl.Boolean(),
}
_ROW_SCHEMA = {**{name: kind for name, kind in INDEX_SCHEMA.items() if name != "pack"}, "row_mark": pl.String()}
_DIGEST = "fangzhi.rows"  # in the footer of the file
_MARK_HEX_DIGITS = 16
# A group of rows is what is lost where one byte of it is: groups of some megabytes cost nothing and lose little.
_GROUP_BYTES = 4_000_000
# For time alone: what zstd itself takes; Arrow's 1 makes packs of pages a tenth larger.
_ZSTD_LEVEL = 3


@dataclass(frozen=True)
class Fault:
    """What does not fit in a pack: the whole of it where ``uri`` is None, else the row or the body of that name."""

    pack: str
    uri: str | None
    detail: str


def write_pack(rows: pl.DataFrame, bodies: Sequence[bytes | None], path: Location) -> None:
    """Write ``rows`` (PACK_SCHEMA but for the body) with their ``bodies`` to ``path``, whole: a killed run leaves no
    half-written pack under a name that counts. Beside what it is given it needs the memory of one group of rows."""
    told = rows.with_columns(has_body=pl.Series([body is not None for body in bodies], dtype=pl.Boolean))
    lines = _lines(told)
    columns = [name for name in PACK_SCHEMA if name != "body"]
    marked = told.with_columns(row_mark=pl.Series(_marks(lines), dtype=pl.String))
    table = marked.select(*columns, "has_body", "row_mark").to_arrow(compat_level=pl.CompatLevel.oldest())
    where = len(columns)
    schema = table.schema.insert(where, pa.lib.field("body", pa.lib.large_binary()))

    def write(target: Any) -> None:
        told_once = {"use_dictionary": [*columns, "has_body", "row_mark"], "write_statistics": columns}
        level = {"compression": "zstd", "compression_level": _ZSTD_LEVEL}
        with pq.ParquetWriter(target, schema.with_metadata({_DIGEST: _digest(lines)}), **told_once, **level) as writer:
            for start, end in _groups(bodies):
                body = _binary(bodies[start:end])
                writer.write_table(table.slice(start, end - start).add_column(where, "body", body))

    write_whole(path, write, sync=True)
    _give_back()


def _groups(bodies: Sequence[bytes | None]) -> Iterator[tuple[int, int]]:
    """The first row and the end of each group: a group ends with the body that fills it."""
    start, size = 0, 0
    for number, body in enumerate(bodies):
        size += len(body or b"")
        if size >= _GROUP_BYTES:
            yield start, number + 1
            start, size = number + 1, 0
    if start < len(bodies):
        yield start, len(bodies)


def _binary(bodies: Sequence[bytes | None]) -> pa.lib.Array:
    """A column of bodies; one alone, which may be large, is not copied."""
    if len(bodies) == 1 and bodies[0] is not None:
        body = bodies[0]
        offsets = pa.lib.py_buffer(array("q", [0, len(body)]))
        return pa.lib.Array.from_buffers(pa.lib.large_binary(), 1, [None, offsets, pa.lib.py_buffer(body)])
    return pa.lib.array(bodies, pa.lib.large_binary())


def read_index(path: Location) -> tuple[pl.DataFrame, list[Fault]]:
    """The sound rows of a pack without their bodies (INDEX_SCHEMA), and what does not fit. Never raises."""
    try:
        frame, faults, stated = _rows(path)
    except Exception as error:  # whatever a damaged file does to its reader
        return pl.DataFrame(schema=INDEX_SCHEMA), [Fault(path.name, None, f"it cannot be read: {_one_line(error)}")]
    if stated is not None:
        lines = _lines(frame)
        if _digest(lines) != stated:
            marks = pl.Series(_marks(lines), dtype=pl.String)
            is_sound = frame["row_mark"].fill_null("") == marks
            faults += [
                Fault(path.name, uri, "what is stored of it no longer fits its mark")
                for uri in frame.filter(~is_sound)["uri"].fill_null("?")
            ]
            faults = faults or [Fault(path.name, None, "rows are missing in it")]
            frame = frame.filter(is_sound)
    return frame.select(list(INDEX_SCHEMA)), faults


def _rows(path: Location) -> tuple[pl.DataFrame, list[Fault], str | None]:
    """The rows of a pack without bodies, the groups of rows that cannot be read, and the digest that all rows should
    have; packs of earlier versions state none."""
    # Arrow reads them: its reader answers damage with an error, the one of Polars with a panic and a page of frames.
    with pq.ParquetFile(readable(path)) as file:
        names = set(file.schema_arrow.names)
        if missing := {"uri", "content_sha256", "reason", "body"} - names:
            raise ValueError(f"it is no pack: without {', '.join(sorted(missing))}")
        columns = [name for name in (*PACK_SCHEMA, "row_mark", "has_body") if name in names and name != "body"]
        frames, faults = [], []
        for group in range(file.metadata.num_row_groups):
            try:
                frames.append(_group_rows(file, group, columns))
            except Exception as error:  # this group is lost, the next one may not be
                count = file.metadata.row_group(group).num_rows
                faults.append(Fault(path.name, None, f"{count} rows in it cannot be read: {_one_line(error)}"))
        stated = (file.metadata.metadata or {}).get(_DIGEST.encode())
    frame = pl.concat(frames) if frames else pl.DataFrame(schema=_ROW_SCHEMA)
    return frame.with_columns(pack=pl.lit(path.name)), faults, stated and stated.decode("ascii", "replace")


def _group_rows(file: pq.ParquetFile, group: int, columns: list[str]) -> pl.DataFrame:
    table = file.read_row_group(group, columns=columns)
    table.validate(full=True)
    frame = pl.DataFrame(pl.from_arrow(pa.lib.table(_sound_columns(table))))
    if "has_body" not in columns:
        bodies = file.read_row_group(group, columns=["body"]).column(0)
        frame = frame.with_columns(has_body=pl.Series([body.is_valid for body in bodies], dtype=pl.Boolean))
    absent = [pl.lit(None, dtype=kind).alias(name) for name, kind in _ROW_SCHEMA.items() if name not in frame.columns]
    return frame.with_columns(absent).select(pl.col(name).cast(kind) for name, kind in _ROW_SCHEMA.items())


def _sound_columns(table: pa.lib.Table) -> dict[str, pa.lib.ChunkedArray]:
    """The columns of a group in the types that they should have: of another one, such as a time in a zone that is no
    text, Polars makes no error but a panic, which ends the run without the name of the pack."""
    kinds = pl.DataFrame(schema=_ROW_SCHEMA).to_arrow(compat_level=pl.CompatLevel.oldest()).schema
    return {name: table.column(name).cast(kinds.field(name).type, safe=False) for name in table.column_names}


def read_bodies(path: Location, hashes: Iterable[str]) -> dict[str, bytes]:
    """The bodies of a pack by the SHA-256 of their bytes, for those of ``hashes`` that it holds and that fit. Never
    raises: what cannot be read is not among them."""
    wanted = set(hashes)
    found: dict[str, bytes] = {}
    try:
        with pq.ParquetFile(readable(path)) as file:
            for group in range(file.metadata.num_row_groups):
                found |= _group_bodies(file, group, wanted)
    except Exception:  # the caller finds nothing, and says so
        return {}
    finally:
        _give_back()
    return {digest: body for digest, body in found.items() if hashlib.sha256(body).hexdigest() == digest}


def _give_back() -> None:
    """Let the system have what Arrow keeps for its next table: after a body of megabytes that is three times as much,
    for as long as the process lives."""
    pa.lib.default_memory_pool().release_unused()


def check_pack(path: Location) -> tuple[pl.DataFrame, list[Fault]]:
    """As read_index, every body read and compared: a row whose body is lost is not sound."""
    frame, faults = read_index(path)
    hashes = frame.filter("has_body")["content_sha256"]
    bodies = read_bodies(path, hashes)
    is_lost = pl.col("has_body") & ~pl.col("content_sha256").is_in(list(bodies))
    lost = frame.filter(is_lost)
    detail = "its bytes no longer fit their SHA-256"
    return frame.filter(~is_lost), faults + [Fault(path.name, uri, detail) for uri in lost["uri"]]


def _group_bodies(file: pq.ParquetFile, group: int, wanted: set[str]) -> dict[str, bytes]:
    try:
        hashes = file.read_row_group(group, columns=["content_sha256"]).column(0).to_pylist()
        if wanted.isdisjoint(hashes):
            return {}
        bodies = file.read_row_group(group, columns=["body"]).column(0)
        return {
            digest: bodies[position].as_py()
            for position, digest in enumerate(hashes)
            if digest in wanted and bodies[position].is_valid
        }
    except Exception:  # this group is lost, the next one may not be
        return {}


def _lines(frame: pl.DataFrame) -> list[str]:
    """Each row as one line of text; the columns that packs have had from the beginning and one that says where a body
    is."""
    columns = [name for name in INDEX_SCHEMA if name != "pack"]
    texts = [pl.col(name).to_physical().cast(pl.String).fill_null("\x00") for name in columns]
    return frame.select(pl.concat_str(texts, separator="\x1f")).to_series().to_list()


def _marks(lines: Iterable[str]) -> list[str]:
    return [hashlib.sha256(line.encode()).hexdigest()[:_MARK_HEX_DIGITS] for line in lines]


def _digest(lines: Iterable[str]) -> str:
    return hashlib.sha256("\x1e".join(lines).encode()).hexdigest()


def _one_line(error: BaseException) -> str:
    return (str(error).splitlines() or [""])[0][:300] or type(error).__name__
