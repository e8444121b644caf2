"""The main job: sources in, a published warehouse out.

No postponed annotations here: a deployment loads this file by its path, and Prefect then finds no module in which to
look up the parameter types by name.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from prefect import flow
from prefect.artifacts import create_table_artifact
from prefect.task_runners import ThreadPoolTaskRunner

from flows import watching
from flows.code_version import code_version
from flows.settings import Settings, read_clock
from tasks.clean import clean
from tasks.deduplicate import deduplicate
from tasks.display import for_markdown
from tasks.extract import extract
from tasks.facts.kinds import FACT_KINDS
from tasks.fetch import fetch
from tasks.load import load
from tasks.records import stable_id
from tasks.runs import Run, StageCount
from tasks.summarise import summarise
from tasks.worker_pool import worker_pool
from warehouse.files import WarehouseFiles, hold_lock, publish, remove_work, start_draft
from warehouse.known import export_known
from warehouse.overview import Overview, read_overview

_REJECTIONS_SHOWN = 200  # an artifact is for reading; all of them are in core.rejections


@dataclass(frozen=True)
class RunSummary:
    """What a run took in, what its stages counted, and what the published warehouse holds after it."""

    run_id: str
    warehouse: Path
    stages: tuple[StageCount, ...]
    overview: Overview


@flow(
    name="gazetteer",
    flow_run_name="gazetteer into {warehouse}",
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
    chosen = settings or Settings.from_environment(os.environ)
    with _started(sources, warehouse, rebuild, chosen) as run:
        fetch(run)
        clean(run)
        deduplicate(run)
        extract(run)
        load(run)
        summarise(run, read_clock(chosen, datetime.now(UTC)))
        summary = RunSummary(run.run_id, warehouse, tuple(run.counts), read_overview(run.files.draft, run.run_id))
        publish(run.files)
        _report(summary)
    return summary


@contextmanager
def _started(sources: list[str], warehouse: Path, rebuild: bool, settings: Settings) -> Iterator[Run]:
    """A run that holds the lock, has its draft and its workers, and leaves nothing behind but what it published."""
    files = WarehouseFiles(warehouse)
    started_at = read_clock(settings, datetime.now(UTC))
    run = Run(
        run_id=stable_id(started_at.isoformat(), *sources),
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
    with hold_lock(files):
        start_draft(files)
        try:
            export_known(files, run.work.known_folder, [kind.table for kind in FACT_KINDS], rebuild=rebuild)
            with worker_pool(settings.workers):
                yield run
        finally:
            remove_work(files)


def _report(summary: RunSummary) -> None:
    """Two tables for the Prefect UI: what each stage counted, and what was rejected, with reasons."""
    create_table_artifact(
        key="stages",
        table=[
            {
                "stage": count.stage,
                "unit": count.unit,
                "in": count.inputs,
                "out": count.outputs,
                "rejected": count.rejected,
            }
            for count in summary.stages
        ],
        description=f"Counts per stage of run {summary.run_id}",
    )
    rejections = summary.overview.rejections.head(_REJECTIONS_SHOWN)
    create_table_artifact(
        key="rejections",
        table=[
            {name: for_markdown(value) if isinstance(value, str) else value for name, value in row.items()}
            for row in rejections.to_dicts()
        ]
        or [{"reason": "none"}],
        description=f"{summary.overview.rejections.height} inputs rejected in all; core.rejections holds every one",
    )
