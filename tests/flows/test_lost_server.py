"""A server of Prefect that is lost costs its history a line, never the run."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from flows import command, watching
from flows.embedded_server import EmbeddedServer, NoServerError
from flows.job import load_sources
from flows.settings import Settings
from tasks import steps
from tests.flows.sample_runs import NOW

PROJECT = Path(__file__).resolve().parents[2]
_PATIENCE_SECONDS = 240

# A server that says that it is well, and by which process.
_SERVER = """
import http.server, os, sys
class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(str(os.getpid()).encode())
    def log_message(self, *said):
        pass
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Answer).serve_forever()
"""


def small_server(port: int) -> list[str]:
    return [sys.executable, "-c", _SERVER, str(port)]


def patiently(question: Callable[[], object]) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while not question():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def process_of(server: EmbeddedServer) -> int:
    server.wait_for(_PATIENCE_SECONDS)
    return int(httpx.get(f"{server.address}/api/health", trust_env=False).text)


def is_alive(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_server_that_is_killed_is_started_again_at_its_address_and_ends_with_the_run() -> None:
    server = EmbeddedServer(small_server, os.environ)
    first = process_of(server)
    os.kill(first, signal.SIGKILL)
    patiently(lambda: not is_alive(first))
    second = process_of(server)
    assert second != first
    server.stop()
    assert not is_alive(second)
    assert not server.is_lost


def test_a_server_that_ends_again_and_again_is_given_up() -> None:
    server = EmbeddedServer(lambda port: [sys.executable, "-c", ""], os.environ)
    with pytest.raises(NoServerError, match="--no-server"):
        server.wait_for(_PATIENCE_SECONDS)
    assert server.is_lost


def test_a_run_goes_on_and_is_kept_where_the_server_is_killed(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text("本报讯 县里开会。\n", "utf-8")
    warehouse = tmp_path / "w.duckdb"
    own = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    start = [sys.executable, "-c", "from flows.command import main; main()", "run", str(tmp_path / "page.txt")]
    process = subprocess.Popen(
        [*start, "--warehouse", str(warehouse)],
        cwd=PROJECT,
        env=own | {"PREFECT_HOME": str(tmp_path / "prefect"), "PYTHONPATH": str(PROJECT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    patiently(lambda: process.poll() is not None or list(tmp_path.glob("w.*.work")))
    killed = [number for number in children_of(process.pid) if b"uvicorn" in command_of(number)]
    assert len(killed) == 1
    os.kill(killed[0], signal.SIGKILL)
    said = process.communicate(timeout=_PATIENCE_SECONDS)[1]
    assert process.returncode == 0, said
    assert "is started again" in said
    assert warehouse.exists()


def children_of(number: int) -> list[int]:
    tasks = Path(f"/proc/{number}/task").iterdir()
    found = []
    for task in tasks:
        with suppress(FileNotFoundError, ProcessLookupError):  # a thread that has just ended
            found += [int(child) for child in (task / "children").read_text("ascii").split()]
    return found


def command_of(number: int) -> bytes:
    return Path(f"/proc/{number}/cmdline").read_bytes()


@pytest.mark.parametrize("is_lost_first", [True, False])
def test_a_step_is_done_once_whether_prefect_is_lost_before_it_or_after(
    monkeypatch: pytest.MonkeyPatch, is_lost_first: bool
) -> None:
    done: list[int] = []

    def task_of_lost_server(name: str) -> Callable[[str, Callable[[], object]], object]:
        def run(label: str, work: Callable[[], object]) -> object:
            if not is_lost_first:
                work()
            raise httpx.ConnectError("All connection attempts failed")

        return run

    @steps.step("load", "double")
    def double(number: int) -> int:
        done.append(number)
        return 2 * number

    monkeypatch.setattr(steps, "in_flow", lambda: True)
    monkeypatch.setattr(steps, "_prefect_task", task_of_lost_server)
    assert double(4) == 8
    assert done == [4]


def test_what_a_step_itself_raises_is_raised_once(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[int] = []

    @steps.step("load", "fail")
    def fail() -> None:
        done.append(1)
        raise ValueError("the page is odd")

    monkeypatch.setattr(steps, "in_flow", lambda: True)
    monkeypatch.setattr(steps, "_prefect_task", lambda name: lambda label, work: work())
    with pytest.raises(ValueError, match="the page is odd"):
        fail()
    assert done == [1]


def test_a_run_that_has_published_is_told_as_published(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "page.txt").write_text("本报讯 县里开会。\n", "utf-8")
    warehouse = tmp_path / "w.duckdb"

    def lost_at_the_end(sources: list[str], warehouse: Path, settings: Settings, rebuild: bool) -> object:
        load_sources(sources, warehouse, settings, rebuild=rebuild)
        raise httpx.ConnectError("All connection attempts failed")

    monkeypatch.setattr(command, "_loader", lambda settings, *, verbose: lost_at_the_end)
    command.run([str(tmp_path / "page.txt")], warehouse, workers=1, now=NOW)
    said = capsys.readouterr()
    assert "is published; what should have followed failed: All connection attempts failed" in said.err
    assert said.out.lstrip().startswith("1 inputs = ")
    assert watching.published() is not None
