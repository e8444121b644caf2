"""Fetch: every input a source names ends in the raw store, or with a reason why it could not be had."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from contextvars import copy_context
from pathlib import Path
from threading import Event, Thread

import polars as pl

from tasks.engines import SHARD_SECONDS, run_within
from tasks.records import RejectionReason
from tasks.runs import Reporter, Run, run_shards
from tasks.shards.fetched_bodies import asks_the_web, fetch_bodies, plan_body_shards
from tasks.shards.progress import read_progress
from tasks.shards.shard_files import write_frame
from tasks.shards.visits import VisitSettings
from tasks.sources.inputs import Input, plan_inputs
from tasks.sources.manners import FetchManners
from tasks.steps import ProgressBar, note, step
from warehouse.raw_store import RawStore

# A page is a few hundred kilobytes. What is larger than this in one file would be refused when it is read: it has more
# characters than a page may have (``tasks.pages.source_bounds``), or three bytes each and too many that show.
MAX_FILE_BYTES = 24_000_000
# The web is one shard whose pace the hosts set: two thousand pages of one host at a second each take half an hour, and
# a morning's crawl of hundreds some hours. Half a day is a crawl that hangs.
_WEB_SECONDS = 43_200.0
_TOLD_SECONDS = 10.0  # between two lines on how far it has got: an hour of fetching is 360 of them
# What a page is rejected for that may be another one in an hour: it is asked for again while its source names it.
_NOTHING_TO_READ: frozenset[RejectionReason] = frozenset({"empty", "empty_page", "error_page", "login_wall"})


@step("fetch", "fetch")
def fetch_shard(
    inputs: Sequence[Input],
    store: RawStore,
    index_path: Path,
    out_path: Path,
    manners: FetchManners,
    max_documents: int,
    visit: VisitSettings,
    reporter: Reporter,
) -> dict[str, int]:
    """Bring one shard of inputs into the raw store; the counts ``inputs`` and ``refused``."""
    asks = any(map(asks_the_web, inputs))
    seconds = _WEB_SECONDS if asks else SHARD_SECONDS
    with _told(visit.progress_path, reporter) if asks else nullcontext():
        counts = run_within(
            seconds, fetch_bodies, inputs, store, index_path, out_path, manners, max_documents, MAX_FILE_BYTES, visit
        )
    note("fetched %(inputs)d inputs, %(refused)d refused", counts)
    return counts


@contextmanager
def _told(path: Path, reporter: Reporter) -> Iterator[None]:
    """While open, how far the worker has got is told every some seconds: in the log, as an artifact, at the
    terminal."""
    bar = ProgressBar("addresses asked", 100)
    is_over = Event()

    def tell() -> None:
        last = ""
        while not is_over.wait(_TOLD_SECONDS):
            progress = read_progress(path)
            if progress is not None and str(progress) != last:
                last = str(progress)
                reporter.tell(last)
                with suppress(Exception):  # an ornament; the run does not fail by it
                    note("fetching: %s", last)
                    bar.reach(progress.percent, last)

    teller = Thread(target=copy_context().run, args=(tell,), daemon=True, name="fetch progress")
    teller.start()
    try:
        yield
    finally:
        is_over.set()
        teller.join()
    bar.reach(100.0, "every address has been asked")


def _label(inputs: Sequence[Input]) -> str:
    """What a shard holds, as it stands on the timeline."""
    if any(map(asks_the_web, inputs)):
        sources = len({entry.source for entry in inputs})
        return f"fetch: {sources} source{'' if sources == 1 else 's'} on the web"
    first = inputs[0].locator.rpartition("/")[2]
    return f"fetch: {first}" if len(inputs) == 1 else f"fetch: {first} and {len(inputs) - 1:,} more"


def _unread(run: Run) -> pl.DataFrame:
    """Addresses whose page said nothing to read: a server that was busy, a wall, an empty frame."""
    rejections = pl.read_parquet(run.work.known("rejections"), glob=False)
    return rejections.filter(pl.col("reason").is_in(sorted(_NOTHING_TO_READ))).select("uri").unique().sort("uri")


class AllSourcesFailedError(Exception):
    """Not one source on the web brought anything; the message names each with its reason."""


def _fail_on_outage(run: Run) -> None:
    """Raise AllSourcesFailedError where sources were asked and every one failed: nobody reads a ledger of a green
    run."""
    rows = run.visits.source_runs().filter(pl.col("run_id") == run.run_id)
    brought = sum(rows["new_count"]) + sum(rows["unchanged_count"])
    asked = sum(rows["asked_count"]) + sum(rows["index_page_count"])
    if asked and not brought and sum(rows["failed_count"]) >= asked:
        failed = "; ".join(
            f"{source}: {', '.join(reasons)} ({example})"
            for source, reasons, example in rows.select("source", "failure_reasons", "example").iter_rows()
        )
        raise AllSourcesFailedError(f"every source failed: {failed}")


def fetch(run: Run) -> None:
    """Fetch what the sources of ``run`` name; files ``fetched/*.parquet`` say what each input became.

    Raises NoSuchSourceError where none of the sources exists, AllSourcesFailedError where all on the web failed.
    """
    inputs = plan_inputs(run.sources)
    write_frame(_unread(run), run.work.unread)
    index = run.store.index()
    write_frame(index, run.work.index)
    shards = plan_body_shards(inputs, run.shard_documents, run.shard_bytes)
    arguments = [
        (
            shard,
            run.store,
            run.work.index,
            run.work.fetched(number),
            run.manners,
            run.shard_documents,
            VisitSettings(
                run.run_id,
                run.started_at,
                run.visits,
                run.work.unread,
                run.refetch_days,
                run.work.fetch_progress(number),
            ),
            run.reporter,
        )
        for number, shard in enumerate(shards)
    ]
    # The web can hang in ways of its own: it has a worker, whose time is limited, also where it is the only shard.
    counts = run_shards(
        run, "fetch", fetch_shard, arguments, apart=any(map(asks_the_web, inputs)), labels=[*map(_label, shards)]
    )
    fetched = [pl.read_parquet(path, glob=False) for path in run.work.all_fetched()]
    if fetched:
        run.store.add_sightings(pl.concat(fetched), index)
    _fail_on_outage(run)
    found, refused = counts.get("inputs", 0), counts.get("refused", 0)
    run.count("fetch", "inputs", found, found - refused, refused)
