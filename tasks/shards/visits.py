"""One run's visit to its sources: what is known of their pages, what is asked for, and how each source fared."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

import polars as pl

from tasks.records import Fetched, stable_id
from tasks.shards.index_pages import WalkedIndexes, walk_indexes
from tasks.shards.progress import ProgressFile
from tasks.sources.choosing import Choice, Known, choose_addresses, still_wanted
from tasks.sources.containers import Link
from tasks.sources.indexes.listed_articles import ListedArticle
from tasks.sources.inputs import Input
from tasks.sources.late_web import AskedWeb
from tasks.sources.page_names import address_key, canonical_address
from tasks.sources.resting import RESTING, resting_sources
from warehouse.raw_store import fetched_later
from warehouse.visit_log import VisitLog

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
UNREAD_SCHEMA = {"uri": pl.String()}


@dataclass(frozen=True)
class VisitSettings:
    """``log``: where the log of visits lies; ``unread_path``: a file of addresses whose page said nothing to read;
    ``refetch_days``: after so many days a page in the store is asked for once more; ``progress_path``: where it stands
    how far the visit has got."""

    run_id: str
    started_at: datetime
    log: VisitLog
    unread_path: Path
    refetch_days: int
    progress_path: Path


@dataclass
class _Tally:
    """What is counted of one source in one run."""

    kind: str = "page"
    index_pages: int = 0
    asked: int = 0
    new: int = 0
    unchanged: int = 0
    left: int = 0
    failures: Counter[str] = field(default_factory=Counter)
    example: str | None = None
    began: float = field(default_factory=monotonic)
    seconds: float = 0.0


class Visits:
    """The sources of a shard on their visit. ``index`` is that of the raw store at the start of the run.

    Of a shard of files nothing needs to be known: they are read where they are.
    """

    def __init__(
        self, inputs: Sequence[Input], settings: VisitSettings, index: pl.DataFrame, *, asks_the_web: bool
    ) -> None:
        self.started_at = settings.started_at
        self._settings = settings
        self._log = settings.log
        self._inputs = [entry for entry in inputs if entry.kind in {"url", "index"}]
        self._entries = {entry.source: entry.entry for entry in inputs if entry.entry is not None}
        self._resting = self._rests() if asks_the_web and self._entries else {}
        self._visited = {entry.source for entry in inputs} - self._resting.keys() if asks_the_web else set[str]()
        self._listed = self._log.first_listed()
        self._states = {
            uri: (etag, last_modified, bool(is_complete))
            for uri, etag, last_modified, is_complete in self._log.index_states()
            .select("uri", "etag", "last_modified", "is_complete")
            .iter_rows()
        }
        unread = (
            pl.read_parquet(settings.unread_path, glob=False)
            if settings.unread_path.exists()
            else pl.DataFrame(schema=UNREAD_SCHEMA)
        )
        self._index = index
        self.known: dict[str, Known] = {}
        # Until when hosts asked to be left alone in earlier runs, by scheme and host.
        self.pauses: dict[tuple[str, str], datetime] = {}
        self._last_fetched: dict[str, datetime] = {}
        # The name by which a page is known, by what all its names have in common.
        self._names: dict[str, str] = {}
        if asks_the_web:
            self.pauses = self._log.pauses(settings.started_at)
            self.known = _known_addresses(index, self._listed, self._log.read("rechecked"), set(unread["uri"]))
            self._names = _names_of_pages(self.known, (entry.locator for entry in self._inputs if entry.kind == "url"))
            self._last_fetched = _last_moments(index.filter(pl.col("content_sha256").is_not_null()))
        self.progress = ProgressFile(settings.progress_path)
        self._tallies: defaultdict[str, _Tally] = defaultdict(_Tally)
        self._rechecks: set[str] = set()
        self._new_states: dict[str, dict[str, object]] = {}
        # Of answers whose links are not in the log yet: a run that is stopped between the two must not have the server
        # say next time that a feed is unchanged of which nobody knows any more what it named.
        self._unsettled_states: dict[str, dict[str, object]] = {}

    def _rests(self) -> dict[str, tuple[int, datetime]]:
        """The sources that are left alone in this run; how the list describes each goes into the log."""
        moment = self._settings.started_at
        logged = {source: (digest, seen_at) for source, digest, seen_at in self._log.entries().iter_rows()}
        digests = {name: stable_id(entry.model_dump_json()) for name, entry in sorted(self._entries.items())}
        changed = {name: digest for name, digest in digests.items() if logged.get(name, ("",))[0] != digest}
        self._log.add(
            "entries", [{"source": name, "digest": digest, "seen_at": moment} for name, digest in changed.items()]
        )
        since = {name: moment if name in changed else logged[name][1] for name in digests}
        return resting_sources(self._log.source_runs(), since, moment)

    def awake(self, inputs: Iterable[Input]) -> tuple[list[Input], list[Fetched]]:
        """Those of the ``inputs`` whose source is asked in this run, and what is said of the others."""
        asked, resting = [], []
        for entry in inputs:
            if entry.source not in self._resting:
                asked.append(entry)
                continue
            failures, until = self._resting[entry.source]
            detail = f"nothing could be had in the last {failures} runs; asked again from {until:%Y-%m-%d %H:%M} UTC on"
            resting.append(Fetched(entry.locator, entry.source, None, reason=RESTING, detail=detail))
        return asked, resting

    def walk(self, web: AskedWeb) -> tuple[list[Input], Choice, tuple[Fetched, ...]]:
        """Walk the index pages and choose what to ask for; what is named for the first time goes into the log at
        once."""
        self._note_sites()
        needless = {
            key for key, uri in self._names.items() if (one := self.known.get(uri)) and (one.fetched_at or one.named_at)
        }
        issues = {uri for uri, (_, _, is_complete) in self._states.items() if is_complete}
        indexes, resting = self.awake(entry for entry in self._inputs if entry.kind == "index")
        walked = walk_indexes(indexes, web, self._settings.started_at, needless, issues, self._validators())
        walked = replace(walked, articles=tuple(replace(one, uri=self._name_of(one.uri)) for one in walked.articles))
        self._note_walk(walked, indexes)
        wanted, choice = self._chosen((*walked.articles, *self._left_over()))
        return wanted, choice, (*walked.failures, *resting)

    def follow(self, links: Sequence[Link]) -> tuple[list[Input], tuple[str, ...]]:
        """What to ask for of what feeds and sitemaps name, and which of it is in the store as it is there.

        The pages named for the first time go into the log at once; a further sitemap is always asked for, for one wants
        to know what it names. What was learned of the feeds and sitemaps themselves counts from here on.
        """
        links = [one if one.is_container else replace(one, uri=self._name_of(one.uri)) for one in links]
        pages = [
            ListedArticle(one.uri, one.source, one.title, one.listed_on, one.listed_at)
            for one in links
            if not one.is_container
        ]
        self._note_listed(pages)
        self._new_states |= self._unsettled_states
        self._unsettled_states.clear()
        changed = {one.uri for one in links if not self._is_current(one)}
        wanted, choice = self._chosen(pages, changed)
        further = [
            Input("url", one.uri, one.source, entry=self._entries.get(one.source)) for one in links if one.is_container
        ]
        asked = {entry.locator for entry in wanted}
        return [*further, *wanted], tuple(uri for uri in choice.here if uri not in asked)

    def _name_of(self, uri: str) -> str:
        """The address by which a page that is named ``uri`` is known, or is from now on."""
        return self._names.setdefault(address_key(uri), canonical_address(uri))

    def _chosen(self, named: Sequence[ListedArticle], changed: Collection[str] = ()) -> tuple[list[Input], Choice]:
        """Those of the ``named`` pages that are asked for, within what is left of their sources' budgets."""
        budgets = {
            name: max(entry.max_pages_per_run - self._tallies[name].asked, 0)
            for name, entry in self._entries.items()
            if entry.max_pages_per_run
        }
        settings = self._settings
        choice = choose_addresses(named, self.known, budgets, settings.started_at, settings.refetch_days, changed)
        self._rechecks |= set(choice.rechecks)
        for source, count in choice.left.items():
            self._tallies[source].left += count
        return [Input("url", one.uri, one.source, entry=self._entries.get(one.source)) for one in choice.ask], choice

    def with_validators(self, inputs: Iterable[Input]) -> list[Input]:
        """``inputs`` with what their servers said of them last, so that they can answer that nothing has changed."""
        found = []
        for entry in inputs:
            etag, last_modified, _ = self._states.get(entry.locator, (None, None, False))
            is_worth_keeping = not self.known.get(entry.locator, Known()).has_nothing_to_read
            found.append(replace(entry, etag=etag, last_modified=last_modified) if is_worth_keeping else entry)
        return found

    def _is_current(self, link: Link) -> bool:
        """Whether the store has the page as it was when its feed or sitemap says it changed, or at all where none
        says."""
        last = self._last_fetched.get(link.uri)
        return last is not None and (link.updated_at is None or link.updated_at <= last)

    def note(self, item: Fetched) -> None:
        """Remember the answer to one question: that it was asked, and what to ask by the next time."""
        self.progress.note(item)
        tally = self._tallies[item.source]
        tally.seconds = monotonic() - tally.began
        tally.asked += 1
        tally.unchanged += item.is_unchanged
        if item.body is not None and (item.etag or item.last_modified):
            self._unsettled_states[item.uri] = self._state(item)

    def close(self, frames: Sequence[pl.DataFrame], pauses: Mapping[tuple[str, str], datetime]) -> None:
        """Write what was learned to the log: checks that were made, validators, pauses, and a row for each source.

        ``frames`` are the rows that the store made of the inputs of this visit; ``pauses`` say until when hosts want to
        be left alone.
        """
        fresh = pauses.items() - self.pauses.items()
        rows = [{"scheme": scheme, "host": host, "until": until} for (scheme, host), until in sorted(fresh)]
        self._log.add("pauses", rows)
        settings = self._settings
        if frames:
            self._count(pl.concat(frames))
        moment = settings.started_at
        self._log.add("rechecked", [{"uri": uri, "asked_at": moment} for uri in sorted(self._rechecks)])
        self._log.add("indexes", [self._new_states[uri] for uri in sorted(self._new_states)])
        for entry in self._inputs:
            tally = self._tallies[entry.source]
            tally.kind = entry.entry.kind if entry.entry is not None else tally.kind
        rows = [self._row(source, tally) for source, tally in sorted(self._tallies.items())]
        self._log.add("source_runs", rows)

    def _count(self, became: pl.DataFrame) -> None:
        """Count what became of the inputs: new bytes, bytes the store had already, failures by reason."""
        failed = became.filter(pl.col("reason").is_not_null()).sort("uri", "reason")
        for source, uri, reason, detail in failed.select("source", "uri", "reason", "detail").iter_rows():
            tally = self._tallies[source]
            tally.failures[reason] += 1
            tally.example = tally.example or f"{uri}: {detail or reason}"
        stored = self._index.select("uri", "content_sha256")
        bodies = became.filter(pl.col("content_sha256").is_not_null())
        fresh = bodies.join(stored, on=["uri", "content_sha256"], how="anti")
        for source, count in fresh.group_by("source").len().iter_rows():
            self._tallies[source].new += count
        again = bodies.join(stored, on=["uri", "content_sha256"], how="semi")
        for source, count in again.group_by("source").len().iter_rows():
            self._tallies[source].unchanged += count

    def _note_walk(self, walked: WalkedIndexes, indexes: Sequence[Input]) -> None:
        moment = self._settings.started_at
        self._note_listed(walked.articles)
        for source, count in Counter(source for _, source in walked.asked).items():
            self._tallies[source].index_pages += count
        for answer in walked.answers:
            if not answer.is_unchanged and (answer.etag or answer.last_modified):
                self._new_states[answer.uri] = self._state(answer)
        for front, source in walked.complete_issues:
            known = self._new_states.get(front, {"uri": front, "source": source, "etag": None, "last_modified": None})
            self._new_states[front] = known | {"is_complete": True, "asked_at": moment}
        for entry in indexes:
            self._tallies[entry.source].seconds = monotonic() - self._tallies[entry.source].began

    def _note_listed(self, named: Iterable[ListedArticle]) -> None:
        """Write to the log those of the ``named`` pages that no source has named before."""
        moment = self._settings.started_at
        fresh = {one.uri: one for one in named if self.known.get(one.uri, Known()).named_at is None}
        self._log.add("listed", [self._listing(one, moment) for one in fresh.values()])
        for uri in fresh:
            self.known[uri] = _named(self.known.get(uri, Known()), moment)

    def _note_sites(self) -> None:
        """Write to the log what the list of sources calls their sites, where it has changed."""
        moment = self._settings.started_at
        logged = dict(self._log.sites().select("source", "site").iter_rows())
        renamed = {name: entry.site for name, entry in self._entries.items() if entry.site != logged.get(name)}
        self._log.add("sites", [{"source": name, "site": renamed[name], "seen_at": moment} for name in sorted(renamed)])

    def _listing(self, one: ListedArticle, moment: datetime) -> dict[str, object]:
        entry = self._entries.get(one.source)
        return {
            "uri": one.uri,
            "source": one.source,
            "site": entry.site if entry is not None else None,
            "title": one.title,
            "listed_on": one.listed_on,
            "listed_at": one.listed_at,
            "seen_at": moment,
        }

    def _state(self, item: Fetched) -> dict[str, object]:
        return {
            "uri": item.uri,
            "source": item.source,
            "etag": item.etag,
            "last_modified": item.last_modified,
            "is_complete": None,
            "asked_at": self._settings.started_at,
        }

    def _left_over(self) -> list[ListedArticle]:
        """What earlier runs named of the sources that are visited now, and did not get or have to check."""
        rows = {
            uri: ListedArticle(uri, source, title, listed_on, listed_at)
            for uri, source, title, listed_on, listed_at in self._listed.select(
                "uri", "source", "title", "listed_on", "listed_at"
            ).iter_rows()
            if source in self._visited
        }
        settings = self._settings
        return [rows[uri] for uri in still_wanted(rows, self.known, settings.started_at, settings.refetch_days)]

    def _validators(self) -> dict[str, tuple[str | None, str | None]]:
        """What the servers of index pages gave to ask by."""
        return {uri: (etag, last_modified) for uri, (etag, last_modified, _) in self._states.items()}

    def _row(self, source: str, tally: _Tally) -> dict[str, object]:
        failures = sorted(tally.failures.items())
        return {
            "run_id": self._settings.run_id,
            "source": source,
            "kind": tally.kind,
            "started_at": self._settings.started_at,
            "index_page_count": tally.index_pages,
            "asked_count": tally.asked,
            "new_count": tally.new,
            "unchanged_count": tally.unchanged,
            "failed_count": sum(tally.failures.values()),
            "left_count": tally.left,
            "failure_reasons": [reason for reason, _ in failures],
            "failure_counts": [count for _, count in failures],
            "example": tally.example,
            "seconds": round(tally.seconds, 1),
        }


def _known_addresses(
    index: pl.DataFrame, listed: pl.DataFrame, rechecked: pl.DataFrame, unread: set[str]
) -> dict[str, Known]:
    """What is known of every address in the store's ``index`` and in the log."""
    has_body = pl.col("content_sha256").is_not_null()
    fetched_at = pl.when(has_body).then(pl.when(~fetched_later()).then("fetched_at").fill_null(_LONG_AGO))
    stored = index.group_by("uri").agg(
        fetched_at=fetched_at.min(), fetch_count=has_body.sum(), has_failed=pl.col("reason").is_not_null().any()
    )
    named = dict(listed.select("uri", "seen_at").iter_rows())
    checked = set(rechecked["uri"])
    known = {
        uri: Known(named.pop(uri, None), first, failed, uri in unread, uri in checked or count > 1)
        for uri, first, count, failed in stored.iter_rows()
    }
    return known | {uri: Known(named_at=moment) for uri, moment in named.items()}


def _names_of_pages(known: Mapping[str, Known], given: Iterable[str]) -> dict[str, str]:
    """The name of each page by its key: as it is given; else as it was fetched, or named, of several the first in
    order."""
    names: dict[str, str] = {}
    for uri, state in known.items():
        earlier = names.setdefault(key := address_key(uri), uri)
        if (state.fetched_at is None, uri) < (known[earlier].fetched_at is None, earlier):
            names[key] = uri
    return names | {address_key(uri): uri for uri in given}


def _last_moments(stored: pl.DataFrame) -> dict[str, datetime]:
    """When each address that is in the store was fetched last; what has no time counts as fetched long ago."""
    moments = stored.group_by("uri").agg(pl.when(~fetched_later()).then("fetched_at").max().fill_null(_LONG_AGO))
    return dict(moments.iter_rows())


def _named(state: Known, moment: datetime) -> Known:
    return Known(moment, state.fetched_at, state.has_failed, state.has_nothing_to_read, state.was_rechecked)
