"""Runs a server as its command line says."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import Any

from mcp.server.transport_security import TransportSecuritySettings
from starlette.applications import Starlette

from ..lowlevel.http import serve_http
from ..server.logs import log_plainly
from ..server.options import INTERRUPTED, LOOPBACK_HOSTS, LOOPBACK_ORIGINS, Options, parse
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
    log_plainly()
    settle()
    try:
        if options.http:
            serve_http(application(server, options), options)
        else:
            server.run("stdio")
    except KeyboardInterrupt:
        # Ctrl-C is how people end it, and this is how shells know.
        sys.exit(INTERRUPTED)


def application(server: CompiledServer[Any, Any], options: Options) -> Starlette:
    """The ASGI application of the server."""
    server.resumable = options.resumable
    return server.streamable_http_app(
        host=options.host,
        streamable_http_path=options.path,
        json_response=options.json,
        stateless_http=options.stateless,
        retry_interval=_RETRY_INTERVAL if options.resumable else None,
        transport_security=security(options),
    )


def security(options: Options) -> TransportSecuritySettings:
    """Who may call under which name: loopback ones, and those that were allowed (DNS rebinding)."""
    return TransportSecuritySettings(
        enable_dns_rebinding_protection=True,
        allowed_hosts=[*LOOPBACK_HOSTS, *options.allow_hosts],
        allowed_origins=[*LOOPBACK_ORIGINS, *options.allow_origins],
    )
