"""Reads a ``sources.toml``: the named sources that a scheduled run visits.

    [[source]]
    name = "county portals"
    locations = ["https://www.example.cn/news/1.html", "harvest/*.html"]

A relative path is taken from the folder that holds the file.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class SourceEntry:
    """``locator``: a path, pattern or URL; ``name``: what ``core.documents.source`` will say."""

    name: str
    locator: str


class SourceListError(ValueError):
    """The file is not a list of sources; the message says where."""


def read_source_list(path: Path) -> list[SourceEntry]:
    """The entries of ``path`` in the order written. Raises SourceListError with a one-line reason."""
    try:
        content = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SourceListError(f"not readable as TOML: {error}") from error
    tables = content.get("source")
    if not isinstance(tables, list) or not tables:
        raise SourceListError("no [[source]] table in it")
    entries = []
    for number, table in enumerate(tables, 1):
        locations = table.get("locations") if isinstance(table, dict) else None
        name = table.get("name") if isinstance(table, dict) else None
        if not isinstance(name, str) or not isinstance(locations, list) or not locations:
            raise SourceListError(f"source {number} needs a name and a list of locations")
        for location in locations:
            if not isinstance(location, str):
                raise SourceListError(f"source {number} ({name}) has a location that is no text")
            is_url = location.lower().startswith(("http://", "https://"))
            entries.append(SourceEntry(name, location if is_url else (path.parent / location).as_posix()))
    return entries
