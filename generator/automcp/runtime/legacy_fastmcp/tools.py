"""What `fastmcp.tools` and `fastmcp.tools.tool` offered."""

from __future__ import annotations

from typing import Any

from fastmcp import tools as _tools
from fastmcp.tools import base as _base
from fastmcp.tools import function_tool as _function_tool


def __getattr__(name: str) -> Any:
    for module in (_tools, _base, _function_tool):
        if hasattr(module, name):
            return getattr(module, name)
    raise AttributeError(name)
