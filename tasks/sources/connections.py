"""Connects to the address that was checked: the name is looked up once, judged, and the number itself is called.

Were the name handed on after the check, it could stand for another machine by the time the connection is made.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable, Sequence

import httpcore
import httpx

from tasks.sources.addresses import is_number, is_private
from tasks.sources.manners import Network

# Looks up a host and gives the numbers it stands for, in the order in which they should be tried.
Resolver = Callable[[str, int], Awaitable[Sequence[str]]]

_TRIED_NUMBERS = 4  # a host with more addresses that do not answer is as good as unreachable
# For memory alone: hosts whose connections are kept, more than are asked side by side and far fewer than a process may
# hold open.
_HOSTS_KEPT = 128
_KEEPALIVE_SECONDS = 10.0


class DnsError(Exception):
    """The name of the host stands for no address."""


class PrivateAddressError(Exception):
    """The host is a machine on a private network that the settings do not allow."""


async def look_up(host: str, port: int) -> Sequence[str]:
    """The numbers of ``host`` as the operating system knows them. Raises DnsError where there is none."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise DnsError(f"{host}: {getattr(error, 'strerror', None) or error}") from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class CheckedTransport(httpx.AsyncBaseTransport):
    """A transport of httpx over connections that go to public addresses and to ``allowed`` networks only.

    No proxy is asked, whatever the machine is set to: a proxy looks names up by itself, which would undo the check.

    Each host has a pool of its own: one pool for all looks at the connection of every host for each page, which took
    half the time of a fetch with twenty hosts and grows with their number.
    """

    def __init__(self, allowed: Iterable[Network], resolver: Resolver = look_up) -> None:
        self._backend = _CheckedBackend(tuple(allowed), resolver)
        self._context = httpx.create_ssl_context()
        self._pools: OrderedDict[tuple[str, str, int | None], _Pool] = OrderedDict()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """As httpx's own, through the pool of the host that is asked."""
        url = request.url
        key = (url.scheme, url.host, url.port)
        pool = self._pools.get(key)
        if pool is None:
            await self._make_room()
            pool = self._pools.setdefault(key, _Pool(self._context, self._backend))
        self._pools.move_to_end(key)
        return await pool.handle_async_request(request)

    async def aclose(self) -> None:
        """Close the connections to all hosts."""
        pools = list(self._pools.values())
        self._pools.clear()
        for pool in pools:
            await pool.aclose()

    async def _make_room(self) -> None:
        """Close what was asked longest ago and is not being asked now."""
        idle = [key for key, pool in self._pools.items() if pool.is_idle()]
        for key in idle[: max(len(self._pools) - _HOSTS_KEPT + 1, 0)]:
            await self._pools.pop(key).aclose()


class _Pool(httpx.AsyncHTTPTransport):
    """The connections to one host, made by ``backend``."""

    def __init__(self, context: ssl.SSLContext, backend: httpcore.AsyncNetworkBackend) -> None:
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=context, keepalive_expiry=_KEEPALIVE_SECONDS, network_backend=backend
        )

    def is_idle(self) -> bool:
        return all(connection.is_idle() or connection.is_closed() for connection in self._pool.connections)


class _CheckedBackend(httpcore.AsyncNetworkBackend):
    def __init__(self, allowed: tuple[Network, ...], resolver: Resolver) -> None:
        self._allowed, self._resolver, self._inner = allowed, resolver, httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        numbers = [host] if is_number(host) else await self._numbers(host, port, timeout)
        public = [number for number in numbers if not is_private(number, self._allowed)]
        if not public:
            if not numbers:
                raise DnsError(f"{host}: no address")
            raise PrivateAddressError(f"{host} is {', '.join(numbers[:_TRIED_NUMBERS])}")
        failure: Exception | None = None
        for number in public[:_TRIED_NUMBERS]:
            try:
                return await self._inner.connect_tcp(number, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        assert failure is not None
        raise failure

    async def _numbers(self, host: str, port: int, timeout: float | None) -> Sequence[str]:
        try:
            return await asyncio.wait_for(self._resolver(host, port), timeout)
        except TimeoutError as error:
            raise DnsError(f"{host}: no answer within {timeout:g} s") from error

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        raise PrivateAddressError(f"{path} is a socket of this machine")

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
