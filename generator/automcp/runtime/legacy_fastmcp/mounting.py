"""Servers within servers, and servers made of other things, as fastmcp 2 and 3 were told to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from fastmcp import FastMCP as Now
from fastmcp.server import create_proxy
from fastmcp.server.providers.proxy import FastMCPProxy
from fastmcp.server.transforms import Transform

from .before import FASTMCP
from .documents import as_described_before, as_read_before

_ADDRESS = re.compile(r"^([^:]+://)(.*?)$")
_NAMED_BY_PREFIX = (2, 11) <= FASTMCP < (3,)
"""Whether resources of an inner server were called by the prefix, too, and not only addressed by it."""

_GONE = ("all_routes_as_tools", "timeout")


def add_resource_prefix(uri: str, prefix: str) -> str:
    """An address below a prefix. Raises `ValueError` if it is none."""
    parts = _ADDRESS.match(uri)
    if parts is None:
        raise ValueError(f"Invalid URI format: {uri}. Expected protocol://path format.")
    return f"{parts[1]}{prefix}/{parts[2]}" if prefix else uri


def remove_resource_prefix(uri: str, prefix: str) -> str:
    """An address without a prefix that it lies below."""
    parts = _ADDRESS.match(uri)
    if parts is None or not has_resource_prefix(uri, prefix):
        return uri
    return f"{parts[1]}{parts[2].removeprefix(f'{prefix}/')}"


def has_resource_prefix(uri: str, prefix: str) -> bool:
    """Whether an address lies below a prefix."""
    parts = _ADDRESS.match(uri)
    return bool(prefix) and parts is not None and parts[2].startswith(f"{prefix}/")


class Mounting(Now[Any]):
    """Takes the words of before."""

    def mount(
        self,
        *places: Any,
        server: Any = None,
        prefix: str | None = None,
        namespace: str | None = None,
        tool_names: dict[str, str] | None = None,
        **_: Any,
    ) -> None:
        """Mount a server: before 2.9 the prefix came first."""
        inner, name = _told(places, server, prefix or namespace)
        super().mount(inner, name, tool_names)
        if name and _NAMED_BY_PREFIX:
            self.providers[-1] = self.providers[-1].wrap_transform(_Prefixed(name))

    async def import_server(
        self, *places: Any, server: Any = None, prefix: str | None = None, **_: Any
    ) -> None:
        """Take over what a server has now, and nothing that is added to it later."""
        inner, name = _told(places, server, prefix)
        for tool in await inner.list_tools():
            self.add_tool(tool.model_copy(update={"name": _named(tool.name, name)}))
        for resource in await inner.list_resources():
            update = _addressed(resource, "uri", str(resource.uri), name)
            self.add_resource(resource.model_copy(update=update))
        for template in await inner.list_resource_templates():
            update = _addressed(template, "uri_template", template.uri_template, name)
            self.add_template(template.model_copy(update=update))
        for prompt in await inner.list_prompts():
            self.add_prompt(prompt.model_copy(update={"name": _named(prompt.name, name)}))

    @classmethod
    def as_proxy(cls, backend: Any, **settings: Any) -> Any:
        """A server that passes everything on to another."""
        kind: Any = type("FastMCPProxy", (cls, FastMCPProxy), {})
        passing: Any = create_proxy(backend)
        return kind(client_factory=passing.client_factory, **settings)

    @classmethod
    def from_client(cls, client: Any, **settings: Any) -> Any:
        """A server that passes everything on to the one that a client speaks to."""
        return cls.as_proxy(client, **settings)

    @classmethod
    def from_openapi(cls, openapi_spec: Any, client: Any = None, *more: Any, **words: Any) -> Any:
        """A server of what an OpenAPI document describes."""
        names = ("route_maps", "route_map_fn", "mcp_component_fn", "mcp_names", "tags")
        words.update(zip(names if FASTMCP < (3,) else ("name", *names), more, strict=False))
        if words.pop("all_routes_as_tools", False):
            words["route_maps"] = _all_tools()
        words["mcp_component_fn"] = as_described_before(words.get("mcp_component_fn"))
        return super().from_openapi(as_read_before(openapi_spec), client, **_kept(words))

    @classmethod
    def from_fastapi(cls, app: Any, *more: Any, **words: Any) -> Any:
        """A server of what a FastAPI application offers."""
        names = ("name", "route_maps", "route_map_fn", "mcp_component_fn", "mcp_names")
        words.update(zip(names, more, strict=False))
        if words.pop("all_routes_as_tools", False):
            words["route_maps"] = _all_tools()
        words["mcp_component_fn"] = as_described_before(words.get("mcp_component_fn"))
        return super().from_fastapi(app, **_kept(words))


class _Prefixed(Transform):
    """Calls resources by a prefix."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix

    async def list_resources(self, resources: Sequence[Any]) -> Sequence[Any]:
        return self._named(resources)

    async def list_resource_templates(self, templates: Sequence[Any]) -> Sequence[Any]:
        return self._named(templates)

    def _named(self, found: Sequence[Any]) -> Sequence[Any]:
        return [one.model_copy(update={"name": f"{self._prefix}_{one.name}"}) for one in found]


def _kept(words: dict[str, Any]) -> dict[str, Any]:
    return {word: one for word, one in words.items() if word not in _GONE}


def _all_tools() -> list[Any]:
    from fastmcp.server.providers.openapi import MCPType, RouteMap

    return [RouteMap(methods="*", pattern=r".*", mcp_type=MCPType.TOOL)]


def _told(places: tuple[Any, ...], server: Any, prefix: str | None) -> tuple[Any, str | None]:
    """The server and the prefix, in whatever order they came."""
    for one in places:
        if isinstance(one, str):
            prefix = one
        elif one is not None and server is None and not isinstance(one, bool):
            server = one
    return server, prefix


def _named(name: str, prefix: str | None) -> str:
    return f"{prefix}_{name}" if prefix else name


def _addressed(component: Any, member: str, address: str, prefix: str | None) -> dict[str, Any]:
    """How a component of an imported server is called."""
    if not prefix or _ADDRESS.match(address) is None:
        return {}
    update: dict[str, Any] = {member: add_resource_prefix(address, prefix)}
    if _NAMED_BY_PREFIX:
        update["name"] = f"{prefix}_{component.name}"
    return update
