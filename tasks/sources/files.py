"""Reads one local file as it lies there: a page or a text dump, told apart by its suffix where that says anything."""

from __future__ import annotations

from pathlib import Path

from tasks.records import Fetched
from tasks.sources.data_formats import SUFFIXES

MEDIA_TYPES = {
    ".html": "text/html",
    ".htm": "text/html",
    ".shtml": "text/html",
    ".xhtml": "application/xhtml+xml",
    ".txt": "text/plain",
    ".text": "text/plain",
    ".xml": "application/xml",
    **SUFFIXES,
}


def read_file(locator: str, source: str, max_bytes: int) -> Fetched:
    """The file's bytes, or the reason why they cannot be had. The time of fetching is unknown: None, not the mtime."""
    path = Path(locator)
    media_type = MEDIA_TYPES.get(path.suffix.lower())
    try:
        size = path.stat().st_size
        if size > max_bytes:
            detail = f"{size:,} bytes, the limit is {max_bytes:,}"
            return Fetched(locator, source, None, media_type, reason="too_large", detail=detail)
        return Fetched(locator, source, path.read_bytes(), media_type)
    except OSError as error:
        return Fetched(locator, source, None, media_type, reason="unreadable_file", detail=error.strerror or str(error))
