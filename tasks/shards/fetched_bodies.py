"""Fetches one shard of inputs into the raw store."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from time import monotonic
from typing import assert_never

import polars as pl

from tasks.records import Fetched
from tasks.shards.shard_files import write_frame
from tasks.shards.visits import Visits, VisitSettings
from tasks.sources.archives import read_archive
from tasks.sources.containers import Link, read_all
from tasks.sources.inputs import Input
from tasks.sources.late_web import AskedWeb, LateWeb
from tasks.sources.local_files import read_file
from tasks.sources.manners import FetchManners
from tasks.sources.storable import of_the_past, storable
from warehouse.raw_store import RawStore

# A sitemap index names sitemaps that name pages; deeper chains of containers are loops or traps.
_ROUNDS = 4
# What is fetched goes to the store when so much has come together or so much time has passed: a run that is killed
# loses half a minute of the web at the most. Packs of less would make the store slow to list.
_PACK_BYTES = 24_000_000
_PACK_SECONDS = 30.0
_NAMES_PAGES = (".xml", ".rss", ".atom", ".rdf", ".xml.gz")


def plan_body_shards(inputs: Sequence[Input], max_documents: int, max_bytes: int) -> list[list[Input]]:
    """Inputs grouped for fetching: files by number and size, each archive alone, the web together.

    The web is one shard because its pace is set by the hosts, not by this machine; local feeds and sitemaps belong to
    it, since what they name is on the web.
    """
    shards: list[list[Input]] = []
    group: list[Input] = []
    size = 0
    web, refused = [], []
    for entry in inputs:
        if entry.kind == "url" or entry.kind == "index" or _names_pages(entry):  # noqa: PLR1714 (what mypy can narrow)
            web.append(entry)
        elif entry.kind == "file":
            weight = _size_of(entry.locator)
            if group and (len(group) >= max_documents or size + weight > max_bytes):
                shards.append(group)
                group, size = [], 0
            group.append(entry)
            size += weight
        elif entry.kind == "archive":
            shards.append([entry])
        elif entry.kind == "refused":
            refused.append(entry)
        else:
            assert_never(entry.kind)
    if group:
        shards.append(group)
    return shards + [found for found in (web, refused) if found]


def fetch_bodies(
    inputs: Sequence[Input],
    store: RawStore,
    index_path: Path,
    out_path: Path,
    manners: FetchManners,
    max_documents: int,
    max_file_bytes: int,
    visit: VisitSettings,
) -> dict[str, int]:
    """Fetch ``inputs`` into ``store`` and write what each became to ``out_path`` (uri, content_sha256, reason …).

    ``index_path`` holds the store's index at the start of the run, ``visit`` says what a run knows of its sources.
    Returns the counts ``inputs`` and ``refused``.
    """
    known = pl.read_parquet(index_path, glob=False)
    here: set[str] = set()
    packer = _Packer(store, known, visit.started_at, max_documents)
    visits = Visits(inputs, visit, known, asks_the_web=any(map(asks_the_web, inputs)))
    with LateWeb(manners, visits.pauses) as web:
        try:
            for item in _fetch(inputs, web, visits, max_file_bytes, here):
                packer.add(storable(item))
        finally:  # a run that is stopped keeps what it has fetched
            packer.write()
            visits.close(packer.frames, web.pauses())
    found_here = known.filter(pl.col("uri").is_in(sorted(here)) & pl.col("content_sha256").is_not_null())
    frame = pl.concat([*packer.frames, found_here.select(packer.frames[0].columns)])
    write_frame(frame, out_path)
    return {"inputs": frame.height, "refused": int(frame["reason"].is_not_null().sum())}


class _Packer:
    """Gathers inputs and writes them to the store as packs: full ones, and on the web one every half minute."""

    def __init__(self, store: RawStore, known: pl.DataFrame, stored_at: datetime | None, max_documents: int) -> None:
        self.frames: list[pl.DataFrame] = []
        self._store, self._known, self._stored_at, self._max_documents = store, known, stored_at, max_documents
        self._items: list[Fetched] = []
        self._byte_count, self._began = 0, monotonic()

    def add(self, item: Fetched) -> None:
        """Take one more input."""
        self._items.append(item)
        self._byte_count += len(item.body or b"")
        is_full = len(self._items) >= self._max_documents or self._byte_count >= _PACK_BYTES
        if is_full or monotonic() - self._began > _PACK_SECONDS:
            self.write()

    def write(self) -> None:
        """Write what has been gathered; of nothing at all, a frame without rows."""
        if self._items or not self.frames:
            items, self._items = self._items, []
            self.frames.append(self._store.add(items, self._known, self._stored_at))
        self._byte_count, self._began = 0, monotonic()


def _fetch(
    inputs: Sequence[Input], web: AskedWeb, visits: Visits, max_file_bytes: int, here: set[str]
) -> Iterator[Fetched]:
    """Every page the inputs hold or name; into ``here`` go the addresses that were named but are in the store
    already."""
    links: list[Link] = []
    local = read_all(_read_local(inputs, max_file_bytes), max_file_bytes, links)
    yield from (of_the_past(item, visits.started_at) for item in local)
    given, resting = visits.awake(entry for entry in inputs if entry.kind == "url")
    yield from resting
    asked = {entry.locator for entry in given}
    wanted, choice, failures = visits.walk(web)
    yield from failures
    here.update(choice.here)
    urls = visits.with_validators([*given, *(entry for entry in wanted if entry.locator not in asked)])
    asked.update(entry.locator for entry in wanted)
    for _ in range(_ROUNDS if urls or links else 0):
        yield from read_all(_answers(web, visits, urls, here), max_file_bytes, links)
        fresh = {link.uri: link for link in reversed(links) if link.uri not in asked}
        links.clear()
        asked.update(fresh)
        further, found = visits.follow(list(reversed(fresh.values())))
        here.update(found)
        urls = visits.with_validators(further)
    for entry in urls:
        detail = f"named by a chain of more than {_ROUNDS - 1} feeds or sitemaps"
        yield Fetched(entry.locator, entry.source, None, reason="too_deep", detail=detail)


def _answers(web: AskedWeb, visits: Visits, urls: Sequence[Input], here: set[str]) -> Iterator[Fetched]:
    """What the web answers; a page that has not changed is in the store and comes no second time."""
    visits.progress.want(len(urls))
    for item in web.pages(urls):
        visits.note(item)
        if item.is_unchanged:
            here.add(item.uri)
        else:
            yield item


def _read_local(inputs: Sequence[Input], max_file_bytes: int) -> Iterator[Fetched]:
    for entry in inputs:
        if entry.kind == "file":
            yield read_file(entry.locator, entry.source, max_file_bytes)
        elif entry.kind == "archive":
            yield from read_archive(entry.locator, entry.source, max_file_bytes)
        elif entry.kind == "refused":
            yield Fetched(entry.locator, entry.source, None, reason=entry.reason, detail=entry.detail)
        elif entry.kind == "url" or entry.kind == "index":  # noqa: PLR1714 (what mypy can narrow)
            continue
        else:
            assert_never(entry.kind)


def asks_the_web(entry: Input) -> bool:
    """Whether an input is fetched, or names what is."""
    return entry.kind in {"url", "index"} or _names_pages(entry)


def _names_pages(entry: Input) -> bool:
    return entry.kind == "file" and entry.locator.lower().endswith(_NAMES_PAGES)


def _size_of(locator: str) -> int:
    try:
        return os.stat(locator).st_size  # noqa: PTH116 (a hot loop over millions of files)
    except OSError:
        return 0
