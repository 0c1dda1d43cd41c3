"""Binds a kernel to the low-level `Server` of mcp 2, which `MCPServer` and fastmcp 4 are both built on."""
