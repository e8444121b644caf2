"""A served schedule fires by itself, and the daily one is set for the morning in China."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import duckdb
import httpx
import pytest
import yaml
from prefect.client.schemas.objects import ConcurrencyLimitStrategy, ConcurrencyOptions

from tests.flows.sample_runs import SAMPLE
from tests.sources.loopback import serving

PROJECT = Path(__file__).resolve().parents[2]
_PATIENCE_SECONDS = 420  # server 25 s, the next full minute 60 s, the run 40 s; several times that on a busy machine


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def served(tmp_path: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    listed = tmp_path / "sources.toml"
    page = sorted((SAMPLE / "pages" / "www.lupan-morning.example").glob("2*.html"))[0]
    listed.write_text(f'[[source]]\nname = "morning"\nlocations = ["{page}"]\n', "utf-8")
    command = [sys.executable, "-c", "from flows.command import main; main()", "serve", "--sources", str(listed)]
    command += ["--warehouse", str(tmp_path / "w.duckdb"), "--port", str(port), "--cron", "* * * * *"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    environment |= {"PREFECT_HOME": str(tmp_path / "prefect"), "PYTHONPATH": str(PROJECT)}
    process = subprocess.Popen(command, env=environment, cwd=PROJECT, start_new_session=True)
    yield process
    os.killpg(process.pid, signal.SIGINT)
    try:
        process.wait(timeout=60)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)


def test_a_schedule_of_every_minute_fires_by_itself(served: subprocess.Popen[bytes], port: int, tmp_path: Path) -> None:
    warehouse = tmp_path / "w.duckdb"
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while not warehouse.exists():
        assert served.poll() is None, "the server ended by itself"
        assert time.monotonic() < deadline, "no run within the time for three"
        time.sleep(1)
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        assert connection.execute("select source, status from core.documents").fetchall() == [("morning", "loaded")]
    api = f"http://127.0.0.1:{port}/api"
    (deployment,) = httpx.post(f"{api}/deployments/filter", json={}).json()
    assert deployment["name"].startswith("daily-w-")
    assert [schedule["schedule"]["timezone"] for schedule in deployment["schedules"]] == ["Asia/Shanghai"]
    runs = httpx.post(f"{api}/flow_runs/filter", json={}).json()
    assert any(run["auto_scheduled"] and run["state_type"] in {"RUNNING", "COMPLETED"} for run in runs)
    _cancel_a_run_that_hangs(api, deployment["id"])


def _cancel_a_run_that_hangs(api: str, deployment_id: str) -> None:
    """Start one over a host that says nothing, press Cancel, and see all its processes gone long before it would
    end."""
    httpx.patch(f"{api}/deployments/{deployment_id}", json={"paused": True})
    with serving(lambda request: request.wait()) as port:
        chosen = {"sources": [f"http://127.0.0.1:{port}/1.html"], "settings": {"allow_private": ["127.0.0.0/8"]}}
        chosen["settings"]["http_timeout_seconds"] = 300  # type: ignore[index]
        made = httpx.post(f"{api}/deployments/{deployment_id}/create_flow_run", json={"parameters": chosen}).json()
        address = f"{api}/flow_runs/{made['id']}"
        _wait_until(lambda: len(_processes_of(made["id"])) > 1 and _state(address) == "RUNNING")
        httpx.post(f"{address}/set_state", json={"state": {"type": "CANCELLING"}})
        _wait_until(lambda: not _processes_of(made["id"]), seconds=200)
        # Prefect's runner says so only when the process is gone.
        _wait_until(lambda: _state(address) == "CANCELLED")


def _state(address: str) -> str:
    return str(httpx.get(address).json()["state"]["type"])


def _processes_of(flow_run_id: str) -> list[str]:
    """The living processes that have the run in their environment."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            with suppress(OSError):
                if flow_run_id.encode() in (folder / "environ").read_bytes():
                    found.append(folder.name)
    return found


def _wait_until(is_so: Callable[[], bool], seconds: float = _PATIENCE_SECONDS) -> None:
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.5)


def test_the_daily_schedule_is_half_past_six_in_china_everywhere() -> None:
    command = (PROJECT / "flows" / "command.py").read_text("utf-8")
    assert re.search(r'cron: .*= "30 6 \* \* \*"', command)
    (deployment,) = yaml.safe_load((PROJECT / "deploy" / "prefect.yaml").read_text("utf-8"))["deployments"]
    assert deployment["schedules"] == [{"cron": "30 6 * * *", "timezone": "Asia/Shanghai", "active": True}]
    assert deployment["entrypoint"] == "flows/gazetteer.py:gazetteer"
    options = ConcurrencyOptions(collision_strategy=deployment["concurrency_limit"]["collision_strategy"])
    assert options.collision_strategy is ConcurrencyLimitStrategy.ENQUEUE, "a day that waits, not one that is lost"


def test_every_service_of_the_compose_file_is_watched_bounded_and_pinned() -> None:
    services = yaml.safe_load((PROJECT / "deploy" / "compose.yaml").read_text("utf-8"))["services"]
    assert set(services) == {"postgres", "server", "job"}
    for name, service in services.items():
        assert {"healthcheck", "mem_limit", "logging", "restart", "cap_drop"} <= service.keys(), name
        assert re.search(r":\d+\.\d+", service["image"]), "an image that changes unasked"
    assert re.search(r"^USER fangzhi$", (PROJECT / "deploy" / "Dockerfile").read_text("utf-8"), re.MULTILINE)
    assert services["postgres"]["user"] == "999:999"
    settings = services["server"]["environment"]
    told = {name: value for name, value in settings.items() if name.startswith("PREFECT_")} | {
        "PREFECT_SERVER_DATABASE_PASSWORD": "secret"
    }
    code = (
        "from prefect.settings import get_current_settings as s; d = s().server.database;"
        "print(d.driver, d.host, d.user, d.name, sorted(s().server.services.db_vacuum.enabled),"
        " s().server.services.db_vacuum.retention_period.days, s().server.events.retention_period.days)"
    )
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")} | told
    said = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert said.stdout.split("\n")[0] == "postgresql+asyncpg postgres prefect prefect ['events', 'flow_runs'] 90 7"


def test_the_unit_of_systemd_starts_what_the_runbook_says() -> None:
    unit = (PROJECT / "deploy" / "fangzhi.service").read_text("utf-8")
    assert re.search(r"^ExecStart=\S+/fangzhi serve --sources \S+ --warehouse \S+$", unit, re.MULTILINE)
    assert re.search(r"^User=fangzhi$", unit, re.MULTILINE)
