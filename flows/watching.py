"""Who watches a run: by default nobody; the command line puts its progress bars here.

A flow's parameters must survive being sent to a server, which a terminal does not; so the watcher is set beside them.
And what a flow returns gets to its caller by the server, which may be lost after the warehouse was published; so the
summary is handed over beside it too.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tasks.runs import Reporter, SilentReporter, StageCount

if TYPE_CHECKING:
    import polars as pl

    from warehouse.overview import Overview


@dataclass(frozen=True)
class RunSummary:
    """What a run took in, what its stages counted, what of its inputs was rejected (the columns of
    ``Overview.rejections``), and what the published warehouse holds after it."""

    run_id: str
    warehouse: Path
    stages: tuple[StageCount, ...]
    overview: Overview
    rejected: pl.DataFrame


_reporters: list[Reporter] = [SilentReporter()]
_published: list[RunSummary] = []


def reporter() -> Reporter:
    """The one who watches now."""
    return _reporters[-1]


@contextmanager
def watched_by(watcher: Reporter) -> Iterator[None]:
    """While open, ``watcher`` is told of every shard of a run."""
    _published.clear()
    _reporters.append(watcher)
    try:
        yield
    finally:
        _reporters.remove(watcher)


def hand_over(summary: RunSummary) -> None:
    """Keep what a run came to that has just published its warehouse."""
    _published.append(summary)


def published() -> RunSummary | None:
    """What the run came to that was watched last; None where it published nothing."""
    return _published[-1] if _published else None
