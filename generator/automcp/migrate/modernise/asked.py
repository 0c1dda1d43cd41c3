"""What may be asked of a server, and what that says of its tools."""

from __future__ import annotations

from collections.abc import Mapping

from .found import Flavour, Kind

CONSTRUCTORS: Mapping[str, Flavour] = {
    "mcp.server.FastMCP": "mcp1",
    "mcp.server.fastmcp.FastMCP": "mcp1",
    "mcp.server.fastmcp.server.FastMCP": "mcp1",
    "fastmcp.FastMCP": "fastmcp2",
    "fastmcp.server.FastMCP": "fastmcp2",
    "fastmcp.server.server.FastMCP": "fastmcp2",
}
TELLING: Mapping[Flavour, frozenset[str]] = {
    "mcp1": frozenset({"_setup_handlers", "_tool_manager", "remove_tool"}),
    "fastmcp2": frozenset(
        {
            "_local_provider", "_mounted_servers", "_setup_handlers", "_tool_manager", "add_tool_transformation", "add_transform",
            "as_proxy", "import_server", "local_provider", "providers", "remove_tool", "remove_tool_transformation",
            "transforms",
        }
    ),
}  # fmt: skip
"""What looks into the tools of a server, or takes them away; a compiled package's are there, and are no functions inside."""
LISTS = frozenset(
    {
        "call_tool",
        "get_tool",
        "get_tools",
        "list_tools",
        "_list_tools",
        "_call_tool",
        "_list_tools_mcp",
        "_call_tool_mcp",
        "_mcp_list_tools",
        "_mcp_call_tool",
    }
)
"""What gives tools, or answers: the same whoever answers, unless a tool's function is asked for."""
FUNCTIONS = frozenset({"fn", "fn_metadata"})
LOOKED_AT = frozenset(
    {
        f"builtins.{name}"
        for name in (
            "bool",
            "getattr",
            "hasattr",
            "id",
            "isinstance",
            "print",
            "repr",
            "setattr",
            "type",
        )
    }
)
MOUNTS = frozenset({"mount"})
OF_LOW_LEVEL = frozenset({"request_handlers", "_tool_cache", "_get_cached_tool_definition"})
REGISTERS = frozenset({"tool", "add_tool"})
INSPECTED = frozenset({"fastmcp"})
OFFERS: Mapping[str, tuple[Kind, ...]] = {
    "prompt": ("prompts",),
    "add_prompt": ("prompts",),
    "resource": ("resources", "templates"),
    "add_resource": ("resources", "templates"),
    "add_resource_fn": ("resources", "templates"),
    "add_template": ("templates",),
}
"""What registers prompts and resources, and of which kind."""
TELLING_OFFERS = frozenset(
    {
        "_prompt_manager", "_prompts", "_resource_manager", "_resources", "_templates", "remove_prompt", "remove_resource",
    }
)  # fmt: skip
"""What looks into the prompts and resources of a server, or takes them away."""
LISTS_OFFERS = frozenset(
    {
        "get_prompt", "get_prompts", "get_resource", "get_resource_template", "get_resource_templates",
        "get_resources", "list_prompts", "list_resource_templates", "list_resources", "read_resource", "render_prompt",
    }
)  # fmt: skip
"""What gives prompts and resources, or answers for them: the same whoever answers."""
