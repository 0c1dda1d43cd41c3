"""Private methods of fastmcp 2 and 3 that servers override to decide what is listed, and what may be called.

They are asked here as they were: a server that hides tools, or refuses calls, would otherwise stop doing so silently.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from typing import Any, cast

import mcp.types as types
from fastmcp import FastMCP as Now
from fastmcp.server.dependencies import bind_request_context, fastmcp_request_ctx
from mcp import UrlElicitationRequiredError

from .answers import Answers
from .handlers import handlers_of

_call: ContextVar[tuple[Any, Any]] = ContextVar("_call")
"""The request of the call that is being answered: its context and parameters."""


class Hooked(Answers, Now[Any]):
    """Asks what a subclass overrides, and fastmcp 4 itself where it does not."""

    async def _list_tools_mcp(self, request: Any = None) -> Any:
        """The tools as they go out."""
        tools: Sequence[Any] = await self.list_tools()
        return [tool.to_mcp_tool(name=tool.name) for tool in tools]

    async def _mcp_list_tools(self) -> Any:
        """The tools as they go out, by the name of before 2.13."""
        return await self._list_tools_mcp()

    async def _call_tool_mcp(self, key: str, arguments: dict[str, Any]) -> Any:
        """The result of a call as it goes out."""
        context, params = _call.get()
        changed = params.model_copy(update={"name": key, "arguments": arguments})
        return await super()._on_call_tool(context, changed)

    async def _mcp_call_tool(self, key: str, arguments: dict[str, Any]) -> Any:
        """The result of a call as it goes out, by the name of before 2.13."""
        return await self._call_tool_mcp(key, arguments)

    async def _mcp_list_resources(self) -> Any:
        """The resources as they go out."""
        return [one.to_mcp_resource() for one in await self.list_resources()]

    async def _mcp_list_resource_templates(self) -> Any:
        """The templates of resources as they go out."""
        found = await self.list_resource_templates()
        return [one.to_mcp_template() for one in found]

    async def _mcp_list_prompts(self) -> Any:
        """The prompts as they go out."""
        return [one.to_mcp_prompt() for one in await self.list_prompts()]

    async def _mcp_read_resource(self, uri: Any) -> Any:
        """What a resource holds, for whoever asks the server itself."""
        return list((await self.read_resource(str(uri))).contents)

    async def _mcp_get_prompt(self, name: str, arguments: dict[str, Any] | None = None) -> Any:
        """The messages of a prompt, for whoever asks the server itself."""
        return (await self.render_prompt(name, arguments)).to_mcp_prompt_result()

    # By the names from 2.13 on.
    _list_resources_mcp = _mcp_list_resources
    _list_resource_templates_mcp = _mcp_list_resource_templates
    _list_prompts_mcp = _mcp_list_prompts
    _read_resource_mcp = _mcp_read_resource
    _get_prompt_mcp = _mcp_get_prompt

    async def _on_list_tools(self, ctx: Any, params: Any) -> Any:
        hook = self._overridden("_list_tools_mcp", "_mcp_list_tools")
        if hook is None:
            return await super()._on_list_tools(ctx, params)
        with bind_request_context(ctx):
            takes = bool(inspect.signature(hook).parameters)
            request = (types.ListToolsRequest(params=params),) if takes else ()
            found = await hook(*request)
        return found if hasattr(found, "tools") else types.ListToolsResult(tools=list(found))

    async def _on_call_tool(self, ctx: Any, params: Any) -> Any:
        hook = self._overridden("_call_tool_mcp", "_mcp_call_tool")
        if hook is None:
            return await super()._on_call_tool(ctx, params)
        token = _call.set((ctx, params))
        try:
            with bind_request_context(ctx):
                found = await hook(params.name, params.arguments or {})
        except UrlElicitationRequiredError:
            raise
        except Exception as error:
            # Whatever a hook raised was the text of a result.
            text = types.TextContent(type="text", text=str(error))
            return types.CallToolResult(content=[text], is_error=True)
        finally:
            _call.reset(token)
        return _result(found)

    def _overridden(self, *names: str) -> Callable[..., Any] | None:
        """The first of some methods that a subclass has one of its own for."""
        for name in names:
            if getattr(type(self), name) is not getattr(Hooked, name):
                own: Callable[..., Any] = getattr(self, name)
                return own
        return None


def _result(found: Any) -> Any:
    """What a hook returned, as a result: content, content with structured content, or a result."""
    if isinstance(found, tuple):
        content, structured = cast("tuple[Any, Any]", found)
        return types.CallToolResult(content=list(content), structured_content=structured)
    if isinstance(found, list):
        content = cast("Any", found)
        return types.CallToolResult(content=content)
    return found


def _request_context(server: Any) -> Any:
    return fastmcp_request_ctx.get(None)


def _notification_handlers(server: Any) -> Any:
    return server.__dict__.setdefault("_notified", {})


def ask_low_level_servers(server: Any) -> None:
    """Let `_mcp_server.request_context` and the tables of handlers say what they did."""
    kind = cast("Any", type(server))
    if not hasattr(kind, "request_context"):
        kind.request_context = property(_request_context)
    if not hasattr(kind, "request_handlers"):
        kind.request_handlers = property(handlers_of)
        kind.notification_handlers = property(_notification_handlers)
