"""Scores what AutoMCP compiles by suites that others wrote: MCP's conformance suite and its Inspector."""
