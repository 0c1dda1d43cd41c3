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

_OWN = {
    "PromptManager": "managers",
    "ResourceManager": "managers",
    "ToolManager": "managers",
    "add_resource_prefix": "mounting",
    "has_resource_prefix": "mounting",
    "remove_resource_prefix": "mounting",
}
"""What is only here, and where."""


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
        if name in _OWN:
            return getattr(import_module(f"{__package__}.{_OWN[name]}"), name)
    raise AttributeError(name)
