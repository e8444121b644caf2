"""A server on the loopback interface that answers as it is told to, byte by byte, well or badly."""

from __future__ import annotations

import socket
import socketserver
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from ipaddress import ip_network

from tasks.sources.manners import FetchManners

LOOPBACK = (ip_network("127.0.0.0/8"),)
Reply = Callable[["Request"], None]


class Request:
    """One request as it came: ``path``, ``host`` and ``headers``; ``send`` writes bytes to the one who asks."""

    def __init__(self, head: str, connection: socket.socket) -> None:
        lines = head.split("\r\n")
        self.method, self.path, _ = lines[0].split(" ", 2)
        fields = (line.partition(":") for line in lines[1:] if line)
        self.headers = {name.lower(): value.strip() for name, _, value in fields}
        self.host = self.headers.get("host", "").partition(":")[0]
        self.connection = connection
        self._come: bytes = b""

    def body(self) -> bytes:
        """What came behind the head, as much as the head announces."""
        wanted = int(self.headers.get("content-length", "0"))
        while len(self._come) < wanted and (part := self.connection.recv(65_536)):
            self._come += part
        return self._come

    def send(self, data: bytes) -> None:
        """Write ``data``; the other side may have gone away."""
        self.connection.sendall(data)

    def wait(self) -> None:
        """Return when the other side goes away."""
        self.connection.settimeout(None)
        self.connection.recv(1)

    def answer(self, body: bytes = b"", status: str = "200 OK", headers: Sequence[str] = ()) -> None:
        """A whole answer with the right length."""
        lines = [f"HTTP/1.1 {status}", *headers, f"Content-Length: {len(body)}", "Connection: close", "", ""]
        self.send("\r\n".join(lines).encode() + body)


@contextmanager
def serving(reply: Reply) -> Iterator[int]:
    """While open, ``reply`` answers every request at the port that is given."""

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            self.request.settimeout(120)
            head = b""
            try:
                while b"\r\n\r\n" not in head:
                    part = self.request.recv(65_536)
                    if not part:
                        return
                    head += part
                    if head.startswith(b"\x16"):  # how TLS begins; this server speaks none
                        self.request.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                        return
                lines, _, come = head.partition(b"\r\n\r\n")
                request = Request(lines.decode("latin-1"), self.request)
                request._come = come
                reply(request)
            except OSError:
                return  # the client has heard enough

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = True
        daemon_threads = True
        block_on_close = False
        request_queue_size = 64

    with Server(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()


@dataclass
class LoopbackWeb:
    """``pages`` by path with query; what is not among them is not found. ``asked`` holds the paths in order."""

    pages: dict[str, bytes]
    address: str = ""
    asked: list[str] = field(default_factory=list)


@contextmanager
def loopback_web(pages: Mapping[str, str]) -> Iterator[LoopbackWeb]:
    """Serve ``pages`` as UTF-8 HTML while open."""
    web = LoopbackWeb({path: text.encode() for path, text in pages.items()})

    def reply(request: Request) -> None:
        web.asked.append(request.path)
        body = web.pages.get(request.path)
        status = "404 Not Found" if body is None else "200 OK"
        request.answer(body or b"", status, ["Content-Type: text/html; charset=utf-8"])

    with serving(reply) as port:
        web.address = f"http://127.0.0.1:{port}"
        yield web


def manners(**changes: object) -> FetchManners:
    """How the tests behave: at once, with small limits, towards loopback addresses only."""
    chosen: dict[str, object] = {
        "user_agent": "fangzhi-test",
        "timeout_seconds": 2.0,
        "max_bytes": 1_000_000,
        "attempts": 1,
        "host_delay_seconds": 0.0,
        "deadline_seconds": 3.0,
        "allow_private": LOOPBACK,
    }
    return FetchManners(**(chosen | changes))  # type: ignore[arg-type]
