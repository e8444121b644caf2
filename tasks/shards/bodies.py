"""Fetches one shard of inputs into the raw store."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import polars as pl

from tasks.records import Fetched
from tasks.shards.files import write_frame
from tasks.sources.files import read_file
from tasks.sources.inputs import Input
from tasks.sources.rows import read_rows
from tasks.sources.web import FetchManners, fetch_urls
from warehouse.raw_store import RawStore


def plan_body_shards(inputs: Sequence[Input], max_documents: int, max_bytes: int) -> list[list[Input]]:
    """Inputs grouped for fetching: files by number and size, each file of rows alone, all pages of the web together.

    The web is one shard because its pace is set by the hosts, not by this machine.
    """
    shards: list[list[Input]] = []
    group: list[Input] = []
    size = 0
    for entry in inputs:
        if entry.kind == "file":
            weight = _size_of(entry.locator)
            if group and (len(group) >= max_documents or size + weight > max_bytes):
                shards.append(group)
                group, size = [], 0
            group.append(entry)
            size += weight
        elif entry.kind == "rows":
            shards.append([entry])
    if group:
        shards.append(group)
    shards += [found for kind in ("url", "refused") if (found := [e for e in inputs if e.kind == kind])]
    return shards


def fetch_bodies(
    inputs: Sequence[Input],
    store: RawStore,
    index_path: Path,
    out_path: Path,
    manners: FetchManners,
    max_documents: int,
    max_file_bytes: int,
) -> dict[str, int]:
    """Fetch ``inputs`` into ``store`` and write what each became to ``out_path`` (uri, content_sha256, reason …).

    ``index_path`` holds the store's index at the start of the run. Returns the counts ``inputs`` and ``refused``.
    """
    known = pl.read_parquet(index_path)
    frames = [store.add(batch, known) for batch in _batches(_fetch(inputs, manners, max_file_bytes), max_documents)]
    frame = pl.concat(frames)
    write_frame(frame, out_path)
    return {"inputs": frame.height, "refused": int(frame["reason"].is_not_null().sum())}


def _fetch(inputs: Sequence[Input], manners: FetchManners, max_file_bytes: int) -> Iterator[Fetched]:
    urls = [entry for entry in inputs if entry.kind == "url"]
    if urls:
        yield from fetch_urls(urls, manners)
    for entry in inputs:
        if entry.kind == "file":
            yield read_file(entry.locator, entry.source, max_file_bytes)
        elif entry.kind == "rows":
            yield from read_rows(entry.locator, entry.source)
        elif entry.kind == "refused":
            yield Fetched(entry.locator, entry.source, None, reason=entry.reason, detail=entry.detail)


def _batches(items: Iterable[Fetched], size: int) -> Iterator[list[Fetched]]:
    """Packs of ``size`` inputs at the most; at least one, empty where there is nothing (an empty file of rows)."""
    batch: list[Fetched] = []
    written = False
    for item in items:
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch, written = [], True
    if batch or not written:
        yield batch


def _size_of(locator: str) -> int:
    try:
        return os.stat(locator).st_size  # noqa: PTH116 (a hot loop over millions of files)
    except OSError:
        return 0
