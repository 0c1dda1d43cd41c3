"""Runs a server as its command line says."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Sequence
from typing import Any

from anyio import ClosedResourceError
from mcp.server.transport_security import TransportSecuritySettings

from ..server.logs import log_plainly
from ..server.options import INTERRUPTED, LOOPBACK_HOSTS, LOOPBACK_ORIGINS, Options, parse
from ..server.settings import SettingsError
from ..shared.importing import settle
from .app import CompiledServer
from .events import RecentEvents


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
            logging.getLogger("mcp.server.streamable_http").addFilter(_is_news)
            configure(server, options)
            server.run("streamable-http")
        else:
            server.run("stdio")
    except KeyboardInterrupt:
        # Ctrl-C is how people end it, and this is how shells know.
        sys.exit(INTERRUPTED)


def configure(server: CompiledServer[Any, Any], options: Options) -> None:
    """Make the server serve HTTP as the options say; the SDK takes all of it from its settings."""
    settings = server.settings
    settings.host = options.host
    settings.port = options.port
    settings.streamable_http_path = options.path
    settings.json_response = options.json
    settings.stateless_http = options.stateless
    settings.transport_security = security(options)
    server.events = RecentEvents() if options.resumable else None
    server.access_log = options.access_log


def security(options: Options) -> TransportSecuritySettings:
    """Who may call under which name: loopback ones, and those that were allowed (DNS rebinding)."""
    return TransportSecuritySettings(
        enable_dns_rebinding_protection=True,
        allowed_hosts=[*LOOPBACK_HOSTS, *options.allow_hosts],
        allowed_origins=[*LOOPBACK_ORIGINS, *options.allow_origins],
    )


def _is_news(record: logging.LogRecord) -> bool:
    """Whether the log needs it: the SDK takes each session that its client ends in good order for an error."""
    return not (record.exc_info and isinstance(record.exc_info[1], ClosedResourceError))
