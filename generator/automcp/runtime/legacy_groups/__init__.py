"""What AutoMCP offered when services were classes of operations and a configuration file: they run as they are.

The names are those that existing projects import (`automcp.types`, `automcp.group`, `automcp.operation`,
`automcp.server`, ...); what serves them is today's `MCPServer`.
"""
