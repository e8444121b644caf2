"""Which sources are left alone for a while, because nothing could be had of them in one run after the other.

A source that is dead costs every run its timeouts, and a host that blocks us is not won back by asking. It is asked
again after a day, then after two, four and seven days, and says so each time by a row in core.rejections.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

import polars as pl

from tasks.records import RejectionReason

# A source is told to be in trouble, and is left alone, after so many runs in a row in which nothing of it could be had.
FAILED_IN_A_ROW = 5
_RESTS = (timedelta(days=1), timedelta(days=2), timedelta(days=4), timedelta(days=7))
RESTING: RejectionReason = "source_resting"


def asked_rows(source_runs: pl.DataFrame) -> pl.DataFrame:
    """The rows of core.source_runs in which a source was asked: not those that only say that it was left alone."""
    reasons = pl.col("failure_reasons").cast(pl.List(pl.String))
    return source_runs.filter(~reasons.list.contains(RESTING).fill_null(False))


def failed_in_a_row(rows: pl.DataFrame) -> int:
    """In how many of the last ``rows`` of one source, in order of time, nothing could be had and something failed."""
    count = 0
    brought = (rows["new_count"] + rows["unchanged_count"]).to_list()
    for some, failed in zip(reversed(brought), reversed(rows["failed_count"].to_list()), strict=True):
        if some or not failed:
            break
        count += 1
    return count


def rest_after(failures: int) -> timedelta | None:
    """How long a source is left alone after so many failed runs in a row.

    >>> [str(rest_after(failures)) for failures in (4, 5, 6, 7, 8, 60)]
    ['None', '1 day, 0:00:00', '2 days, 0:00:00', '4 days, 0:00:00', '7 days, 0:00:00', '7 days, 0:00:00']
    """
    if failures < FAILED_IN_A_ROW:
        return None
    rests = failures - FAILED_IN_A_ROW
    return _RESTS[min(rests, len(_RESTS) - 1)]


def resting_sources(
    source_runs: pl.DataFrame, changed_at: Mapping[str, datetime], now: datetime
) -> dict[str, tuple[int, datetime]]:
    """The sources that are left alone at ``now``: after how many failed runs, and when they are asked again.

    ``source_runs``: rows as of core.source_runs. ``changed_at``: since when the list of sources describes a source as
    it does; what failed under another address or kind says nothing of this one.
    """
    found = {}
    ordered = asked_rows(source_runs).sort("started_at")
    for (source,), rows in ordered.group_by("source", maintain_order=True):
        name = str(source)
        if name not in changed_at:
            continue
        since = rows.filter(pl.col("started_at") >= changed_at[name])
        failures = failed_in_a_row(since)
        rest = rest_after(failures)
        if rest is not None:
            until = since["started_at"][-1] + rest
            # A run of the same hour some days later finds the source awake, though it began some minutes earlier.
            if now < until - timedelta(hours=1):
                found[name] = (failures, until)
    return found
