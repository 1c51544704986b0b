"""A web server on this machine, and sources that ask it."""

import ssl
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from bulletin.sources import Entry
from bulletin.sources.fetch import Fetched, fetch

TEXT = b"At the end of 2021 there were 1.032 billion internet users in China."
LIMIT = 100_000


@dataclass
class Page:
    """What the server answers at a path: once each, the last one for good."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


class Site:
    """A web server on this machine, with the requests that it got."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        """Start it, encrypted where a context is given."""
        self.pages: dict[str, list[Page]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                site.answer(self)

            def log_message(self, format: str, *arguments: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        if tls:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self.url = f"{'https' if tls else 'http'}://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        """Answer a request, as not modified where it says so."""
        self.asked.append((handler.path, dict(handler.headers)))
        queue = self.pages.get(handler.path, [Page(status=404)])
        page = queue.pop(0) if len(queue) > 1 else queue[0]
        same = page.headers.get("ETag") and handler.headers.get("If-None-Match") == page.headers["ETag"]
        handler.send_response(304 if same else page.status)
        chunked = "Transfer-Encoding" in page.headers
        length = {} if chunked else {"Content-Length": str(0 if same else len(page.body))}
        for name, value in {**length, **page.headers}.items():
            handler.send_header(name, value)
        handler.end_headers()
        if not same:
            handler.wfile.write(page.body)

    def put(self, path: str, body: bytes, *, status: int = 200, **headers: str) -> None:
        """Answer this at the path from now on."""
        self.pages[path] = [Page(body, status, {name.replace("_", "-"): value for name, value in headers.items()})]

    def close(self) -> None:
        """Stop it."""
        self._server.shutdown()
        self._server.server_close()


def entry(kind: str, *places: str, **more: object) -> Entry:
    """Return a source that may ask this machine, without pauses."""
    given: dict[str, object] = {"private": True, "pause": 0.0, "publisher": "CNNIC", "language": "en", "area": "CN"}
    return Entry("cnnic", kind, places, **{**given, **more})  # type: ignore[arg-type]


def get(raw: Path, *entries: Entry, **environment: str) -> list[Fetched]:
    """Fetch the sources into the folder."""
    return fetch(entries, raw, limit=LIMIT, environment=environment)
