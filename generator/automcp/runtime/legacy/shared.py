"""What `mcp.shared` offered in `mcp` 1."""

from __future__ import annotations

from importlib import import_module
from typing import Any

_HERE = {
    "context": "context",
    "exceptions": "errors",
    "memory": "memory",
    "progress": "session",
    "session": "session",
    "version": "session",
}


def __getattr__(name: str) -> Any:
    if name in _HERE:
        return import_module(f"{__package__}.{_HERE[name]}")
    if name.startswith("__"):
        raise AttributeError(name)
    return import_module(f"mcp.shared.{name}")
