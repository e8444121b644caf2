"""One question to a server and its whole answer: redirects followed, every limit kept, the packing undone.

Each hop of a redirect is a question of its own: its address is checked, its host's rules are asked, its pauses kept.
Cookies live as long as one page: a site that sets one and redirects to the same address gets it back, and no page
depends on what another page set.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from functools import lru_cache
from urllib.parse import urljoin

import httpx

from tasks.records import RejectionReason
from tasks.sources.addresses import checked_url
from tasks.sources.compression import unpacked
from tasks.sources.failures import FetchError

_PASSING_STATUS = {408, 425, 429, 500, 502, 503, 504}
_REDIRECTS = {301, 302, 303, 307, 308}
_MAX_REDIRECTS = 10
_MAX_HEADER_LINES = 200  # browsers and servers stop at about 100; the size of all of them is limited by the library
_COOKIE = re.compile(r"([!#$%&'*+.^_`|~0-9A-Za-z-]{1,200})=([\x21-\x3a\x3c-\x7e]{0,4000})")
_LONGEST_VALIDATOR = 500  # characters of an ETag or a date; longer ones are no identifiers
_TOKEN = re.compile(r"[!-~]{1,100}")
ACCEPTED_ENCODINGS = "gzip, deflate, br"

# Opens the right to ask one address: waits for the host's turn, raises FetchError where it may not be asked.
Turn = Callable[[str], AbstractAsyncContextManager[object]]


@dataclass(frozen=True)
class Limits:
    """``timeout_seconds`` for each read, ``deadline_seconds`` for a whole answer, ``max_bytes`` packed and unpacked.

    ``is_cut`` where a longer body is cut at ``max_bytes`` instead of being an error.
    """

    timeout_seconds: float
    deadline_seconds: float
    max_bytes: int
    is_cut: bool = False


@dataclass(frozen=True)
class Answer:
    """What came back: from which address after redirects, with which status, what it claims to be, and the bytes."""

    url: str
    status: int
    phrase: str
    media_type: str | None
    charset: str | None
    body: bytes
    etag: str | None = None
    last_modified: str | None = None


class Guest:
    """Asks through ``transport`` under the name ``user_agent``: keeps no cookies, follows nothing, logs in nowhere.

    The transport is asked without httpx's client, whose cookie jars, redirects and credentials would have to be turned
    off and cost a quarter of a fetch.
    """

    def __init__(self, user_agent: str, transport: httpx.AsyncBaseTransport) -> None:
        self._transport = transport
        self._headers = {
            "Accept": "*/*",
            "User-Agent": user_agent,
            "Accept-Language": "zh-CN,zh;q=0.9,en;q=0.5",
            "Accept-Encoding": ACCEPTED_ENCODINGS,
        }

    @asynccontextmanager
    async def asked(self, url: httpx.URL, headers: Mapping[str, str], seconds: float) -> AsyncIterator[httpx.Response]:
        """The answer of the server, its body not read yet; each step may take ``seconds``."""
        timeout = dict.fromkeys(("connect", "read", "write", "pool"), seconds)
        request = httpx.Request("GET", url, headers=self._headers | dict(headers), extensions={"timeout": timeout})
        response = await self._transport.handle_async_request(request)
        try:
            yield response
        finally:
            await response.aclose()

    async def aclose(self) -> None:
        """Close all connections."""
        await self._transport.aclose()


async def ask(
    guest: Guest, url: str, limits: Limits, turn: Turn, validators: Mapping[str, str] | None = None
) -> Answer:
    """The answer at ``url`` or where it redirects to. Raises FetchError, or what the transport raises.

    ``validators`` are headers by which the server may answer 304, that what it sent last still holds.
    """
    cookies: dict[str, dict[str, str]] = {}
    for _ in range(_MAX_REDIRECTS + 1):
        parsed = checked_url(url)
        async with turn(url):
            jar = cookies.setdefault(parsed.host, {})
            response, body = await _exchange(guest, parsed, limits, jar, validators or {})
        target = _text(response, "location")
        if response.status_code in _REDIRECTS and target:
            url = _joined(url, target)
            continue
        media_type, charset = claims_of(_text(response, "content-type"))
        etag, last_modified = _validator(response, "etag"), _validator(response, "last-modified")
        return Answer(url, response.status_code, response.reason_phrase, media_type, charset, body, etag, last_modified)
    raise FetchError("http_error", f"more than {_MAX_REDIRECTS} redirects, the last to {url[:200]}")


def _joined(url: str, target: str) -> str:
    try:
        return urljoin(url, target)
    except ValueError as error:
        raise FetchError("invalid_address", f"a redirect to {target[:200]}") from error


async def _exchange(
    guest: Guest, url: httpx.URL, limits: Limits, cookies: dict[str, str], validators: Mapping[str, str]
) -> tuple[httpx.Response, bytes]:
    headers = dict(validators)
    if cookies:
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
    try:
        async with (
            asyncio.timeout(limits.deadline_seconds),
            guest.asked(url, headers, limits.timeout_seconds) as response,
        ):
            if len(response.headers.raw) > _MAX_HEADER_LINES:
                raise FetchError("transfer_broken", f"more than {_MAX_HEADER_LINES} lines of headers")
            cookies.update(_cookies_of(response))
            if response.status_code in _PASSING_STATUS:
                raise _refusal(response)
            # The body of a redirect or an error is never looked at.
            if response.status_code != 200:
                return response, b""
            return response, await _body(response, limits)
    except TimeoutError as error:
        raise FetchError("timed_out", f"no whole answer within {limits.deadline_seconds:g} s") from error


async def _body(response: httpx.Response, limits: Limits) -> bytes:
    chunks, size = [], 0
    async for chunk in response.aiter_raw():
        chunks.append(chunk)
        size += len(chunk)
        if size > limits.max_bytes:
            if limits.is_cut:
                break
            raise FetchError("too_large", f"more than {limits.max_bytes:,} bytes")
    encodings = _text(response, "content-encoding").split(",")
    return unpacked(b"".join(chunks), encodings, limits.max_bytes, is_cut=limits.is_cut)


def _refusal(response: httpx.Response) -> FetchError:
    status = f"{response.status_code} {response.reason_phrase}".strip()
    reason: RejectionReason = "rate_limited" if response.status_code == 429 else "http_error"
    return FetchError(reason, status, is_passing=True, retry_after=_retry_after(_text(response, "retry-after")))


def _retry_after(value: str) -> float | None:
    """The pause a server asks for, in seconds or as a date; None where it names none that can be read."""
    try:
        if value.isascii() and value.isdigit():
            seconds = float(value[:9])
        elif value:
            seconds = (parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds()
        else:
            return None
    except (TypeError, ValueError, OverflowError):
        return None
    return max(seconds, 0.0)


def _text(response: httpx.Response, name: str) -> str:
    """A header as text: servers write Chinese addresses into it, in UTF-8 or in GBK."""
    wanted = name.encode()
    value = next((value for key, value in response.headers.raw if key.lower() == wanted), b"").strip()
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("gb18030", "replace")


def _validator(response: httpx.Response, name: str) -> str | None:
    """A header to be sent back as it came; None where it could not be a header of ours."""
    value = _text(response, name)
    return value if value.isascii() and value.isprintable() and 0 < len(value) <= _LONGEST_VALIDATOR else None


@lru_cache(maxsize=1024)  # a site says the same of all its pages
def claims_of(content_type: str) -> tuple[str | None, str | None]:
    """The media type and the charset that a Content-Type header names; None for what is no name. Never raises.

    >>> claims_of("text/html; charset=GBK"), claims_of("文本")
    (('text/html', 'gbk'), (None, None))
    """
    if not content_type.isascii() or "/" not in content_type:
        return None, None
    header = Message()
    try:
        header["content-type"] = " ".join(content_type.split())
        media_type, charset = header.get_content_type(), header.get_content_charset()
    except (ValueError, LookupError, TypeError, AttributeError):
        return None, None
    is_name = charset is not None and _TOKEN.fullmatch(charset) is not None
    return (media_type if _TOKEN.fullmatch(media_type) else None), (charset if is_name else None)


def _cookies_of(response: httpx.Response) -> dict[str, str]:
    found = {}
    for name, value in response.headers.raw:
        if name.lower() == b"set-cookie":
            pair = _COOKIE.match(value.decode("latin-1"))
            if pair is not None:
                found[pair[1]] = pair[2]
    return dict(list(found.items())[:20])
