"""Private addresses: refused after the look-up and after each redirect, and the number that was checked is called.

No packet leaves the machine: names are looked up in a table, and what answers are loopback addresses.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from ipaddress import ip_network

import httpx
import pytest

from tasks.records import Fetched
from tasks.sources import connections, web
from tasks.sources.addresses import is_private
from tasks.sources.connections import CheckedTransport, DnsError
from tasks.sources.inputs import Input
from tasks.sources.manners import Network
from tasks.sources.web import fetch_urls
from tests.sources.loopback import LOOPBACK, Request, manners, serving


class Names:
    """A resolver that knows a few names, each with the answers of one look-up after the other."""

    def __init__(self, **answers: Sequence[Sequence[str]]) -> None:
        self.answers = {f"{name}.example": list(found) for name, found in answers.items()}
        self.asked: list[str] = []

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        self.asked.append(host)
        if host not in self.answers:
            raise DnsError(f"{host}: Name or service not known")
        found = self.answers[host]
        return found.pop(0) if len(found) > 1 else found[0]


def fetch(names: Names, allowed: Sequence[Network], *urls: str) -> list[Fetched]:
    inputs = [Input("url", url, "test") for url in urls]
    transport = CheckedTransport(allowed, names)
    return fetch_urls(inputs, replace(manners(), allow_private=tuple(allowed)), transport)


@pytest.mark.parametrize(
    "number",
    [
        "127.0.0.1", "10.0.0.1", "172.16.9.9", "192.168.1.1", "169.254.169.254", "100.100.100.200", "168.63.129.16",
        "0.0.0.0", "224.0.0.251", "255.255.255.255", "192.0.0.192", "::1", "::", "fe80::1%eth0", "fd00:ec2::254",
        "ff02::1", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "64:ff9b::7f00:1", "2002:7f00:1::", "64:ff9b::a00:1",
    ],
)  # fmt: skip
def test_no_address_of_a_machine_or_its_own_network_is_asked(number: str) -> None:
    assert is_private(number)
    (page,) = fetch(Names(inner=[[number]]), (), "http://inner.example/latest/meta-data/")
    assert (page.body, page.reason) == (None, "private_address")


@pytest.mark.parametrize("number", ["1.1.1.1", "202.96.128.86", "2400:3200::1", "64:ff9b::101:101"])
def test_public_addresses_are_not_refused(number: str) -> None:
    assert not is_private(number)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "127.1", "[::1]", "[::ffff:7f00:1]"]
)
def test_a_number_in_any_spelling_is_judged_by_what_it_stands_for(host: str) -> None:
    with serving(lambda request: request.answer(b"the server of another program")) as port:
        (page,) = fetch_urls([Input("url", f"http://{host}:{port}/api", "test")], manners(allow_private=()))
    assert (page.body, page.reason) == (None, "private_address")


def test_a_redirect_to_the_machine_itself_is_refused() -> None:
    asked: list[str] = []

    def reply(request: Request) -> None:
        asked.append(request.headers["host"])
        if request.path == "/robots.txt":
            request.answer(status="404 Not Found")
        elif request.host == "public.example":
            request.answer(status="302 Found", headers=[f"Location: http://inner.example:{port}/api/flows"])
        else:
            request.answer(b"secrets")

    # 127.0.0.1 stands in for a public host: the one address that is allowed here.
    names = Names(public=[["127.0.0.1"]], inner=[["127.0.0.2"]])
    with serving(reply) as port:
        allowed = (ip_network("127.0.0.1/32"),)
        (page,) = fetch(names, allowed, f"http://public.example:{port}/1.html")
    assert (page.body, page.reason) == (None, "private_address")
    assert "inner.example" in (page.detail or "")
    assert not [host for host in asked if host.startswith("inner")]


def test_the_connection_goes_to_the_number_that_was_checked() -> None:
    def reply(request: Request) -> None:
        request.answer(b"<p>" if request.path != "/robots.txt" else b"")

    # The second look-up would give another machine; there is one look-up for each connection, and its answer is used.
    names = Names(turning=[["127.0.0.1"], ["127.0.0.1"], ["169.254.169.254"]])
    with serving(reply) as port:
        first, second = fetch(names, LOOPBACK, f"http://turning.example:{port}/1", f"http://turning.example:{port}/2")
    assert first.body == b"<p>"
    assert (second.body, second.reason) == (None, "private_address")
    assert names.asked == ["turning.example"] * 3


def test_of_several_numbers_only_the_public_ones_are_called() -> None:
    with serving(lambda request: request.answer(b"ok" if request.path == "/1" else b"")) as port:
        allowed = (ip_network("127.0.0.1/32"),)
        names = Names(mixed=[["10.0.0.7", "127.0.0.1"]])
        (page,) = fetch(names, allowed, f"http://mixed.example:{port}/1")
    assert page.body == b"ok"


def test_a_name_that_stands_for_nothing_is_a_failure_of_the_name() -> None:
    (page,) = fetch(Names(), (), "http://gone.example/1")
    assert page.reason == "dns_failed"
    assert "gone.example" in (page.detail or "")


def test_connections_to_hosts_of_long_ago_are_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A run over thousands of hosts keeps few of them open, and asks them all."""
    monkeypatch.setattr(connections, "_HOSTS_KEPT", 3)
    monkeypatch.setattr(web, "_HOSTS_AT_ONCE", 2)
    open_at_once: list[int] = []

    class Watched(CheckedTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            answer = await super().handle_async_request(request)
            open_at_once.append(len(self._pools))
            return answer

    names = {f"host{number}": [["127.0.0.1"]] for number in range(12)}
    with serving(lambda request: request.answer(request.host.encode())) as port:
        inputs = [Input("url", f"http://{name}.example:{port}/{page}", "test") for page in range(2) for name in names]
        transport = Watched(LOOPBACK, Names(**names))
        pages = fetch_urls(inputs, manners(), transport)
    assert [page.body for page in pages] == [f"{name}.example".encode() for name in [*names, *names]]
    assert max(open_at_once) == 3
