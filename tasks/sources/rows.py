"""Streams files of rows: Parquet, JSON lines, gzipped JSON lines, one page per row.

Columns: ``html`` or ``text`` (where both are filled, html), ``uri`` and ``fetched_at`` where known. A row without a
uri is named after its file and its number: ``dump.jsonl#17``.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zlib import error as ZlibError  # noqa: N812 (an exception class in all but name)

import pyarrow as pa
import pyarrow.parquet as pq

from tasks.records import Fetched

_BATCH_ROWS = 500


def read_rows(locator: str, source: str) -> Iterator[Fetched]:
    """Each row as an input, in order; a row or a file that cannot be read is an input with a reason."""
    try:
        if locator.lower().endswith(".parquet"):
            yield from _read_parquet(locator, source)
        else:
            yield from _read_json_lines(locator, source)
    except (OSError, EOFError, ZlibError, pa.lib.ArrowException) as error:
        detail = str(error).splitlines()[0] if str(error) else type(error).__name__
        yield Fetched(locator, source, None, reason="unreadable_rows", detail=detail)


def _read_parquet(locator: str, source: str) -> Iterator[Fetched]:
    with pq.ParquetFile(locator) as file:
        names = set(file.schema_arrow.names)
        if not names & {"html", "text"}:
            detail = f"no column html or text among {', '.join(sorted(names)) or 'none'}"
            yield Fetched(locator, source, None, reason="unreadable_rows", detail=detail)
            return
        columns = [name for name in ("uri", "html", "text", "fetched_at") if name in names]
        number = 0
        for batch in file.iter_batches(_BATCH_ROWS, columns=columns):
            for row in batch.to_pylist():
                yield _fetched(row, locator, source, number)
                number += 1


def _read_json_lines(locator: str, source: str) -> Iterator[Fetched]:
    path = Path(locator)
    with gzip.open(path, "rb") if locator.lower().endswith(".gz") else path.open("rb") as file:
        for number, line in enumerate(file):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except (ValueError, RecursionError) as error:
                detail = f"line {number + 1} is not JSON: {error}"
                yield Fetched(f"{locator}#{number}", source, None, reason="unreadable_rows", detail=detail)
                continue
            if not isinstance(row, dict):
                detail = f"line {number + 1} is no JSON object"
                yield Fetched(f"{locator}#{number}", source, None, reason="unreadable_rows", detail=detail)
                continue
            yield _fetched(row, locator, source, number)


def _fetched(row: dict[str, Any], locator: str, source: str, number: int) -> Fetched:
    uri = row.get("uri")
    uri = uri if isinstance(uri, str) and uri else f"{locator}#{number}"
    for column, media_type in (("html", "text/html"), ("text", "text/plain")):
        value = row.get(column)
        if isinstance(value, str) and value:
            # What was a str in the source is UTF-8 here by construction; lone surrogates are kept to be reported.
            body = value.encode("utf-8", "surrogatepass")
            return Fetched(uri, source, body, media_type, "utf-8", _moment(row.get("fetched_at")))
        if isinstance(value, bytes) and value:
            return Fetched(uri, source, value, media_type, None, _moment(row.get("fetched_at")))
    if isinstance(row.get("html"), str | bytes) or isinstance(row.get("text"), str | bytes):
        return Fetched(uri, source, b"", None, None, _moment(row.get("fetched_at")))
    return Fetched(uri, source, None, reason="unreadable_rows", detail=f"row {number + 1} has neither html nor text")


def _moment(value: object) -> datetime | None:
    """A time as UTC; one without an offset is taken as UTC, one that cannot be read as unknown."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            return None
    if isinstance(value, datetime):
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day, tzinfo=UTC)
    return None
