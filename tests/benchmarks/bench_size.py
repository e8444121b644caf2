"""What grows with the number of pages: CPU seconds and peak memory of the steps that read more than one shard.

``python -m tests.benchmarks.bench_size [PAGES ...]`` makes what a run of so many pages hands from stage to stage,
without reading a page, and measures each step in a process of its own: the index of the raw store (read, and
remembered), what sites repeat, what one segment shard loads of it, the plan of all pages, the stories of all articles,
and which of them a day concerns. ``--step NAME`` measures
one step alone.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    import duckdb

    from warehouse.known_stories import KnownStories

SIZES = (1_000, 10_000, 100_000)
SHARD = 1_000  # pages, as flows/settings.py has it
LINES = 72  # of a page, as real ones have them; a third are those that its site repeats
SKETCHES_AT_ONCE = 50_000
NEW_ARTICLES = 1_000
_NOW = datetime(2024, 7, 1, tzinfo=UTC)


def _site(page: int) -> str:
    return f"small{page // 16}.example" if page % 4 == 0 else f"s{page % 100}.example"


def _id(page: int) -> str:
    from tasks.records import stable_id  # noqa: PLC0415

    return stable_id(str(page))


def make_lines(folder: Path, pages: int) -> None:
    from tasks.shards.texts import LINE_SCHEMA  # noqa: PLC0415

    schema = ["site_key", "line", "document_id", "page_key"]
    for start in range(0, pages, SHARD):
        rows = [
            (
                _site(page),
                f"{'站' * 12}{line}" if line < LINES // 3 else f"第{page}页的第{line}行" * 3,
                _id(page),
                _id(-page),
            )
            for page in range(start, min(start + SHARD, pages))
            for line in range(LINES)
        ]
        frame = pl.DataFrame(rows, schema=schema, orient="row").select(list(LINE_SCHEMA))
        frame.write_parquet(folder / f"lines{start:08}.parquet")


def learn_lines(folder: Path, pages: int) -> object:
    """What the sites repeat, from the lines of all new pages."""
    from warehouse.planning import plan_lines, sampled_lines  # noqa: PLC0415
    from warehouse.schemas import core_schemas  # noqa: PLC0415

    known = pl.DataFrame(schema=core_schemas()["site_lines"].columns)
    return plan_lines(known, sampled_lines(sorted(folder.glob("lines*.parquet")), known, ()))


def make_store(folder: Path, pages: int) -> None:
    from tasks.records import Fetched  # noqa: PLC0415
    from warehouse.packs import INDEX_SCHEMA  # noqa: PLC0415
    from warehouse.raw_store import RawStore  # noqa: PLC0415

    store = RawStore(folder / "w.raw", folder / "index.parquet")
    nothing = pl.DataFrame(schema=INDEX_SCHEMA)
    # Packs as a crawl leaves them: one every half minute, some thirty pages.
    for start in range(0, pages, 30):
        some = range(start, min(start + 30, pages))
        store.add(
            [Fetched(f"https://{_site(page)}/{page}", "bench", f"<p>第{page}页".encode()) for page in some],
            nothing,
            _NOW,
        )
    store.index()


def index_cold(folder: Path, pages: int) -> object:
    """Reading every pack of the store."""
    from warehouse.raw_store import RawStore  # noqa: PLC0415

    return RawStore(folder / "w.raw").index()


def index_remembered(folder: Path, pages: int) -> object:
    """The same once it was read."""
    from warehouse.raw_store import RawStore  # noqa: PLC0415

    return RawStore(folder / "w.raw", folder / "index.parquet").index()


def make_repeated(folder: Path, pages: int) -> None:
    sites = sorted({_site(page) for page in range(pages)})
    rows = [(site, f"{'站' * 12}{line}") for site in sites for line in range(LINES // 3)]
    frame = pl.DataFrame(rows, schema=["site_key", "line"], orient="row")
    frame.write_parquet(folder / "repeated.parquet")


def repeated_of_a_shard(folder: Path, pages: int) -> object:
    """What one segment shard loads of the lines that all sites repeat."""
    from tasks.shards.articles import _repeated_lines  # noqa: PLC0415

    of_shard = pl.Series(sorted({_site(page) for page in range(min(SHARD, pages))}))
    return _repeated_lines(folder / "repeated.parquet", of_shard)


def make_index(folder: Path, pages: int) -> None:
    """The index of a store of so many pages, without its packs."""
    from warehouse.packs import INDEX_SCHEMA  # noqa: PLC0415

    uris = [f"https://{_site(page)}/{page}" for page in range(pages)]
    given = {"uri": uris, "content_sha256": [f"{page:064x}" for page in range(pages)], "source": ["bench"] * pages}
    frame = pl.DataFrame(given).with_columns(
        has_body=pl.lit(value=True), byte_count=pl.lit(4_000), pack=pl.lit("p.parquet"), stored_at=pl.lit(_NOW)
    )
    missing = [pl.lit(None).alias(name) for name in INDEX_SCHEMA if name not in frame.columns]
    frame = frame.with_columns(missing).select(list(INDEX_SCHEMA)).cast(pl.Schema(INDEX_SCHEMA))
    frame.write_parquet(folder / "index.parquet")


def plan(folder: Path, pages: int) -> object:
    """What a run works out of all pages of the store before it reads one."""
    from warehouse.planning import plan_documents, stored_documents  # noqa: PLC0415

    schema = {"document_id": pl.String, "status": pl.String, "article_digest": pl.String}
    documents = stored_documents(pl.read_parquet(folder / "index.parquet"))
    known = documents.select("document_id", status=pl.lit("loaded"), article_digest=pl.lit(None, dtype=pl.String))
    return plan_documents(documents, known, pl.DataFrame(schema=schema).select("document_id", "article_digest"))


def make_sketches(folder: Path, pages: int) -> None:
    """A draft that holds a sketch of each article, and the stories that are found by them."""
    import duckdb  # noqa: PLC0415

    from tests.benchmarks.grown_warehouse import sketches  # noqa: PLC0415
    from warehouse.models import create_tables  # noqa: PLC0415

    with duckdb.connect(str(folder / "draft.duckdb")) as draft:
        create_tables(draft)
        for start in range(0, pages, SKETCHES_AT_ONCE):
            draft.register("fresh", sketches(start, min(start + SKETCHES_AT_ONCE, pages)))
            draft.execute("insert into core.sketches by name from fresh")
            draft.unregister("fresh")
        draft.execute(
            "insert into core.articles (article_id, document_id, ordinal, title, text, char_count, is_complete)"
            " select article_id, article_id, 0, 'T', '', 0, true from core.sketches"
        )
        draft.execute(
            "insert into core.story_articles by name select article_id, 'exact' as relation, 1.0 as similarity,"
            " 'original' as role, 0 as position, min(article_id) over (partition by text_hash) as story_id"
            " from core.sketches"
        )
        draft.execute(
            "insert into core.stories by name select story_id, story_id as canonical_article_id, 'T' as title,"
            " count(*) as article_count, 1 as site_count from core.story_articles group by story_id"
        )


def find_all_stories(folder: Path, pages: int) -> object:
    """The search for the stories of all articles, their samples in files."""
    from functools import partial  # noqa: PLC0415

    from tasks.duplicates.sketches import SKETCH_VERSION  # noqa: PLC0415
    from tasks.duplicates.stories import find_stories  # noqa: PLC0415
    from tasks.shards.sample_arrays import SampleArrays  # noqa: PLC0415

    with _known_stories(folder) as (draft, known):
        articles = draft.sql("select article_id, 'T' as title, text_hash, gram_count from core.sketches").pl()
        samples = SampleArrays(partial(known.samples, SKETCH_VERSION), folder)
        return find_stories(
            articles, articles.clear(), lambda ids: dict.fromkeys(ids, ""), sketches_of=samples, folder=folder
        )


def find_stories_of_a_day(folder: Path, pages: int) -> object:
    """Which of all stories a day of NEW_ARTICLES concerns, a fifth of them copies of known ones."""
    from tasks.duplicates.increments import concerned_by  # noqa: PLC0415
    from tests.benchmarks.grown_warehouse import sketches  # noqa: PLC0415

    again = sketches(0, NEW_ARTICLES // 5).with_columns(article_id=pl.format("again{}", "article_id"))
    lists = {"sample_hashes": pl.List(pl.UInt64), "sample_starts": pl.List(pl.UInt32)}
    fresh = pl.concat([again, sketches(pages, pages + NEW_ARTICLES - again.height)]).cast(lists)
    with _known_stories(folder) as (_, known):
        return concerned_by(fresh, known, lambda ids: dict.fromkeys(ids, ""))


@contextmanager
def _known_stories(folder: Path) -> Iterator[tuple[duckdb.DuckDBPyConnection, KnownStories]]:
    from warehouse.connections import open_warehouse  # noqa: PLC0415
    from warehouse.known_stories import MEMORY_LIMIT, KnownStories  # noqa: PLC0415

    with open_warehouse(folder / "draft.duckdb") as draft:
        draft.execute(f"set memory_limit = '{MEMORY_LIMIT}'")
        yield draft, KnownStories(draft, [])


Step = Callable[[Path, int], object]
STEPS: dict[str, tuple[Step, Step]] = {
    "index, cold": (make_store, index_cold),
    "index, remembered": (make_store, index_remembered),
    "lines of all sites": (make_lines, learn_lines),
    "lines of one shard": (make_repeated, repeated_of_a_shard),
    "plan of all pages": (make_index, plan),
    "stories of all articles": (make_sketches, find_all_stories),
    "stories that a day concerns": (make_sketches, find_stories_of_a_day),
}


def measure(name: str, folder: Path, pages: int) -> None:
    """One step in this process: CPU seconds, and what it added to the peak of the memory."""
    _, work = STEPS[name]
    import tasks.duplicates.stories  # noqa: PLC0415
    import tasks.shards.articles  # noqa: F401, PLC0415  # imports are no part of what is measured
    import warehouse.known_stories  # noqa: PLC0415
    import warehouse.planning  # noqa: F401, PLC0415

    before, started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    work(folder, pages)
    seconds = time.process_time() - started
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    print(f"{name:28} {pages:>9,} {seconds:8.2f} {grown / 1024:9.0f}")


def main() -> None:
    if sys.argv[1:2] == ["--make"]:
        STEPS[sys.argv[2]][0](Path(sys.argv[3]), int(sys.argv[4]))
        return
    if sys.argv[1:2] == ["--measure"]:
        measure(sys.argv[2], Path(sys.argv[3]), int(sys.argv[4]))
        return
    print(f"{'step':28} {'pages':>9} {'CPU s':>8} {'MB more':>9}", flush=True)
    given = sys.argv[1:]
    names, given = ([given[1]], given[2:]) if given[:1] == ["--step"] else (list(STEPS), given)
    for name in names:
        for pages in given or map(str, SIZES):
            with tempfile.TemporaryDirectory() as folder:
                for what in ("--make", "--measure"):
                    command = [sys.executable, "-m", "tests.benchmarks.bench_size", what, name, folder, pages]
                    subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
