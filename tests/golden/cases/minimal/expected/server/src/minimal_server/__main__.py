"""Starts the minimal server: on stdin and stdout, or with `--http` on a port. This file is yours."""

from __future__ import annotations

import argparse
from contextlib import suppress

from .server import build_server


def main() -> None:
    """Serve until the client goes away."""
    parser = argparse.ArgumentParser(prog="minimal-server")
    parser.add_argument("--http", action="store_true", help="serve over HTTP instead of stdio")
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on")
    parser.add_argument("--port", type=int, default=8000, help="the port to listen on")
    chosen = parser.parse_args()
    server = build_server()
    # Ctrl-C is how people end it.
    with suppress(KeyboardInterrupt):
        if chosen.http:
            server.run("streamable-http", host=chosen.host, port=chosen.port)
        else:
            server.run("stdio")


if __name__ == "__main__":
    main()
