"""What servers of fastmcp 2 kept their tools, resources and prompts in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastmcp import FastMCP as Now
from fastmcp.prompts import Prompt
from fastmcp.resources import Resource, ResourceTemplate
from fastmcp.tools.base import Tool

from .before import FASTMCP


class Manager:
    """Tools, resources or prompts of a server, by their names."""

    def __init__(self, server: Any) -> None:
        self._server = server

    def _of(self, kind: Any) -> dict[str, Any]:
        held: dict[str, Any] = self._server.local_provider._components
        return {_key(one): one for one in held.values() if isinstance(one, kind)}

    @property
    def _tools(self) -> dict[str, Any]:
        return self._of(Tool)

    @property
    def _resources(self) -> dict[str, Any]:
        return self._of(Resource)

    @property
    def _templates(self) -> dict[str, Any]:
        return self._of(ResourceTemplate)

    @property
    def _prompts(self) -> dict[str, Any]:
        return self._of(Prompt)

    def __getattr__(self, name: str) -> Any:
        tables: dict[str, Callable[[], dict[str, Any]]] = {
            "get_tools": lambda: self._tools,
            "get_resources": lambda: self._resources,
            "get_resource_templates": lambda: self._templates,
            "get_templates": lambda: self._templates,
            "get_prompts": lambda: self._prompts,
        }
        if name in tables:
            return _now_and_then(tables[name])
        if name == "list_tools":
            return lambda: list(self._tools.values())
        if name.startswith(("add_", "remove_", "call_", "get_", "render_", "read_")):
            return getattr(self._server, name)
        raise AttributeError(name)


def _key(component: Any) -> str:
    for member in ("uri_template", "uri"):
        if hasattr(component, member):
            return str(getattr(component, member))
    return str(component.name)


def _now_and_then(table: Callable[[], dict[str, Any]]) -> Callable[[], Any]:
    """A look-up that was awaited since 2.8, and not before."""
    if FASTMCP < (2, 8):
        return table

    async def found() -> dict[str, Any]:
        return table()

    return found


class Managed(Now[Any]):
    """Has the registries of before, if it is of the time when servers had them."""

    def __getattr__(self, name: str) -> Any:
        if FASTMCP < (3,) and name in ("_tool_manager", "_resource_manager", "_prompt_manager"):
            return Manager(self)
        raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")


ToolManager = ResourceManager = PromptManager = Manager
