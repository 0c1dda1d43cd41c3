"""The API that `paint.openapi.yaml` describes, as far as the check needs one: it keeps requests, and says what it saw."""

from __future__ import annotations

import json
import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PHOTO = b"\x89PNG\r\n\x1a\n\x00\xff"
SUNRISE = {"id": 7, "title": "Sunrise", "colors": ["red", "gold"], "painted": "in spring"}
"""`painted` is no date, as `format: date` would have it: APIs do that."""
BUSY = 8
"""A painting that is there at the second attempt."""


@dataclass(frozen=True)
class Request:
    """One request as it came."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Gallery:
    """A running API: where it is, and what it was asked."""

    url: str
    asked: list[Request] = field(default_factory=list[Request])


@contextmanager
def open_gallery() -> Generator[Gallery]:
    """Serve it on a port of its own for as long as the block runs."""
    gallery = Gallery("")

    class Page(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            request = Request(self.command, self.path, dict(self.headers.items()), body)
            gallery.asked.append(request)
            status, media_type, content, headers = answer(request, gallery)
            self.send_response(status)
            for name, value in {"Content-Type": media_type, **headers}.items():
                if value:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PUT = do_PATCH = answer

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    gallery.url = f"http://127.0.0.1:{server.server_port}/v1"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield gallery
    finally:
        server.shutdown()
        server.server_close()


def answer(request: Request, gallery: Gallery) -> tuple[int, str, bytes, dict[str, str]]:
    """Status, media type, body, further headers."""
    parts = request.target.removeprefix("/v1/").split("/")
    if parts[0] != "paintings":
        return 200, "application/json", seen(request), {}
    if request.method == "PATCH":
        return 202, "", b"", {}
    if parts[-1] == "photo":
        return (200, "image/png", PHOTO, {}) if request.method == "GET" else (204, "", b"", {})
    if parts[-1] == "price":
        return 200, "text/plain", b"12 guineas", {}
    if request.method == "POST":
        return posted(json.loads(request.body))
    if parts[1] == str(BUSY) and [one.target for one in gallery.asked].count(request.target) == 1:
        return 503, "text/plain", b"come back", {"Retry-After": "0"}
    if parts[1] in ("7", str(BUSY)):
        return 200, "application/json", json.dumps(SUNRISE).encode(), {}
    # Nor is this a time that `format: date-time` allows.
    return (
        404,
        "application/problem+json",
        b'{"title": "No such painting", "since": "yesterday"}',
        {},
    )


def posted(painting: dict[str, object]) -> tuple[int, str, bytes, dict[str, str]]:
    if painting["title"] == "Sunrise":
        return 409, "application/problem+json", b'{"title": "There is a Sunrise"}', {}
    return 201, "application/json", json.dumps({**painting, "id": 9}).encode(), {}


def seen(request: Request) -> bytes:
    """What came, for the caller to see."""
    names = {"names": "X-Names", "amounts": "X-Amounts", "cookie": "Cookie"}
    headers = {key: request.headers[name] for key, name in names.items() if name in request.headers}
    return json.dumps({"target": request.target.removeprefix("/v1"), **headers}).encode()
