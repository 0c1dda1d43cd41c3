"""The resources of a `FastMCP`, fixed ones and templates."""

from __future__ import annotations

import locale
import logging
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

from mcp.server.mcpserver import resources as now
from mcp.server.mcpserver.utilities.func_metadata import func_metadata
from pydantic import AnyUrl, BaseModel, ConfigDict, Field, validate_call
from typing_extensions import override

from ..before import MCP
from ..functions.mcp1_offers import NOT_CREATED, created, read, variables
from ..types import Url
from .compiled import Package
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


_LENIENT = ConfigDict(validate_default=True, extra="ignore")


class Resource(now.Resource):
    """What can be read under a URL; words that it does not know mean nothing."""

    model_config = _LENIENT

    # A text in `mcp` 2: legacy code reads the parts of a URL.
    uri: Url  # type: ignore[assignment] # pyright: ignore[reportIncompatibleVariableOverride]


class TextResource(Resource, now.TextResource):  # pyright: ignore[reportIncompatibleVariableOverride]
    """A text."""

    model_config = _LENIENT


class BinaryResource(Resource, now.BinaryResource):  # pyright: ignore[reportIncompatibleVariableOverride]
    """Bytes."""

    model_config = _LENIENT


class HttpResource(Resource, now.HttpResource):  # pyright: ignore[reportIncompatibleVariableOverride]
    """What an address answers."""

    model_config = _LENIENT


class DirectoryResource(Resource, now.DirectoryResource):  # pyright: ignore[reportIncompatibleVariableOverride]
    """The names of a folder's files."""

    model_config = _LENIENT


class FileResource(Resource, now.FileResource):  # pyright: ignore[reportIncompatibleVariableOverride]
    """A file, as text unless its type or `is_binary` says otherwise."""

    model_config = _LENIENT

    is_binary: bool = False

    @override
    def model_post_init(self, context: Any, /) -> None:
        self.is_binary = self.is_binary or not self.mime_type.startswith("text/")
        self.encoding = None if self.is_binary else locale.getpreferredencoding(do_setlocale=False)


class FunctionResource(Resource, now.FunctionResource):  # pyright: ignore[reportIncompatibleVariableOverride]
    """A function as a resource."""

    model_config = _LENIENT

    @override
    async def read(self) -> str | bytes:
        return await read(self.uri, self.fn)


def published(function: Callable[..., Any], uri: str, **words: Any) -> FunctionResource:
    """A function as the resource at a URL. Before 1.9, neither its name nor its docstring described that."""
    make: Any = FunctionResource.from_function if MCP >= (1, 9) else FunctionResource
    made: FunctionResource = make(fn=function, uri=uri, **words)
    return made


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
    parameters: dict[str, Any] = Field(default_factory=dict[str, Any])
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
        context = context_parameter(fn)
        skipped = [context] if context else []
        return cls(
            parameters=func_metadata(fn, skip_names=skipped).arg_model.model_json_schema(),
            uri_template=uri_template,
            name=name or str(getattr(fn, "__name__", uri_template)),
            description=description or fn.__doc__ or "",
            mime_type=mime_type or "text/plain",
            fn=validate_call(fn),
            context_kwarg=context,
            **words,
        )

    def matches(self, uri: str) -> dict[str, str] | None:
        """The values of the variables in a URI; `None` if it is not one of these."""
        return variables(self.uri_template, uri)

    async def create_resource(
        self, uri: str, params: dict[str, Any], context: Any = None
    ) -> FunctionResource:
        """Read one of them. Raises `ValueError` if the function fails."""
        given = dict(params)
        if self.context_kwarg is not None:
            given[self.context_kwarg] = context
        result = await created(self.fn, given)
        return FunctionResource(
            uri=AnyUrl(uri),
            name=self.name,
            mime_type=self.mime_type,
            meta=self.meta,
            fn=lambda: result,
        )


class Resources:
    """The resources and templates of a server, by URI.

    Args:
        compiled: A compiled package that answers further ones, which is asked when resources are first looked at.
    """

    def __init__(
        self, warn_on_duplicate_resources: bool = True, compiled: Package | None = None
    ) -> None:
        self._alone: dict[str, Any] = {}
        self._families: dict[str, Any] = {}
        self._compiled = compiled
        self.warn_on_duplicate_resources = warn_on_duplicate_resources

    @property
    def _resources(self) -> dict[str, Any]:
        self._complete()
        return self._alone

    @property
    def _templates(self) -> dict[str, Any]:
        self._complete()
        return self._families

    def _complete(self) -> None:
        package, self._compiled = self._compiled, None
        if package is not None:
            self._alone |= {str(one.uri): one for one in package.resources()}
            self._families |= {one.uri_template: one for one in package.templates()}

    def add_resource(self, resource: Any) -> Any:
        """Add a resource; one that is there already stays."""
        existing = self._alone.setdefault(str(AnyUrl(str(resource.uri))), resource)
        if existing is not resource and self.warn_on_duplicate_resources:
            logger.warning("Resource already exists: %s", resource.uri)
        return existing

    def add_template(
        self, fn: Callable[..., Any], uri_template: str, **words: Any
    ) -> ResourceTemplate:
        """Make a function a family of resources."""
        template = ResourceTemplate.from_function(fn, uri_template, **words)
        self._families[uri_template] = template
        return template

    def list_resources(self) -> list[Any]:
        """All fixed resources."""
        return list(self._resources.values())

    def list_templates(self) -> list[Any]:
        """All templates."""
        return list(self._templates.values())

    async def get_resource(self, uri: Any, context: Any = None) -> Any:
        """The resource at a URI. Raises `ValueError` if there is none, or its template fails."""
        if str(uri) in self._resources:
            return self._resources[str(uri)]
        for template in self._templates.values():
            params = template.matches(str(uri))
            if params:
                try:
                    return await template.create_resource(str(uri), params, context)
                except Exception as error:
                    raise ValueError(f"{NOT_CREATED}{error}") from error
        raise ValueError(f"Unknown resource: {uri}")


ResourceManager = Resources
types = sys.modules[__name__]
"""`mcp` 1 had these in modules of their own."""


def __getattr__(name: str) -> Any:
    return import_module("..elsewhere", __package__).elsewhere(name)
