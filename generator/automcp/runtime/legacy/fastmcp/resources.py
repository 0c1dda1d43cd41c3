"""The resources of a `FastMCP`, fixed ones and templates."""

from __future__ import annotations

import inspect
import logging
import re
import sys
from collections.abc import Callable
from typing import Any

import pydantic_core
from mcp.server.mcpserver.resources import (
    BinaryResource,
    DirectoryResource,
    FileResource,
    HttpResource,
    Resource,
    TextResource,
)
from mcp.server.mcpserver.resources import FunctionResource as Now
from pydantic import AnyUrl, BaseModel, validate_call
from typing_extensions import override

from .context import context_parameter

__all__ = [
    "BinaryResource",
    "DirectoryResource",
    "FileResource",
    "FunctionResource",
    "HttpResource",
    "Resource",
    "ResourceTemplate",
    "Resources",
    "TextResource",
]

logger = logging.getLogger(__name__)


class FunctionResource(Now):
    """A function as a resource."""

    @override
    async def read(self) -> str | bytes:
        try:
            return await _text(self.fn())
        except Exception as error:
            raise ValueError(f"Error reading resource {self.uri}: {error}") from error


async def _text(result: Any) -> str | bytes:
    if inspect.isawaitable(result):
        result = await result
    if isinstance(result, Resource):
        return await result.read()
    if isinstance(result, str | bytes):
        return result
    return pydantic_core.to_json(result, fallback=str, indent=2).decode()


class ResourceTemplate(BaseModel):
    """A function as a family of resources."""

    uri_template: str
    name: str
    title: str | None = None
    description: str | None = None
    mime_type: str = "text/plain"
    icons: list[Any] | None = None
    annotations: Any = None
    meta: dict[str, Any] | None = None
    fn: Callable[..., Any]
    context_kwarg: str | None = None

    @classmethod
    def from_function(
        cls,
        fn: Callable[..., Any],
        uri_template: str,
        name: str | None = None,
        description: str | None = None,
        mime_type: str | None = None,
        **words: Any,
    ) -> ResourceTemplate:
        """Publish a function under a URI with variables."""
        return cls(
            uri_template=uri_template,
            name=name or str(getattr(fn, "__name__", uri_template)),
            description=description or fn.__doc__ or "",
            mime_type=mime_type or "text/plain",
            fn=validate_call(fn),
            context_kwarg=context_parameter(fn),
            **words,
        )

    def matches(self, uri: str) -> dict[str, str] | None:
        """The values of the variables in a URI; `None` if it is not one of these."""
        pattern = self.uri_template.replace("{", "(?P<").replace("}", ">[^/]+)")
        found = re.fullmatch(pattern, uri)
        return found.groupdict() if found else None

    async def create_resource(
        self, uri: str, params: dict[str, Any], context: Any = None
    ) -> FunctionResource:
        """Read one of them. Raises `ValueError` if the function fails."""
        given = dict(params)
        if self.context_kwarg is not None:
            given[self.context_kwarg] = context
        try:
            result = self.fn(**given)
            if inspect.isawaitable(result):
                result = await result
        except Exception as error:
            raise ValueError(f"Error creating resource from template: {error}") from error
        return FunctionResource(
            uri=uri, name=self.name, mime_type=self.mime_type, meta=self.meta, fn=lambda: result
        )


class Resources:
    """The resources and templates of a server, by URI."""

    def __init__(self, warn_on_duplicate_resources: bool = True) -> None:
        self._resources: dict[str, Any] = {}
        self._templates: dict[str, ResourceTemplate] = {}
        self.warn_on_duplicate_resources = warn_on_duplicate_resources

    def add_resource(self, resource: Any) -> Any:
        """Add a resource; one that is there already stays."""
        existing = self._resources.setdefault(str(AnyUrl(str(resource.uri))), resource)
        if existing is not resource and self.warn_on_duplicate_resources:
            logger.warning("Resource already exists: %s", resource.uri)
        return existing

    def add_template(
        self, fn: Callable[..., Any], uri_template: str, **words: Any
    ) -> ResourceTemplate:
        """Make a function a family of resources."""
        template = ResourceTemplate.from_function(fn, uri_template, **words)
        self._templates[uri_template] = template
        return template

    def list_resources(self) -> list[Any]:
        """All fixed resources."""
        return list(self._resources.values())

    def list_templates(self) -> list[ResourceTemplate]:
        """All templates."""
        return list(self._templates.values())

    async def get_resource(self, uri: Any, context: Any = None) -> Any:
        """The resource at a URI. Raises `ValueError` if there is none, or its template fails."""
        if str(uri) in self._resources:
            return self._resources[str(uri)]
        for template in self._templates.values():
            params = template.matches(str(uri))
            if params:
                return await template.create_resource(str(uri), params, context)
        raise ValueError(f"Unknown resource: {uri}")


ResourceManager = Resources
types = sys.modules[__name__]
"""`mcp` 1 had these in modules of their own."""
