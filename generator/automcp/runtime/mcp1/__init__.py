"""The dialect of mcp 1 (`FastMCP`, MCP up to 2025-11-25): a kernel bound to it."""
