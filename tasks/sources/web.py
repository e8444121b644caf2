"""Fetches pages over HTTP as a guest would: robots.txt obeyed, one request at a time per host, with a pause between.

Politeness is per host and lives here: hosts are visited side by side, a host's pages one after the other. A request
that fails for a passing reason (connection, 429, 5xx) is tried again with growing pauses.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import httpx
import stamina
from protego import Protego

from tasks.records import (
    Fetched,
    RejectionReason,
)
from tasks.sources.inputs import Input

_PASSING_STATUS = {408, 425, 429, 500, 502, 503, 504}
_ROBOTS_BYTES = 500_000  # what RFC 9309 asks a crawler to read at least
_MAX_CRAWL_DELAY_SECONDS = 30.0  # a longer Crawl-delay would stall a run; such a host is asked this often instead
_MAX_RETRY_AFTER_SECONDS = 60.0
_HOSTS_AT_ONCE = 16


@dataclass(frozen=True)
class FetchManners:
    """How to behave: see the settings of the same names. ``now`` stands in for the clock where it is given."""

    user_agent: str
    timeout_seconds: float
    max_bytes: int
    attempts: int
    host_delay_seconds: float
    now: datetime | None = None


class _PassingError(Exception):
    """Worth another try; ``retry_after`` seconds where the server named a pause."""

    def __init__(self, detail: str, retry_after: float | None = None) -> None:
        super().__init__(detail)
        self.retry_after = retry_after


def fetch_urls(
    inputs: Sequence[Input], manners: FetchManners, transport: httpx.AsyncBaseTransport | None = None
) -> list[Fetched]:
    """One result per input, in the order of ``inputs``: the body, or the reason why there is none. Never raises."""
    return asyncio.run(_fetch_all(inputs, manners, transport))


def host_of(url: str) -> tuple[str, str]:
    """Scheme and host (with its port) of an address, in lower case; both empty where it is none.

    >>> host_of("HTTPS://News.Example.cn/1.html")
    ('https', 'news.example.cn')
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return "", ""
    return parts.scheme.lower(), parts.netloc.lower()


async def _fetch_all(
    inputs: Sequence[Input], manners: FetchManners, transport: httpx.AsyncBaseTransport | None
) -> list[Fetched]:
    by_host: dict[tuple[str, str], list[Input]] = defaultdict(list)
    for entry in inputs:
        by_host[host_of(entry.locator)].append(entry)
    at_once = asyncio.Semaphore(_HOSTS_AT_ONCE)
    async with httpx.AsyncClient(
        headers={"User-Agent": manners.user_agent, "Accept-Language": "zh-CN,zh;q=0.9,en;q=0.5"},
        timeout=manners.timeout_seconds,
        follow_redirects=True,
        max_redirects=10,
        transport=transport,
    ) as client:
        visits = (_visit_host(client, host, entries, manners, at_once) for host, entries in sorted(by_host.items()))
        fetched = {item.uri: item for visit in await asyncio.gather(*visits) for item in visit}
    return [fetched[entry.locator] for entry in inputs]


async def _visit_host(
    client: httpx.AsyncClient,
    host: tuple[str, str],
    entries: Sequence[Input],
    manners: FetchManners,
    at_once: asyncio.Semaphore,
) -> list[Fetched]:
    async with at_once:
        robots = await _read_robots(client, f"{host[0]}://{host[1]}/robots.txt", manners)
        delay = manners.host_delay_seconds
        if robots is not None:
            delay = max(delay, min(robots.crawl_delay(manners.user_agent) or 0.0, _MAX_CRAWL_DELAY_SECONDS))
        found: list[Fetched] = []
        for number, entry in enumerate(entries):
            if robots is None:
                found.append(_failure(entry, "unreachable", "robots.txt of the host could not be read"))
            elif not robots.can_fetch(entry.locator, manners.user_agent):
                found.append(_failure(entry, "robots_disallowed", "robots.txt of the host forbids this address"))
            else:
                if number:
                    await asyncio.sleep(delay)
                found.append(await _fetch_page(client, entry, manners))
        return found


async def _read_robots(client: httpx.AsyncClient, url: str, manners: FetchManners) -> Protego | None:
    """The host's rules. No file (4xx) means no rules; a host that cannot answer (5xx, no connection) is left alone."""
    try:
        response, body = await _get(client, url, manners, _ROBOTS_BYTES, cut=True)
    except (_PassingError, httpx.HTTPError, httpx.InvalidURL, ValueError):
        return None
    if response.status_code >= 500:
        return None
    return Protego.parse(body.decode("utf-8", "replace") if response.status_code < 300 else "")


async def _fetch_page(client: httpx.AsyncClient, entry: Input, manners: FetchManners) -> Fetched:
    try:
        response, body = await _get(client, entry.locator, manners, manners.max_bytes, cut=False)
    except httpx.TimeoutException:
        return _failure(entry, "timed_out", f"no answer within {manners.timeout_seconds:g} s")
    except _TooLargeError as error:
        return _failure(entry, "too_large", str(error))
    except _PassingError as error:
        return _failure(entry, "http_error", str(error))
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        return _failure(entry, "unreachable", str(error) or type(error).__name__)
    if response.status_code != 200:
        return _failure(entry, "http_error", f"{response.status_code} {response.reason_phrase}".strip())
    header = Message()
    header["content-type"] = response.headers.get("content-type", "")
    media_type = header.get_content_type() if response.headers.get("content-type") else None
    moment = manners.now or datetime.now(UTC).replace(microsecond=0)
    return Fetched(entry.locator, entry.source, body, media_type, header.get_content_charset(), moment)


class _TooLargeError(Exception):
    pass


async def _get(
    client: httpx.AsyncClient, url: str, manners: FetchManners, max_bytes: int, *, cut: bool
) -> tuple[httpx.Response, bytes]:
    """The response and its body, tried up to ``attempts`` times; a body past the limit is cut or is an error."""

    def pause(error: Exception) -> bool | float:
        if isinstance(error, _PassingError):
            return error.retry_after if error.retry_after is not None else True
        return isinstance(error, httpx.TransportError) and not isinstance(error, httpx.UnsupportedProtocol)

    async for attempt in stamina.retry_context(on=pause, attempts=manners.attempts, timeout=None, wait_initial=0.5):
        with attempt:
            async with client.stream("GET", url) as response:
                if response.status_code in _PASSING_STATUS:
                    detail = f"{response.status_code} {response.reason_phrase}".strip()
                    raise _PassingError(detail, _retry_after(response))
                chunks, size = [], 0
                async for chunk in response.aiter_bytes():
                    chunks.append(chunk)
                    size += len(chunk)
                    if size > max_bytes:
                        if cut:
                            break
                        raise _TooLargeError(f"more than {max_bytes:,} bytes")
                return response, b"".join(chunks)
    raise AssertionError("unreachable: the last attempt returns or raises")


def _retry_after(response: httpx.Response) -> float | None:
    value = response.headers.get("retry-after", "")
    try:
        seconds = float(value) if value.strip().isdigit() else None
        if seconds is None and value:
            seconds = (parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds()
    except (TypeError, ValueError):
        return None
    return None if seconds is None else min(max(seconds, 0.0), _MAX_RETRY_AFTER_SECONDS)


def _failure(entry: Input, reason: RejectionReason, detail: str) -> Fetched:
    return Fetched(entry.locator, entry.source, None, reason=reason, detail=detail)
