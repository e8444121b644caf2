"""Runs shard functions on processes of this machine; Prefect's tasks stay calls that wait for them.

Prefect's own process pool starts every worker with an import of Prefect (2 to 6 s each) and passes each task through
the server (76 to 200 ms). The workers here import only what the shard function needs, and there are none as long as
each stage has one shard only: the function then runs where it is called, for a worker costs one to two seconds.

A worker never outlives the run: it dies with its parent, it is stopped when the run is, and a shard has a time limit.
One that somebody stopped for a minute is replaced. A worker that lived on would write into the work of the next run.
"""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from functools import cache, partial
from multiprocessing.connection import wait
from pathlib import Path
from types import FrameType
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

_STOP_SECONDS = 15.0  # for a stopped worker to bring what it has fetched into the store
_LOOK_SECONDS = 5.0  # between two looks at the workers while a shard is waited for
# After which a worker that somebody stopped (SIGSTOP) counts as lost. One that is stopped together with the run, to
# make room on the machine, goes on with it within moments.
_STOPPED_SECONDS = 60.0
_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)
_MMAP_THRESHOLD = -3  # M_MMAP_THRESHOLD of mallopt(3)
# For memory alone: what is larger than this in bytes goes back to the system when it is let go. Left to itself, the
# allocator of Linux takes the largest thing that was ever let go for the measure, and keeps all that is smaller.
_GIVEN_BACK_BYTES = 1 << 20

# How often a shard is given to new workers after its worker was killed (by the kernel for want of memory, or by hand).
# A shard that kills three workers is what kills them.
_LIVES = 3


class EngineError(RuntimeError):
    """What runs shards cannot be had; the message is one line."""


class ShardTimeoutError(RuntimeError):
    """A worker did not finish its shard in time; the message says which."""


class WorkerLostError(RuntimeError):
    """A shard lost its worker again and again; the message says which."""


class LocalWorkers:
    """Up to ``workers`` processes, started when they are needed and replaced when one of them is lost: the executor
    gives up all of them then. With one worker there are no processes at all."""

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._lock = threading.Lock()
        self._executor: ProcessPoolExecutor | None = None
        self._size = 0
        self._is_stopped = False
        self._stopped_since: dict[int, float] = {}  # seconds of the clock, by the number of the process

    def prepare(self, shards: int, *, apart: bool = False) -> int:
        """Start workers for so many shards; how many run side by side. One shard needs none, unless it is to run
        ``apart`` or there are some already."""
        wanted = min(self._workers, shards)
        if self._workers > 1 and (wanted > 1 or (apart and wanted == 1)) and wanted > self._size:
            self._size, smaller = wanted, self._executor
            self._executor = self._start()
            if smaller is not None:
                smaller.shutdown(wait=True)
        return max(1, min(self._size, shards))

    def call(self, seconds: float, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Call ``function`` in a worker, here where there is none. A shard whose worker is lost is given to another
        one: shards write their files whole and under names of their own, so the second run of one leaves no trace of
        the first. Raises what the function raises, ShardTimeoutError and WorkerLostError."""
        if self._executor is None:
            return function(*args, **kwargs)
        for life in range(1, _LIVES + 1):
            executor = self._executor
            try:
                return self._result(executor.submit(_run, partial(function, *args, **kwargs)), seconds)
            except ShardTimeoutError:
                self.stop()
                raise ShardTimeoutError(
                    f"a worker did not finish {function.__name__} within {seconds:,.0f} s"
                ) from None
            except BrokenProcessPool as error:
                if self._is_stopped:
                    raise
                if life == _LIVES:
                    raise WorkerLostError(
                        f"{_LIVES} workers were lost over one shard of {function.__name__}"
                    ) from error
                self._replace(executor)
        raise AssertionError("unreachable: the last life returns or raises")

    def _result(self, future: Future[R], seconds: float) -> R:
        """What comes of a shard; ShardTimeoutError after ``seconds``. A worker that stays stopped is lost, and killed
        as such: its shard goes to another one."""
        end = time.monotonic() + seconds
        while True:
            try:
                return future.result(max(0.0, min(_LOOK_SECONDS, end - time.monotonic())))
            except TimeoutError:
                if future.done():  # the function itself raised it
                    raise
            if time.monotonic() >= end:
                raise ShardTimeoutError
            self._kill_the_stopped()

    def _kill_the_stopped(self) -> None:
        now = time.monotonic()
        with self._lock:
            for child in multiprocessing.active_children():
                number = child.pid or 0
                if not _is_stopped(number):
                    self._stopped_since.pop(number, None)
                elif now - self._stopped_since.setdefault(number, now) >= _STOPPED_SECONDS:
                    child.kill()

    def stop(self) -> None:
        """Ask the workers to end, and kill those that do not (a stopped one takes no other signal)."""
        self._is_stopped = True
        children = multiprocessing.active_children()
        for child in children:
            child.terminate()
        if self._executor is not None:
            # A worker hands on what ended its shard and waits for the next one: it ends when there is none.
            self._executor.shutdown(wait=False, cancel_futures=True)
        wait([child.sentinel for child in children], 0)
        for child in children:
            child.join(_STOP_SECONDS)
            if child.is_alive():
                child.kill()

    def close(self) -> None:
        """Let the workers go."""
        if self._executor is not None:
            self._executor.shutdown(wait=True, cancel_futures=True)

    def _start(self) -> ProcessPoolExecutor:
        # Spawned, so no lock of the parent is inherited.
        executor = ProcessPoolExecutor(self._size, multiprocessing.get_context("spawn"), initializer=_start_worker)
        # The workers are all started here: the signal of a parent's death is sent when the thread ends that started
        # them, and the threads that wait for shards end long before the run does.
        executor._safe_to_dynamically_spawn_children = False  # type: ignore[attr-defined]
        executor.submit(int).result()
        return executor

    def _replace(self, lost: ProcessPoolExecutor) -> None:
        """Start new workers in the place of ``lost``; of several shards that lost theirs together, one does it."""
        with self._lock:
            if self._executor is lost:
                lost.shutdown(wait=False, cancel_futures=True)
                # Told to end in the midst of a shard a worker ends that, and waits for the next one behind a lock that
                # the lost one may have held: the end of the run would wait for it.
                for child in multiprocessing.active_children():
                    child.kill()
                self._executor = self._start()


def _start_worker() -> None:
    """What a worker does first: it leaves Ctrl-C to its parent, ends quietly when it is told to, and dies with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _end_quietly)
    die_with_parent(signal.SIGKILL)
    with suppress(AttributeError):  # a C library that keeps its own counsel
        _c_library().mallopt(_MMAP_THRESHOLD, _GIVEN_BACK_BYTES)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_outlive_nobody, args=(parent.sentinel,), daemon=True).start()


def _is_stopped(number: int) -> bool:
    """Whether somebody stopped a process (SIGSTOP); False where there is no /proc to tell."""
    try:
        return Path(f"/proc/{number}/stat").read_bytes().rpartition(b")")[2].split()[0] == b"T"
    except (OSError, IndexError):
        return False


def die_with_parent(number: signal.Signals) -> None:
    """Let the kernel send ``number`` to this process when the thread that started it ends; nothing but on Linux."""
    if sys.platform == "linux":
        _c_library().prctl(_PARENT_DEATH_SIGNAL, number)


def _run(shard: Callable[[], R]) -> R:
    """Do a shard in a worker: what one long text took is given back to the system, not kept for as long as
    the worker lives. That takes some milliseconds."""
    try:
        return shard()
    finally:
        with suppress(AttributeError):
            _c_library().malloc_trim(0)


@cache
def _c_library() -> ctypes.CDLL:
    """What its allocator can be asked; that of another system than Linux has no such names."""
    return ctypes.CDLL(None)


def _outlive_nobody(parent: int) -> None:
    wait([parent])
    os._exit(1)


def _end_quietly(number: int, frame: FrameType | None) -> None:
    # In the middle of a shard this is what the shard raises: what it has in hand is written on the way out.
    raise SystemExit(1)
