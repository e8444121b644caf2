"""A morning on which no source answers is a failed run that names them; the next good morning tells of it."""

from __future__ import annotations

import json
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path

import duckdb
import pytest
from prefect import get_client

from flows.serving import plan_deployments
from tasks.fetch import AllSourcesFailedError
from tests.flows.sample_runs import NOW, RunFlow
from tests.sources.loopback import loopback_web

pytestmark = pytest.mark.xdist_group("killing")  # one server and one load of the sample for the group

TITLES = ["南岭镇把议事桌搬进院坝", "青石镇开起板凳议事会", "河湾镇给村道装上路灯"]


def pages(day: str) -> dict[str, bytes]:
    items = "".join(f'<li><a href="/n/t{n}.html">{title}</a><span>{day}</span></li>' for n, title in enumerate(TITLES))
    body = "议事会上，村民把修路的事摆上桌面，当场定下三条办法，由村民小组长逐户落实，月底前公开结果。" * 3
    articles = {
        f"/n/t{n}.html": f"<html><head><title>{title}</title></head><body><h1>{title}</h1><p>{body}</p></body></html>"
        for n, title in enumerate(TITLES)
    }
    return {path: text.encode() for path, text in ({"/n/": f"<ul>{items}</ul>"} | articles).items()}


def test_an_outage_fails_the_run_and_stands_in_the_ledger_of_the_next(run_flow: RunFlow, tmp_path: Path) -> None:
    loopback = (ip_network("127.0.0.0/8"),)
    warehouse = tmp_path / "w.duckdb"
    listed = tmp_path / "county.toml"
    with loopback_web({}) as web:
        listed.write_text(f'[[source]]\nname = "towns"\nkind = "section"\nlocations = ["{web.address}/n/"]\n', "utf-8")
        with pytest.raises(AllSourcesFailedError, match="towns: http_error"):
            run_flow([str(listed)], warehouse, allow_private=loopback)
        assert not warehouse.exists()
        with get_client(sync_client=True) as client:
            shown = client.request("GET", "/artifacts/{key}/latest", path_params={"key": "rejections"}).json()
        assert [(row["source"], row["reason"]) for row in json.loads(shown["data"])] == [("towns", "http_error")]
        web.pages = pages("2024-06-30")
        run_flow([str(listed)], warehouse, now=NOW + timedelta(days=1), allow_private=loopback)
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        fared = connection.execute(
            "select r.status, s.source, s.new_count, s.failed_count, s.failure_reasons"
            " from core.source_runs as s join core.runs as r using (run_id) order by s.started_at"
        ).fetchall()
        articles = connection.execute("select count(*) from core.articles").fetchall()
    assert fared == [("failed", "towns", 0, 1, ["http_error"]), ("completed", "towns", 3, 0, [])]
    assert articles == [(3,)]


def test_sources_with_a_schedule_of_their_own_are_deployments_of_their_own(tmp_path: Path) -> None:
    listed = tmp_path / "county.toml"
    listed.write_text(
        '[[source]]\nname = "a"\nlocations = ["x"]\n'
        '[[source]]\nname = "b"\nlocations = ["x"]\nschedule = "0 */2 * * *"\n'
        '[[source]]\nname = "c"\nlocations = ["x"]\nenabled = false\n',
        "utf-8",
    )
    first = plan_deployments(listed, tmp_path / "one" / "w.duckdb", "30 6 * * *")
    assert [(one.cron, one.sources) for one in first] == [
        ("30 6 * * *", (f"{listed}#a",)),
        ("0 */2 * * *", (f"{listed}#b",)),
    ]
    other = plan_deployments(listed, tmp_path / "other" / "w.duckdb", "30 6 * * *")
    assert not {one.name for one in first} & {one.name for one in other}
