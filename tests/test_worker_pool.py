"""A worker that is killed costs its shard another run, not the run."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from pathlib import Path

import pytest

from tasks import worker_pool
from tasks.engines import open_engine, prepare_workers, run_in_worker, run_within
from tasks.worker_pool import ShardTimeoutError, WorkerLostError


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
    with open_engine(2):
        prepare_workers(2)
        assert run_in_worker(killed_once, tmp_path / "mark", 7) == 7
        assert run_in_worker(killed_once, tmp_path / "mark", 8) == 8


def test_a_shard_that_kills_every_worker_ends_with_its_name() -> None:
    with open_engine(2):
        prepare_workers(2)
        with pytest.raises(WorkerLostError, match="killed_always"):
            run_in_worker(killed_always)


def test_a_shard_that_hangs_ends_with_its_name() -> None:
    with open_engine(2):
        prepare_workers(1, apart=True)
        with pytest.raises(ShardTimeoutError, match="sleep"):
            run_within(0.5, time.sleep, 600)


def busy_once(mark: Path, answer: int) -> int:
    """Is busy the first time it is called, with its number in ``mark``, and answers from then on."""
    if not mark.exists():
        mark.with_suffix(".new").write_text(str(os.getpid()), "utf-8")
        mark.with_suffix(".new").rename(mark)
        time.sleep(600)
    return answer


def test_a_worker_that_was_busy_when_another_was_killed_is_gone_too(tmp_path: Path) -> None:
    before = {child.pid for child in multiprocessing.active_children()}
    workers, mark, answers = worker_pool.LocalWorkers(2), tmp_path / "mark", []
    workers.prepare(2)
    waiting = threading.Thread(target=lambda: answers.append(workers.call(600, busy_once, mark, 7)))
    waiting.start()
    while not mark.exists():
        time.sleep(0.01)
    busy = int(mark.read_text("utf-8"))
    # The idle one holds the lock behind which workers wait for shards.
    for child in multiprocessing.active_children():
        if child.pid not in before | {busy}:
            child.kill()
    waiting.join(60)
    assert answers == [7]
    end = time.monotonic() + 10
    while is_there(busy) and time.monotonic() < end:
        time.sleep(0.05)
    assert not is_there(busy)
    workers.close()


def stop_myself() -> None:
    """Is stopped as ``kill -STOP`` stops a worker: it takes no signal but SIGKILL, and goes on with SIGCONT only."""
    os.kill(os.getpid(), signal.SIGSTOP)


def stopped_once(mark: Path, answer: int) -> int:
    """Is stopped the first time it is called, and answers from then on."""
    if not mark.exists():
        mark.touch()
        stop_myself()
    return answer


def test_a_worker_that_somebody_stopped_ends_its_shard_with_its_name_and_is_gone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(worker_pool, "_STOP_SECONDS", 0.5)
    before = {child.pid for child in multiprocessing.active_children()}
    with open_engine(2, shard_seconds=1.0):
        prepare_workers(2)
        with pytest.raises(ShardTimeoutError, match="stop_myself within 1 s"):
            run_in_worker(stop_myself)
    # Two threads may wait for one child; the one that comes too late never learns that it is gone, so the system is
    # asked.
    ending = [child.pid for child in multiprocessing.active_children() if child.pid not in before]
    end = time.monotonic() + 10
    while (left := [number for number in ending if number and is_there(number)]) and time.monotonic() < end:
        time.sleep(0.05)
    assert not left


def is_there(number: int) -> bool:
    """Whether the system has a process of this number."""
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_shard_whose_worker_stays_stopped_is_run_again_by_another(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(worker_pool, "_STOPPED_SECONDS", 0.5)
    monkeypatch.setattr(worker_pool, "_LOOK_SECONDS", 0.2)
    with open_engine(2):
        prepare_workers(2)
        assert run_in_worker(stopped_once, tmp_path / "mark", 7) == 7


def test_one_small_shard_starts_no_worker() -> None:
    with open_engine(8):
        assert prepare_workers(1) == 1
        assert run_in_worker(os.getpid) == os.getpid()
        assert prepare_workers(1, apart=True) == 1
        assert run_in_worker(os.getpid) != os.getpid()
