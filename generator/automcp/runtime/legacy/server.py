"""What `mcp.server` offered in `mcp` 1."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from mcp.server.models import InitializationOptions

from .lowlevel import NotificationOptions, Server

if TYPE_CHECKING:
    from .fastmcp import FastMCP

__all__ = ["FastMCP", "InitializationOptions", "NotificationOptions", "Server"]


def __getattr__(name: str) -> Any:
    if name == "FastMCP":
        return import_module(f"{__package__}.fastmcp").FastMCP
    if name in ("fastmcp", "lowlevel", "session"):
        return import_module(f"{__package__}.{name}")
    if name.startswith("__"):
        raise AttributeError(name)
    try:
        return import_module(f"mcp.server.{name}")
    except ModuleNotFoundError:
        return getattr(import_module("mcp.server"), name)
