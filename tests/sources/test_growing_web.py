"""Morning after morning over a web that grows: each article is fetched once and on its day, and nothing else twice."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import polars as pl

from tasks.shards.fetched_bodies import fetch_bodies
from tasks.shards.visits import VisitSettings
from tasks.sources.inputs import Input, expand_entry
from tests.sources.growing_web import FIRST_DAY, SITES, articles_of, entries_at, web_on
from tests.sources.loopback import loopback_web, manners
from warehouse.raw_store import RawStore
from warehouse.visit_log import VisitLog


def mornings(folder: Path, days: int, sites: int, gone_after: int | None = None) -> tuple[list[Counter[str]], VisitLog]:
    """What the server was asked on each morning; from a day on the first site answers nothing any more."""
    asked = []
    store, log = RawStore(folder / "raw"), VisitLog(folder / "raw" / "visits")
    with loopback_web({}) as web:
        inputs: list[Input] = [found for entry in entries_at(web.address, sites) for found in expand_entry(entry)]
        for number in range(days):
            day = FIRST_DAY + timedelta(days=number)
            web.pages = web_on(day, web.address, sites)
            if gone_after is not None and number >= gone_after:
                web.pages = {path: body for path, body in web.pages.items() if not path.startswith("/s0/")}
            web.asked.clear()
            now = datetime(day.year, day.month, day.day, 2, tzinfo=UTC)  # ten o'clock in China
            store.index().write_parquet(folder / "index.parquet")
            visit = VisitSettings(f"run {number:02}", now, log, folder / "unread.parquet", 365, folder / "progress")
            chosen = manners(attempts=1, timeout_seconds=20.0, deadline_seconds=60.0, max_bytes=1_000_000, now=now)
            fetch_bodies(
                inputs, store, folder / "index.parquet", folder / f"{number}.parquet", chosen, 500, 1_000_000, visit
            )
            asked.append(Counter(web.asked))
    return asked, log


def test_each_article_is_fetched_once_and_on_its_day(tmp_path: Path) -> None:
    asked, log = mornings(tmp_path, days=6, sites=len(SITES))
    for number, site in enumerate(SITES):
        for article in articles_of(site, number, FIRST_DAY + timedelta(days=5)):
            on = [morning for morning, counted in enumerate(asked) if counted[article.path]]
            due = max((article.day - FIRST_DAY).days, 0)
            # The first morning takes what a source still shows: an e-paper two issues, a feed its last twenty entries.
            if site.name == "epaper" and article.day < FIRST_DAY - timedelta(days=1):
                assert on == []
            else:
                assert on == [due], (site.name, article)
                assert asked[due][article.path] == 1
    assert asked[5].total() <= asked[2].total()
    runs = log.source_runs()
    assert runs.filter(pl.col("run_id") == "run 05")["failed_count"].sum() == 0
    new = dict(runs.filter(pl.col("run_id") == "run 05").select("source", "new_count").iter_rows())
    assert new == {f"{site.name} {number}": site.per_day for number, site in enumerate(SITES)}


def test_a_site_that_is_gone_is_noticed(tmp_path: Path) -> None:
    _, log = mornings(tmp_path, days=3, sites=2, gone_after=2)
    last = log.source_runs().filter(pl.col("run_id") == "run 02").rows(named=True)
    gone, alive = sorted(last, key=lambda row: str(row["source"]), reverse=True)
    assert (gone["source"], gone["new_count"], gone["failure_reasons"]) == ("scripted 0", 0, ["http_error"])
    assert (alive["new_count"], alive["failed_count"]) == (4, 0)
