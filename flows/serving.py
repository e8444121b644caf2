"""Keeps a Prefect server running and a deployment of the main job on its schedule.

A schedule needs a server that stays; the one a single run embeds is gone at its end, and most of its history with it.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import MutableMapping
from pathlib import Path

import httpx

TIMEZONE = "Asia/Shanghai"
DEPLOYMENT = "daily"
_START_SECONDS = 180.0  # a fresh database was seen to take 24 s on an idle machine


class ServerError(Exception):
    """The server cannot be had; the message is one line."""


def serve_daily(
    sources: Path, warehouse: Path, address: tuple[str, int], cron: str, environment: MutableMapping[str, str]
) -> None:
    """Serve the deployment until interrupted. With PREFECT_API_URL set, that server is used and none is started.

    Raises ServerError where the port is taken or the server does not come up.
    """
    server = None
    if "PREFECT_API_URL" not in environment:
        server = _start_server(*address, environment)
    try:
        _wait_for(environment["PREFECT_API_URL"], server)
        _serve(sources, warehouse, cron, environment["PREFECT_API_URL"])
    finally:
        if server is not None:
            server.terminate()
            try:
                server.wait(timeout=20)
            except subprocess.TimeoutExpired:
                server.kill()


def _start_server(host: str, port: int, environment: MutableMapping[str, str]) -> subprocess.Popen[bytes]:
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", port)) == 0:
            raise ServerError(f"port {port} is taken; name another with --port")
    # The UI asks the address it was served from, whatever the port; without this it calls port 4200.
    environment["PREFECT_SERVER_UI_API_URL"] = "/api"
    environment["PREFECT_API_URL"] = f"http://127.0.0.1:{port}/api"
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", host, "--port", str(port)]
    return subprocess.Popen(command, env=dict(environment), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _wait_for(api_url: str, server: subprocess.Popen[bytes] | None) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        try:
            if httpx.get(f"{api_url}/health", timeout=5).status_code == 200:
                return
        except httpx.HTTPError:
            pass
        if server is not None and server.poll() is not None:
            raise ServerError("the Prefect server stopped while starting; `prefect server start` shows why")
        time.sleep(0.5)
    raise ServerError(f"no Prefect server answers at {api_url}")


def _serve(sources: Path, warehouse: Path, cron: str, api_url: str) -> None:
    from prefect.schedules import Cron  # noqa: PLC0415 (only after PREFECT_API_URL is set does Prefect see it)

    from flows.gazetteer import gazetteer  # noqa: PLC0415

    try:
        schedule = Cron(cron, timezone=TIMEZONE)
    except ValueError as error:
        raise ServerError(f"{cron!r} is no cron expression: {error}") from error
    print(f"Prefect UI at {api_url.removesuffix('/api')}; runs at {cron!r} {TIMEZONE} into {warehouse}", flush=True)
    os.chdir(Path(__file__).resolve().parents[1])  # a deployment finds its flow by a path from here
    gazetteer.serve(
        name=DEPLOYMENT,
        schedule=schedule,
        parameters={"sources": [str(sources)], "warehouse": str(warehouse)},
        tags=["fangzhi"],
        description="Visit the sources of a sources.toml and load what they hold.",
        pause_on_shutdown=False,
        print_starting_message=False,
        limit=1,
    )
