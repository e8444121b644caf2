"""Fetching as a guest: robots.txt, pauses, retries, limits. Every request is answered in the process itself."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime

import httpx
import pytest
import stamina

from tasks.records import Fetched
from tasks.sources.inputs import Input
from tasks.sources.manners import FetchManners
from tasks.sources.web import fetch_urls, host_of

NOW = datetime(2024, 1, 2, tzinfo=UTC)
MANNERS = FetchManners("fangzhi-test", 5.0, 1_000, 3, 0.0, NOW)
Handler = Callable[[httpx.Request], httpx.Response]


@pytest.fixture(autouse=True)
def _quick_retries() -> None:
    stamina.set_testing(True, attempts=3, cap=True)


class Body(httpx.AsyncByteStream):
    def __init__(self, content: bytes) -> None:
        self.content = content

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield self.content


class Answers(httpx.AsyncBaseTransport):
    """Answers from ``handler``, the body coming as a stream as it does from the network."""

    def __init__(self, handler: Handler) -> None:
        self.handler = handler

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        answer = self.handler(request)
        return httpx.Response(answer.status_code, headers=answer.headers, stream=Body(answer.content))


def fetch(handler: Handler, *urls: str, manners: FetchManners = MANNERS) -> list[Fetched]:
    inputs = [Input("url", url, "test") for url in urls]
    return fetch_urls(inputs, manners, Answers(handler))


def open_host(page: Handler) -> Handler:
    return lambda request: httpx.Response(404) if request.url.path == "/robots.txt" else page(request)


def test_a_page_comes_with_its_claims_and_the_moment_of_the_run() -> None:
    headers = {"content-type": "text/html; charset=GBK"}
    (page,) = fetch(open_host(lambda _: httpx.Response(200, content=b"<p>", headers=headers)), "https://a.example/1")
    assert (page.body, page.media_type, page.charset, page.fetched_at) == (b"<p>", "text/html", "gbk", NOW)


def test_robots_txt_is_obeyed_page_by_page() -> None:
    def host(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/robots.txt":
            return httpx.Response(200, text="User-agent: *\nDisallow: /inner/")
        return httpx.Response(200, content=b"ok")

    inner, outer = fetch(host, "https://a.example/inner/1", "https://a.example/2")
    assert (inner.body, inner.reason) == (None, "robots_disallowed")
    assert outer.body == b"ok"


def test_a_host_whose_robots_txt_fails_is_left_alone() -> None:
    asked = []

    def host(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.path)
        return httpx.Response(503)

    (page,) = fetch(host, "https://a.example/1")
    assert (page.reason, page.detail) == ("http_error", "robots.txt of the host: 503 Service Unavailable")
    assert set(asked) == {"/robots.txt"}


def test_a_passing_failure_is_tried_again_and_a_lasting_one_reported() -> None:
    answers = iter([httpx.Response(503), httpx.Response(200, content=b"ok")])
    (page,) = fetch(open_host(lambda _: next(answers)), "https://a.example/1")
    assert page.body == b"ok"
    (page,) = fetch(open_host(lambda _: httpx.Response(503)), "https://a.example/1")
    assert (page.reason, "503" in (page.detail or "")) == ("http_error", True)


def test_a_missing_page_is_not_asked_for_twice() -> None:
    asked = []

    def page(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.path)
        return httpx.Response(404)

    (found,) = fetch(open_host(page), "https://a.example/1")
    assert (found.reason, asked) == ("http_error", ["/1"])


def test_a_body_past_the_limit_is_not_kept() -> None:
    (page,) = fetch(open_host(lambda _: httpx.Response(200, content=b"x" * 1_001)), "https://a.example/1")
    assert (page.body, page.reason) == (None, "too_large")


def test_a_host_that_cannot_be_reached_is_reported_without_a_traceback() -> None:
    def refuse(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("no route", request=request)

    (page,) = fetch(open_host(refuse), "https://a.example/1")
    assert page.reason == "unreachable"


def test_one_host_is_asked_slowly_and_two_hosts_side_by_side() -> None:
    manners = FetchManners("fangzhi-test", 5.0, 1_000, 1, 0.2, NOW)
    urls = [f"https://{host}.example/{page}" for host in "ab" for page in range(3)]
    started = time.monotonic()
    pages = fetch(open_host(lambda _: httpx.Response(200, content=b"ok")), *urls, manners=manners)
    spent = time.monotonic() - started
    assert [page.uri for page in pages] == urls
    assert spent >= 0.4  # two pauses on each host; one after the other both hosts would need 0.8


def test_a_host_is_one_however_its_addresses_spell_it() -> None:
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.path)
        return httpx.Response(404) if request.url.path == "/robots.txt" else httpx.Response(503)

    hosts = (
        "a.example",
        "me:secret@a.example",
        "x@a.example:80",
        "A.EXAMPLE.",
        "a。example",
        "a.example:080",
        "a.example:",
    )
    pages = fetch(answer, *(f"http://{host}/{number}" for number, host in enumerate(hosts)))
    assert asked.count("/robots.txt") == 1
    # Five pages that failed one after the other are a host that is down, whoever is said to ask it.
    assert [page.reason for page in pages] == ["http_error"] * 5 + ["host_given_up"] * 2


def test_another_port_or_scheme_is_another_host() -> None:
    urls = (
        "http://a.example/1",
        "https://a.example/1",
        "http://a.example:443/1",
        "http://[::1]/1",
        "http://[::1]:81/1",
    )
    assert len(set(map(host_of, urls))) == len(urls)
    assert host_of("http://[::1]:81/1") == ("http", "[::1]:81")
    assert host_of("http://a.example:99999/1") == host_of("http://[::1/") == ("", "")
