"""Answers as the `FastMCP` of `mcp` 1 did, whatever nobody offers included."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

from mcp.server.context import HandlerResult, ServerRequestContext
from mcp.shared.exceptions import MCPError
from mcp.types import INVALID_PARAMS
from mcp_types import (
    CallToolRequestParams,
    GetPromptRequestParams,
    PaginatedRequestParams,
    ReadResourceRequestParams,
)
from pydantic import AnyUrl, ValidationError

from ..legacy.functions.results import failed
from .handshake import Compiled, CompiledT, asked, handler_of, present, said, unfit

_NOT_FOUND = frozenset({INVALID_PARAMS, -32002})
"""What a resource that is not there is answered with by today's servers."""


def as_mcp1(server: CompiledT, *, version: str | None = None) -> CompiledT:
    """Let a compiled server be to its callers what a `FastMCP` of `mcp` 1 was.

    Args:
        version: What it says as its version; that of the SDK if `None`.
    """
    answers = _Answers(server)
    carrier = server.lowlevel
    carrier.add_request_handler("tools/call", CallToolRequestParams, answers.call_tool)
    carrier.add_request_handler("prompts/get", GetPromptRequestParams, answers.fill_prompt)
    carrier.add_request_handler("resources/read", ReadResourceRequestParams, answers.read_resource)
    if answers.prompts:
        carrier.add_request_handler("prompts/list", PaginatedRequestParams, answers.list_prompts)
    present(server, version, prompts=True, resources=True)
    return server


class _Answers:
    """What is answered otherwise than by a compiled server.

    Attributes:
        prompts: The names of those that there are.
    """

    def __init__(self, server: Compiled) -> None:
        self._surface = server.kernel.surface
        self.prompts = {str(one["name"]) for one in self._surface.listed("prompts")}
        methods = ("tools/call", "prompts/get", "prompts/list", "resources/read")
        self._of = {method: handler_of(server.lowlevel, method) for method in methods}

    async def call_tool(
        self, context: ServerRequestContext[Any, Any], params: CallToolRequestParams
    ) -> HandlerResult:
        if params.name not in self._surface:
            return failed(f"Unknown tool: {params.name}")
        result = await asked(self._of["tools/call"], context, params)
        return unfit(result, self._surface.tool(params.name).get("outputSchema")) or result

    async def fill_prompt(
        self, context: ServerRequestContext[Any, Any], params: GetPromptRequestParams
    ) -> HandlerResult:
        if params.name not in self.prompts:
            raise MCPError(0, f"Unknown prompt: {params.name}")
        return await self._of["prompts/get"](context, params)

    async def list_prompts(
        self, context: ServerRequestContext[Any, Any], params: PaginatedRequestParams
    ) -> HandlerResult:
        result = await asked(self._of["prompts/list"], context, params)
        listed = map(said, cast("list[Any]", result["prompts"]))
        prompts = [{**one, "arguments": one.get("arguments", [])} for one in listed]
        return {**result, "prompts": prompts}

    async def read_resource(
        self, context: ServerRequestContext[Any, Any], params: ReadResourceRequestParams
    ) -> HandlerResult:
        try:
            uri = str(AnyUrl(params.uri))
        except ValidationError:
            raise MCPError(INVALID_PARAMS, "Invalid request parameters", "") from None
        # Schemes and hosts are lower case from here on.
        asked_for = replace(context, params={**(context.params or {}), "uri": uri})
        try:
            return await self._of["resources/read"](
                asked_for, params.model_copy(update={"uri": uri})
            )
        except MCPError as error:
            if error.code not in _NOT_FOUND:
                raise
            raise MCPError(0, f"Unknown resource: {uri}") from error
