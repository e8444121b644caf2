"""Walks the index pages of all sources that have some, side by side, and says which pages they name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone

from tasks.records import Fetched
from tasks.sources.indexes.listed_articles import ListedArticle
from tasks.sources.indexes.section_walks import SectionWalk
from tasks.sources.indexes.walks import IndexWalk, IssueWalk, in_rounds, plan_walks
from tasks.sources.inputs import Input
from tasks.sources.late_web import AskedWeb

_CHINA = timezone(timedelta(hours=8))  # the day that a portal prints


@dataclass(frozen=True)
class WalkedIndexes:
    """What index pages named, each address once, in order of source and page; what could not be had; what was asked for
    which source; the answers without their bodies, of pages that must be asked for whole next time also without what
    a server would know them by; the front pages of issues that are complete, with their sources."""

    articles: tuple[ListedArticle, ...]
    failures: tuple[Fetched, ...]
    asked: tuple[tuple[str, str], ...]
    answers: tuple[Fetched, ...]
    complete_issues: tuple[tuple[str, str], ...]


def walk_indexes(
    inputs: Sequence[Input],
    web: AskedWeb,
    now: datetime | None,
    known: Collection[str],
    issues: Collection[str],
    validators: Mapping[str, tuple[str | None, str | None]],
) -> WalkedIndexes:
    """Walk the index pages of those ``inputs`` that are sources of that kind. Never raises.

    ``known`` are the keys of addresses that need not be asked for, ``issues`` the front pages of e-paper issues known
    to be complete, ``validators`` the ETag and Last-Modified of index pages as they were when they were read last.
    """
    today = day_of(now)
    walks = [
        walk
        for entry in inputs
        if entry.kind == "index" and entry.entry is not None
        for walk in plan_walks(entry.entry, today, known, issues)
    ]
    return walk_all(walks, web, validators)


def walk_all(
    walks: Sequence[IndexWalk], web: AskedWeb, validators: Mapping[str, tuple[str | None, str | None]]
) -> WalkedIndexes:
    """Walk to the end, all walks side by side; an index page that several of them want is asked for once."""
    asked: list[tuple[str, str]] = []
    answers: list[Fetched] = []
    for wants in in_rounds(walks):
        by_address: dict[str, list[IndexWalk]] = defaultdict(list)
        for walk, address in wants:
            by_address[address].append(walk)
        asked += [(address, those[0].source.name) for address, those in by_address.items()]
        requests = [_request(address, those, validators) for address, those in by_address.items()]
        for answer in web.pages(requests):
            for walk in by_address[answer.uri]:
                walk.take(answer)
            answers.append(replace(answer, body=None))
    whole = {uri for walk in walks if isinstance(walk, SectionWalk) for uri in walk.asked_whole}
    answers = [replace(one, etag=None, last_modified=None) if one.uri in whole else one for one in answers]
    found: dict[str, ListedArticle] = {}
    for walk in walks:
        for uri, listed in walk.found.items():
            found.setdefault(uri, listed)
    complete = tuple(
        (walk.front, walk.source.name) for walk in walks if isinstance(walk, IssueWalk) and walk.is_complete
    )
    failures = tuple(failure for walk in walks for failure in walk.failures)
    return WalkedIndexes(tuple(found.values()), failures, tuple(asked), tuple(answers), complete)


def _request(
    address: str, walks: Sequence[IndexWalk], validators: Mapping[str, tuple[str | None, str | None]]
) -> Input:
    """A question for an index page. All pages of an issue are needed until it is complete, changed or not."""
    entry = walks[0].source
    is_issue = any(isinstance(walk, IssueWalk) for walk in walks)
    etag, last_modified = (None, None) if is_issue else validators.get(address, (None, None))
    return Input("url", address, entry.name, entry=entry, etag=etag, last_modified=last_modified)


def day_of(now: datetime | None) -> date:
    """The day of the run where the pages are read; the clock's where the run was told no moment."""
    return (now or datetime.now(UTC)).astimezone(_CHINA).date()
