"""Names what went wrong between this machine and a host, so that a line in the ledger tells whose fault it is.

A name that cannot be looked up, a certificate that has run out, a closed port and a silent host look alike to a
program and mean different things to the one who keeps the list of sources.
"""

from __future__ import annotations

import re
import ssl
from collections.abc import Iterator

import httpx

from tasks.records import RejectionReason
from tasks.sources.addresses import AddressError
from tasks.sources.compression import DamagedError, TooLargeError
from tasks.sources.connections import DnsError, PrivateAddressError

_PLACE_IN_C = re.compile(r"\s*\(_ssl\.c:\d+\)")


class FetchError(Exception):
    """A request that brought no page: ``reason`` from the closed list of rejections, ``detail`` in words.

    ``is_passing`` where another try may bring it; ``retry_after`` seconds where the server named a pause.
    """

    def __init__(
        self, reason: RejectionReason, detail: str, *, is_passing: bool = False, retry_after: float | None = None
    ) -> None:
        super().__init__(detail)
        self.reason, self.detail = reason, detail
        self.is_passing, self.retry_after = is_passing, retry_after


def failure_of(error: Exception) -> FetchError:
    """``error`` by its name in the closed list; what nobody thought of is ``processing_failed``.

    >>> failure_of(DnsError("a.example: no address")).reason
    'dns_failed'
    """
    if isinstance(error, FetchError):
        return error
    detail = " ".join(str(error).split()) or type(error).__name__
    causes = list(_causes(error))
    if isinstance(error, PrivateAddressError):
        return FetchError("private_address", detail)
    if isinstance(error, DnsError):
        return FetchError("dns_failed", detail, is_passing=True)
    if isinstance(error, TooLargeError):
        return FetchError("too_large", detail)
    if isinstance(error, DamagedError):
        return FetchError("transfer_broken", detail, is_passing=True)
    if isinstance(error, AddressError | httpx.InvalidURL | httpx.UnsupportedProtocol | UnicodeError):
        return FetchError("invalid_address", detail)
    if isinstance(error, httpx.TimeoutException):
        return FetchError("timed_out", f"no answer: {type(error).__name__}", is_passing=True)
    if isinstance(error, TimeoutError):
        return FetchError("timed_out", detail)
    if any(isinstance(cause, ssl.SSLError) for cause in causes):
        return FetchError("tls_failed", _PLACE_IN_C.sub("", detail))
    if any(isinstance(cause, ConnectionRefusedError) for cause in causes):
        return FetchError("connection_refused", "nothing listens at this port", is_passing=True)
    if isinstance(error, httpx.ConnectError):
        return FetchError("unreachable", detail, is_passing=True)
    if isinstance(error, httpx.TransportError):
        return FetchError("transfer_broken", detail, is_passing=True)
    return FetchError("processing_failed", f"{type(error).__name__}: {detail}")


def _causes(error: BaseException) -> Iterator[BaseException]:
    """``error`` and what it came from, the libraries' layers one below the other."""
    seen: set[int] = set()
    waiting: list[BaseException | None] = [error]
    while waiting:
        cause = waiting.pop()
        if cause is None or id(cause) in seen:
            continue
        seen.add(id(cause))
        yield cause
        waiting += [cause.__cause__, cause.__context__]
        if isinstance(cause, BaseExceptionGroup):
            waiting += cause.exceptions
