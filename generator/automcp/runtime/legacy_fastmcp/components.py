"""What a server of fastmcp 2 and 3 let others add, take away and ask for."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from fastmcp import FastMCP as Now
from fastmcp.exceptions import NotFoundError
from fastmcp.server.transforms import ToolTransform
from fastmcp.tools.base import Tool

from .before import FASTMCP
from .tools import Annotations

_GIVES_COMPONENTS = (2, 7) <= FASTMCP < (3,)
"""Whether a decorator left the tool, resource or prompt where the function was."""

_CALLED_BY_ADDRESS = FASTMCP < (2, 7)
"""Whether resources that are given no name were called as they are addressed, and described by nothing."""

_OF_TOOLS = ("exclude_args", "serializer", "task")
_OF_OTHERS = ("task", "context_kwarg")


class Components(Now[Any]):
    """Takes the words of before."""

    _serializer: Any = None

    def tool(self, name_or_fn: Any = None, *said: Any, **words: Any) -> Any:
        """Make a function a tool, as a decorator or as a call."""
        words.update(zip(("description", "tags"), said, strict=False))
        extra = {word: words.pop(word, None) for word in _OF_TOOLS}
        if isinstance(words.get("annotations"), dict):
            words["annotations"] = Annotations(**words["annotations"])
        enabled = words.pop("enabled", None)

        def finished(function: Any, make: Callable[[Any], Any]) -> Any:
            make(function)
            made = self._last()
            _exclude(made, extra["exclude_args"] or ())
            made.serializer = extra["serializer"] or self._serializer
            return self._given(made, function, enabled)

        if inspect.isroutine(name_or_fn):
            return finished(name_or_fn, lambda one: Now.tool(self, one, **words))
        make: Any = super().tool(name_or_fn, **words)

        def decorate(function: Any) -> Any:
            return finished(function, make)

        return decorate

    def resource(self, uri: str, **words: Any) -> Any:
        """Make a function a resource."""
        decorate = self._decorator(super().resource, uri, words)
        if not _CALLED_BY_ADDRESS or "{" in uri:
            return decorate

        def finished(function: Any) -> Any:
            given = decorate(function)
            made = self._last()
            made.name = words.get("name") or uri
            made.description = words.get("description")
            return given

        return finished

    def prompt(self, name_or_fn: Any = None, **words: Any) -> Any:
        """Make a function a prompt, as a decorator or as a call."""
        if inspect.isroutine(name_or_fn):
            return self._decorator(super().prompt, None, words)(name_or_fn)
        return self._decorator(super().prompt, name_or_fn, words)

    def _decorator(self, decorate: Any, first: Any, words: dict[str, Any]) -> Any:
        kept = {word: one for word, one in words.items() if word not in _OF_OTHERS}
        enabled = kept.pop("enabled", None)
        make = decorate(first, **kept)

        def finished(function: Any) -> Any:
            make(function)
            return self._given(self._last(), function, enabled)

        return finished

    def _last(self) -> Any:
        """What was registered last."""
        return next(reversed(self.local_provider._components.values()))  # pyright: ignore[reportPrivateUsage]

    def _given(self, made: Any, function: Any, enabled: bool | None) -> Any:
        if enabled is False and hasattr(made, "enabled"):
            made.enabled = False
        elif enabled is False:
            self.disable(keys={made.key})
        return made if _GIVES_COMPONENTS else function

    async def list_tools(self, **words: Any) -> Any:
        """The tools that are not disabled."""
        found = await super().list_tools(**words)
        return self._in_order([one for one in found if getattr(one, "enabled", True)])

    async def get_tool(self, name: str = "", version: Any = None, *, key: str | None = None) -> Any:
        """A tool by its name; `None` if there is none, or it is disabled."""
        found = await super().get_tool(key or name, version)
        return found if getattr(found, "enabled", True) else None

    async def list_prompts(self, **words: Any) -> Any:
        """The prompts that are not disabled."""
        found = await super().list_prompts(**words)
        return self._in_order([one for one in found if getattr(one, "enabled", True)])

    async def list_resources(self, **words: Any) -> Any:
        """The resources."""
        return self._in_order(list(await super().list_resources(**words)))

    async def list_resource_templates(self, **words: Any) -> Any:
        """The templates of resources."""
        return self._in_order(list(await super().list_resource_templates(**words)))

    def _in_order(self, found: list[Any]) -> list[Any]:
        """What was mounted came before the server's own until 2.13."""
        if FASTMCP >= (2, 13):
            return found
        own = self.local_provider._components  # pyright: ignore[reportPrivateUsage]
        return sorted(found, key=lambda one: one.key in own)

    async def get_prompt(
        self, name: str = "", version: Any = None, *, key: str | None = None
    ) -> Any:
        """A prompt by its name; `None` if there is none, or it is disabled."""
        found = await super().get_prompt(key or name, version)
        return found if getattr(found, "enabled", True) else None

    def add_tool(self, tool: Any, *said: Any, **words: Any) -> Any:
        """Add a tool, or make a function one."""
        words.update(zip(("name", "description", "tags", "annotations"), said, strict=False))
        added: Any = super().add_tool(Tool.from_function(tool, **words) if words else tool)
        if self._serializer is not None and getattr(added, "serializer", self) is None:
            added.serializer = self._serializer
        return added

    def add_prompt(self, prompt: Any, *said: Any, **words: Any) -> Any:
        """Add a prompt, or make a function one."""
        words.update(zip(("name", "description", "tags"), said, strict=False))
        if words:
            return self.prompt(**words)(prompt)
        return super().add_prompt(prompt)

    def add_resource(self, resource: Any, key: str | None = None) -> Any:
        """Add a resource."""
        return super().add_resource(resource)

    def add_template(self, template: Any, key: str | None = None) -> Any:
        """Add a template of resources."""
        return super().add_template(template)

    def add_resource_fn(self, fn: Callable[..., Any], uri: str, **words: Any) -> None:
        """Make a function a resource."""
        self.resource(uri, **words)(fn)

    def remove_tool(self, name: str, version: str | None = None) -> None:
        """Take a tool away.

        Raises:
            NotFoundError: There is none by this name.
        """
        try:
            self.local_provider.remove_tool(name, version)
        except KeyError as error:
            raise NotFoundError(f"Unknown tool: {name!r}") from error

    def add_tool_transformation(self, tool_name: str, transformation: Any) -> None:
        """Let a tool be listed, and called, otherwise."""
        self.add_transform(ToolTransform({tool_name: transformation}))

    def remove_tool_transformation(self, tool_name: str) -> None:
        """Let a tool be listed, and called, as it is."""
        for one in list(self._transforms):
            if isinstance(one, ToolTransform) and tool_name in one._transforms:  # pyright: ignore[reportPrivateUsage]
                self._transforms.remove(one)

    async def get_tools(self) -> dict[str, Any]:
        """The tools by their names."""
        return {one.name: one for one in await self.list_tools(run_middleware=False)}

    async def get_resources(self) -> dict[str, Any]:
        """The resources by their addresses."""
        return {str(one.uri): one for one in await self.list_resources(run_middleware=False)}

    async def get_resource_templates(self) -> dict[str, Any]:
        """The templates of resources by their templates."""
        found = await self.list_resource_templates(run_middleware=False)
        return {one.uri_template: one for one in found}

    async def get_prompts(self) -> dict[str, Any]:
        """The prompts by their names."""
        return {one.name: one for one in await self.list_prompts(run_middleware=False)}


def _exclude(tool: Any, names: Any) -> None:
    """Leave parameters out of what is listed: nobody but the function's own default sets them."""
    for name in names:
        tool.parameters.get("properties", {}).pop(name, None)
