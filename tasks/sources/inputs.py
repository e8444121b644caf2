"""Turns the sources a user names into a plan: which files to read, which row files to stream, which URLs to fetch.

A source is a file, a folder, a glob, a URL, a list of URLs, a file of rows (``.parquet``, ``.jsonl``, ``.jsonl.gz``),
a WARC or WET archive or a list of sources (``.toml``). Feeds and sitemaps are known by their content, once it is there.
What cannot be read is refused with a reason, never skipped.
"""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from tasks.records import RejectionReason
from tasks.sources.archives import archive_kind
from tasks.sources.folders import files_in, matches_of, own_files
from tasks.sources.source_lists import SourceEntry, SourceListError, read_source_list

_URL = re.compile(r"https?://\S+", re.IGNORECASE)
_LISTED = re.compile(r"(?P<path>.+\.toml)#(?P<name>.+)", re.IGNORECASE)  # one source of a list
_URL_LIST_BYTES = 50_000_000  # a list of half a million addresses; larger .txt files are text


@dataclass(frozen=True, order=True)
class Input:
    """One thing to read. ``kind`` ``refused`` carries a reason from the closed list of rejections.

    ``archive`` is a file of many pages (``tasks.sources.archives``), ``index`` a source whose pages name the pages to
    read. ``entry`` is the table of the list of sources, if any, in which an input stands: how it wants to be visited.
    ``etag`` and ``last_modified`` are what the server said of an address when it was fetched last.
    """

    kind: Literal["file", "archive", "url", "index", "refused"]
    locator: str
    source: str
    reason: RejectionReason | None = None
    detail: str | None = None
    entry: SourceEntry | None = field(default=None, compare=False)
    etag: str | None = field(default=None, compare=False)
    last_modified: str | None = field(default=None, compare=False)


class NoSuchSourceError(ValueError):
    """None of the sources exists."""


def plan_inputs(sources: Iterable[str]) -> list[Input]:
    """Every input the sources name, each once, in order of kind and name.

    A source that does not exist is a refused input, so that the others are still read.
    Raises NoSuchSourceError where not one of the sources exists: that is a slip of the hand, not a day's harvest.
    """
    named = list(sources)
    found = {entry.locator: entry for source in named for entry in _expand(source, source)}
    if named and all(entry.reason == "source_not_found" for entry in found.values()):
        raise NoSuchSourceError("; ".join(f"{entry.locator}: {entry.detail}" for entry in sorted(found.values())))
    return sorted(found.values())


def _expand(source: str, name: str, within: frozenset[str] = frozenset()) -> Iterator[Input]:
    """The inputs behind ``source``; ``within`` are the lists of sources that lead to it, which it must not name
    again."""
    path = Path(source)
    if _URL.fullmatch(source):
        yield Input("url", source, name)
        return
    try:
        is_there = path.exists()
    except OSError as error:
        yield Input("refused", source, name, "unreadable_file", error.strerror or str(error))
        return
    if is_there:
        yield from _expand_path(path, name, within)
    elif listed := _LISTED.fullmatch(source):
        yield from _expand_listed(listed["path"], listed["name"], name, within)
    elif glob.has_magic(source):
        matches = sorted(matches_of(source))
        if not matches:
            yield Input("refused", source, name, "source_not_found", "the pattern matches no file")
        for match in matches:
            yield from _expand_path(Path(match), name, within)
    else:
        yield Input("refused", source, name, "source_not_found", "there is no such file or folder")


def _expand_path(path: Path, name: str, within: frozenset[str]) -> Iterator[Input]:
    if path.is_dir():
        yield from _expand_folder(path, name, within)
    elif path.is_file() and (own := own_files(path)):
        yield Input("refused", path.as_posix(), name, "own_files", own)
    elif path.is_file():
        yield from _expand_file(path, name, within)
    else:
        yield Input("refused", path.as_posix(), name, "not_a_file", "a link that leads nowhere, a pipe or a socket")


def _expand_folder(folder: Path, name: str, within: frozenset[str]) -> Iterator[Input]:
    found = sorted(files_in(folder), key=lambda one: one.path)
    if not any(one.reason is None for one in found):
        yield Input("refused", folder.as_posix(), name, "folder_empty", "the folder holds no file")
    for one in found:
        if one.reason is None:
            yield from _expand_file(one.path, name, within)
        else:
            yield Input("refused", one.path.as_posix(), name, one.reason, one.detail)


def _expand_file(path: Path, name: str, within: frozenset[str]) -> Iterator[Input]:
    lower = path.name.lower()
    locator = path.as_posix()
    if archive_kind(lower) is not None:
        yield Input("archive", locator, name)
    elif lower.endswith(".toml"):
        place = os.path.realpath(path)
        if place in within:
            yield Input("refused", locator, name, "source_list_invalid", "the list names itself")
            return
        try:
            entries = read_source_list(path)
        except SourceListError as error:
            yield Input("refused", locator, name, "source_list_invalid", str(error))
            return
        for entry in entries:
            if entry.enabled:
                yield from expand_entry(entry, within | {place})
    elif lower.endswith((".txt", ".urls")) and (urls := _read_urls(path)):
        for url in urls:
            yield Input("url", url, name)
    else:
        yield Input("file", locator, name)


def _expand_listed(listed: str, wanted: str, name: str, within: frozenset[str]) -> Iterator[Input]:
    """One source of a list, named behind the list's path: county.toml#daily paper."""
    try:
        entries = [entry for entry in read_source_list(Path(listed)) if entry.name == wanted]
    except SourceListError as error:
        yield Input("refused", listed, name, "source_list_invalid", str(error))
        return
    if not entries:
        yield Input("refused", f"{listed}#{wanted}", name, "source_not_found", f"{listed} has no source {wanted!r}")
    for entry in entries:
        yield from expand_entry(entry, within | {os.path.realpath(listed)})


def expand_entry(entry: SourceEntry, within: frozenset[str] = frozenset()) -> Iterator[Input]:
    """The inputs of one table of a list of sources, which stands ``within`` these lists."""
    if entry.kind in {"section", "epaper", "api"}:
        yield Input("index", entry.locations[0], entry.name, entry=entry)
        return
    for location in entry.locations:
        for found in _expand(location, entry.name, within):
            yield replace(found, entry=entry)


def _read_urls(path: Path) -> list[str]:
    """The addresses in a file that holds nothing but addresses (and ``#`` comments), else an empty list."""
    try:
        if path.stat().st_size > _URL_LIST_BYTES:
            return []
        with path.open("rb") as file:
            head = file.read(8).lstrip(b"\xef\xbb\xbf \r\n\t")
            if not head.lower().startswith((b"http", b"#")):
                return []
            file.seek(0)
            lines = file.read().decode("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError):
        return []
    lines = [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]
    return lines if lines and all(_URL.fullmatch(line) for line in lines) else []
