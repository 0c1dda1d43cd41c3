"""How a `FastMCP` of `mcp` 1 is run: over stdio, SSE, or Streamable HTTP."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import anyio
from mcp.server.mcpserver import MCPServer
from mcp.server.stdio import stdio_server

if TYPE_CHECKING:
    from starlette.applications import Starlette

    from ..lowlevel import Server
    from .settings import Settings
    from .tools import Tools

FunctionT = TypeVar("FunctionT", bound=Callable[..., Any])


class Serving:
    """Runs a server by its settings."""

    settings: Settings
    _mcp_server: Server[Any, Any]
    _tool_manager: Tools
    _auth_server_provider: Any
    _token_verifier: Any
    _event_store: Any
    _retry_interval: int | None
    _custom_starlette_routes: list[Any]

    @property
    def session_manager(self) -> Any:
        """What holds the sessions of Streamable HTTP. Raises `RuntimeError` before there is an app."""
        return self._mcp_server.session_manager

    def run(self, transport: str = "stdio", mount_path: str | None = None) -> None:
        """Serve until the client leaves, or the process ends.

        `LEGACY_MCP_TRANSPORT` in the environment says otherwise over what.

        Raises:
            ValueError: There is no such transport.
        """
        # What a compiled package lacks is better said now than to the first caller.
        self._tool_manager.list_tools()
        match os.environ.get("LEGACY_MCP_TRANSPORT") or transport:
            case "stdio":
                anyio.run(self.run_stdio_async)
            case "sse":
                anyio.run(self.run_sse_async, mount_path)
            case "streamable-http":
                anyio.run(self.run_streamable_http_async)
            case unknown:
                raise ValueError(f"Unknown transport: {unknown}")

    async def run_stdio_async(self) -> None:
        """Serve stdin and stdout."""
        async with stdio_server() as (read, write):
            await self._mcp_server.run(
                read, write, self._mcp_server.create_initialization_options()
            )

    async def run_sse_async(self, mount_path: str | None = None) -> None:
        """Serve HTTP with server-sent events."""
        await self._serve(self.sse_app(mount_path))

    async def run_streamable_http_async(self) -> None:
        """Serve Streamable HTTP."""
        await self._serve(self.streamable_http_app())

    async def _serve(self, app: Starlette) -> None:
        import uvicorn

        config = uvicorn.Config(
            app,
            host=self.settings.host,
            port=self.settings.port,
            log_level=self.settings.log_level.lower(),
        )
        await uvicorn.Server(config).serve()

    def streamable_http_app(self) -> Starlette:
        """The ASGI application of Streamable HTTP."""
        settings = self.settings
        return self._mcp_server.streamable_http_app(
            streamable_http_path=settings.streamable_http_path,
            json_response=settings.json_response,
            stateless_http=settings.stateless_http,
            event_store=self._event_store,
            retry_interval=self._retry_interval,
            max_request_body_size=settings.max_request_body_size,
            max_sessions=settings.max_sessions,
            session_idle_timeout=settings.session_idle_timeout,
            transport_security=settings.transport_security,
            host=settings.host,
            auth=settings.auth,
            token_verifier=self._token_verifier,
            auth_server_provider=self._auth_server_provider,
            custom_starlette_routes=self._custom_starlette_routes,
            debug=settings.debug,
        )

    def sse_app(self, mount_path: str | None = None) -> Starlette:
        """The ASGI application of server-sent events."""
        if mount_path is not None:
            self.settings.mount_path = mount_path
        settings = self.settings
        shell = MCPServer(
            self._mcp_server.name,
            auth=settings.auth,
            token_verifier=None if self._auth_server_provider else self._token_verifier,
            auth_server_provider=self._auth_server_provider,
        )
        # `mcp` 2 has this application on its own comfortable server alone, around a low-level one.
        vars(shell)["_lowlevel_server"] = self._mcp_server
        vars(shell)["_custom_starlette_routes"] = self._custom_starlette_routes
        return shell.sse_app(
            sse_path=settings.sse_path,
            message_path=_below(settings.mount_path, settings.message_path),
            transport_security=settings.transport_security,
            host=settings.host,
        )

    def custom_route(
        self,
        path: str,
        methods: list[str],
        name: str | None = None,
        include_in_schema: bool = True,
    ) -> Callable[[FunctionT], FunctionT]:
        """The decorated function answers HTTP requests at a path beside the protocol's."""
        from starlette.routing import Route

        def decorate(function: FunctionT) -> FunctionT:
            self._custom_starlette_routes.append(
                Route(
                    path, function, methods=methods, name=name, include_in_schema=include_in_schema
                )
            )
            return function

        return decorate


def _below(mount_path: str, endpoint: str) -> str:
    """The path of an endpoint below where the application is mounted."""
    if mount_path == "/":
        return endpoint
    return f"{mount_path.removesuffix('/')}/{endpoint.removeprefix('/')}"
