"""The Prefect server of one run, where no other is named: the one that Prefect would embed, started from here.

Prefect imports the whole server into the run before it starts it as a process of its own (5 s of processor time for
nothing). The process here is the same, with the same database in PREFECT_HOME, so that the history of runs stays.
"""

from __future__ import annotations

import atexit
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from socket import socket

import httpx
from prefect.settings import PREFECT_API_URL, get_current_settings, temporary_settings

from flows.watchdog import watched_over

_STOP_SECONDS = 10.0  # Prefect's own server is asked to end and takes about a second
_POLL_SECONDS = 0.1
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
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "uvicorn", "--factory", "prefect.server.api.server:create_app"]
    command += ["--host", "127.0.0.1", "--port", str(port), "--log-level", "critical", "--lifespan", "on"]
    own = {**environment, **_OF_ONE_RUN}
    with watched_over() as watch:  # a run that is killed while its server comes up leaves none behind
        server = subprocess.Popen(command, env=own, stdout=subprocess.DEVNULL)
        watch(server.pid)
    _started.append(server)
    # At the very end of the process: Prefect sends its last events and log lines when its threads are wound up, and waits
    # a minute for a server that is gone.
    atexit.register(_stop, server)
    url = f"http://127.0.0.1:{port}/api"
    _wait_for(url, server, settings.server.ephemeral.startup_timeout_seconds)
    with temporary_settings(updates={PREFECT_API_URL: url}):
        yield


_started: list[subprocess.Popen[bytes]] = []


def is_lost() -> bool:
    """Whether the server that was started for this process has ended before it: killed, or out of memory."""
    return any(server.poll() is not None for server in _started)


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def _wait_for(url: str, server: subprocess.Popen[bytes], seconds: float) -> None:
    end = time.monotonic() + seconds
    with httpx.Client(trust_env=False, timeout=5) as client:
        while time.monotonic() < end and server.poll() is None:
            try:
                if client.get(f"{url}/health").status_code == httpx.codes.OK:
                    return
            except httpx.HTTPError:
                pass
            time.sleep(_POLL_SECONDS)
    raise NoServerError("Prefect's embedded server did not come up; --no-server does without it")
