"""What `fastmcp.server.openapi` offered."""

from __future__ import annotations

from enum import Enum
from typing import Any

from fastmcp.server.providers import openapi as _openapi

from .app import FastMCP
from .elsewhere import found


class RouteType(Enum):
    """What a route becomes, by the names of before 2.5."""

    TOOL = "TOOL"
    RESOURCE = "RESOURCE"
    RESOURCE_TEMPLATE = "RESOURCE_TEMPLATE"
    IGNORE = "EXCLUDE"
    EXCLUDE = "EXCLUDE"


class RouteMap(_openapi.RouteMap):
    """What the routes that fit become."""

    def __init__(self, *said: Any, route_type: RouteType | None = None, **words: Any) -> None:
        words.update(zip(("methods", "pattern", "mcp_type", "tags"), said, strict=False))
        chosen = route_type or words.get("mcp_type")
        if isinstance(chosen, RouteType):
            words["mcp_type"] = _openapi.MCPType(chosen.value)
        super().__init__(**words)


def server_of_openapi(openapi_spec: Any, client: Any, **words: Any) -> Any:
    """A server of what an OpenAPI document describes."""
    return FastMCP.from_openapi(openapi_spec, client, **words)


def __getattr__(name: str) -> Any:
    if name == "FastMCPOpenAPI":
        return server_of_openapi
    return found(
        name,
        "fastmcp.server.providers.openapi",
        "fastmcp.utilities.openapi",
        "fastmcp.server.providers.openapi.routing",
    )
