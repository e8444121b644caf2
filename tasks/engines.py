"""Where shards run: in this process, in worker processes of this machine, or on a cluster that others keep.

A shard is a call of a plain function with paths, which reads files, writes files whole and returns counts. It can run
anywhere those files are seen, and twice: that is all an engine needs to know.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ParamSpec, Protocol, TypeVar

from tasks.dask_cluster import DaskWorkers
from tasks.exchange import Exchange
from tasks.worker_pool import LocalWorkers

P = ParamSpec("P")
R = TypeVar("R")

_ENGINE = re.compile(r"local|dask(?:://(?P<address>[^/\s]+:\d+))?")

# A shard takes seconds, the largest ones (stories of a million articles) some minutes; an hour is a worker that hangs.
SHARD_SECONDS = 3_600.0


class Engine(Protocol):
    """Runs shards. ``prepare``, ``stop`` and ``close`` are called in the thread that opened it, ``call`` in any."""

    def prepare(self, shards: int, *, apart: bool = False) -> int:
        """Get ready for so many shards; how many of them run side by side.

        ``apart``: not in this process, also where it is one shard only, unless there is but one process at all."""

    def call(self, seconds: float, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """What ``function`` returns or raises; ShardTimeoutError after ``seconds``, WorkerLostError where shard after
        shard of it loses its worker."""

    def stop(self) -> None:
        """End what is running, now; calls that wait for it raise."""

    def close(self) -> None:
        """Let go of all workers."""


_open: list[Engine] = []
_limits: list[float] = []  # seconds that a shard may take, of each engine that is open


def check_engine(name: str) -> str:
    """``name`` where it is ``local``, ``dask`` or ``dask://host:port``. Raises ValueError for anything else."""
    if name == "ray":
        raise ValueError("there is no engine ray: DECISIONS.md says why; dask is one that others keep")
    if not _ENGINE.fullmatch(name):
        raise ValueError(f"{name!r} is no engine; local, dask and dask://HOST:PORT are")
    return name


@contextmanager
def open_engine(
    workers: int,
    name: str = "local",
    code_version: Callable[[], str] = str,
    exchange: Exchange | None = None,
    shard_seconds: float = SHARD_SECONDS,
) -> Iterator[None]:
    """While open, shards run on ``workers`` processes of this machine or on the cluster that ``name`` says.

    ``code_version`` tells on a worker which code it has; ``exchange`` brings files to workers that do not see them. A
    worker that does not finish a shard in ``shard_seconds`` (it hangs, or somebody stopped it) ends the run.
    Raises EngineError where the engine cannot be had.
    """
    engine: Engine
    if name == "local":
        engine = LocalWorkers(workers)
    else:
        found = _ENGINE.fullmatch(check_engine(name))
        engine = DaskWorkers(found and found["address"], workers, code_version, exchange)
    _open.append(engine)
    _limits.append(shard_seconds)
    try:
        yield
    except BaseException:
        engine.stop()
        raise
    finally:
        _open.remove(engine)
        _limits.pop()
        engine.close()


def prepare_workers(shards: int, *, apart: bool = False) -> int:
    """Get workers ready for so many shards; how many of them run side by side, 1 where no engine is open."""
    return _open[-1].prepare(shards, apart=apart) if _open else 1


def stop_workers() -> None:
    """End all shards under way; whoever waits for them is told by an exception."""
    if _open:
        _open[-1].stop()


def run_in_worker(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Call ``function`` where the engine runs shards, here where none is open. Raises what the function raises, and
    ShardTimeoutError where it takes longer than the engine gives a shard."""
    return run_within(_limits[-1] if _limits else SHARD_SECONDS, function, *args, **kwargs)


def run_at_home(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Call a function that reads the draft warehouse: in a worker of this machine, or here; no cluster sees the
    draft."""
    if _open and isinstance(_open[-1], LocalWorkers):
        return run_in_worker(function, *args, **kwargs)
    return function(*args, **kwargs)


def run_within(seconds: float, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """As ``run_in_worker``, within another time."""
    return _open[-1].call(seconds, function, *args, **kwargs) if _open else function(*args, **kwargs)
