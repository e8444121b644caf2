"""Streams files of rows: Parquet, JSON lines, gzipped JSON lines, one page per row.

Columns: ``html`` or ``text`` (where both are filled, html), ``uri`` (many crawls call it ``url``) and ``fetched_at``
where known. A row without a uri is named after its file and its number: ``dump.jsonl#17``. A cell that cannot be read
costs its row, or only the time where it is one; a file that unfolds without measure is read up to there.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from tasks.records import Fetched
from tasks.sources.compression import FREE_BYTES, MAX_GROWTH
from tasks.sources.parquet_footers import DELTA_BYTE_ARRAY, ColumnPart, row_groups

_COLUMNS = ("uri", "url", "html", "text", "fetched_at")
_BYTES = {pa.lib.binary(), pa.lib.large_binary(), pa.lib.binary_view()}
_TEXTS = {pa.lib.string(), pa.lib.large_string(), pa.lib.binary(), pa.lib.large_binary()}
_BATCH_ROWS = 500
_BATCH_BYTES = 16_000_000
_PART_BYTES = 1_000_000  # a line is read in pieces of this size, so that one that is given up was never held whole
_BATCH_ROWS_OF_DELTAS = 16  # values that repeat the beginning of the one before: their size is not told beforehand


class _UnfoldsError(Exception):
    """The file holds far more than its size lets expect; the message says so."""


def read_rows(locator: str, source: str, max_bytes: int) -> Iterator[Fetched]:
    """Each row as an input, in order; a row or a file that cannot be read is an input with a reason.

    A row may have ``max_bytes``, and all rows together MAX_GROWTH times as many bytes as the file.
    """
    reader = _parquet_rows if locator.lower().endswith(".parquet") else _json_rows
    room = max(FREE_BYTES * 25, MAX_GROWTH * _size_of(locator))
    has_rows = False
    try:
        for number, row in reader(locator, max_bytes, room):
            item = row if isinstance(row, str) else _fetched(row, locator, source, number, max_bytes)
            if isinstance(item, str):
                item = Fetched(f"{locator}#{number}", source, None, reason="unreadable_rows", detail=item)
            room -= len(item.body or b"")
            if room < 0:
                raise _UnfoldsError(f"the rows up to {number + 1} are {MAX_GROWTH} times as large as the file")
            has_rows = True
            yield item
        if not has_rows:
            yield Fetched(locator, source, None, reason="unreadable_rows", detail="no row in it")
    except _UnfoldsError as error:
        yield Fetched(locator, source, None, reason="too_large", detail=str(error))
    except Exception as error:  # whatever a strange file does to its reader costs the file, never the run
        detail = str(error).splitlines()[0] if str(error) else type(error).__name__
        yield Fetched(locator, source, None, reason="unreadable_rows", detail=detail)


# A row as a mapping, or the reason why it is none, under its number.
_Rows = Iterator[tuple[int, dict[str, Any] | str]]


def _parquet_rows(locator: str, max_bytes: int, room: int) -> _Rows:
    groups = row_groups(Path(locator), _COLUMNS)
    schema = pq.read_schema(locator)
    with pq.ParquetFile(locator, read_dictionary=_repeatable(groups, schema)) as file:
        names = set(schema.names)
        if names >= {"content_sha256", "body"}:
            raise ValueError("a pack of a raw store, which is no source")
        if not names & {"html", "text"}:
            raise ValueError(f"no column html or text among {', '.join(sorted(names)) or 'none'}")
        columns = [name for name in _COLUMNS if name in names]
        number = 0
        for group, parts in enumerate(groups):
            rows = _rows_at_once(parts, file.metadata.row_group(group).num_rows, room)
            for batch in file.iter_batches(rows, row_groups=[group], columns=columns):
                cells = [(name, batch.column(name)) for name in columns]
                for position in range(batch.num_rows):
                    yield number, {name: _cell(column[position]) for name, column in cells}
                    number += 1


def _repeatable(groups: Sequence[Sequence[ColumnPart]], schema: Any) -> list[str]:
    """The columns to be read as dictionaries: a table that repeats one long text then holds it once in memory, too."""
    texts = {name for name in ("html", "text") if name in schema.names and schema.field(name).type in _TEXTS}
    for parts in groups:
        texts -= {part.name for part in parts if DELTA_BYTE_ARRAY in part.encodings}
    return sorted(texts)


def _rows_at_once(parts: Sequence[ColumnPart], row_count: int, room: int) -> int:
    """How many rows of a group fit the memory. Raises _UnfoldsError where the group as a whole cannot be right."""
    size = sum(part.unpacked_bytes for part in parts)
    if size > room:
        raise _UnfoldsError(f"a group of rows unpacks to {size:,} bytes")
    if any(DELTA_BYTE_ARRAY in part.encodings for part in parts):
        return _BATCH_ROWS_OF_DELTAS
    return max(1, min(_BATCH_ROWS, _BATCH_BYTES * row_count // max(size, 1)))


def _cell(scalar: Any) -> object:
    """The value of a cell; bytes where a text is not UTF-8; None where there is no such value (a time out of range)."""
    try:
        if isinstance(scalar, pa.lib.DictionaryScalar):
            scalar = scalar.value
        if not isinstance(scalar, pa.lib.BinaryScalar):
            return scalar.as_py()
        buffer = scalar.as_buffer()
        raw = None if buffer is None else buffer.to_pybytes()
        if raw is None or scalar.type in _BYTES:
            return raw
    except Exception:  # a strange type, a time of another planet's zone: the row has no such value
        return None
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return bytes(raw)


def _json_rows(locator: str, max_bytes: int, room: int) -> _Rows:
    path = Path(locator)
    with gzip.open(path, "rb") if locator.lower().endswith(".gz") else path.open("rb") as file:
        for number, line in enumerate(_lines(file, max_bytes, room)):
            if line is None:
                yield number, f"line {number + 1} has more than {max_bytes:,} bytes"
            elif line.strip():
                try:
                    row = json.loads(line)
                except (ValueError, RecursionError) as error:
                    yield number, f"line {number + 1} is not JSON: {error}"
                    continue
                yield number, row if isinstance(row, dict) else f"line {number + 1} is no JSON object"


def _lines(file: BinaryIO | gzip.GzipFile, max_bytes: int, room: int) -> Iterator[bytes | None]:
    """The lines of ``file``, None for one that is too long. Raises _UnfoldsError where they exceed ``room``."""
    parts: list[bytes] = []
    size, is_too_long = 0, False
    while part := file.readline(_PART_BYTES):
        room -= len(part)
        size += len(part)
        is_whole = part.endswith(b"\n")
        if size > max_bytes and not (is_whole and size == max_bytes + 1):
            is_too_long = True
            parts.clear()
        else:
            parts.append(part)
        if is_whole:
            yield None if is_too_long else b"".join(parts)
            parts, size, is_too_long = [], 0, False
        if room < 0:
            raise _UnfoldsError(f"the lines are {MAX_GROWTH} times as large as the file")
    if size:
        yield None if is_too_long else b"".join(parts)


def _fetched(row: dict[str, Any], locator: str, source: str, number: int, max_bytes: int) -> Fetched | str:
    """The page in a row, or why there is none."""
    uri = row.get("uri") or row.get("url")
    if isinstance(uri, bytes) and uri:
        return f"row {number + 1} has a uri that is no text: {uri[:100]!r}"
    uri = uri if isinstance(uri, str) and uri else f"{locator}#{number}"
    moment = _moment(row.get("fetched_at"))
    for column, media_type in (("html", "text/html"), ("text", "text/plain")):
        value = row.get(column)
        if not isinstance(value, str | bytes) or not value:
            continue
        # What was a str in the source is UTF-8 here by construction; lone surrogates are kept to be reported.
        body = value.encode("utf-8", "surrogatepass") if isinstance(value, str) else value
        if len(body) > max_bytes:
            detail = f"{len(body):,} bytes, the limit is {max_bytes:,}"
            return Fetched(uri, source, None, media_type, fetched_at=moment, reason="too_large", detail=detail)
        return Fetched(uri, source, body, media_type, "utf-8" if isinstance(value, str) else None, moment)
    if isinstance(row.get("html"), str | bytes) or isinstance(row.get("text"), str | bytes):
        return Fetched(uri, source, b"", None, None, moment)
    return Fetched(uri, source, None, reason="unreadable_rows", detail=f"row {number + 1} has neither html nor text")


def _moment(value: object) -> datetime | None:
    """A time as UTC; one without an offset is taken as UTC, one that cannot be read as unknown."""
    try:
        if isinstance(value, str):
            value = datetime.fromisoformat(value)
        if isinstance(value, datetime):
            return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
        if isinstance(value, date):
            return datetime(value.year, value.month, value.day, tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
    return None


def _size_of(locator: str) -> int:
    try:
        return Path(locator).stat().st_size
    except OSError:
        return 0
