"""One run of the job: where its files lie, how it should behave, what its stages counted, who watches it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextvars import copy_context
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

import polars as pl

from tasks.engines import prepare_workers, stop_workers
from tasks.records import Stage
from tasks.sources.manners import FetchManners
from tasks.steps import ProgressBar, Step
from tasks.work import WorkFolder
from warehouse.files import WarehouseFiles
from warehouse.parts import Changes
from warehouse.raw_store import RawStore
from warehouse.visit_log import VisitLog

STAGES: tuple[Stage, ...] = ("fetch", "clean", "deduplicate", "extract", "load", "summarise")


class Reporter(Protocol):
    """Somebody who watches a run, such as a terminal."""

    def start(self, what: str, total: int) -> None:
        """A piece of work with ``total`` shards begins."""

    def advance(self) -> None:
        """One shard is done."""

    def tell(self, line: str) -> None:
        """How the piece of work gets on, in words."""

    def finish(self) -> None:
        """The piece of work is done."""


class SilentReporter:
    """Nobody watches."""

    def start(self, what: str, total: int) -> None: ...

    def advance(self) -> None: ...

    def tell(self, line: str) -> None: ...

    def finish(self) -> None: ...


@dataclass(frozen=True)
class StageCount:
    """What went into a stage, what came out, what it rejected; ``unit`` says of what."""

    stage: Stage
    unit: str
    inputs: int
    outputs: int
    rejected: int


@dataclass
class Run:
    """A run under way. Stages exchange files through ``work`` and note here what they counted, and the tables of the
    schema ``core`` of which the load changed a row (``changed_tables``)."""

    run_id: str
    started_at: datetime
    code_version: str
    sources: tuple[str, ...]
    files: WarehouseFiles
    manners: FetchManners
    shard_documents: int
    shard_bytes: int
    refetch_days: int
    first_day: date  # before which no page counts as published
    reporter: Reporter = field(default_factory=SilentReporter)
    counts: list[StageCount] = field(default_factory=list)
    # Whether this code has made all rows of the draft, so that what follows from unchanged rows need not be made anew.
    builds_on_last: bool = False
    # Whether every page of the store is read, so that no row of earlier code is left.
    reads_all: bool = False
    changed_tables: set[str] = field(default_factory=set)
    # What the load changed, where the summaries of the draft can be brought up to date by it.
    changes: Changes | None = None

    @property
    def store(self) -> RawStore:
        """The raw store beside the warehouse."""
        return RawStore(self.files.raw_folder, self.files.index_cache)

    @property
    def work(self) -> WorkFolder:
        """The files that the stages exchange."""
        return WorkFolder(self.files.work_folder)

    @property
    def visits(self) -> VisitLog:
        """What is known of sources, beside the packs of the raw store."""
        return VisitLog(self.files.raw_folder / "visits")

    def count(self, stage: Stage, unit: str, inputs: int, outputs: int, rejected: int = 0) -> None:
        """Note the counts of a finished stage."""
        self.counts.append(StageCount(stage, unit, inputs, outputs, rejected))


def run_shards(
    run: Run,
    what: str,
    shard: Step[..., dict[str, int]],
    arguments: Sequence[tuple[Any, ...]],
    *,
    apart: bool = False,
    labels: Sequence[str] = (),
) -> dict[str, int]:
    """Run ``shard`` once for each tuple of arguments, side by side; the sums of the counts they return.

    ``apart``: in a worker, also where it is one shard only. ``labels``: what each shard holds. Raises what the first
    failing shard raised, after those under way have ended.
    """
    run.reporter.start(what, len(arguments))
    progress = ProgressBar(what, len(arguments))
    totals: dict[str, int] = {}
    for counts in _outcomes(shard, arguments, labels, prepare_workers(len(arguments), apart=apart)):
        run.reporter.advance()
        progress.advance()
        for name, count in counts.items():
            totals[name] = totals.get(name, 0) + count
    run.reporter.finish()
    return totals


def shard_label(what: str, uris: pl.Series, unit: str) -> str:
    """What a shard holds, as it stands on the timeline of a run: how many, and of which host most of them are.

    >>> pages = pl.Series(["https://a.example/1", "https://b.example/2", "https://b.example/3"])
    >>> shard_label("clean: repair", pages, "pages")
    'clean: repair 3 pages of b.example and 1 other host'
    >>> shard_label("extract", pl.Series(["pages/1.html", "pages/2.html"]), "articles")
    'extract 2 articles, the first 1.html'
    """
    found = f"{what} {len(uris):,} {unit}"
    hosts = uris.str.extract(r"^[Hh][Tt]{2}[Pp][Ss]?://([^/?#]+)").drop_nulls().value_counts(sort=False)
    if hosts.is_empty():
        return f"{found}, the first {str(uris[0])[-60:].rpartition('/')[2]}" if len(uris) else found
    name = hosts.columns[0]
    main = hosts.sort("count", name, descending=[True, False])[name][0]
    others = hosts.height - 1
    return f"{found} of {main}" + (f" and {others:,} other host{'' if others == 1 else 's'}" if others else "")


def _outcomes(
    shard: Step[..., dict[str, int]], arguments: Sequence[tuple[Any, ...]], labels: Sequence[str], lanes: int
) -> Iterator[dict[str, int]]:
    """What each shard returns, as they end; one after the other in this thread where there is one lane only, so that
    the alarm of a page that hangs is heard (``tasks.shards.deadlines``)."""
    labels = labels or [f"{shard.label} {number} of {len(arguments)}" for number in range(1, len(arguments) + 1)]
    if lanes == 1:
        for label, given in zip(labels, arguments, strict=True):
            yield shard.run_as(label, *given)
        return
    # One thread more than lanes, so that no worker waits for its next shard.
    with ThreadPoolExecutor(lanes + 1) as threads:
        futures = [
            threads.submit(copy_context().run, shard.run_as, label, *given)
            for label, given in zip(labels, arguments, strict=True)
        ]
        try:
            for future in as_completed(futures):
                yield future.result()
        except BaseException as error:
            threads.shutdown(wait=False, cancel_futures=True)
            if not isinstance(error, Exception):  # the run is stopped: nobody waits for the shards under way
                stop_workers()
            raise
