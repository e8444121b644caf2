"""Files that hold many pages: ``ARCHIVE_KINDS`` says how the names of each kind end, and who reads it.

A new kind is a reader and one line here. What is known by its content rather than by its name (feeds, sitemaps,
archives that came over the web) is opened in ``containers``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tasks.records import Fetched
from tasks.sources.rows import read_rows
from tasks.sources.warc import read_warc


@dataclass(frozen=True)
class ArchiveKind:
    """``reader``: called with the path, the name of the source and the most bytes that a page may have; it gives every
    page in order, and what it cannot read with a reason. It never raises.
    """

    suffixes: tuple[str, ...]
    reader: Callable[[str, str, int], Iterator[Fetched]]


def _read_warc_file(locator: str, source: str, max_bytes: int) -> Iterator[Fetched]:
    try:
        with Path(locator).open("rb") as stream:
            yield from read_warc(stream, locator, source, max_bytes)
    except OSError as error:
        yield Fetched(locator, source, None, reason="unreadable_warc", detail=error.strerror or str(error))


ARCHIVE_KINDS = (
    ArchiveKind((".parquet", ".jsonl", ".jsonl.gz", ".ndjson", ".ndjson.gz"), read_rows),
    ArchiveKind((".warc", ".warc.gz", ".wet", ".wet.gz"), _read_warc_file),
)


def archive_kind(name: str) -> ArchiveKind | None:
    """What kind of archive a file of this name is, None where it is a page or something else.

    >>> archive_kind("harvest/2024.JSONL.gz") is ARCHIVE_KINDS[0], archive_kind("2024.html") is None
    (True, True)
    """
    return next((kind for kind in ARCHIVE_KINDS if name.lower().endswith(kind.suffixes)), None)


def read_archive(locator: str, source: str, max_bytes: int) -> Iterator[Fetched]:
    """Every page of the archive. Raises ValueError where a file of this name is none."""
    kind = archive_kind(locator)
    if kind is None:
        raise ValueError(f"{locator} is no archive")
    yield from kind.reader(locator, source, max_bytes)
