"""What `fastmcp.server.proxy` offered."""

from __future__ import annotations

from typing import Any

from fastmcp.server.providers import proxy as _proxy

from .app import FastMCP
from .elsewhere import found


class FastMCPProxy(FastMCP[Any], _proxy.FastMCPProxy):  # pyright: ignore[reportIncompatibleMethodOverride]
    """A server that passes everything on to another: to the one that a client speaks to, before 2.14."""

    def __init__(self, client: Any = None, **words: Any) -> None:
        if client is not None:
            words["client_factory"] = client.new
        super().__init__(**words)


def __getattr__(name: str) -> Any:
    return found(name, "fastmcp.server.providers.proxy", "fastmcp.client", "fastmcp.server")
