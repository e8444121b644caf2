"""A published warehouse of any size that no run has made: what a daily run builds on, without the hours that reading so
many pages takes.

Core tables as ``bench_models`` fills them, with sketches, a raw store of one small body for each page, the summaries
and a run in the ledger, so that the next run of this code takes it for its own.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import numpy as np
import polars as pl

from flows.code_version import code_version
from tasks.catalogue import catalogue
from tasks.duplicates.sketches import SKETCH_VERSION, TIER_RATES
from tasks.duplicates.stories import find_stories
from tasks.overrides import common_practices
from tasks.records import Fetched
from tests.benchmarks.bench_models import fill
from warehouse.files import WarehouseFiles
from warehouse.models import build_models, create_tables
from warehouse.packs import INDEX_SCHEMA
from warehouse.raw_store import RawStore, document_id

GRAMS = 1_496  # of a text of 1,500 characters
SAMPLES = GRAMS // TIER_RATES[2]
_PAGES_OF_A_PACK = 1_000
_ROWS_AT_ONCE = 50_000
_NOW = datetime(2026, 1, 1, tzinfo=UTC)
_LEDGER = """
insert into core.runs by name
    select 'grown' as run_id, $now::timestamptz as started_at, 'completed' as status, $version as code_version,
        ['bench'] as sources, $n as input_count, $n as loaded_count, 0 as copy_count, 0 as rejected_count,
        $n as new_document_count, $n as article_count, 0 as story_count, 0 as changed_story_count, [] as overrides
"""


def grow(published: Path, articles: int) -> None:
    """Write a warehouse of so many articles, one on each page, every fifth a reprint of the one before it."""
    files = WarehouseFiles(published)
    with duckdb.connect(str(published), config={"storage_compatibility_version": "v1.2.0"}) as connection:
        connection.execute("set memory_limit = '3GB'; set threads = 2; set preserve_insertion_order = false")
        create_tables(connection)
        fill(connection, articles)
        _store_pages(connection, files)
        for start in range(0, articles, _ROWS_AT_ONCE):
            connection.register("fresh", sketches(start, min(start + _ROWS_AT_ONCE, articles)))
            connection.execute("insert into core.sketches by name from fresh")
            connection.unregister("fresh")
        _find_stories(connection)
        common = pl.DataFrame(common_practices(), schema=["spelling_id", "name", "scope"], orient="row")
        connection.register("common", common)
        connection.execute("insert into core.common_practices by name from common")
        connection.execute(_LEDGER, {"now": _NOW, "version": code_version(), "n": articles})
        build_models(connection, catalogue())
        connection.execute("checkpoint")


def _store_pages(connection: duckdb.DuckDBPyConnection, files: WarehouseFiles) -> None:
    """Put a body for each page into the raw store, and give the pages the identifiers that follow from it."""
    store = RawStore(files.raw_folder, files.index_cache)
    nothing = pl.DataFrame(schema=INDEX_SCHEMA)
    pages = connection.sql("select document_id, uri from core.documents order by document_id").fetchall()
    names = []
    for start in range(0, len(pages), _PAGES_OF_A_PACK):
        bodies = {}
        for earlier, uri in pages[start : start + _PAGES_OF_A_PACK]:
            bodies[uri] = f"<p>{uri}".encode()
            digest = hashlib.sha256(bodies[uri]).hexdigest()
            names.append((earlier, document_id(uri, digest), digest, len(bodies[uri])))
        store.add([Fetched(uri, "bench", body, media_type="text/html") for uri, body in bodies.items()], nothing, _NOW)
    store.index()
    connection.register("names", pl.DataFrame(names, schema=["earlier", "document_id", "digest", "size"], orient="row"))
    connection.execute(
        "update core.documents as d set document_id = n.document_id, content_sha256 = n.digest, byte_count = n.size"
        " from names as n where d.document_id = n.earlier"
    )
    for table in ("articles", "blocks"):
        connection.execute(
            f"update core.{table} as d set document_id = n.document_id from names as n where d.document_id = n.earlier"
        )
    connection.unregister("names")


def _find_stories(connection: duckdb.DuckDBPyConnection) -> None:
    """Put the stories in the tables that the search finds, so that the first run has nothing to put right."""
    connection.execute(
        "update core.articles as a set published_on = o.published_on + 1"
        " from core.story_articles as s join core.articles as o on s.story_id = o.article_id"
        " where a.article_id = s.article_id and s.relation = 'exact'"
    )
    known = connection.sql(
        "select a.article_id, a.title, a.published_on, a.site, a.outlet, d.uri, a.is_complete, d.lost_char_count,"
        " s.text_hash, s.gram_count, s.sample_hashes, s.sample_starts from core.articles as a"
        " join core.documents as d using (document_id) join core.sketches as s using (article_id)"
    ).pl()
    found = find_stories(known, known.clear(), lambda ids: dict.fromkeys(ids, ""))
    for table, rows in (("stories", found.stories), ("story_articles", found.story_articles)):
        connection.register("found", rows)
        connection.execute(f"delete from core.{table}; insert into core.{table} by name from found")
        connection.unregister("found")


def sketches(start: int, end: int) -> pl.DataFrame:
    """Sketches of the articles of these numbers; a reprint has that of the article before it."""
    hashes, starts, texts = [], [], []
    for number in range(start, end):
        text = number - (number % 5 == 4)
        draw = np.random.default_rng(text)
        hashes.append(draw.integers(0, 0xFFFFFFFFFFFFFFFF // TIER_RATES[2], SAMPLES, dtype=np.uint64))
        starts.append(np.arange(SAMPLES, dtype=np.uint32) * 16)
        texts.append(f"{text:032x}")
    return pl.DataFrame(
        {
            "article_id": [f"{number:020x}" for number in range(start, end)],
            "sketch_version": pl.Series([SKETCH_VERSION] * (end - start), dtype=pl.Int32),
            "text_hash": texts,
            "gram_count": pl.Series([GRAMS] * (end - start), dtype=pl.UInt32),
            "sample_hashes": pl.Series(hashes, dtype=pl.List(pl.UInt64)),
            "sample_starts": pl.Series(starts, dtype=pl.List(pl.UInt32)),
        }
    )
