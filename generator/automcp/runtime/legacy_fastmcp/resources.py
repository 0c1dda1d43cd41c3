"""What `fastmcp.resources` and its modules offered."""

from __future__ import annotations

from typing import Any

from .elsewhere import found


def __getattr__(name: str) -> Any:
    return found(
        name,
        "fastmcp.resources",
        "fastmcp.resources.base",
        "fastmcp.resources.function_resource",
        "fastmcp.resources.template",
        "fastmcp.resources.types",
    )
