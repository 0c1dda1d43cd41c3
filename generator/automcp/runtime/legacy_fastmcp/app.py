"""The `FastMCP` of fastmcp 2 and 3."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from fastmcp.server.transforms import ToolTransform

from .before import FASTMCP
from .compiled import CompiledTools
from .components import Components
from .contexts import speak_as_before
from .documents import list_as_written
from .hooks import Hooked, ask_low_level_servers
from .listed import result_as_before
from .listing import further_annotations, list_as_before
from .managers import Managed
from .mounting import Mounting
from .prompts import make_as_before as make_prompts_as_before
from .resources import read_as_before
from .serving import Serving
from .tools import make_as_before as make_tools_as_before

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
    "auth_settings",
    "cache_expiration_seconds",
    "debug",
    "dependencies",
    "include_fastmcp_meta",
    "message_path",
    "resource_prefix_format",
    "sampling_handler",
    "sampling_handler_behavior",
    "sse_path",
    "tags",
)
_DUPLICATES = ("on_duplicate_tools", "on_duplicate_resources", "on_duplicate_prompts")

make_tools_as_before()
make_prompts_as_before()
list_as_before()
read_as_before()
speak_as_before()
list_as_written()


class FastMCP(Managed, Components, Mounting, Serving, Hooked, Generic[LifespanResultT]):
    """`fastmcp.FastMCP` as it was, on the one of fastmcp 4."""

    def __init__(
        self, name: str | None = None, instructions: str | None = None, **words: Any
    ) -> None:
        served = {now: words.pop(before, None) for before, now in _SERVED_WITH.items()}
        self._served_with = {word: one for word, one in served.items() if one is not None}
        for word in _IGNORED:
            words.pop(word, None)
        for word in _DUPLICATES:
            chosen = words.pop(word, None)
            if chosen is not None:
                words.setdefault("on_duplicate", chosen)
        include, exclude = words.pop("include_tags", None), words.pop("exclude_tags", None)
        transformations = words.pop("tool_transformations", None)
        self._serializer = words.pop("tool_serializer", None)
        words.setdefault("auth", words.pop("auth_server_provider", None))
        if FASTMCP < (2, 14):
            words.setdefault("dereference_schemas", False)
        compiled = words.pop("compiled", None)
        given = {word: one for word, one in words.items() if one is not None}
        super().__init__(name=name, instructions=instructions, **given)
        self._strict, self.strict_input_validation = self.strict_input_validation, False
        ask_low_level_servers(self._mcp_server)
        outer: list[Any] = self._mcp_server.middleware
        outer.insert(0, further_annotations)
        self._compiled = CompiledTools(compiled, self) if compiled else None
        if self._compiled is not None:
            self.add_provider(self._compiled)
        if transformations:
            self.add_transform(ToolTransform(dict(transformations)))
        if include:
            self.enable(tags=set(include), only=True)
        if exclude:
            self.disable(tags=set(exclude))

    async def run_async(self, transport: Any = None, *said: Any, **words: Any) -> None:
        """Serve."""
        if self._compiled is not None:
            # What a compiled package lacks is better said now than to the first caller.
            self._compiled.load()
        await super().run_async(transport, *said, **words)

    async def _on_list_tools(self, ctx: Any, params: Any) -> Any:
        return result_as_before(await super()._on_list_tools(ctx, params))

    async def _on_list_prompts(self, ctx: Any, params: Any) -> Any:
        return result_as_before(await super()._on_list_prompts(ctx, params))

    async def _on_list_resources(self, ctx: Any, params: Any) -> Any:
        return result_as_before(await super()._on_list_resources(ctx, params))

    async def _on_list_resource_templates(self, ctx: Any, params: Any) -> Any:
        return result_as_before(await super()._on_list_resource_templates(ctx, params))
