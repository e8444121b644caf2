"""The Prefect server of one run, where no other is named: the one that Prefect would embed, started from here.

Prefect imports the whole server into the run before it starts it as a process of its own (5 s of processor time for
nothing). The process here is the same, with the same database in PREFECT_HOME, so that the history of runs stays. One
that is killed, by the kernel for want of memory or by hand, is started again at the same address: Prefect's client asks
again for a minute, so the run goes on and its history with it.
"""

from __future__ import annotations

import atexit
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from socket import socket

import httpx
from prefect.settings import PREFECT_API_URL, get_current_settings, temporary_settings

from flows import watching
from flows.watchdog import watched_over

_STOP_SECONDS = 10.0  # Prefect's own server is asked to end and takes about a second
_POLL_SECONDS = 0.1
# How often a server that was lost is started again in one run. What kills the fourth one kills the fifth as well, and
# the run ends without it.
_STARTS = 4
# What makes the server one of a single run: no pages of the UI, no services that wait for schedules.
_OF_ONE_RUN = {"PREFECT__SERVER_EPHEMERAL": "1", "PREFECT__SERVER_FINAL": "1", "PREFECT_SERVER_UI_ENABLED": "false"}


class NoServerError(Exception):
    """The embedded server did not come up; the message is one line."""


@contextmanager
def server_of_run(environment: Mapping[str, str]) -> Iterator[None]:
    """While open, flows report to the server that Prefect's settings name, or to one that is started for them and ends
    with this process. Raises NoServerError where that does not come up.
    """
    settings = get_current_settings()
    if settings.api.url is not None:
        yield
        return
    server = EmbeddedServer(_server_command, {**environment, **_OF_ONE_RUN})
    _started.append(server)
    # At the very end of the process: Prefect sends its last events and log lines when its threads are wound up, and
    # waits a minute for a server that is gone.
    atexit.register(server.stop)
    server.wait_for(settings.server.ephemeral.startup_timeout_seconds)
    with temporary_settings(updates={PREFECT_API_URL: f"{server.address}/api"}):
        yield


def is_lost() -> bool:
    """Whether the server that was started for this process has ended before it for good."""
    return any(server.is_lost for server in _started)


class EmbeddedServer:
    """A server at a free port of this machine that is started again where it ends before ``stop``, STARTS times in all.

    ``command`` makes its command line from the port, ``environment`` is its environment.
    """

    def __init__(self, command: Callable[[int], list[str]], environment: Mapping[str, str]) -> None:
        with socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        self.is_lost = False
        self._command, self._environment = command(port), dict(environment)
        self._lock = threading.Lock()
        self._is_over = False
        self._process = self._start()
        threading.Thread(target=self._keep, daemon=True, name="embedded server").start()

    def wait_for(self, seconds: float) -> None:
        """Wait until it answers. Raises NoServerError after ``seconds``, or where it ends again and again."""
        end = time.monotonic() + seconds
        with httpx.Client(trust_env=False, timeout=5) as client:
            while time.monotonic() < end and not self.is_lost:
                try:
                    if client.get(f"{self.address}/api/health").status_code == httpx.codes.OK:
                        return
                except httpx.HTTPError:
                    pass
                time.sleep(_POLL_SECONDS)
        raise NoServerError("Prefect's embedded server did not come up; --no-server does without it")

    def stop(self) -> None:
        """End it."""
        with self._lock:
            self._is_over = True
        self._process.terminate()
        try:
            self._process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _start(self) -> subprocess.Popen[bytes]:
        with watched_over() as watch:  # a run that is killed while its server comes up leaves none behind
            # A session of its own: Ctrl-C in the terminal is for the run, which tells the server how it ended.
            process = subprocess.Popen(
                self._command, env=self._environment, stdout=subprocess.DEVNULL, start_new_session=True
            )
            watch(process.pid)
        return process

    def _keep(self) -> None:
        for _ in range(1, _STARTS):
            self._process.wait()
            with self._lock:
                if self._is_over:
                    return
                watching.reporter().tell("Prefect's embedded server has ended and is started again")
                self._process = self._start()
        self._process.wait()
        with self._lock:
            self.is_lost = not self._is_over


_started: list[EmbeddedServer] = []


def _server_command(port: int) -> list[str]:
    command = [sys.executable, "-m", "uvicorn", "--factory", "prefect.server.api.server:create_app"]
    return [*command, "--host", "127.0.0.1", "--port", str(port), "--log-level", "critical", "--lifespan", "on"]
