"""The main job: sources in, a published warehouse out.

No postponed annotations here: a deployment loads this file by its path, and Prefect then finds no module in which to
look up the parameter types by name.
"""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import polars as pl
from prefect import flow, get_run_logger
from prefect.states import Completed
from prefect.task_runners import ThreadPoolTaskRunner

from flows import watching
from flows.code_version import code_version
from flows.settings import Settings, read_clock
from flows.showing import run_name, show_outcome, show_rejections, show_sources, show_stages
from flows.watchdog import watched_over
from tasks.clean import clean
from tasks.deduplicate import deduplicate
from tasks.extract import extract
from tasks.facts.kinds import FACT_KINDS
from tasks.fetch import fetch
from tasks.load import load
from tasks.records import stable_id
from tasks.runs import Run, StageCount
from tasks.summarise import summarise
from tasks.worker_pool import die_with_parent, worker_pool
from warehouse.compaction import compact
from warehouse.files import WarehouseFiles, check_unchanged, hold_lock, publish, remove_work, start_draft
from warehouse.known import export_known
from warehouse.overview import Overview, read_overview
from warehouse.snapshots import keep_published


@dataclass(frozen=True)
class RunSummary:
    """What a run took in, what its stages counted, and what the published warehouse holds after it."""

    run_id: str
    warehouse: Path
    stages: tuple[StageCount, ...]
    overview: Overview


@flow(
    name="gazetteer",
    flow_run_name=run_name,
    task_runner=ThreadPoolTaskRunner(max_workers=(os.cpu_count() or 1) + 1),  # type: ignore[arg-type]
    validate_parameters=True,
    persist_result=False,  # the warehouse is the result; a pickle beside it would serve nobody
)
def gazetteer(
    sources: list[str], warehouse: Path, rebuild: bool = False, settings: Settings | None = None
) -> RunSummary:
    """Fetch the sources, clean the pages, find their stories, extract facts, load the tables and summarise them.

    The warehouse is published at the very end, in one step; until then, and where anything fails, it stays as it was.
    With ``rebuild`` everything is made anew from the raw store. Raises WarehouseError where the warehouse cannot be
    used, NoSuchSourceError where none of the sources exists, FailedCheckError where a claim about the data is broken.
    """
    chosen = (settings or Settings()).over_environment(os.environ)
    with _started(sources, warehouse, rebuild, chosen) as run, _shown(run):
        fetch(run)
        clean(run)
        deduplicate(run)
        extract(run)
        load(run)
        summarise(run, read_clock(chosen, datetime.now(UTC)))
        summary = RunSummary(run.run_id, warehouse, tuple(run.counts), read_overview(run.files.draft, run.run_id))
        compact(run.files.draft)
        check_unchanged(run.files)
        keep_published(run.files, chosen.keep_snapshots)
        publish(run.files)
        show_rejections(run.run_id, _rejected_now(run, summary.overview))
        outcome = show_outcome(summary.overview)
    # The state carries the outcome in words, and the summary to whoever called the flow.
    return cast("RunSummary", Completed(message=outcome, data=summary))


@contextmanager
def _shown(run: Run) -> Iterator[None]:
    """Stages and sources are shown whether the run ends well or not: a failed one is looked at first."""
    try:
        yield
    finally:
        show_stages(run.run_id, tuple(run.counts))
        show_sources(run.run_id, run.visits.source_runs())


def _rejected_now(run: Run, overview: Overview) -> pl.DataFrame:
    """The rejections among the inputs of this run."""
    uris = [pl.read_parquet(path, glob=False, columns=["uri"]) for path in run.work.all_fetched()]
    if not uris:
        return overview.rejections.clear()
    return overview.rejections.join(pl.concat(uris).unique(), on="uri", how="semi")


@contextmanager
def _started(sources: list[str], warehouse: Path, rebuild: bool, settings: Settings) -> Iterator[Run]:
    """A run that holds the lock, has its draft and its workers, and leaves nothing behind but what it published."""
    started_at = read_clock(settings, datetime.now(UTC))
    run_id = stable_id(started_at.isoformat(), *sources)
    files = WarehouseFiles(warehouse, f"{run_id}-{os.getpid()}")
    run = Run(
        run_id=run_id,
        started_at=started_at,
        code_version=code_version(),
        sources=tuple(sources),
        files=files,
        manners=settings.manners,
        shard_documents=settings.shard_documents,
        shard_bytes=settings.shard_bytes,
        refetch_days=settings.refetch_days,
        reporter=watching.reporter(),
    )
    if "PREFECT__FLOW_RUN_ID" in os.environ:  # started by a worker of Prefect, which may be killed
        die_with_parent(signal.SIGTERM)
    with hold_lock(files), watched_over():
        start_draft(files)
        try:
            measure = export_known(files, run.work.known_folder, [kind.table for kind in FACT_KINDS], rebuild=rebuild)
            get_run_logger().info("the tables have the shape of this version: %s", measure)
            with worker_pool(settings.workers):
                yield run
        finally:
            remove_work(files)
