"""What fastmcp 2 and 3 offered, on top of fastmcp 4.

What did not change is passed on from `fastmcp` as it is.
"""

from __future__ import annotations

from typing import Any

import fastmcp as _fastmcp

from .app import FastMCP
from .wire_names import speak

__all__ = ["FastMCP"]

speak()


def __getattr__(name: str) -> Any:
    if name.startswith("__"):
        raise AttributeError(name)
    return getattr(_fastmcp, name)
