"""Reads one local file as it lies there: a page or a text dump, told apart by its suffix where that says anything."""

from __future__ import annotations

from pathlib import Path

from tasks.records import Fetched
from tasks.sources.containers import HEAD_BYTES, LIST_BYTES
from tasks.sources.data_formats import SUFFIXES
from tasks.sources.media_types import SITEMAP, names_pages

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
    """The file's bytes, or the reason why they cannot be had. The time of fetching is unknown: None, not the mtime.

    A sitemap, of which nothing but its addresses is kept, may have LIST_BYTES where that is more than ``max_bytes``.
    """
    path = Path(locator)
    media_type = MEDIA_TYPES.get(path.suffix.lower())
    try:
        size = path.stat().st_size
        if size > max_bytes and not (size <= LIST_BYTES and _is_sitemap(path)):
            detail = f"{size:,} bytes, the limit is {max_bytes:,}"
            return Fetched(locator, source, None, media_type, reason="too_large", detail=detail)
        return Fetched(locator, source, path.read_bytes(), media_type)
    except OSError as error:
        return Fetched(locator, source, None, media_type, reason="unreadable_file", detail=error.strerror or str(error))


def _is_sitemap(path: Path) -> bool:
    with path.open("rb") as file:
        return names_pages(file.read(HEAD_BYTES).decode("latin-1")) == SITEMAP
