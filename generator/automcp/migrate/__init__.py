"""Takes a legacy MCP project to today's SDK: its logic is carried over, and what it showed its callers is kept."""
