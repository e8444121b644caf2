"""A worker that is killed costs its shard another run, not the run."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from tasks.worker_pool import ShardTimeoutError, WorkerLostError, run_in_worker, run_within, worker_pool


def killed_once(mark: Path, answer: int) -> int:
    """Dies the first time it is called, and answers from then on."""
    if not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return answer


def killed_always() -> None:
    """Dies whenever it is called."""
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_shard_whose_worker_is_killed_is_run_again(tmp_path: Path) -> None:
    with worker_pool(2):
        assert run_in_worker(killed_once, tmp_path / "mark", 7) == 7
        assert run_in_worker(killed_once, tmp_path / "mark", 8) == 8


def test_a_shard_that_kills_every_worker_ends_with_its_name() -> None:
    with worker_pool(2), pytest.raises(WorkerLostError, match="killed_always"):
        run_in_worker(killed_always)


def test_a_shard_that_hangs_ends_with_its_name() -> None:
    with pytest.raises(ShardTimeoutError, match="sleep"), worker_pool(2):
        run_within(0.5, time.sleep, 600)
