"""What `mcp` 1 offered, on top of `mcp` 2: legacy servers import it from here, and keep working.

What did not change between the two is passed on from `mcp` as it is.
"""

from __future__ import annotations

import warnings
from importlib import import_module
from typing import Any

import mcp as _mcp
from mcp import MCPDeprecationWarning

# Legacy code speaks of logging, roots and sampling as its own revision of the protocol did.
warnings.filterwarnings("ignore", category=MCPDeprecationWarning)

_MODULES = ("types", "server", "errors", "client", "shared")
_HOMES = {
    "ClientSession": "client",
    "ClientSessionGroup": "client",
    "McpError": "errors",
    "ServerSession": "session",
}


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        return import_module(f"{__name__}.{name}")
    if name in _HOMES:
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    if name.startswith("__"):
        raise AttributeError(name)
    types = import_module(f"{__name__}.types")
    if name in types.NAMES:
        return getattr(types, name)
    return getattr(_mcp, name)
