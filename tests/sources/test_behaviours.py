"""Servers of every kind: each costs its own pages, in bounded time and memory, and the ledger says what was wrong.

``python -m tests.sources.test_behaviours`` writes the table in deploy/behaviours.md anew.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest
import stamina

from tasks.shards import fetched_bodies
from tasks.shards.visits import VisitSettings
from tasks.sources.connections import CheckedTransport
from tasks.sources.inputs import Input
from tasks.sources.manners import FetchManners
from tasks.sources.web import Web
from tests.sources.behaviours import BEHAVIOURS, Hosts
from tests.sources.loopback import manners, serving
from warehouse.raw_store import RawStore
from warehouse.visit_log import VisitLog

TABLE = Path(__file__).resolve().parents[2] / "deploy" / "behaviours.md"
_HEAD = """# What servers do, and what becomes of their pages

Each line is a host of `tests/sources/behaviours.py`, asked by the web client as a run asks it. The table is written by
`python -m tests.sources.test_behaviours` and compared by `tests/sources/test_behaviours.py`. Limits of the test: 8 MB a
page, and of the hosts that never end three seconds of silence or of an answer; those of a run are in
`flows/settings.py`.

| the server … | becomes |
|---|---|
"""


NOW = datetime(2021, 5, 6, tzinfo=UTC)


# How often an address is asked, and the seconds of silence and of a whole answer that are borne.
Patience = tuple[int, float, float]


def outcomes(folder: Path, patience: Patience, hosts: Hosts, names: list[str]) -> pl.DataFrame:
    """What each address of ``names`` became, as a run would note it."""
    folder.mkdir()
    attempts, timeout_seconds, deadline_seconds = patience
    store = RawStore(folder / "raw")
    index = folder / "index.parquet"
    store.index().write_parquet(index)
    inputs = [Input("url", address, name) for name in names for address in hosts.addresses(name)]
    out = folder / "bodies.parquet"
    chosen = manners(
        attempts=attempts,
        timeout_seconds=timeout_seconds,
        deadline_seconds=deadline_seconds,
        max_bytes=8_000_000,
        now=NOW,
    )
    visit = VisitSettings("run", NOW, VisitLog(folder / "visits"), folder / "unread", 30, folder / "progress")
    fetched_bodies.fetch_bodies(inputs, store, index, out, chosen, 100_000, 8_000_000, visit)
    return pl.read_parquet(out)


def rows(folder: Path) -> dict[str, str]:
    """What becomes of the pages of each behaviour, in words."""
    hosts = Hosts()

    def web(chosen: FetchManners, pauses: Mapping[tuple[str, str], datetime]) -> Web:
        return Web(chosen, CheckedTransport(chosen.allow_private, hosts.look_up), pauses)

    stamina.set_testing(False)
    with serving(hosts.reply) as hosts.port, pytest.MonkeyPatch.context() as patch:
        patch.setattr("tasks.sources.web.Web", web)
        frames = []
        alike: dict[Patience, list[str]] = defaultdict(list)
        for name, behaviour in BEHAVIOURS.items():
            alike[behaviour.attempts, behaviour.timeout_seconds, behaviour.deadline_seconds].append(name)
        for number, (patience, names) in enumerate(alike.items()):
            frames.append(outcomes(folder / str(number), patience, hosts, names))
    found = pl.concat(frames)
    return {name: _words(found.filter(pl.col("source") == name)) for name in BEHAVIOURS}


def _words(found: pl.DataFrame) -> str:
    counts: Counter[str] = Counter()
    for reason, detail in found.sort("uri").select("reason", "detail").iter_rows():
        # Ports are drawn anew each time, and how a handshake fails is said differently by every version of OpenSSL.
        plain = "" if reason == "tls_failed" else re.sub(r"example:\d{4,5}", "example", detail or "")
        counts["fetched" if reason is None else f"`{reason}`: {plain}".removesuffix(": ")] += 1
    return "; ".join(words if count == 1 else f"{count:,} × {words}" for words, count in counts.items())


def table(found: dict[str, str]) -> str:
    """The table as it stands in deploy/."""
    return _HEAD + "".join(f"| {BEHAVIOURS[name].what} | {words} |\n" for name, words in found.items())


def test_every_server_costs_its_own_pages_and_the_table_says_how(tmp_path: Path) -> None:
    found = rows(tmp_path)
    assert not [name for name, words in found.items() if not words or "processing_failed" in words]
    assert table(found) == TABLE.read_text("utf-8")


if __name__ == "__main__":
    with TemporaryDirectory() as place:
        TABLE.write_text(table(rows(Path(place))), "utf-8")
