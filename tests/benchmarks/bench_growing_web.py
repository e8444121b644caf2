"""Thirty invented sites in eight forms, five thousand articles, thirty mornings: what was asked for, by the server's
own log.

    .venv/bin/python tests/benchmarks/bench_growing_web.py [DAYS] [SITES]

It ends with 1 where an article was asked for twice, late or never, or where anything else was asked for twice in a
morning. From the twentieth morning on the first site is gone; its ledger is printed.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

from flows.status import sources_in_trouble
from tasks.shards.fetched_bodies import fetch_bodies
from tasks.shards.visits import VisitSettings
from tasks.sources.inputs import expand_entry
from tests.sources import growing_web
from tests.sources.growing_web import FIRST_DAY, articles_of, entries_at, web_on
from tests.sources.loopback import loopback_web, manners
from warehouse.raw_store import RawStore
from warehouse.visit_log import VisitLog

_GONE_ON = 20  # the morning on which the first site answers nothing any more


def mornings(folder: Path, days: int, sites: int) -> tuple[list[Counter[str]], VisitLog]:
    """Visit the web on each morning and print what it cost; what the server was asked, morning by morning."""
    store, log = RawStore(folder / "raw"), VisitLog(folder / "raw" / "visits")
    asked = []
    with loopback_web({}) as web:
        inputs = [found for entry in entries_at(web.address, sites) for found in expand_entry(entry)]
        for number in range(days):
            day = FIRST_DAY + timedelta(days=number)
            web.pages = web_on(day, web.address, sites)
            if number >= _GONE_ON:
                web.pages = {path: body for path, body in web.pages.items() if not path.startswith("/s0/")}
            web.asked.clear()
            now = datetime(day.year, day.month, day.day, 2, tzinfo=UTC)
            began, used = time.perf_counter(), time.process_time()
            store.index().write_parquet(folder / "index.parquet")
            visit = VisitSettings(f"{number:02}", now, log, folder / "unread.parquet", 365, folder / "progress.json")
            chosen = manners(timeout_seconds=60.0, deadline_seconds=120.0, now=now)
            fetch_bodies(
                inputs, store, folder / "index.parquet", folder / f"{number}.parquet", chosen, 500, 24_000_000, visit
            )
            asked.append(Counter(web.asked))
            print(
                f"day {number + 1:2}: {asked[-1].total():5,} requests"
                f" {time.perf_counter() - began:6.1f} s {time.process_time() - used:6.1f} CPU s",
                flush=True,
            )
    return asked, log


def faults_of(asked: list[Counter[str]], days: int, sites: int) -> list[str]:
    """What was asked for twice, late or never."""
    faults = [
        f"day {n + 1}: {path} {count} times" for n, day in enumerate(asked) for path, count in day.items() if count > 1
    ]
    articles = 0
    for number in range(sites):
        site = growing_web.SITES[number % len(growing_web.SITES)]
        for article in articles_of(site, number, FIRST_DAY + timedelta(days=days - 1)):
            due = max((article.day - FIRST_DAY).days, 0)
            if number == 0 and due >= _GONE_ON:
                continue
            on = [morning for morning, counted in enumerate(asked) if counted[article.path]]
            # The first morning takes what a source still shows: an e-paper two issues, a feed its last twenty entries.
            is_past = site.name in {"epaper", "feed"} and article.day < FIRST_DAY and not on
            articles += not is_past
            if on != [due] and not is_past:
                faults.append(
                    f"{site.name} {number}: {article.path} of day {due + 1} asked for on {[n + 1 for n in on]}"
                )
    print(f"{articles:,} articles of {sites} sites, {sum(day.total() for day in asked):,} requests in {days} mornings")
    return faults


def main() -> int:
    """Print the mornings, the account and the site that is gone; 1 where something was asked for wrongly."""
    days, sites = (int(sys.argv[1]) if len(sys.argv) > 1 else 30), (int(sys.argv[2]) if len(sys.argv) > 2 else 30)
    growing_web.SITES[:] = [replace(site, per_day=2 * site.per_day) for site in growing_web.SITES]
    with TemporaryDirectory() as place:
        asked, log = mornings(Path(place), days, sites)
        faults = faults_of(asked, days, sites)
        trouble = sources_in_trouble(log.source_runs())
        failed = log.source_runs().filter(pl.col("failed_count") > 0).select("source", "failure_reasons").unique()
        print(f"failed: {failed.rows()}; in trouble: {trouble}")
    for fault in faults[:20]:
        print(fault)
    print(f"{len(faults):,} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
