"""A server over standard input and output: counts its calls, and dies when told to."""

from __future__ import annotations

import os
import sys

from mcp.server.mcpserver import MCPServer

server: MCPServer[dict[str, object]] = MCPServer("child")
calls = 0


@server.tool(structured_output=True)
async def child_count() -> int:
    """How often this process was called."""
    global calls
    calls += 1
    return calls


@server.tool()
async def child_die() -> str:
    """End this process in the middle of the call."""
    sys.stdout.flush()
    os._exit(3)


if __name__ == "__main__":
    server.run("stdio")
