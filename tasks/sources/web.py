"""Fetches pages over HTTP as a guest would: robots.txt obeyed, one request at a time per host, with a pause between.

Politeness is per host and lives here: hosts are visited side by side, a host's pages one after the other. A request
that fails for a passing reason (connection, 429, 5xx) is tried again with growing pauses, or after the one the server
asks for; a page whose host says nothing is tried again when its others are done; a host that fails page after page, or
asks for a long pause, is left for the next run.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from types import TracebackType
from typing import Self

import httpx
import stamina
from protego import Protego
from stamina.instrumentation import set_on_retry_hooks

from tasks.records import Fetched
from tasks.sources.addresses import AddressError, checked_url
from tasks.sources.connections import CheckedTransport
from tasks.sources.exchanges import Answer, Guest, Limits, Turn, ask
from tasks.sources.failures import FetchError, failure_of
from tasks.sources.inputs import Input
from tasks.sources.manners import FetchManners
from tasks.sources.robots import MAX_BYTES as ROBOTS_BYTES
from tasks.sources.robots import read_rules

_MAX_CRAWL_DELAY_SECONDS = 30.0  # a longer Crawl-delay would stall a run; such a host is asked this often instead
# Hosts asked side by side. Each waits most of its time for its pause, and holds one page at the most; with 16 a handful
# of hosts that hang held up all others.
_HOSTS_AT_ONCE = 100
# For memory alone: pages that wait to be taken before the hosts wait. With one, each start and stop of the loop would
# cost a tenth of a fetch.
_WAITING_PAGES = 4
# The longest pause a server asks for (Retry-After) that a run waits out; behind a longer one the host's pages come next
# time.
_LONGEST_PAUSE_SECONDS = 60.0
# No longer pause is kept in mind: a server whose clock is wrong asks for one of years.
_LONGEST_REMEMBERED_SECONDS = 7 * 86_400.0
# Pages of one host that fail one after the other, each tried several times, before the host is given up for this run: a
# host that went down in the night would otherwise hold its list of pages for hours.
_FAILURES_IN_A_ROW = 5
# Silence costs the whole timeout each time: a host that is silent twice in a row is given up, so it holds a run for two
# timeouts, however many pages it has.
_SILENCES_IN_A_ROW = 2

set_on_retry_hooks(())  # stamina would write each retry raw to the terminal; what became of a page is in the ledger


@lru_cache(maxsize=1024)
def host_of(url: str) -> tuple[str, str]:
    """Scheme and host (with its port, where that is not the usual one) of an address; both empty where it is none.

    However an address spells its host, it is the same one: were it another for each name of a user in front of it, a
    list of links could have one host asked a hundred times at once.

    >>> host_of("HTTPS://News.Example.cn/1.html"), host_of("http://me:secret@新闻.example.:80/")
    (('https', 'news.example.cn'), ('http', 'xn--efvy88h.example'))
    """
    try:
        parsed = checked_url(url)
    except AddressError:
        return "", ""
    host = parsed.raw_host.decode("ascii").rstrip(".")
    host = f"[{host}]" if ":" in host else host
    return parsed.scheme, host if parsed.port is None else f"{host}:{parsed.port}"


def fetch_urls(
    inputs: Sequence[Input], manners: FetchManners, transport: httpx.AsyncBaseTransport | None = None
) -> list[Fetched]:
    """One result per input, in the order of ``inputs``: the body, or the reason why there is none. Never raises."""
    with Web(manners, transport) as web:
        fetched = {item.uri: item for item in web.pages(inputs)}
    return [fetched[entry.locator] for entry in inputs]


@dataclass
class _Host:
    """What a run knows of a host: its rules or why they could not be had, its pace, and how it has behaved."""

    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    opening: asyncio.Lock = field(default_factory=asyncio.Lock)
    rules: Protego | None = None
    failure: FetchError | None = None
    wanted_delay_seconds: float | None = None
    delay_seconds: float = 0.0
    next_at: float = 0.0
    failures_in_a_row: int = 0
    silences_in_a_row: int = 0
    paused_until: datetime | None = None
    byte_count: int = 0

    def judge(self, failure: FetchError | None, now: datetime) -> None:
        """Take note of how a page came out ``now``: ``failure`` is None where it came."""
        is_silent = failure is not None and failure.reason == "timed_out"
        is_host = failure is not None and (failure.is_passing or is_silent)
        self.failures_in_a_row = self.failures_in_a_row + 1 if is_host else 0
        self.silences_in_a_row = self.silences_in_a_row + 1 if is_silent else 0
        if failure is not None and (failure.retry_after or 0.0) > _LONGEST_PAUSE_SECONDS:
            seconds = min(failure.retry_after or 0.0, _LONGEST_REMEMBERED_SECONDS)
            self.paused_until = now + timedelta(seconds=round(seconds))

    def check(self, max_bytes: int, now: datetime) -> None:
        """Raise FetchError where the host is not asked any more in this run."""
        if self.paused_until is not None and now < self.paused_until:
            detail = f"the host asked for a pause until {self.paused_until:%Y-%m-%d %H:%M:%S} UTC"
            raise FetchError("rate_limited", detail)
        if self.silences_in_a_row >= _SILENCES_IN_A_ROW:
            raise FetchError(
                "host_given_up", f"{_SILENCES_IN_A_ROW} pages of the host got no answer one after the other"
            )
        if self.failures_in_a_row >= _FAILURES_IN_A_ROW:
            raise FetchError("host_given_up", f"{_FAILURES_IN_A_ROW} pages of the host failed one after the other")
        if self.byte_count >= max_bytes:
            raise FetchError("budget_spent", f"the host has sent {self.byte_count:,} bytes in this run")


class Web:
    """The web as one run sees it: what is learned of a host (rules, pace, failures) holds until it is closed.

    ``transport`` stands in for the network in tests. ``pauses``: until when hosts asked to be left alone in earlier
    runs, by scheme and host.
    """

    def __init__(
        self,
        manners: FetchManners,
        transport: httpx.AsyncBaseTransport | None = None,
        pauses: Mapping[tuple[str, str], datetime] | None = None,
    ) -> None:
        self._manners, self._transport = manners, transport
        self._hosts: defaultdict[tuple[str, str], _Host] = defaultdict(_Host)
        for name, until in (pauses or {}).items():
            self._hosts[name].paused_until = until
        self._byte_count = 0
        self._limits = Limits(manners.timeout_seconds, manners.deadline_seconds, manners.max_bytes)
        self._robots_limits = Limits(manners.timeout_seconds, manners.deadline_seconds, ROBOTS_BYTES, is_cut=True)

    def __enter__(self) -> Self:
        self._runner = asyncio.Runner()
        transport = self._transport or CheckedTransport(self._manners.allow_private)
        self._guest = Guest(self._manners.user_agent, transport)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._runner.run(self._guest.aclose())
        finally:
            self._runner.close()

    def pauses(self) -> dict[tuple[str, str], datetime]:
        """Until when hosts want to be left alone, those of earlier runs among them."""
        return {name: host.paused_until for name, host in self._hosts.items() if host.paused_until is not None}

    def _now(self) -> datetime:
        return self._manners.now or datetime.now(UTC).replace(microsecond=0)

    def pages(self, inputs: Sequence[Input]) -> Iterator[Fetched]:
        """One result per input as it comes: the body, or the reason why there is none. Never raises.

        Few are held at a time: the hosts wait while what they sent is not taken.
        """
        found: asyncio.Queue[Fetched] = asyncio.Queue(maxsize=_WAITING_PAGES)
        visits: list[asyncio.Task[None]] = []

        async def start() -> None:
            by_host: dict[tuple[str, str], list[Input]] = defaultdict(list)
            for entry in inputs:
                by_host[host_of(entry.locator)].append(entry)
            at_once = asyncio.Semaphore(_HOSTS_AT_ONCE)
            for _, entries in sorted(by_host.items()):
                visits.append(asyncio.create_task(self._visit(entries, at_once, found)))

        async def stop() -> None:
            for visit in visits:
                visit.cancel()
            await asyncio.gather(*visits, return_exceptions=True)

        arrived: list[Fetched] = []

        # Nothing is returned: the runner writes out its task with what it returned, which took as long as the fetching.
        async def take() -> None:
            arrived.append(await found.get())
            while not found.empty():
                arrived.append(found.get_nowait())

        self._runner.run(start())
        try:
            for _ in inputs:
                if not arrived:
                    self._runner.run(take())
                yield arrived.pop(0)
        finally:
            self._runner.run(stop())

    async def _visit(self, entries: Sequence[Input], at_once: asyncio.Semaphore, found: asyncio.Queue[Fetched]) -> None:
        async with at_once:
            silent: list[tuple[Input, FetchError]] = []
            for entry in entries:
                item = await self._outcome(entry)
                if isinstance(item, Fetched):
                    await found.put(item)
                elif item.reason == "timed_out" and item.is_passing and self._manners.attempts > 1:
                    silent.append((entry, item))
                else:
                    await found.put(_failed(entry, item))
            for entry, failure in silent:  # a server that was busy may have time now
                again = await self._outcome(entry)
                is_given_up = isinstance(again, FetchError) and again.reason == "host_given_up"
                if isinstance(again, Fetched):
                    await found.put(again)
                else:
                    await found.put(_failed(entry, failure if is_given_up else again))

    async def _outcome(self, entry: Input) -> Fetched | FetchError:
        """The page, or why there is none; never raises: whatever a page does to the code, it costs that page only."""
        try:
            return await self._page(entry)
        except Exception as error:
            return failure_of(error)

    async def _page(self, entry: Input) -> Fetched:
        host = self._hosts[host_of(entry.locator)]
        if entry.entry is not None and entry.entry.delay_seconds is not None:
            host.wanted_delay_seconds = entry.entry.delay_seconds
        host.check(self._manners.host_max_bytes, self._now())
        if self._byte_count >= self._manners.run_max_bytes:
            raise FetchError("budget_spent", f"{self._byte_count:,} bytes were fetched in this run")
        try:
            answer = await self._asked(entry.locator, self._limits, self._turn, _validators(entry))
        except Exception as error:
            failure = failure_of(error)
            host.judge(failure, self._now())
            raise failure from error
        host.judge(None, self._now())
        host.byte_count += len(answer.body)
        self._byte_count += len(answer.body)
        if answer.status == 304 and _validators(entry):
            return Fetched(entry.locator, entry.source, None, is_unchanged=True)
        if answer.status != 200:
            raise FetchError("http_error", f"{answer.status} {answer.phrase}".strip())
        return Fetched(
            entry.locator,
            entry.source,
            answer.body,
            answer.media_type,
            answer.charset,
            self._now(),
            etag=answer.etag,
            last_modified=answer.last_modified,
        )

    @asynccontextmanager
    async def _turn(self, url: str) -> AsyncIterator[None]:
        """The right to ask for ``url``: its host's rules allow it, nobody else is asking the host, the pause is
        over."""
        host = self._hosts[host_of(url)]
        rules = await self._rules(host, url)
        if not rules.can_fetch(url, self._manners.user_agent):
            raise FetchError("robots_disallowed", f"robots.txt of {host_of(url)[1]} forbids it")
        loop = asyncio.get_running_loop()
        async with host.turn:
            await asyncio.sleep(max(host.next_at - loop.time(), 0.0))
            try:
                yield
            finally:
                host.next_at = loop.time() + host.delay_seconds

    async def _rules(self, host: _Host, url: str) -> Protego:
        """The host's rules. No file (4xx) means no rules; a host that cannot answer (5xx, no connection) is left alone,
        and so is one whose file cannot be unpacked: what it forbids cannot be known."""
        async with host.opening:
            if host.rules is None and host.failure is None:
                try:
                    answer = await self._asked(rules_address(url), self._robots_limits, _at_once, silences=1)
                    if answer.status >= 500:
                        raise FetchError("http_error", f"{answer.status} {answer.phrase}".strip())
                    rules = read_rules(answer.body)
                    asked_delay = min(rules.crawl_delay(self._manners.user_agent) or 0.0, _MAX_CRAWL_DELAY_SECONDS)
                    wanted = host.wanted_delay_seconds
                    own_delay = self._manners.host_delay_seconds if wanted is None else wanted
                    host.delay_seconds = max(own_delay, asked_delay)
                    host.rules = rules
                except Exception as error:
                    failure = failure_of(error)
                    host.failure = FetchError(failure.reason, f"robots.txt of the host: {failure.detail}")
        if host.failure is not None:
            raise host.failure
        assert host.rules is not None
        return host.rules

    async def _asked(
        self, url: str, limits: Limits, turn: Turn, validators: Mapping[str, str] | None = None, silences: int = 0
    ) -> Answer:
        """The answer, tried up to ``attempts`` times where a failure may pass, and after so many ``silences``."""
        left = silences

        def pause(error: Exception) -> bool | float:
            nonlocal left
            failure = failure_of(error)
            if failure.reason == "timed_out":
                left -= 1
                return failure.is_passing and left >= 0
            if failure.retry_after is not None:
                return failure.retry_after <= _LONGEST_PAUSE_SECONDS and max(failure.retry_after, 0.1)
            return failure.is_passing

        retries = stamina.retry_context(on=pause, attempts=self._manners.attempts, timeout=None, wait_initial=0.5)
        async for attempt in retries:
            with attempt:
                return await ask(self._guest, url, limits, turn, validators)
        raise AssertionError("unreachable: the last attempt returns or raises")


def _failed(entry: Input, failure: FetchError) -> Fetched:
    return Fetched(entry.locator, entry.source, None, reason=failure.reason, detail=failure.detail)


def _validators(entry: Input) -> dict[str, str]:
    """The headers that ask for a page only if it is another one than last time."""
    named = {"If-None-Match": entry.etag, "If-Modified-Since": entry.last_modified}
    return {name: value for name, value in named.items() if value is not None}


def rules_address(url: str) -> str:
    """Where the rules for ``url`` lie.

    >>> rules_address("https://a.example:8443/1/2.html")
    'https://a.example:8443/robots.txt'
    """
    scheme, host = host_of(url)
    return f"{scheme}://{host}/robots.txt"


def _at_once(url: str) -> nullcontext[None]:
    """The rules themselves are asked for without a rule."""
    return nullcontext()
