"""The service on mcp 2: an `MCPServer`."""

from ..shared.importing import undisturbed

with undisturbed():
    import mcp.server.mcpserver as _  # noqa: F401 # pyright: ignore[reportUnusedImport]
