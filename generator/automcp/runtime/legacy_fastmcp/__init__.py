"""What fastmcp 2 and 3 offered, on top of fastmcp 4.

What did not change is passed on from `fastmcp` as it is.
"""

from __future__ import annotations

import sys
import warnings
from importlib import import_module
from typing import Any

import fastmcp as _fastmcp
from fastmcp.exceptions import FastMCPDeprecationWarning
from fastmcp.server.context import Context
from mcp import MCPDeprecationWarning

from .app import FastMCP
from .elsewhere import found
from .wire_names import speak

__all__ = ["Context", "FastMCP"]

# Legacy code speaks of sampling, roots and logging as its own revision of the protocol did.
warnings.filterwarnings("ignore", category=MCPDeprecationWarning)
warnings.filterwarnings("ignore", category=FastMCPDeprecationWarning)

speak()

_MODULES = ("openapi", "prompts", "proxy", "resources", "tools")


def __getattr__(name: str) -> Any:
    if name == "server":
        # What stood in `fastmcp.server` stands here.
        return sys.modules[__name__]
    if name in _MODULES:
        return import_module(f"{__name__}.{name}")
    if name.startswith("__"):
        raise AttributeError(name)
    if hasattr(_fastmcp, name):
        return getattr(_fastmcp, name)
    return found(name, "fastmcp.server", "fastmcp.server.server")
