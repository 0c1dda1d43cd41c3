"""Runs a server as its command line says."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import Any

from starlette.applications import Starlette

from ..lowlevel.events import RecentEvents
from ..lowlevel.http import serve_http
from ..server.options import INTERRUPTED, Options, parse
from ..server.settings import SettingsError
from ..shared.importing import settle
from .app import CompiledServer

_RETRY_INTERVAL = 500
"""Milliseconds after which a client may come back for a stream that was closed on it."""


def main(
    build_server: Callable[[], CompiledServer[Any, Any]],
    program: str,
    arguments: Sequence[str] | None = None,
) -> None:
    """Serve until the client goes away. Ends the program with 2 if a setting is wrong, with 130 on Ctrl-C."""
    options = parse(program, arguments)
    try:
        server = build_server()
    except SettingsError as error:
        print(error, file=sys.stderr)
        sys.exit(2)
    settle()
    try:
        if options.http:
            serve_http(application(server, options), options)
        else:
            server.run("stdio", show_banner=False)
    except KeyboardInterrupt:
        # Ctrl-C is how people end it, and this is how shells know.
        sys.exit(INTERRUPTED)


def application(server: CompiledServer[Any, Any], options: Options) -> Starlette:
    """The ASGI application of the server; who may call under which name is checked (DNS rebinding)."""
    return server.http_app(
        path=options.path,
        json_response=options.json,
        stateless_http=options.stateless,
        event_store=RecentEvents() if options.resumable else None,
        retry_interval=_RETRY_INTERVAL if options.resumable else None,
        # FastMCP's own default is not to check.
        host_origin_protection=True,
        allowed_hosts=list(options.allow_hosts),
        allowed_origins=list(options.allow_origins),
    )
