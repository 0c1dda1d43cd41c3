"""The exceptions of `mcp` 1 and of its `FastMCP`."""

from __future__ import annotations

from mcp import MCPError, UrlElicitationRequiredError
from mcp.types import ErrorData

__all__ = [
    "FastMCPError",
    "InvalidSignature",
    "McpError",
    "ResourceError",
    "ToolError",
    "UrlElicitationRequiredError",
    "ValidationError",
]


class McpError(MCPError):
    """A JSON-RPC error, made from its record as `mcp` 1 did."""

    def __init__(self, error: ErrorData) -> None:
        super().__init__(error.code, error.message, error.data)


class FastMCPError(Exception):
    """What `FastMCP` and its tools raise."""


class ValidationError(FastMCPError):
    """Parameters or results are not what they should be."""


class ResourceError(FastMCPError):
    """A resource cannot be read."""


class ToolError(FastMCPError):
    """A tool failed; callers are told why."""


class InvalidSignature(Exception):
    """A function cannot be published."""
