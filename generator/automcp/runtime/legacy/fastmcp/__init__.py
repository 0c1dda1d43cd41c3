"""What `mcp.server.fastmcp` offered in `mcp` 1."""

import sys
from typing import Any

from mcp.server.mcpserver.utilities.types import Audio, Image
from mcp.types import Icon

from .. import errors
from ..elsewhere import elsewhere
from .app import FastMCP
from .context import Context
from .settings import Settings

__all__ = ["Audio", "Context", "FastMCP", "Icon", "Image", "Settings"]


def __getattr__(name: str) -> Any:
    # Modules that `mcp` 1 had beside these.
    if name == "server":
        return sys.modules[__name__]
    if name == "exceptions":
        return errors
    return elsewhere(name)
