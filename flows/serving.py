"""Keeps a Prefect server running and a deployment of the main job on its schedule.

A schedule needs a server that stays; the one a single run embeds is gone at its end, and most of its history with it.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import MutableMapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

import httpx

from flows.watchdog import watched_over
from tasks.records import stable_id
from tasks.sources.source_lists import check_schedule, read_source_list
from warehouse.files import WarehouseError, WarehouseFiles, dead_holders, hold_lock

if TYPE_CHECKING:
    from prefect.deployments.runner import RunnerDeployment

TIMEZONE = "Asia/Shanghai"
_HASH_DIGITS = 6  # tells apart a few warehouses of one name in different folders
_ALL_INTERFACES = {"0.0.0.0", "::"}  # noqa: S104 (what --host may say, not what is bound here)
_START_SECONDS = 180.0  # a fresh database was seen to take 24 s on an idle machine


class ServerError(Exception):
    """The server cannot be had; the message is one line."""


def serve_daily(
    sources: Path,
    warehouse: Path,
    address: tuple[str, int],
    cron: str,
    environment: MutableMapping[str, str],
    alarm: str | None = None,
) -> None:
    """Serve the deployment until interrupted. With PREFECT_API_URL set, that server is used and none is started.

    ``alarm`` is where failures are told (``flows.alarms``). Raises ServerError where the port is taken, the server does
    not come up, or the alarm's address is none.
    """
    planned = plan_deployments(sources, warehouse, cron)
    server = None
    if "PREFECT_API_URL" not in environment:
        server = _start_server(*address, environment)
    try:
        with watched_over():
            _wait_for(environment["PREFECT_API_URL"], server)
            _set_alarms(alarm, planned)
            _bury_last_run(warehouse)
            _serve(planned, warehouse, environment["PREFECT_API_URL"])
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
    # What alarms and the log link to: the page that people open, not the address that programs ask.
    shown = "127.0.0.1" if host in _ALL_INTERFACES else host
    environment.setdefault("PREFECT_UI_URL", f"http://{shown}:{port}")
    # Runs, their logs and artifacts go after ninety days, or the database grows for ever; events by Prefect's own
    # limit.
    environment.setdefault("PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED", "events,flow_runs")
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", host, "--port", str(port)]
    # In a session of its own: Ctrl-C ends this process, which needs the server until its runs are told, and then ends
    # it.
    quiet = subprocess.DEVNULL
    return subprocess.Popen(command, env=dict(environment), stdout=quiet, stderr=quiet, start_new_session=True)


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


def _set_alarms(address: str | None, planned: Sequence[Deployment]) -> None:
    if not address:
        print("no alarms: --alarm names the webhook or mail address that is told of failures", flush=True)
        return
    from flows.alarms import set_alarms  # noqa: PLC0415 (only after PREFECT_API_URL is set does Prefect see it)

    try:
        names = set_alarms(address, [one.cron for one in planned], TIMEZONE)
    except ValueError as error:
        raise ServerError(str(error)) from error
    print(f"alarms: {', '.join(names)}", flush=True)


def _bury_last_run(warehouse: Path) -> None:
    """Say of a run that died with the last ``serve`` that it has crashed."""
    from flows.burying import bury  # noqa: PLC0415 (only after PREFECT_API_URL is set does Prefect see it)

    files = WarehouseFiles(warehouse)
    with suppress(WarehouseError), hold_lock(files):  # a run that holds it is alive
        for dead in dead_holders(files):
            if bury(dead):
                print("a run that died with the last server stands as Crashed in the UI now", flush=True)


@dataclass(frozen=True)
class Deployment:
    """One schedule: when it runs, and over which sources, as ``fangzhi run`` would take them."""

    name: str
    cron: str
    sources: tuple[str, ...]


def plan_deployments(sources: Path, warehouse: Path, cron: str) -> list[Deployment]:
    """The daily run over all sources without a schedule of their own, and one deployment for each other schedule.

    Names carry the warehouse, so that two lists served at one server do not take each other's place. Raises
    SourceListError, and ServerError where ``cron`` is no cron expression.
    """
    try:
        check_schedule(cron)
    except ValueError as error:
        raise ServerError(str(error)) from error
    by_cron: dict[str, list[str]] = {}
    entries = [entry for entry in read_source_list(sources) if entry.enabled]
    for entry in entries:
        if entry.schedule is not None:
            by_cron.setdefault(entry.schedule, []).append(entry.name)
    mark = f"{warehouse.stem}-{stable_id(str(warehouse))[:_HASH_DIGITS]}"
    found = []
    if any(entry.schedule is None for entry in entries) or not by_cron:
        left = [entry.name for entry in entries if entry.schedule is None]
        given = [str(sources)] if len(left) == len(entries) else [f"{sources}#{name}" for name in left]
        found.append(Deployment(f"daily-{mark}", cron, tuple(given)))
    for number, (schedule, names) in enumerate(sorted(by_cron.items()), 1):
        found.append(Deployment(f"schedule-{number}-{mark}", schedule, tuple(f"{sources}#{name}" for name in names)))
    return found


def _serve(deployments: Sequence[Deployment], warehouse: Path, api_url: str) -> None:
    from prefect import serve  # noqa: PLC0415 (only after PREFECT_API_URL is set does Prefect see it)
    from prefect.schedules import Cron  # noqa: PLC0415

    from flows.gazetteer import gazetteer  # noqa: PLC0415

    print(f"Prefect UI at {api_url.removesuffix('/api')}; into {warehouse}:", flush=True)
    for one in deployments:
        print(f"  {one.name}: {one.cron!r} {TIMEZONE}, {len(one.sources)} sources", flush=True)
    os.chdir(Path(__file__).resolve().parents[1])  # a deployment finds its flow by a path from here
    # One run at a time: those that fall due while one is under way wait for it, for they write one warehouse.
    served = [
        cast(
            "RunnerDeployment",  # a coroutine only where an event loop is running
            gazetteer.to_deployment(
                name=one.name,
                schedule=Cron(one.cron, timezone=TIMEZONE),
                parameters={"sources": list(one.sources), "warehouse": str(warehouse)},
                tags=sorted({"fangzhi", warehouse.stem}),
                description="Visits the sources of a list (LIST.toml, or LIST.toml#NAME for one of them) and loads what"
                " they hold. Settings left as they are come from the FANGZHI_ variables of the server.",
            ),
        )
        for one in deployments
    ]
    serve(
        *served,
        pause_on_shutdown=False,
        print_starting_message=False,
        limit=1,
    )
