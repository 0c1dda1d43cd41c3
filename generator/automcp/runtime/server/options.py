"""What a server's command line says."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import ArgumentParser


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to serve.

    Attributes:
        http: Over HTTP instead of stdin and stdout.
        path: Of the MCP endpoint.
        allow_hosts: Names that requests may give as their `Host`, besides the loopback ones; `*` stands for any port.
        allow_origins: Web origins that may call, besides the loopback ones.
        json: Whether answers come as plain JSON instead of event streams, where the client leaves the choice.
        stateless: Whether connections of MCP up to 2025-11-25 have no session.
        resumable: Whether interrupted event streams can be taken up again.
        access_log: Whether every HTTP request leaves a line in the log. To MCP all are POSTs of one path, and a
            line costs as much as a tenth of a call.
    """

    http: bool = False
    host: str = "127.0.0.1"
    port: int = 8000
    path: str = "/mcp"
    allow_hosts: tuple[str, ...] = ()
    allow_origins: tuple[str, ...] = ()
    json: bool = False
    stateless: bool = False
    resumable: bool = False
    access_log: bool = False


INTERRUPTED = 130
"""The exit code after Ctrl-C, as shells have it."""

LOOPBACK_HOSTS = ("127.0.0.1:*", "localhost:*", "[::1]:*")
LOOPBACK_ORIGINS = ("http://127.0.0.1:*", "http://localhost:*", "http://[::1]:*")


def parse(program: str, arguments: Sequence[str] | None = None) -> Options:
    """Read the command line; ends the program on a mistake in it, or after `--help`."""
    said = sys.argv[1:] if arguments is None else arguments
    if not said and sys.stdin is not None and sys.stdout is not None:
        # As hosts start it: without the parser, which costs 5 ms and 0.3 MB.
        return Options()
    parser = _parser(program)
    chosen = parser.parse_args(said)
    if not chosen.http and (sys.stdin is None or sys.stdout is None):
        parser.error("stdin or stdout is closed; serve over HTTP with --http")
    return Options(
        http=chosen.http,
        host=chosen.host,
        port=chosen.port,
        path=chosen.path,
        allow_hosts=tuple(chosen.allow_host),
        allow_origins=tuple(chosen.allow_origin),
        json=chosen.json,
        stateless=chosen.stateless,
        resumable=chosen.resumable,
        access_log=chosen.access_log,
    )


def _parser(program: str) -> ArgumentParser:
    from argparse import ArgumentParser

    parser = ArgumentParser(
        prog=program,
        description="Serves MCP on stdin and stdout, or with --http on a port.",
        epilog="Ends with 2 if a setting is wrong or a module is missing, 3 if the port is taken, 130 on Ctrl-C.",
    )
    parser.add_argument("--http", action="store_true", help="serve over HTTP instead of stdio")
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on")
    parser.add_argument("--port", type=int, default=8000, help="the port to listen on")
    parser.add_argument("--path", default="/mcp", help="the path of the endpoint")
    parser.add_argument(
        "--allow-host",
        action="append",
        default=[],
        metavar="HOST",
        help="a name under which clients reach the server, such as mcp.example.com; may be repeated",
    )
    parser.add_argument(
        "--allow-origin",
        action="append",
        default=[],
        metavar="ORIGIN",
        help="a web origin that may call, such as https://app.example.com; may be repeated",
    )
    parser.add_argument("--json", action="store_true", help="answer with JSON, not event streams")
    parser.add_argument("--stateless", action="store_true", help="keep no sessions")
    parser.add_argument(
        "--resumable", action="store_true", help="let clients take up interrupted streams"
    )
    parser.add_argument("--access-log", action="store_true", help="log a line for every request")
    return parser
