"""What `fastmcp.utilities.types` offered."""

from __future__ import annotations

from typing import Any

from .elsewhere import found


def __getattr__(name: str) -> Any:
    return found(name, "fastmcp.utilities.types")
