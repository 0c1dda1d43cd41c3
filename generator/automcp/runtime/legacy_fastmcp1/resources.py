"""What `fastmcp.resources` and its modules offered."""

from __future__ import annotations

from typing import Any

from .sdk.fastmcp import resources as _found


def __getattr__(name: str) -> Any:
    return getattr(_found, name)
