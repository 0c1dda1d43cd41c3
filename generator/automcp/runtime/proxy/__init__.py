"""What operations need that pass their calls on to another MCP server (`run: proxy`)."""
