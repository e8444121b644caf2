"""What an index page and the list of sources say of a page stands in the tables, after a rebuild too."""

from __future__ import annotations

from datetime import date, timedelta
from ipaddress import ip_network
from pathlib import Path

import duckdb
import pytest

from tests.flows.sample_runs import NOW, RunFlow
from tests.flows.test_outage import pages
from tests.flows.test_repetition import differences
from tests.sources.loopback import loopback_web

pytestmark = pytest.mark.xdist_group("killing")  # one server for the group


def rows(warehouse: Path) -> list[tuple[object, ...]]:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        return connection.execute(
            "select distinct published_on, published_precision, published_from, site from core.articles"
        ).fetchall()


def test_the_day_beside_a_link_and_the_name_of_a_source_reach_the_articles(run_flow: RunFlow, tmp_path: Path) -> None:
    allow = (ip_network("127.0.0.0/8"),)
    warehouse, listed = tmp_path / "w.duckdb", tmp_path / "county.toml"
    with loopback_web({}) as web:
        web.pages = pages("2024-06-29")
        table = f'[[source]]\nname = "towns"\nkind = "section"\nlocations = ["{web.address}/n/"]\n'
        listed.write_text(table + 'site = "南岭县人民政府"\n', "utf-8")
        run_flow([str(listed)], warehouse, allow_private=allow)
        day = (date(2024, 6, 29), "day", "feed")
        assert rows(warehouse) == [(*day, "南岭县人民政府")]
        listed.write_text(table + 'site = "南岭县政府网"\n', "utf-8")
        run_flow([str(listed)], warehouse, allow_private=allow, now=NOW + timedelta(days=1))
        assert rows(warehouse) == [(*day, "南岭县政府网")]
    again = tmp_path / "again.duckdb"
    (tmp_path / "w.raw").rename(tmp_path / "again.raw")
    run_flow([], again, rebuild=True, now=NOW + timedelta(days=1))
    assert rows(again) == [(*day, "南岭县政府网")]
    assert differences(warehouse, again) == set()
