"""The service on fastmcp 4: a `FastMCP`."""
