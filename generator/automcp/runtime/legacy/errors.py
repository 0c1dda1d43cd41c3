"""The exceptions of `mcp` 1 and of its `FastMCP`."""

from __future__ import annotations

from importlib import import_module
from typing import Any

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


McpError: Any = MCPError
"""The one class of errors, made from the record as `mcp` 1 did: what legacy code catches is what the SDK raises."""

_made: Any = MCPError.__init__


def _from_record(
    self: MCPError,
    code: int | ErrorData = 0,
    message: str = "",
    data: Any = None,
    error: ErrorData | None = None,
) -> None:
    record: Any = error or code
    if isinstance(record, int):
        _made(self, record, message, data)
    else:
        _made(self, message=record.message, code=record.code, data=record.data)


type.__setattr__(MCPError, "__init__", _from_record)


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


def __getattr__(name: str) -> Any:
    return import_module(".elsewhere", __package__).elsewhere(name)
