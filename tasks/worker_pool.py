"""Runs shard functions on several processes, so that Prefect's tasks stay threads and cost milliseconds.

Prefect's own process pool starts every worker with an import of Prefect (2 to 6 s each) and passes each task through
the server (76 to 200 ms). The workers here import only what the shard function needs. With one worker there is no
pool at all: the function runs where it is called, which is also the setting for a Dask or Ray task runner.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

_open: list[ProcessPoolExecutor] = []


@contextmanager
def worker_pool(workers: int) -> Iterator[None]:
    """While open, ``run_in_worker`` uses ``workers`` processes; spawned, so no lock of the parent is inherited."""
    if workers == 1:
        yield
        return
    pool = ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))
    _open.append(pool)
    try:
        yield
    finally:
        _open.remove(pool)
        pool.shutdown(wait=True, cancel_futures=True)


def run_in_worker(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Call ``function`` in a worker process where a pool is open, else here. Raises what the function raises."""
    if not _open:
        return function(*args, **kwargs)
    return _open[-1].submit(function, *args, **kwargs).result()
