"""What `mcp.server.fastmcp` offered in `mcp` 1."""

from mcp.server.mcpserver.utilities.types import Audio, Image
from mcp.types import Icon

from .app import FastMCP
from .context import Context
from .settings import Settings

__all__ = ["Audio", "Context", "FastMCP", "Icon", "Image", "Settings"]
