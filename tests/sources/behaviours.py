"""What servers do to a crawler, each under a host of its own, and what became of their pages."""

from __future__ import annotations

import gzip
import struct
import time
import zlib
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from email.utils import formatdate
from socket import SO_LINGER, SOL_SOCKET

import brotli

from tasks.sources.connections import DnsError
from tests.sources.loopback import Request

PAGE = "<html><body><p>溪口镇的“楼栋议事厅”开了三十六个。</p></body></html>".encode()
# Far above what the tests allow a page to have, and packed to a few hundred bytes or kilobytes.
BOMB = bytes(30_000_000)
_GZIP_BOMB, _BROTLI_BOMB = gzip.compress(BOMB, mtime=0), brotli.compress(BOMB)

Answering = Callable[[Request, int], None]


@dataclass(frozen=True)
class Behaviour:
    """What a host does: ``page`` answers its pages (with the number of the request), ``robots`` its robots.txt.

    ``addresses`` are asked for, with ``{host}`` and ``{port}`` to be filled in. ``timeout_seconds`` and
    ``deadline_seconds`` are short only where the host would never end: a busy machine makes no other one late.
    """

    what: str
    page: Answering
    robots: Answering | None = None
    addresses: Sequence[str] = ("http://{host}:{port}/1.html",)
    host: str = ""
    number: str = "127.0.0.1"
    attempts: int = 1
    timeout_seconds: float = 120.0
    deadline_seconds: float = 240.0


def fixed(body: bytes = PAGE, status: str = "200 OK", *headers: str) -> Answering:
    """The same answer every time."""
    return lambda request, _: request.answer(body, status, headers)


def raw(*parts: bytes) -> Answering:
    """Bytes as they are."""

    def answer(request: Request, _: int) -> None:
        for part in parts:
            request.send(part)

    return answer


def in_turn(*answers: Answering) -> Answering:
    """The first answer to the first request, the last one to all that follow."""
    return lambda request, count: answers[min(count, len(answers) - 1)](request, count)


def by_path(**answers: Answering) -> Answering:
    """Answers by the first part of the path, dots left out; a page where nothing fits."""

    def answer(request: Request, count: int) -> None:
        name = request.path.lstrip("/").partition("/")[0].replace(".", "_")
        answers.get(name, fixed())(request, count)

    return answer


def drip(request: Request, _: int) -> None:
    request.send(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    for _ in range(90_000):  # until the other side goes away
        request.send(b"x")
        time.sleep(0.1)


def silence(request: Request, _: int) -> None:
    request.wait()


def endless(request: Request, _: int) -> None:
    request.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    for _ in range(400):
        request.send(b"<p>" * 20_000)


def endless_headers(request: Request, _: int) -> None:
    request.send(b"HTTP/1.1 200 OK\r\n")
    for number in range(20_000):
        request.send(b"X-%d: %s\r\n" % (number, b"y" * 100))


def reset(request: Request, _: int) -> None:
    request.send(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n" + PAGE)
    request.connection.setsockopt(SOL_SOCKET, SO_LINGER, struct.pack("ii", 1, 0))
    request.connection.close()


def challenge(request: Request, _: int) -> None:
    if "passed=yes" in request.headers.get("cookie", ""):
        request.answer(PAGE)
    else:
        request.answer(status="302 Found", headers=["Set-Cookie: passed=yes; path=/", "Location: /1.html"])


def next_sitemap(request: Request, count: int) -> None:
    place = f"http://{request.headers['host']}/{count + 1}.xml"
    request.answer(f"<sitemapindex><sitemap><loc>{place}</loc></sitemap></sitemapindex>".encode())


def redirect(target: str) -> Answering:
    """A redirect to ``target``, in which {port} is the port of these tests."""

    def answer(request: Request, _: int) -> None:
        place = target.replace("{port}", request.headers["host"].partition(":")[2])
        request.answer(status="302 Found", headers=[f"Location: {place}"])

    return answer


def dated_pause(request: Request, _: int) -> None:
    request.answer(status="429 Too Many Requests", headers=[f"Retry-After: {formatdate(time.time() + 1, usegmt=True)}"])


def crowd(count: int) -> Answering:
    """A sitemap of ``count`` addresses below /p, packed."""

    def answer(request: Request, _: int) -> None:
        request.send(b"HTTP/1.1 200 OK\r\nContent-Type: application/gzip\r\n\r\n")
        packing = zlib.compressobj(1, wbits=31)
        entry = f"<url><loc>http://{request.headers['host']}/p/{{}}</loc></url>"
        request.send(packing.compress(b"<urlset>"))
        for start in range(0, count, 1_000):
            request.send(packing.compress("".join(map(entry.format, range(start, start + 1_000))).encode()))
            request.send(packing.flush(zlib.Z_SYNC_FLUSH))
        request.send(packing.compress(b"</urlset>") + packing.flush())

    return answer


def mad_links(request: Request, _: int) -> None:
    ports = ("99999", "-1", "65536", "port", "0")
    links = [f"http://{request.host}:{port}/1" for port in ports] + [f"http://{request.headers['host']}/2", "http://[x"]
    items = "".join(f"<item><title>甲</title><link>{link}</link></item>" for link in links)
    request.answer(f'<rss version="2.0"><channel>{items}</channel></rss>'.encode())


def _entities(depth: int) -> str:
    lines = [f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, depth)]
    return '<!ENTITY e0 "laugh">' + "".join(lines)


_LAUGHS = (
    f'<?xml version="1.0"?><!DOCTYPE rss [{_entities(12)}]><rss version="2.0"><channel><title>x</title><item>'
    "<title>&e11;</title><link>http://laughs.example:1/</link></item></channel></rss>"
)
_FOREIGN = (
    '<?xml version="1.0"?><!DOCTYPE urlset [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    "<urlset><url><loc>http://foreign.example:1/&f;</loc></url></urlset>"
)
_DISALLOW = "User-agent: *\nDisallow: /"
_BOTH = ("http://{host}:{port}/1.html", "http://{host}:{port}/2.html")
_ROOT_XML = ("http://{host}:{port}/0.xml",)

BEHAVIOURS: dict[str, Behaviour] = {
    "plain": Behaviour("answers as it should", fixed()),
    "idn": Behaviour("has a Chinese name", fixed(), host="溪口.example"),
    "path": Behaviour("has a Chinese path", fixed(), addresses=("http://{host}:{port}/县情/概况 一.html?页=1",)),
    "head": Behaviour("refuses HEAD", lambda r, _: r.answer(PAGE) if r.method == "GET" else r.answer(status="405 No")),
    "softnone": Behaviour("says 200 to what it does not have", fixed("<p>您访问的页面不存在</p>".encode())),
    "claims": Behaviour("claims a type that is none", fixed(PAGE, "200 OK", "Content-Type: 网页; charset=*''%")),
    "cookie": Behaviour("sets a cookie that is not ASCII", fixed(PAGE, "200 OK", "Set-Cookie: k=县情"), addresses=_BOTH),
    "challenge": Behaviour("sets a cookie and redirects to the same page", challenge),
    "forbids": Behaviour("forbids all in robots.txt", fixed(), fixed(_DISALLOW.encode())),
    "mark": Behaviour("the same with a byte order mark", fixed(), fixed(_DISALLOW.encode("utf-8-sig"))),
    "utf16": Behaviour("the same in UTF-16", fixed(), fixed(_DISALLOW.encode("utf-16"))),
    "rules503": Behaviour("answers 503 to robots.txt", fixed(), fixed(b"", "503 Service Unavailable")),
    "rules429": Behaviour("answers 429 to robots.txt", fixed(), fixed(b"", "429 Too Many Requests")),
    "rulesbomb": Behaviour("sends a bomb as robots.txt", fixed(), fixed(_GZIP_BOMB, "200 OK",
    "Content-Encoding: gzip")),
    "rulesdrip": Behaviour("lets robots.txt drip", fixed(), drip, deadline_seconds=3.0),
    "ruleslong": Behaviour("has a robots.txt without end", fixed(), endless),
    "moved": Behaviour("redirects once", in_turn(redirect("/2.html"), fixed())),
    "loop": Behaviour("redirects for ever", redirect("/1.html")),
    "inward": Behaviour("redirects to a metadata service", redirect("http://169.254.169.254/latest/")),
    "private": Behaviour("is a machine of the local network", fixed(), number="10.0.0.7"),
    "ftp": Behaviour("redirects to another scheme", redirect("ftp://a.example/1.html")),
    "nowhere": Behaviour("redirects to a port that is none", redirect("http://a.example:99999/")),
    "across": Behaviour("redirects to a host that forbids it", redirect("http://forbids.example:{port}/1.html")),
    "port": Behaviour("is named with ports that are none", fixed(), addresses=("http://{host}:70000/", "http://{host}:"
        "-1/")),
    "drip": Behaviour("lets a page drip", drip, deadline_seconds=3.0),
    "silent": Behaviour("takes the request and says nothing", silence, timeout_seconds=3.0),
    "mutehost": Behaviour(
        "takes every request and says nothing",
        silence,
        addresses=[f"http://{{host}}:{{port}}/{number}" for number in range(6)],
        attempts=2,
        timeout_seconds=3.0,
    ),
    "hesitant": Behaviour(
        "says nothing to the first request, then answers",
        in_turn(silence, fixed()),
        addresses=_BOTH,
        attempts=2,
        timeout_seconds=3.0,
    ),
    "endless": Behaviour("sends a page without end", endless),
    "headers": Behaviour("sends headers without end", endless_headers),
    "gzipbomb": Behaviour("sends a gzip bomb", fixed(_GZIP_BOMB, "200 OK", "Content-Encoding: gzip")),
    "brbomb": Behaviour("sends a brotli bomb", fixed(_BROTLI_BOMB, "200 OK", "Content-Encoding: br")),
    "stacked": Behaviour(
        "packs a bomb twice", fixed(gzip.compress(_GZIP_BOMB, mtime=0), "200 OK", "Content-Encoding: gzip, gzip")
    ),
    "tower": Behaviour("packs a page nine times", fixed(PAGE, "200 OK",
    "Content-Encoding: " + ", ".join(["gzip"] * 9))),
    "cutgzip": Behaviour(
        "sends half of a gzip as if it were whole",
        fixed(gzip.compress(PAGE * 9, mtime=0)[:-20], "200 OK", "Content-Encoding: gzip"),
    ),
    "unpacked": Behaviour("says gzip and does not pack", fixed(PAGE, "200 OK", "Content-Encoding: gzip")),
    "short": Behaviour("sends less than it says", raw(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n", PAGE)),
    "chunks": Behaviour("breaks its chunks", raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", PAGE)),
    "reset": Behaviour("resets the connection in the middle", reset),
    "mute": Behaviour("closes without a word", raw()),
    "ssh": Behaviour("speaks another protocol", raw(b"SSH-2.0-OpenSSH_9.2\r\n")),
    "pause": Behaviour(
        "answers 429 with a pause in seconds, then the page",
        in_turn(fixed(b"", "429 Too Many Requests", "Retry-After: 1"), fixed()),
        attempts=2,
    ),
    "date": Behaviour("answers 429 with a pause as a date, then the page", in_turn(dated_pause, fixed()), attempts=2),
    "hours": Behaviour(
        "answers 429 with a pause of an hour",
        fixed(b"", "429 Too Many Requests", "Retry-After: 3600"),
        addresses=_BOTH,
        attempts=2,
    ),
    "limited": Behaviour("answers 429 always", fixed(b"", "429 Too Many Requests")),
    "flapping": Behaviour(
        "answers 500, then the page", in_turn(fixed(b"", "500 Internal Server Error"), fixed()), attempts=2
    ),
    "broken": Behaviour("answers 500 always", fixed(b"", "500 Internal Server Error")),
    "dying": Behaviour(
        "fails page after page",
        fixed(b"", "502 Bad Gateway"),
        addresses=[f"http://{{host}}:{{port}}/{number}" for number in range(8)],
    ),
    "unchanged": Behaviour("answers 304 unasked", fixed(b"", "304 Not Modified")),
    "nothing": Behaviour("answers 204", raw(b"HTTP/1.1 204 No Content\r\n\r\n")),
    "part": Behaviour("answers 206 unasked", fixed(PAGE, "206 Partial Content", "Content-Range: bytes 0-9/99")),
    "gone": Behaviour("answers 410", fixed(b"", "410 Gone")),
    "links": Behaviour("has a feed whose links have mad ports", by_path(**{"0_xml": mad_links}), addresses=_ROOT_XML),
    "chain": Behaviour("has sitemaps that name one another for ever", next_sitemap, addresses=_ROOT_XML),
    "million": Behaviour(
        "has a sitemap of a million addresses", by_path(**{"0_xml": crowd(1_000_000)}), addresses=_ROOT_XML
    ),
    "crowd": Behaviour(
        "has a sitemap of 2,000 addresses, forbidden ones",
        by_path(**{"0_xml": crowd(2_000)}),
        fixed(b"User-agent: *\nDisallow: /p"),
        addresses=_ROOT_XML,
    ),
    "sitebomb": Behaviour(
        "has a sitemap that is a bomb",
        fixed(gzip.compress(b"<urlset>" + b"<url></url>" * 5_000_000, 9, mtime=0)),
        addresses=_ROOT_XML,
    ),
    "foreign": Behaviour("names a local file in a sitemap", fixed(_FOREIGN.encode()), addresses=_ROOT_XML),
    "laughs": Behaviour("has a feed of a billion laughs", fixed(_LAUGHS.encode()), addresses=_ROOT_XML),
    "plainhttp": Behaviour("speaks no TLS", fixed(), addresses=("https://{host}:{port}/",)),
    "unknown": Behaviour("has a name nobody knows", fixed(), number=""),
    "closed": Behaviour("listens at another port", fixed(), addresses=("http://{host}:1/",)),
}  # fmt: skip


@dataclass
class Hosts:
    """All behaviours behind one port: told apart by the name of the host that is asked."""

    port: int = 0
    counts: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    async def look_up(self, host: str, port: int) -> Sequence[str]:
        """The resolver of these tests: it knows the hosts of the behaviours and nobody else."""
        name = self._name(host)
        if name not in BEHAVIOURS or not BEHAVIOURS[name].number:
            raise DnsError(f"{host}: Name or service not known")
        return [BEHAVIOURS[name].number]

    def reply(self, request: Request) -> None:
        """Answer as the host does."""
        behaviour = BEHAVIOURS[self._name(request.host)]
        with suppress(OSError):
            if request.path == "/robots.txt":
                (behaviour.robots or fixed(b"", "404 Not Found"))(request, 0)
                return
            count = self.counts[request.host]
            self.counts[request.host] += 1
            behaviour.page(request, count)

    def addresses(self, name: str) -> list[str]:
        """What is asked of the host ``name``."""
        behaviour = BEHAVIOURS[name]
        host = behaviour.host or f"{name}.example"
        return [address.format(host=host, port=self.port) for address in behaviour.addresses]

    @staticmethod
    def _name(host: str) -> str:
        return "idn" if host.startswith("xn--") else host.removesuffix(".example")
