"""Names that a module of `mcp` 1 had only because it imported them: legacy code takes them from there, too."""

from __future__ import annotations

from importlib import import_module
from typing import Any, Final

_OURS: Final = (
    "fastmcp.app", "fastmcp.context", "fastmcp.tools", "fastmcp.prompts", "fastmcp.resources",
    "fastmcp.settings", "fastmcp.logs", "lowlevel", "context", "session", "errors", "client",
)  # fmt: skip
_SDK: Final = (
    "server.stdio", "server.sse", "server.streamable_http", "server.streamable_http_manager", "server.elicitation",
    "server.transport_security", "server.models", "server.lowlevel.helper_types", "server.auth.settings",
    "server.auth.provider", "server.auth.middleware.bearer_auth", "server.auth.middleware.auth_context",
    "server.mcpserver.utilities.func_metadata", "server.mcpserver.utilities.types", "client.session",
    "shared.message", "shared.memory", "shared.tool_name_validation",
)  # fmt: skip


def elsewhere(name: str) -> Any:
    """What goes by a name in another module. Raises `AttributeError` if nothing does."""
    if not name.startswith("_"):
        for module in _OURS:
            members = vars(import_module(f"{__package__}.{module}"))
            if name in members:
                return members[name]
        types = import_module(f"{__package__}.types")
        if name == "MCPServer":
            return vars(import_module(f"{__package__}.lowlevel"))["Server"]
        # `mcp.server.fastmcp.server` called the types of the protocol so.
        for one in (name, name.removeprefix("MCP")):
            if one in types.NAMES:
                return getattr(types, one)
        for module in _SDK:
            members = vars(import_module(f"mcp.{module}"))
            if name in members:
                return members[name]
    raise AttributeError(name)
