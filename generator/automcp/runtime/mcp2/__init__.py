"""The service on mcp 2: an `MCPServer`."""
