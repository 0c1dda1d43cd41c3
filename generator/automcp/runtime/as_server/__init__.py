"""Compiled servers that callers know as ones made with `mcp` 1 (`server: {as: ...}`): answers around the functions."""
