"""The `FastMCP` of fastmcp 2 and 3."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from .before import FASTMCP
from .hooks import Hooked, ask_low_level_servers
from .listed import result_as_before
from .surface import as_listed_by_2, as_listed_by_3

LifespanResultT = TypeVar("LifespanResultT")

_SERVED_WITH = {
    "host": "host",
    "port": "port",
    "streamable_http_path": "path",
    "log_level": "log_level",
    "json_response": "json_response",
    "stateless_http": "stateless_http",
}
"""Words of the constructor that belong to a run over HTTP now."""

_IGNORED = (
    "debug",
    "dependencies",
    "message_path",
    "sampling_handler",
    "sampling_handler_behavior",
    "sse_path",
)
_DUPLICATES = ("on_duplicate_tools", "on_duplicate_resources", "on_duplicate_prompts")
_OF_2 = (*_SERVED_WITH, *_IGNORED)
"""Words that fastmcp 3 did not take: a server that says one was made for 2."""

_IGNORED_OF_TOOLS = ("exclude_args", "serializer")


class FastMCP(Hooked, Generic[LifespanResultT]):
    """`fastmcp.FastMCP` as it was, on the one of fastmcp 4."""

    def __init__(
        self, name: str | None = None, instructions: str | None = None, **words: Any
    ) -> None:
        self._of_2 = FASTMCP < (3,) or any(word in words for word in _OF_2)
        served = {now: words.pop(before, None) for before, now in _SERVED_WITH.items()}
        self._served_with = {word: one for word, one in served.items() if one is not None}
        for word in _IGNORED:
            words.pop(word, None)
        for word in _DUPLICATES:
            chosen = words.pop(word, None)
            if chosen is not None:
                words.setdefault("on_duplicate", chosen)
        include, exclude = words.pop("include_tags", None), words.pop("exclude_tags", None)
        given = {word: one for word, one in words.items() if one is not None}
        super().__init__(name, instructions, **given)
        ask_low_level_servers(self._mcp_server)
        if include:
            self.enable(tags=set(include), only=True)
        if exclude:
            self.disable(tags=set(exclude))

    def tool(self, name_or_fn: Any = None, **words: Any) -> Any:
        """Make a function a tool, as a decorator or as a call."""
        words = {word: one for word, one in words.items() if word not in _IGNORED_OF_TOOLS}
        if words.pop("enabled", None) is False:
            return lambda function: function
        return super().tool(name_or_fn, **words)

    def resource(self, uri: str, **words: Any) -> Any:
        """Make a function a resource."""
        if words.pop("enabled", None) is False:
            return lambda function: function
        return super().resource(uri, **words)

    def prompt(self, name_or_fn: Any = None, **words: Any) -> Any:
        """Make a function a prompt, as a decorator or as a call."""
        if words.pop("enabled", None) is False:
            return lambda function: function
        return super().prompt(name_or_fn, **words)

    async def list_tools(self, **words: Any) -> Sequence[Any]:
        """The tools, listed as they were."""
        found = await super().list_tools(**words)
        listed = as_listed_by_2 if self._of_2 else as_listed_by_3
        return [listed(tool) for tool in found]

    async def _on_list_tools(self, ctx: Any, params: Any) -> Any:
        return result_as_before(await super()._on_list_tools(ctx, params))

    async def _on_list_prompts(self, ctx: Any, params: Any) -> Any:
        return result_as_before(await super()._on_list_prompts(ctx, params))

    async def _on_list_resources(self, ctx: Any, params: Any) -> Any:
        return result_as_before(await super()._on_list_resources(ctx, params))

    async def _on_list_resource_templates(self, ctx: Any, params: Any) -> Any:
        return result_as_before(await super()._on_list_resource_templates(ctx, params))

    async def run_async(self, transport: Any = None, **words: Any) -> None:
        """Serve; `LEGACY_MCP_TRANSPORT` in the environment says otherwise over what."""
        said = os.environ.get("LEGACY_MCP_TRANSPORT")
        if said and said != transport:
            transport = said
            words = {word: one for word, one in words.items() if word == "show_banner"}
        await super().run_async(transport, **words)

    async def run_http_async(self, *words: Any, **named: Any) -> None:
        """Serve HTTP, as the constructor was told to."""
        await super().run_http_async(*words, **{**self._served_with, **named})
