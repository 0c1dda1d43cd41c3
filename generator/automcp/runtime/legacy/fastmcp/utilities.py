"""What `mcp.server.fastmcp.utilities` offered."""

from mcp.server.mcpserver.utilities import func_metadata, types

from . import logs as logging

__all__ = ["func_metadata", "logging", "types"]
