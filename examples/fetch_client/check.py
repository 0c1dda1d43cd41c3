"""A typed client for `mcp-server-fetch`, a server that somebody else wrote: made from the running server, then used.

The server runs in an environment of its own, and fetches a page that this program serves.
"""

from __future__ import annotations

import shlex
import subprocess
import sys
import threading
from collections.abc import Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import anyio

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from compile import compile_here
from environments import python_with

HERE = compile_here(__file__)

from fetch_client import FetchClient, InvalidArguments, Text  # the package exists only now

OFFICIAL = "mcp-server-fetch==2026.10.24"
SERVER = (str(python_with(OFFICIAL)), "-m", "mcp_server_fetch")
PAGE = b"<!doctype html><title>Tea</title><h1>Tea</h1><p>Steep it for three minutes.</p>"


class Page(BaseHTTPRequestHandler):
    """One page, and no robots.txt."""

    def do_GET(self) -> None:
        found = self.path == "/tea"
        self.send_response(200 if found else 404)
        self.send_header("content-type", "text/html")
        self.end_headers()
        self.wfile.write(PAGE if found else b"")

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


def main() -> None:
    ask_again()
    with served() as address:
        anyio.run(use, address)


def ask_again() -> None:
    """The spec is what the server says of itself: importing it once more changes nothing."""
    words = [sys.executable, "-m", "automcp", "import", "server", "--command", shlex.join(SERVER)]
    ran = subprocess.run(
        [*words, "--out", str(HERE / "fetch.yaml")],
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    assert "unchanged: " in ran.stderr, ran.stderr
    print(f"fetch.yaml is what {OFFICIAL} says of itself")


@contextmanager
def served() -> Generator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


async def use(address: str) -> None:
    # The page is on this machine, which the server would not look at otherwise.
    async with FetchClient([*SERVER, "--allow-private-ips"], {"verify": "strict"}) as client:
        (page,) = await client.fetch.fetch(f"{address}/tea", raw=True)
        assert isinstance(page, Text)
        assert "three minutes" in page.text
        print("fetched a page through a typed method")
        # The schema says that it is a positive number: the call is not even sent.
        try:
            await client.fetch.fetch(f"{address}/tea", max_length=-1)
        except InvalidArguments as error:
            print(f"refused before it was sent: {error}")
        else:
            raise AssertionError("a negative length must be refused")


if __name__ == "__main__":
    main()
