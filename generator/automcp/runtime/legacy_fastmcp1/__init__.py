"""What fastmcp 0.4 and 1 offered: the `FastMCP` that `mcp` 1 took over, on the adapter that stands for that."""

from __future__ import annotations

import sys
from typing import Any

from .app import FastMCP
from .sdk.fastmcp import Context, Image

__all__ = ["Context", "FastMCP", "Image"]


def __getattr__(name: str) -> Any:
    if name == "server":
        # What stood in `fastmcp.server` stands here.
        return sys.modules[__name__]
    raise AttributeError(name)
