"""The low-level `Server` of `mcp` 1: handlers are registered by decorators, and asked without a context."""

from __future__ import annotations

import inspect
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Generic, TypeAlias, cast

from mcp import MCPError
from mcp.server.lowlevel import NotificationOptions
from mcp.server.lowlevel import Server as Now
from mcp.server.models import InitializationOptions
from mcp.types import INVALID_PARAMS
from pydantic import AnyUrl, ValidationError
from typing_extensions import TypeVar, override

from . import calls, contents, types
from .compiled_calls import CompiledCalls
from .context import RequestContext, request_ctx
from .handlers import RequestHandlers
from .listed import result_as_before, taking_objects

__all__ = ["NotificationOptions", "Server"]

LifespanResultT = TypeVar("LifespanResultT", default=Any)
RequestT = TypeVar("RequestT", default=Any)
Function: TypeAlias = Callable[..., Awaitable[Any]]
Decorator: TypeAlias = Callable[[Function], Function]


@asynccontextmanager
async def _no_lifespan(server: Any) -> AsyncGenerator[dict[str, Any]]:
    yield {}


async def _nothing() -> list[Any]:
    return []


class Server(Now[LifespanResultT], Generic[LifespanResultT, RequestT]):
    """`mcp.server.Server` as it was, on the one of `mcp` 2.

    Args:
        compiled: The dotted name of a compiled package that answers further tools; callers see no difference.
    """

    def __init__(
        self,
        name: str,
        version: str | None = None,
        instructions: str | None = None,
        website_url: str | None = None,
        icons: list[Any] | None = None,
        lifespan: Callable[[Any], AbstractAsyncContextManager[Any]] = _no_lifespan,
        *,
        compiled: str | None = None,
    ) -> None:
        super().__init__(
            name,
            version=version or _sdk_version(),
            instructions=instructions,
            website_url=website_url,
            icons=icons,
            lifespan=lifespan,
        )
        self.request_handlers = RequestHandlers(self)
        self.notification_handlers: dict[type, Function] = {}
        self._tools: dict[str, Any] = {}
        self._compiled = CompiledCalls(compiled) if compiled else None
        if self._compiled is not None:
            self.list_tools()(_nothing)

    @property
    def request_context(self) -> RequestContext[Any, LifespanResultT, RequestT]:
        """The context of the request that is being answered. Raises `LookupError` if there is none."""
        return request_ctx.get()

    @override
    def get_capabilities(
        self,
        notification_options: NotificationOptions | None = None,
        experimental_capabilities: dict[str, dict[str, Any]] | None = None,
        extensions: dict[str, dict[str, Any]] | None = None,
        *,
        protocol_version: str | None = None,
    ) -> Any:
        return super().get_capabilities(
            notification_options,
            experimental_capabilities or {},
            extensions,
            protocol_version=protocol_version,
        )

    @override
    async def run(
        self,
        read_stream: Any,
        write_stream: Any,
        initialization_options: InitializationOptions,
        raise_exceptions: bool = False,
        stateless: bool = False,
    ) -> None:
        await super().run(read_stream, write_stream, initialization_options, raise_exceptions)

    def list_tools(self) -> Decorator:
        """The decorated function lists the tools."""

        async def handler(function: Function, request: Any) -> Any:
            result = await _ask(function, request)
            if not hasattr(result, "tools"):
                result = types.ListToolsResult(tools=list(result))
            result = taking_objects(result_as_before(result))
            if self._compiled is not None:
                own = self._compiled.tools
                others = [tool for tool in result.tools if tool.name not in own]
                result = types.ListToolsResult(tools=[*own.values(), *others])
            self._tools = {tool.name: tool for tool in result.tools}
            return result

        return self._decorator("ListToolsRequest", handler)

    def call_tool(self, *, validate_input: bool = True) -> Decorator:
        """The decorated function, of a name and arguments, is every tool."""

        async def handler(function: Function, request: Any) -> Any:
            if self._compiled is not None and request.params.name in self._compiled.tools:
                return await self._compiled.answer(request.params)
            return await calls.answer(
                function, request.params, await self._tool(request.params.name), validate_input
            )

        return self._decorator("CallToolRequest", handler)

    async def _tool(self, name: str) -> Any:
        """The tool of that name as it is listed; `None` if it is not."""
        if name not in self._tools and types.ListToolsRequest in self.request_handlers:
            await self.request_handlers[types.ListToolsRequest](types.ListToolsRequest())
        return self._tools.get(name)

    def list_prompts(self) -> Decorator:
        """The decorated function lists the prompts."""
        return self._lister("ListPromptsRequest", "ListPromptsResult", "prompts")

    def list_resources(self) -> Decorator:
        """The decorated function lists the resources."""
        return self._lister("ListResourcesRequest", "ListResourcesResult", "resources")

    def list_resource_templates(self) -> Decorator:
        """The decorated function lists the templates of resources."""
        return self._lister(
            "ListResourceTemplatesRequest", "ListResourceTemplatesResult", "resource_templates"
        )

    def get_prompt(self) -> Decorator:
        """The decorated function, of a name and arguments, fills in every prompt."""

        async def handler(function: Function, request: Any) -> Any:
            return await function(request.params.name, request.params.arguments)

        return self._decorator("GetPromptRequest", handler)

    def read_resource(self) -> Decorator:
        """The decorated function, of a URL, reads every resource."""

        async def handler(function: Function, request: Any) -> Any:
            return contents.read(request.params.uri, await function(_url(request.params.uri)))

        return self._decorator("ReadResourceRequest", handler)

    def set_logging_level(self) -> Decorator:
        """The decorated function is told what callers want to hear."""
        return self._told("SetLevelRequest", lambda params: (params.level,))

    def subscribe_resource(self) -> Decorator:
        """The decorated function is told of who wants to hear of a resource's changes."""
        return self._told("SubscribeRequest", lambda params: (AnyUrl(params.uri),))

    def unsubscribe_resource(self) -> Decorator:
        """The decorated function is told of who no longer wants to."""
        return self._told("UnsubscribeRequest", lambda params: (AnyUrl(params.uri),))

    def completion(self) -> Decorator:
        """The decorated function completes arguments."""

        async def handler(function: Function, request: Any) -> Any:
            params = request.params
            found = await function(params.ref, params.argument, params.context)
            return types.CompleteResult(completion=found or types.Completion(values=[]))

        return self._decorator("CompleteRequest", handler)

    def progress_notification(self) -> Decorator:
        """The decorated function is told of progress that the client makes."""

        def decorate(function: Function) -> Function:
            async def handler(_: Any, params: Any) -> None:
                await function(params.progress_token, params.progress, params.total, params.message)

            self.add_notification_handler(
                "notifications/progress", types.ProgressNotificationParams, handler
            )
            return function

        return decorate

    def _lister(self, request: str, result: str, member: str) -> Decorator:
        async def handler(function: Function, asked: Any) -> Any:
            found = await _ask(function, asked)
            if not hasattr(found, member):
                found = getattr(types, result)(**{member: list(cast("Iterable[Any]", found))})
            return result_as_before(found)

        return self._decorator(request, handler)

    def _told(self, request: str, words: Callable[[Any], tuple[Any, ...]]) -> Decorator:
        async def handler(function: Function, asked: Any) -> Any:
            await function(*words(asked.params))
            return types.EmptyResult()

        return self._decorator(request, handler)

    def _decorator(
        self, request: str, handler: Callable[[Function, Any], Awaitable[Any]]
    ) -> Decorator:
        def decorate(function: Function) -> Function:
            async def answer(asked: Any) -> Any:
                return await handler(function, asked)

            self.request_handlers[getattr(types, request)] = answer
            return function

        return decorate


async def _ask(function: Function, request: Any) -> Any:
    """Call a function that lists things; some take the request."""
    try:
        takes = [
            one
            for one in inspect.signature(function).parameters.values()
            if one.default is one.empty
            and one.kind in (one.POSITIONAL_ONLY, one.POSITIONAL_OR_KEYWORD)
        ]
    except (TypeError, ValueError):
        takes = []
    return await (function(request) if takes else function())


def _url(said: str) -> AnyUrl:
    """A URL that a caller sent. Raises `MCPError` if it is none."""
    try:
        return AnyUrl(said)
    except ValidationError:
        raise MCPError(INVALID_PARAMS, "Invalid request parameters", "") from None


def _sdk_version() -> str:
    try:
        return version("mcp")
    except PackageNotFoundError:
        return "unknown"


def __getattr__(name: str) -> Any:
    return import_module(".elsewhere", __package__).elsewhere(name)
