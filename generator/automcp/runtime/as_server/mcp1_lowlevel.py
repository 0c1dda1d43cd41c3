"""Answers as a low-level server of `mcp` 1 did that had tools, and nothing else."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, TypeAlias

from mcp.server.context import HandlerResult, ServerRequestContext
from mcp_types import CallToolRequestParams

from ..legacy.functions.mcp1_lowlevel import answered
from ..legacy.functions.results import failed
from ..legacy.functions.schemas import wrong
from .handshake import CompiledT, asked, handler_of, present, unfit

Unknown: TypeAlias = Callable[[str, dict[str, Any]], Awaitable[Any]]
"""What answers calls of tools that are not listed, of the name and the arguments."""

_OTHERS = {
    "prompts": ("prompts/list", "prompts/get"),
    "resources": ("resources/list", "resources/templates/list", "resources/read"),
}


def as_mcp1_lowlevel(
    server: CompiledT, *, version: str | None = None, unknown: Unknown | None = None
) -> CompiledT:
    """Let a compiled server be to its callers what a low-level server of `mcp` 1 was.

    Args:
        version: What it says as its version; that of the SDK if `None`.
        unknown: What answers calls of tools that are not listed.
    """
    carrier, surface = server.lowlevel, server.kernel.surface
    call = handler_of(carrier, "tools/call")

    async def call_tool(
        context: ServerRequestContext[Any, Any], params: CallToolRequestParams
    ) -> HandlerResult:
        arguments = params.arguments or {}
        if params.name not in surface:
            if unknown is None:
                return failed(f"Unknown tool: {params.name}")
            return await answered(partial(unknown, params.name, arguments))
        tool = surface.tool(params.name)
        refused = wrong(arguments, tool["inputSchema"])
        if refused is not None:
            return failed(f"Input validation error: {refused}")
        result = await asked(call, context, params)
        return unfit(result, tool.get("outputSchema")) or result

    carrier.add_request_handler("tools/call", CallToolRequestParams, call_tool)
    offered = {
        part: bool(set(methods) & set(server.kernel.methods)) for part, methods in _OTHERS.items()
    }
    without = [one for part, methods in _OTHERS.items() if not offered[part] for one in methods]
    present(server, version, without=without, **offered)
    return server
