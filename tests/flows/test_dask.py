"""On a Dask cluster a run writes the rows it writes here, also where a worker is killed in the middle of it."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from flows.job import load_sources
from flows.settings import Settings
from tasks.worker_pool import EngineError
from tests.digests import table_digests
from tests.flows.sample_runs import NOW, SAMPLE_SOURCES
from tests.object_store import object_store
from warehouse.locations import location

distributed = pytest.importorskip("distributed", reason="the extra dask is not installed")
pytest.importorskip("obstore", reason="the extra s3 is not installed")
pytest.importorskip("moto.server", reason="the server for tests is not installed")
pytestmark = pytest.mark.xdist_group("flow")  # one server and one load of the sample for the group


@pytest.fixture
def bucket() -> Iterator[str]:
    with object_store() as url:
        yield url


@pytest.fixture
def cluster(bucket: str) -> Iterator[Any]:
    """A scheduler and two workers, each a process of its own, that know where the object store is."""
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None, silence_logs=50
    ) as started:
        yield started


def kill_when(cluster: Any, folder: Path, pattern: str) -> threading.Thread:
    """Kill one worker outright as soon as there is something of that name."""

    def wait_and_kill() -> None:
        end = time.monotonic() + 300
        while not list(folder.glob(pattern)) and time.monotonic() < end:
            time.sleep(0.02)
        os.kill(cluster.workers[0].pid, signal.SIGKILL)

    thread = threading.Thread(target=wait_and_kill)
    thread.start()
    return thread


def test_a_run_on_a_cluster_that_loses_a_worker_writes_the_same_rows(
    bucket: str, cluster: Any, sample_warehouse: Path, tmp_path: Path
) -> None:
    warehouse = tmp_path / "w.duckdb"
    address = cluster.scheduler_address.removeprefix("tcp://")
    settings = Settings(engine=f"dask://{address}", storage=bucket, now=NOW, host_delay_seconds=0, shard_documents=10)
    killer = kill_when(cluster, tmp_path, "w.*.work/texts/new/*.parquet")
    load_sources(SAMPLE_SOURCES, warehouse, settings)
    killer.join()
    assert table_digests(warehouse) == table_digests(sample_warehouse)
    # Nothing is left of the run but what it was to keep.
    (location(bucket) / "w.duckdb").download(tmp_path / "copy.duckdb")
    assert (tmp_path / "copy.duckdb").read_bytes() == warehouse.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "copy.duckdb",
        "w.duckdb",
        "w.lock",
        "w.raw-index.parquet",
    ]


def test_the_engine_dask_starts_a_cluster_of_its_own(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("本报讯 县里开会。\n", "utf-8")
    settings = Settings(engine="dask", workers=1, now=NOW)
    assert load_sources([str(page)], tmp_path / "w.duckdb", settings).overview.inputs["inputs"] == 1


def test_a_cluster_that_is_not_there_is_said_so_and_nothing_is_left(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr("tasks.dask_cluster._CONNECT_SECONDS", 1)
    with pytest.raises(EngineError, match=r"127\.0\.0\.1:9"):
        load_sources(SAMPLE_SOURCES, tmp_path / "w.duckdb", Settings(engine="dask://127.0.0.1:9", now=NOW))
    assert not list(tmp_path.glob("*.work"))


@pytest.mark.parametrize("name", ["spark", "dask://", "dask:/there", "ray"])
def test_another_engine_is_a_bad_argument(name: str) -> None:
    with pytest.raises(ValueError, match=name):
        Settings(engine=name)
