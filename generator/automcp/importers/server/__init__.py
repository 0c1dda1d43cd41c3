"""A running MCP server becomes a spec: `capture` asks it, `compose` writes down what it said."""
