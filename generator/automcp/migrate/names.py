"""Where what legacy code imports of `mcp` is found from now on."""

from __future__ import annotations

from collections.abc import Mapping

ADAPTERS: Mapping[str, str] = {"mcp": "legacy_mcp", "fastmcp": "legacy_fastmcp"}
"""The folders that the adapters are vendored in, by what they stand for."""

MOVED: Mapping[str, str] = {
    "mcp": "",
    "mcp.types": "types",
    "mcp.server": "server",
    "mcp.server.lowlevel": "lowlevel",
    "mcp.server.lowlevel.server": "lowlevel",
    "mcp.server.fastmcp": "fastmcp",
    "mcp.server.fastmcp.server": "fastmcp",
    "mcp.server.fastmcp.exceptions": "errors",
    "mcp.server.fastmcp.prompts": "fastmcp.prompts",
    "mcp.server.fastmcp.prompts.base": "fastmcp.prompts",
    "mcp.server.fastmcp.resources": "fastmcp.resources",
    "mcp.server.fastmcp.resources.types": "fastmcp.resources",
    "mcp.server.fastmcp.resources.base": "fastmcp.resources",
    "mcp.server.fastmcp.resources.templates": "fastmcp.resources",
    "mcp.server.fastmcp.tools": "fastmcp.tools",
    "mcp.server.fastmcp.tools.base": "fastmcp.tools",
    "mcp.server.fastmcp.tools.tool_manager": "fastmcp.tools",
    "mcp.server.fastmcp.prompts.manager": "fastmcp.prompts",
    "mcp.server.fastmcp.prompts.prompt_manager": "fastmcp.prompts",
    "mcp.server.fastmcp.resources.resource_manager": "fastmcp.resources",
    "mcp.server.fastmcp.utilities": "fastmcp.utilities",
    "mcp.server.fastmcp.utilities.logging": "fastmcp.logs",
    "mcp.shared.exceptions": "errors",
    "mcp.shared.context": "context",
    "mcp.shared.memory": "memory",
    "mcp.shared.progress": "session",
    "mcp.shared.session": "session",
    "mcp.shared.version": "session",
    "mcp.server.fastmcp.utilities.context_injection": "fastmcp.context",
    "mcp.server.session": "session",
    "mcp.client.session": "client",
    "mcp.client.session_group": "client",
    "mcp.client.sse": "client",
    "mcp.client.streamable_http": "client",
    "fastmcp": "",
    "fastmcp.server": "",
    "fastmcp.server.server": "",
    "fastmcp.experimental.server.openapi": "openapi",
    "fastmcp.prompts": "prompts",
    "fastmcp.prompts.base": "prompts",
    "fastmcp.prompts.function_prompt": "prompts",
    "fastmcp.prompts.manager": "prompts",
    "fastmcp.prompts.prompt": "prompts",
    "fastmcp.prompts.prompt_manager": "prompts",
    "fastmcp.resources": "resources",
    "fastmcp.resources.base": "resources",
    "fastmcp.resources.function_resource": "resources",
    "fastmcp.resources.resource": "resources",
    "fastmcp.resources.resource_manager": "resources",
    "fastmcp.resources.template": "resources",
    "fastmcp.resources.templates": "resources",
    "fastmcp.resources.types": "resources",
    "fastmcp.server.auth": "auth",
    "fastmcp.server.auth.authorization": "auth",
    "fastmcp.server.auth.providers.bearer": "auth",
    "fastmcp.server.auth.providers.bearer_env": "auth",
    "fastmcp.server.context": "contexts",
    "fastmcp.server.openapi": "openapi",
    "fastmcp.server.openapi.components": "openapi",
    "fastmcp.server.openapi.routing": "openapi",
    "fastmcp.server.openapi.server": "openapi",
    "fastmcp.server.providers.proxy": "proxy",
    "fastmcp.server.proxy": "proxy",
    "fastmcp.tools": "tools",
    "fastmcp.tools.base": "tools",
    "fastmcp.tools.function_tool": "tools",
    "fastmcp.tools.tool": "tools",
    "fastmcp.tools.tool_manager": "tools",
    "fastmcp.tools.tool_transform": "tools",
    "fastmcp.utilities.types": "values",
}
"""Modules of old SDKs, and the adapters' modules that offer the same."""

RENAMED: Mapping[str, str] = {
    "mcp.server.fastmcp.utilities.types": "mcp.server.mcpserver.utilities.types",
    "mcp.server.fastmcp.utilities.func_metadata": "mcp.server.mcpserver.utilities.func_metadata",
    "fastmcp.experimental.utilities.openapi": "fastmcp.utilities.openapi",
    "fastmcp.low_level": "fastmcp.server.low_level",
    "fastmcp.server.app": "fastmcp.apps.app",
    "fastmcp.server.apps": "fastmcp.apps.config",
    "fastmcp.server.tasks": "fastmcp.utilities.tasks",
    "fastmcp.server.tasks.config": "fastmcp.utilities.tasks",
    "fastmcp.utilities.mcp_config": "fastmcp.mcp_config",
}
"""Modules that `mcp` 2 and fastmcp 4 have elsewhere."""


def moved(module: str, place: str) -> str | None:
    """Where a module is found now; `None` if it is where it was.

    Args:
        place: The dotted name of the package that the adapters are vendored in; empty outside of any.
    """
    if module in RENAMED:
        return RENAMED[module]
    if module not in MOVED:
        return None
    adapter = adapter_name(module.split(".")[0], place)
    inside = MOVED[module]
    return f"{adapter}.{inside}" if inside else adapter


def adapter_name(sdk: str, place: str) -> str:
    """The dotted name of the adapter that stands for an SDK."""
    return f"{place}.{ADAPTERS[sdk]}" if place else ADAPTERS[sdk]
