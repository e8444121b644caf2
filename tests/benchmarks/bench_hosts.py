"""How many pages a second of processor time the web client brings, beside bare httpx and aiohttp, from twenty hosts.

    .venv/bin/python tests/benchmarks/bench_hosts.py [PAGES_PER_HOST]

The hosts are twenty loopback addresses served by a process of its own; no pause is kept, so that the client is measured
and not its manners. aiohttp is asked where it is installed.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from ipaddress import ip_network
from multiprocessing.connection import Connection

import httpx

from tasks.sources.inputs import Input
from tasks.sources.manners import FetchManners
from tasks.sources.web import Web

HOSTS = 20
BODY = ("<p>议事会上，村民把修路的事摆上桌面，当场定下三条办法。</p>" * 400).encode()  # 32 kB, as pages of portals are
ANSWER = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nServer: "
    b"bench\r\nDate: Mon, 01 Jan 2024 00:00:00 GMT\r\n"
    b'ETag: "5f-17"\r\nLast-Modified: Mon, 01 Jan 2024 00:00:00 GMT\r\nContent-Length: %d\r\n\r\n' % len(BODY) + BODY
)
NO_RULES = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"


class _Host(asyncio.Protocol):
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        if data.endswith(b"\r\n\r\n"):
            answer = NO_RULES if data.startswith(b"GET /robots.txt") else ANSWER
            self.transport.write(answer)  # type: ignore[attr-defined]


def _serve(ready: Connection) -> None:
    async def run() -> None:
        loop = asyncio.get_running_loop()
        first = await loop.create_server(_Host, "127.0.0.1", 0)
        port = first.sockets[0].getsockname()[1]
        for number in range(2, HOSTS + 1):
            await loop.create_server(_Host, f"127.0.0.{number}", port)
        ready.send(port)
        await asyncio.Event().wait()

    with suppress(KeyboardInterrupt):
        asyncio.run(run())


def _ours(addresses: list[str]) -> int:
    manners = FetchManners("bench", 20.0, 20_000_000, 3, 0.0, allow_private=(ip_network("127.0.0.0/8"),))
    with Web(manners) as web:
        return sum(len(item.body or b"") for item in web.pages([Input("url", one, "bench") for one in addresses]))


def _by_host(addresses: list[str]) -> list[list[str]]:
    found: dict[str, list[str]] = {}
    for one in addresses:
        found.setdefault(one.split("/")[2], []).append(one)
    return list(found.values())


def _httpx(addresses: list[str]) -> int:
    async def run() -> int:
        async with httpx.AsyncClient(trust_env=False) as client:

            async def visit(pages: list[str]) -> int:
                return sum([len((await client.get(page)).content) for page in pages])

            return sum(await asyncio.gather(*map(visit, _by_host(addresses))))

    return asyncio.run(run())


def _aiohttp(addresses: list[str]) -> int:
    import aiohttp  # type: ignore[import-not-found, unused-ignore]  # noqa: PLC0415

    async def run() -> int:
        async with aiohttp.ClientSession() as client:

            async def visit(pages: list[str]) -> int:
                size = 0
                for page in pages:
                    async with client.get(page) as answer:
                        size += len(await answer.read())
                return size

            return sum(await asyncio.gather(*map(visit, _by_host(addresses))))

    return asyncio.run(run())


def main() -> None:
    """Print pages per second of processor time and of the clock, the best of three for each client."""
    per_host = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    here, there = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(target=_serve, args=(there,), daemon=True)
    server.start()
    port = here.recv()
    addresses = [
        f"http://127.0.0.{host}:{port}/{page}.html" for page in range(per_host) for host in range(1, HOSTS + 1)
    ]
    clients: dict[str, Callable[[list[str]], int]] = {"fangzhi": _ours, "httpx": _httpx, "aiohttp": _aiohttp}
    for name, client in clients.items():
        best = (0.0, 0.0)
        try:
            for _ in range(3):
                began, used = time.perf_counter(), time.process_time()
                size = client(addresses)
                assert size == len(BODY) * len(addresses), f"{name} brought {size} bytes"
                rates = (len(addresses) / (time.process_time() - used), len(addresses) / (time.perf_counter() - began))
                best = max(best, rates)
        except ImportError:
            continue
        print(f"{name:10} {best[0]:8,.0f} pages/CPU s {best[1]:8,.0f} pages/s")
    server.terminate()


if __name__ == "__main__":
    main()
