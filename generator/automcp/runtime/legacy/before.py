"""The release of `mcp` that the legacy server was made for: some of what callers see depends on it."""

MCP: tuple[int, ...] = (1, 30)
