"""Walks the index pages of all sources that have some, side by side, and says which pages they name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

from tasks.records import Fetched
from tasks.sources.indexes.walks import IndexWalk, IssueWalk, ListedArticle, in_rounds, plan_walks
from tasks.sources.inputs import Input
from tasks.sources.web import Web

_CHINA = timezone(timedelta(hours=8))  # the day that a portal prints


@dataclass(frozen=True)
class WalkedIndexes:
    """What index pages named, each address once, in order of source and page; what could not be had; what was asked."""

    articles: tuple[ListedArticle, ...]
    failures: tuple[Fetched, ...]
    asked: tuple[str, ...]
    complete_issues: tuple[str, ...]


def walk_indexes(
    inputs: Sequence[Input], web: Web, now: datetime | None, known: Collection[str], issues: Collection[str]
) -> WalkedIndexes:
    """Walk the index pages of those ``inputs`` that are sources of that kind. Never raises.

    ``known`` are addresses that need not be asked for, ``issues`` the front pages of e-paper issues known to be complete.
    """
    today = day_of(now)
    walks = [
        walk
        for entry in inputs
        if entry.kind == "index" and entry.entry is not None
        for walk in plan_walks(entry.entry, today, known, issues)
    ]
    asked = []
    for wants in in_rounds(walks):
        by_address: dict[str, list[IndexWalk]] = defaultdict(list)
        for walk, address in wants:
            by_address[address].append(walk)
        asked += list(by_address)
        requests = [Input("url", address, those[0].source.name) for address, those in by_address.items()]
        for answer in web.pages(requests):
            for walk in by_address[answer.uri]:
                walk.take(answer)
    found: dict[str, ListedArticle] = {}
    for walk in walks:
        for uri, listed in walk.found.items():
            found.setdefault(uri, listed)
    complete = tuple(walk.front for walk in walks if isinstance(walk, IssueWalk) and walk.is_complete)
    failures = tuple(failure for walk in walks for failure in walk.failures)
    return WalkedIndexes(tuple(found.values()), failures, tuple(asked), complete)


def day_of(now: datetime | None) -> date:
    """The day of the run where the pages are read; the clock's where the run was told no moment."""
    return (now or datetime.now(UTC)).astimezone(_CHINA).date()
