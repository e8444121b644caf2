"""One run of the job: where its files lie, how it should behave, what its stages counted, who watches it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from prefect import Task
from prefect.artifacts import create_progress_artifact, update_progress_artifact
from prefect.futures import PrefectFuture, as_completed

from tasks.records import Stage
from tasks.sources.web import FetchManners
from tasks.work import WorkFolder
from warehouse.files import WarehouseFiles
from warehouse.raw_store import RawStore
from warehouse.visit_log import VisitLog

STAGES: tuple[Stage, ...] = ("fetch", "clean", "deduplicate", "extract", "load", "summarise")


class Reporter(Protocol):
    """Somebody who watches a run, such as a terminal."""

    def start(self, what: str, total: int) -> None:
        """A piece of work with ``total`` shards begins."""

    def advance(self) -> None:
        """One shard is done."""

    def finish(self) -> None:
        """The piece of work is done."""


class SilentReporter:
    """Nobody watches."""

    def start(self, what: str, total: int) -> None: ...

    def advance(self) -> None: ...

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
    """A run under way. Stages exchange files through ``work`` and note their counts here."""

    run_id: str
    started_at: datetime
    code_version: str
    sources: tuple[str, ...]
    files: WarehouseFiles
    manners: FetchManners
    shard_documents: int
    shard_bytes: int
    refetch_days: int
    reporter: Reporter = field(default_factory=SilentReporter)
    counts: list[StageCount] = field(default_factory=list)

    @property
    def store(self) -> RawStore:
        """The raw store beside the warehouse."""
        return RawStore(self.files.raw_folder)

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
    run: Run, what: str, task: Task[..., dict[str, int]], arguments: Sequence[tuple[Any, ...]]
) -> dict[str, int]:
    """Run ``task`` once for each tuple of arguments, side by side; the sums of the counts they return.

    Raises what the first failing shard raised, after the others have ended.
    """
    run.reporter.start(what, len(arguments))
    progress = create_progress_artifact(0.0, description=what) if len(arguments) > 1 else None
    futures: list[PrefectFuture[dict[str, int]]] = [
        task.submit(*given, number, len(arguments)) for number, given in enumerate(arguments, 1)
    ]
    totals: dict[str, int] = {}
    for done, future in enumerate(as_completed(futures), 1):
        future.wait()
        run.reporter.advance()
        if progress is not None:
            update_progress_artifact(progress, 100.0 * done / len(futures))  # type: ignore[arg-type]
    for future in futures:
        for name, count in future.result().items():
            totals[name] = totals.get(name, 0) + count
    run.reporter.finish()
    return totals
