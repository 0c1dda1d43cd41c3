"""The `FastMCP` of `mcp` 1."""

from __future__ import annotations

import inspect
import re
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from typing import Any, Generic, TypeVar, cast

import pydantic_core
from mcp.server.lowlevel.helper_types import ReadResourceContents

from .. import types
from ..before import MCP
from ..context import request_ctx
from ..errors import ResourceError
from ..lowlevel import Server
from .compiled import Package
from .context import Context, context_parameter
from .logs import configure_logging
from .prompts import Prompt, Prompts
from .resources import Resources, published
from .serving import Serving
from .settings import settings_of
from .tools import Tools

FunctionT = TypeVar("FunctionT", bound=Callable[..., Any])
LifespanResultT = TypeVar("LifespanResultT")
_VARIABLE = re.compile(r"{(\w+)}")


class FastMCP(Serving, Generic[LifespanResultT]):
    """A server made of decorated functions.

    Args:
        compiled: The dotted name of a compiled package that answers further tools, prompts and resources; callers see
            no difference.
    """

    def __init__(
        self,
        name: str | None = None,
        instructions: str | None = None,
        website_url: str | None = None,
        icons: list[Any] | None = None,
        auth_server_provider: Any = None,
        token_verifier: Any = None,
        event_store: Any = None,
        retry_interval: int | None = None,
        *,
        tools: list[Any] | None = None,
        compiled: str | None = None,
        **settings: Any,
    ) -> None:
        self.settings = settings_of(settings)
        self._mcp_server = Server[Any, Any](
            name=name or "FastMCP",
            instructions=instructions,
            website_url=website_url,
            icons=icons,
            lifespan=self._lifespan,
        )
        package = Package(compiled) if compiled else None
        self._tool_manager = Tools(tools or (), self.settings.warn_on_duplicate_tools, package)
        self._resource_manager = Resources(self.settings.warn_on_duplicate_resources, package)
        self._prompt_manager = Prompts(self.settings.warn_on_duplicate_prompts, package)
        self._auth_server_provider = auth_server_provider
        self._token_verifier = token_verifier
        self._event_store = event_store
        self._retry_interval = retry_interval
        self._custom_starlette_routes: list[Any] = []
        self.dependencies = self.settings.dependencies
        self._setup_handlers()
        configure_logging(self.settings.log_level)

    @property
    def name(self) -> str:
        """What the server is called."""
        return self._mcp_server.name

    @property
    def instructions(self) -> str | None:
        """What models are told about the server."""
        return self._mcp_server.instructions

    @property
    def website_url(self) -> str | None:
        """Where to read more."""
        return self._mcp_server.website_url

    @property
    def icons(self) -> list[Any] | None:
        """The server's icons."""
        return self._mcp_server.icons

    @asynccontextmanager
    async def _lifespan(self, server: Any) -> AsyncGenerator[Any]:
        if self.settings.lifespan is None:
            yield {}
            return
        async with self.settings.lifespan(self) as found:
            yield found

    def _setup_handlers(self) -> None:
        server = self._mcp_server
        server.list_tools()(self.list_tools)
        # Arguments are converted before they are checked, by the function's own annotations.
        server.call_tool(validate_input=False)(self.call_tool)
        server.list_resources()(self.list_resources)
        server.read_resource()(self.read_resource)
        server.list_prompts()(self.list_prompts)
        server.get_prompt()(self.get_prompt)
        server.list_resource_templates()(self.list_resource_templates)

    def get_context(self) -> Context[Any, Any, Any]:
        """The context of the request that is being answered; of little use outside of one."""
        return Context(request_context=request_ctx.get(None), fastmcp=self)

    async def list_tools(self) -> list[Any]:
        """The tools as they are listed."""
        return [
            types.Tool(
                name=tool.name,
                title=tool.title,
                description=tool.description,
                input_schema=tool.parameters,
                output_schema=tool.output_schema,
                annotations=tool.annotations,
                icons=tool.icons,
                _meta=tool.meta,
            )
            for tool in self._tool_manager.list_tools()
        ]

    async def call_tool(self, name: str, arguments: dict[str, Any]) -> Any:
        """Call a tool. Returns content, or content and structured content."""
        return await self._tool_manager.call_tool(
            name, arguments, context=self.get_context(), convert_result=True
        )

    async def list_resources(self) -> list[Any]:
        """The fixed resources as they are listed."""
        return [
            types.Resource(
                uri=str(one.uri),
                name=one.name or "",
                title=one.title,
                description=one.description,
                mime_type=one.mime_type,
                icons=one.icons,
                annotations=one.annotations,
                _meta=one.meta,
            )
            for one in self._resource_manager.list_resources()
        ]

    async def list_resource_templates(self) -> list[Any]:
        """The templates as they are listed."""
        return [
            types.ResourceTemplate(
                uri_template=one.uri_template,
                name=one.name,
                title=one.title,
                description=one.description,
                mime_type=one.mime_type if MCP >= (1, 14) else None,
                icons=one.icons,
                annotations=one.annotations,
                _meta=one.meta,
            )
            for one in self._resource_manager.list_templates()
        ]

    async def read_resource(self, uri: Any) -> list[ReadResourceContents]:
        """Read a resource. Raises `ResourceError` if it fails, `ValueError` if there is none."""
        resource = await self._resource_manager.get_resource(uri, self.get_context())
        try:
            content = await resource.read()
        except Exception as error:
            raise ResourceError(str(error)) from error
        return [ReadResourceContents(content, resource.mime_type, resource.meta)]

    async def list_prompts(self) -> list[Any]:
        """The prompts as they are listed."""
        return [
            types.Prompt(
                name=one.name,
                title=one.title,
                description=one.description,
                arguments=[
                    types.PromptArgument(
                        name=each.name, description=each.description, required=each.required
                    )
                    for each in cast("list[Any]", one.arguments or [])
                ],
                icons=one.icons,
            )
            for one in self._prompt_manager.list_prompts()
        ]

    async def get_prompt(self, name: str, arguments: dict[str, Any] | None = None) -> Any:
        """Fill in a prompt. Raises `ValueError` if there is none, or it fails."""
        prompt = self._prompt_manager.get_prompt(name)
        if prompt is None:
            raise ValueError(f"Unknown prompt: {name}")
        messages = await prompt.render(arguments, self.get_context())
        return types.GetPromptResult(
            description=prompt.description if MCP >= (1, 11) else None,
            messages=pydantic_core.to_jsonable_python(messages),
        )

    def add_tool(
        self,
        fn: Callable[..., Any],
        name: str | None = None,
        title: str | None = None,
        description: str | None = None,
        annotations: Any = None,
        **words: Any,
    ) -> None:
        """Make a function a tool."""
        self._tool_manager.add_tool(
            fn,
            name=name,
            title=title,
            description=description,
            annotations=annotations,
            **words,
        )

    def remove_tool(self, name: str) -> None:
        """Take a tool away. Raises `ToolError` if there is none of that name."""
        self._tool_manager.remove_tool(name)

    def tool(
        self,
        name: str | None = None,
        title: str | None = None,
        description: str | None = None,
        annotations: Any = None,
        **words: Any,
    ) -> Callable[[FunctionT], FunctionT]:
        """The decorated function is a tool."""
        _needs_call(name, "tool", "@tool()")

        def decorate(function: FunctionT) -> FunctionT:
            self.add_tool(function, name, title, description, annotations, **words)
            return function

        return decorate

    def completion(self) -> Any:
        """The decorated function completes arguments."""
        return self._mcp_server.completion()

    def add_resource(self, resource: Any) -> None:
        """Add a resource."""
        self._resource_manager.add_resource(resource)

    def resource(self, uri: str, **words: Any) -> Callable[[FunctionT], FunctionT]:
        """The decorated function is a resource; a template if its URI has variables."""
        _needs_call(uri, "resource", "@resource('uri')")

        def decorate(function: FunctionT) -> FunctionT:
            parameters = inspect.signature(function).parameters
            if not parameters and not ("{" in uri and "}" in uri):
                self.add_resource(published(function, uri, **words))
                return function
            wanted = set(_VARIABLE.findall(uri))
            taken = {name for name in parameters if name != context_parameter(function)}
            if wanted != taken:
                raise ValueError(
                    f"Mismatch between URI parameters {wanted} and function parameters {taken}"
                )
            self._resource_manager.add_template(function, uri, **words)
            return function

        return decorate

    def add_prompt(self, prompt: Any) -> None:
        """Add a prompt."""
        self._prompt_manager.add_prompt(prompt)

    def prompt(self, name: str | None = None, **words: Any) -> Callable[[FunctionT], FunctionT]:
        """The decorated function is a prompt."""
        _needs_call(name, "prompt", "@prompt()")

        def decorate(function: FunctionT) -> FunctionT:
            self.add_prompt(Prompt.from_function(function, name=name, **words))
            return function

        return decorate


def _needs_call(first: object, decorator: str, use: str) -> None:
    if callable(first):
        raise TypeError(
            f"The @{decorator} decorator was used incorrectly. "
            f"Did you forget to call it? Use {use} instead of @{decorator}"
        )
