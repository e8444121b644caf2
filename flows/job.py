"""The job itself: sources in, a published warehouse out. Prefect watches it from ``flows/gazetteer.py``, or nobody
does."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import duckdb
import polars as pl

from flows import watching
from flows.code_version import code_version, version_of_rows
from flows.settings import Settings, read_clock
from flows.watching import RunSummary
from tasks.clean import clean
from tasks.deduplicate import deduplicate
from tasks.engines import open_engine
from tasks.exchange import Exchange
from tasks.extract import extract
from tasks.facts.kinds import FACT_KINDS
from tasks.fetch import fetch
from tasks.load import load
from tasks.overrides import override_rows, read_overrides
from tasks.records import stable_id
from tasks.runs import Run
from tasks.steps import note
from tasks.summarise import summarise
from warehouse.compaction import compact
from warehouse.files import (
    WarehouseFiles,
    check_unchanged,
    dead_holders,
    hold_lock,
    name_holder,
    publish,
    remove_work,
    start_draft,
)
from warehouse.known import export_known, is_made_by
from warehouse.locations import ObjectPath
from warehouse.overview import Overview, read_overview
from warehouse.snapshots import keep_published


def load_sources(
    sources: Sequence[str],
    warehouse: Path,
    settings: Settings,
    *,
    rebuild: bool = False,
    show: Callable[[Run], None] = lambda run: None,
    wait_seconds: float = 0.0,
    holder: str = "",
    bury: Callable[[str], object] = lambda dead: None,
) -> RunSummary:
    """Fetch the sources, clean the pages, find their stories, extract facts, load the tables and summarise them.

    The warehouse is published at the very end, in one step; until then, and where anything fails, it stays as it was.
    With ``rebuild`` everything is made anew from the raw store. ``show`` is handed the run at its end, whether it ends
    well or not: a failed one is looked at first. Another run on the warehouse is waited for ``wait_seconds``. Others
    know this run as ``holder``; ``bury`` is told of those that died before they could say how they ended. Raises
    WarehouseError where the warehouse cannot be used, OverrideError where ``overrides.csv`` holds a mistake,
    NoSuchSourceError where none of the sources exists, FailedCheckError where a claim about the data is broken.
    """
    files = WarehouseFiles(warehouse, storage=settings.storage_location)
    waits = partial(note, "another run is writing %s; this one waits for it")
    with hold_lock(files, wait_seconds, waits):
        for dead in dead_holders(files):
            bury(dead)
        return _load(sources, warehouse, settings, rebuild, holder, show)


def _load(
    sources: Sequence[str],
    warehouse: Path,
    settings: Settings,
    rebuild: bool,
    holder: str,
    show: Callable[[Run], None],
) -> RunSummary:
    with _started(sources, warehouse, rebuild, settings) as run:
        name_holder(run.files, holder)
        try:
            fetch(run)
            clean(run)
            deduplicate(run)
            extract(run)
            load(run)
            summarise(run, read_clock(settings, datetime.now(UTC)))
            overview = read_overview(run.files.draft, run.run_id)
            compact(run.files.draft)
            check_unchanged(run.files)
            keep_published(run.files, settings.keep_snapshots)
            summary = RunSummary(run.run_id, warehouse, tuple(run.counts), overview, _rejected_now(run, overview))
            publish(run.files)
            if settings.report is not None:
                _report(warehouse, settings.report)
            watching.hand_over(summary)
            return summary
        finally:
            show(run)


def _report(warehouse: Path, target: Path) -> None:
    """Write the page that shows the warehouse as it is now; what hinders it costs the page, not the run."""
    from warehouse.reports.page import write_report  # noqa: PLC0415 (the library of pictures takes a second)

    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        write_report(warehouse, target)
    except (duckdb.Error, OSError) as error:
        note("the report was not written: %s", " ".join(str(error).split()))


def _rejected_now(run: Run, overview: Overview) -> pl.DataFrame:
    """The rejections among the inputs of this run."""
    uris = [pl.read_parquet(path, glob=False, columns=["uri"]) for path in run.work.all_fetched()]
    if not uris:
        return overview.rejections.clear()
    return overview.rejections.join(pl.concat(uris).unique(), on="uri", how="semi")


@contextmanager
def _started(sources: Sequence[str], warehouse: Path, rebuild: bool, settings: Settings) -> Iterator[Run]:
    """A run that has its draft and its workers, and leaves nothing behind but what it published."""
    started_at = read_clock(settings, datetime.now(UTC))
    run_id = stable_id(started_at.isoformat(), *sources)
    files = WarehouseFiles(warehouse, f"{run_id}-{os.getpid()}", settings.storage_location)
    run = Run(
        run_id=run_id,
        started_at=started_at,
        code_version=version_of_rows(settings.first_day),
        sources=tuple(sources),
        files=files,
        manners=settings.manners,
        shard_documents=settings.shard_documents,
        shard_bytes=settings.shard_bytes,
        refetch_days=settings.refetch_days,
        first_day=settings.first_day,
        reporter=watching.reporter(),
    )
    override_rows(read_overrides(files.overrides))  # a mistake in it is told before anything is fetched
    start_draft(files)
    try:
        measure = export_known(files, run.work.known_folder, [kind.table for kind in FACT_KINDS], rebuild=rebuild)
        note("shape of the tables: %s", measure)
        run.reads_all = measure in {"made", "pages read again"}
        run.builds_on_last = measure == "same" and not rebuild and is_made_by(files, run.code_version)
        chosen = (settings.workers, settings.engine, code_version, _exchange(run), settings.shard_seconds)
        with open_engine(*chosen):
            yield run
    finally:
        remove_work(files)


def _exchange(run: Run) -> Exchange | None:
    """How the files of the run reach workers: through the object store where there is one, else all see them."""
    storage = run.files.storage
    return Exchange(run.work.folder, storage / run.work.folder.name) if isinstance(storage, ObjectPath) else None
