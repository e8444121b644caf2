"""Runs shard functions on several processes, so that Prefect's tasks stay threads and cost milliseconds.

Prefect's own process pool starts every worker with an import of Prefect (2 to 6 s each) and passes each task through
the server (76 to 200 ms). The workers here import only what the shard function needs. With one worker there is no
pool at all: the function runs where it is called, which is also the setting for a Dask or Ray task runner.

A worker never outlives the run: it dies with its parent, it is stopped when the run is, and a shard has a time limit. A
worker that lived on would write into the work of the next run.
"""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.connection import wait
from types import FrameType
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

# A shard takes seconds, the largest ones (stories of a million articles) some minutes; an hour is a worker that hangs.
SHARD_SECONDS = 3_600.0
_STOP_SECONDS = 15.0  # for a stopped worker to bring what it has fetched into the store
_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)

# How often a shard is given to new workers after its worker was killed (by the kernel for want of memory, or by hand).
# A shard that kills three workers is what kills them.
_LIVES = 3

_open: list[_Pool] = []


class ShardTimeoutError(RuntimeError):
    """A worker did not finish its shard in time; the message says which."""


class WorkerLostError(RuntimeError):
    """A shard lost its worker again and again; the message says which."""


class _Pool:
    """Worker processes that are replaced when one of them is lost: the executor gives up all of them then."""

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._lock = threading.Lock()
        self.executor = self._start()

    def _start(self) -> ProcessPoolExecutor:
        # Spawned, so no lock of the parent is inherited.
        executor = ProcessPoolExecutor(self._workers, multiprocessing.get_context("spawn"), initializer=_start_worker)
        # The workers are all started here: the signal of a parent's death is sent when the thread ends that started
        # them, and the threads of tasks end long before the run does.
        executor._safe_to_dynamically_spawn_children = False  # type: ignore[attr-defined]
        executor.submit(int).result()
        return executor

    def replace(self, lost: ProcessPoolExecutor) -> None:
        """Start new workers in the place of ``lost``; of several shards that lost theirs together, one does it."""
        with self._lock:
            if self.executor is lost:
                lost.shutdown(wait=False, cancel_futures=True)
                self.executor = self._start()


@contextmanager
def worker_pool(workers: int) -> Iterator[None]:
    """While open, ``run_in_worker`` uses ``workers`` processes."""
    if workers == 1:
        yield
        return
    pool = _Pool(workers)
    _open.append(pool)
    try:
        yield
    except BaseException:
        _stop_workers()
        raise
    finally:
        _open.remove(pool)
        pool.executor.shutdown(wait=True, cancel_futures=True)


def run_in_worker(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Call ``function`` in a worker process where a pool is open, else here. Raises what the function raises, and
    ShardTimeoutError after SHARD_SECONDS."""
    return run_within(SHARD_SECONDS, function, *args, **kwargs)


def run_within(seconds: float, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """As ``run_in_worker``, within another time. A shard whose worker is lost is given to another one: shards write their
    files whole and under names of their own, so the second run of one leaves no trace of the first."""
    if not _open:
        return function(*args, **kwargs)
    pool = _open[-1]
    for life in range(1, _LIVES + 1):
        executor = pool.executor
        try:
            future = executor.submit(function, *args, **kwargs)
            return future.result(seconds)
        except TimeoutError as error:
            if future.done():  # the function itself raised it
                raise
            _stop_workers()
            raise ShardTimeoutError(f"a worker did not finish {function.__name__} within {seconds:,.0f} s") from error
        except BrokenProcessPool as error:
            if life == _LIVES:
                raise WorkerLostError(f"{_LIVES} workers were lost over one shard of {function.__name__}") from error
            pool.replace(executor)
    raise AssertionError("unreachable: the last life returns or raises")


def _stop_workers() -> None:
    """Ask the workers to end, and kill those that do not (a stopped one takes no other signal)."""
    children = multiprocessing.active_children()
    for child in children:
        child.terminate()
    wait([child.sentinel for child in children], 0)
    for child in children:
        child.join(_STOP_SECONDS)
        if child.is_alive():
            child.kill()


def _start_worker() -> None:
    """What a worker does first: it leaves Ctrl-C to its parent, ends quietly when it is told to, and dies with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _end_quietly)
    die_with_parent(signal.SIGKILL)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_outlive_nobody, args=(parent.sentinel,), daemon=True).start()


def die_with_parent(number: signal.Signals) -> None:
    """Let the kernel send ``number`` to this process when the thread that started it ends; nothing but on Linux."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PARENT_DEATH_SIGNAL, number)


def _outlive_nobody(parent: int) -> None:
    wait([parent])
    os._exit(1)


def _end_quietly(number: int, frame: FrameType | None) -> None:
    # In the middle of a shard this is what the shard raises: what it has in hand is written on the way out.
    raise SystemExit(1)
