"""Runs shard functions on a Dask cluster: one that others keep, or one of processes on this machine.

A plain client of ``distributed``, no task runner of Prefect: that costs 250 ms a task against 40. The workers see the
same files under the same names, by a shared file system or an object store, and have the same code installed.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from tasks.exchange import Exchange, call_elsewhere
from tasks.worker_pool import EngineError, ShardTimeoutError, WorkerLostError

P = ParamSpec("P")
R = TypeVar("R")

_CONNECT_SECONDS = 30  # for a scheduler to answer, and for its first worker to be there


class DaskWorkers:
    """The cluster whose scheduler listens at ``address`` (``host:port``), or one of ``workers`` processes here.

    Where the workers do not see the work folder, ``exchange`` brings its files there and back.

    ``code_version`` is asked on every worker: one that has other code would write other rows. Raises EngineError where
    Dask is not installed, nobody answers, or a worker has other code.
    """

    def __init__(
        self, address: str | None, workers: int, code_version: Callable[[], str], exchange: Exchange | None = None
    ) -> None:
        try:
            import distributed  # noqa: PLC0415 (an extra that most runs do without)
        except ImportError as error:
            raise EngineError("the engine dask is an extra: pip install 'fangzhi[dask]'") from error
        self._exchange = exchange
        self._cluster: Any = None
        self._futures: set[Any] = set()
        try:
            if address is None:
                self._cluster = distributed.LocalCluster(
                    n_workers=workers,
                    threads_per_worker=1,
                    memory_limit=0,  # a share of the machine each would kill workers that only hold the word lists
                    host="127.0.0.1",
                    dashboard_address=None,
                    silence_logs=logging.CRITICAL,
                )
            self._client: Any = distributed.Client(self._cluster or f"tcp://{address}", timeout=_CONNECT_SECONDS)
            self._client.wait_for_workers(1, timeout=_CONNECT_SECONDS)
            versions: dict[str, str] = self._client.run(code_version)
        except (OSError, TimeoutError, ImportError) as error:
            raise EngineError(f"no Dask cluster at {address} with this code: {error}") from error
        if other := sorted(worker for worker, version in versions.items() if version != code_version()):
            self.close()
            raise EngineError(
                f"the Dask worker {other[0]} has other code ({versions[other[0]]}, here {code_version()})"
            )

    def prepare(self, shards: int, *, apart: bool = False) -> int:
        """How many of so many shards run side by side; all of them run on the cluster."""
        threads: dict[str, int] = self._client.nthreads()
        return max(1, min(shards, sum(threads.values())))

    def call(self, seconds: float, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Call ``function`` on a worker. A shard whose worker is lost is given to another one by the scheduler, three
        times. Raises what the function raises, ShardTimeoutError and WorkerLostError."""
        from distributed import KilledWorker  # noqa: PLC0415

        exchange = self._exchange
        if exchange is None:
            future = self._client.submit(function, *args, **kwargs, pure=False)
        else:
            names = exchange.send((args, kwargs))
            given = (exchange.home, exchange.shelf, names, function, args, kwargs)
            future = self._client.submit(call_elsewhere, *given, pure=False)
        self._futures.add(future)
        try:
            result = future.result(seconds)
            if exchange is None:
                return result  # type: ignore[no-any-return]
            exchange.receive(result[1])
            return result[0]  # type: ignore[no-any-return]
        except TimeoutError as error:
            if future.done():  # the function itself raised it
                raise
            raise ShardTimeoutError(f"a worker did not finish {function.__name__} within {seconds:,.0f} s") from error
        except KilledWorker as error:
            raise WorkerLostError(f"worker after worker was lost over one shard of {function.__name__}") from error
        finally:
            self._futures.discard(future)

    def stop(self) -> None:
        """Cancel what waits. What a worker of another machine has begun it ends, in a work folder that nobody reads."""
        self._client.cancel(list(self._futures), force=True)

    def close(self) -> None:
        """Leave the cluster; end it where it is our own."""
        self._client.close()
        if self._exchange is not None:
            self._exchange.clear()
        if self._cluster is not None:
            self._cluster.close()
