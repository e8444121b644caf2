"""A small web on the loopback interface, which remembers what it was asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


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

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            web.asked.append(self.path)
            body = web.pages.get(self.path)
            self.send_response(200 if body is not None else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, format: str, *arguments: object) -> None:
            """Say nothing: the list of paths is the log."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    web.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield web
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
