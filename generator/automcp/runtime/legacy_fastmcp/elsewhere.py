"""Finds what modules of fastmcp 2 and 3 offered, among it what they had imported themselves."""

from __future__ import annotations

from importlib import import_module
from typing import Any

_OTHERS = (
    "mcp.types",
    "fastmcp.exceptions",
    "fastmcp.utilities.types",
    "fastmcp.server.dependencies",
)


def found(name: str, *modules: str) -> Any:
    """What one of some modules calls by a name.

    Raises:
        AttributeError: None of them has it, and none of those that fastmcp imported everywhere.
    """
    if not name.startswith("__"):
        for module in (*modules, *_OTHERS):
            has = import_module(module)
            if hasattr(has, name):
                return getattr(has, name)
    raise AttributeError(name)
