"""Servers written for mcp 1 answer as they did."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from automcp.runtime.legacy import types
from automcp.runtime.legacy.errors import McpError, ToolError
from automcp.runtime.legacy.fastmcp import Context, FastMCP
from automcp.runtime.legacy.lowlevel import Server
from mcp import Client, MCPError
from mcp import types as now

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


def _said(result: Any) -> str:
    return "".join(block.text for block in result.content)


async def test_callers_are_told_why_a_tool_failed() -> None:
    app = FastMCP[Any]("shop")

    @app.tool()
    def broken() -> str:
        raise RuntimeError("the till is empty")

    async with Client(app._mcp_server) as client:  # pyright: ignore[reportPrivateUsage]
        result = await client.call_tool("broken", {})
        assert (result.is_error, _said(result)) == (
            True,
            "Error executing tool broken: the till is empty",
        )
        unknown = await client.call_tool("nothing", {})
        assert (unknown.is_error, _said(unknown)) == (True, "Unknown tool: nothing")


async def test_functions_find_their_context_and_the_lifespan() -> None:
    @asynccontextmanager
    async def lifespan(server: Any) -> AsyncGenerator[dict[str, Any]]:
        yield {"stock": [server.name]}

    app = FastMCP[Any]("shop", lifespan=lifespan)
    heard: list[tuple[float, float | None]] = []

    @app.tool()
    async def stock(ctx: Context) -> list[str]:  # type: ignore[type-arg]
        await ctx.info("looking")
        await ctx.report_progress(1, 2)
        assert app.get_context().request_id == ctx.request_id
        return ctx.request_context.lifespan_context["stock"]

    async def heard_of(progress: float, total: float | None, message: str | None) -> None:
        heard.append((progress, total))

    async with Client(app._mcp_server, mode="legacy") as client:  # pyright: ignore[reportPrivateUsage]
        result = await client.call_tool("stock", {}, progress_callback=heard_of)
        assert result.structured_content == {"result": ["shop"]}
    assert heard == [(1, 2)]


async def test_resources_and_prompts_of_functions() -> None:
    app = FastMCP[Any]("shop")

    @app.resource("tea://{name}")
    def tea(name: str) -> dict[str, str]:
        if name == "none":
            raise ValueError("sold out")
        return {"name": name}

    @app.prompt()
    def recommend(mood: str = "good") -> str:
        return f"tea for a {mood} mood"

    async with Client(app._mcp_server) as client:  # pyright: ignore[reportPrivateUsage]
        read: Any = await client.read_resource("tea://oolong")
        assert read.contents[0].text == '{\n  "name": "oolong"\n}'
        with pytest.raises(MCPError, match="Error creating resource from template: sold out"):
            await client.read_resource("tea://none")
        with pytest.raises(MCPError, match="Unknown resource: shop://x"):
            await client.read_resource("shop://x")
        filled: Any = await client.get_prompt("recommend", {"mood": "bad"})
        assert filled.messages[0].content.text == "tea for a bad mood"
        with pytest.raises(MCPError, match="Unknown prompt: none"):
            await client.get_prompt("none")


async def test_low_level_servers_check_arguments_and_tell_errors() -> None:
    server = Server[Any, Any]("notes")
    schema = {"type": "object", "properties": {"n": {"type": "integer"}}, "required": ["n"]}

    @server.list_tools()
    async def tools() -> list[Any]:
        return [types.Tool(name="half", description="Halves.", inputSchema=schema)]

    @server.call_tool()
    async def call(name: str, arguments: dict[str, Any]) -> list[Any]:
        if arguments["n"] % 2:
            raise McpError(types.ErrorData(code=-32602, message="odd"))
        assert server.request_context.request_id
        return [types.TextContent(type="text", text=f"{name} {arguments['n'] // 2}")]

    @server.read_resource()
    async def read(uri: Any) -> str:
        assert uri.scheme == "memo"
        raise LookupError("no such memo")

    async with Client(server) as client:
        assert _said(await client.call_tool("half", {"n": 4})) == "half 2"
        odd = await client.call_tool("half", {"n": 3})
        assert (odd.is_error, _said(odd)) == (True, "odd")
        wrong = await client.call_tool("half", {})
        assert _said(wrong) == "Input validation error: 'n' is a required property"
        with pytest.raises(MCPError, match="no such memo"):
            await client.read_resource("memo://x")


async def test_tools_that_say_nothing_of_their_arguments_are_listed() -> None:
    server = Server[Any, Any]("silent")

    @server.list_tools()
    async def tools() -> list[Any]:
        return [types.Tool(name="any", description="", inputSchema={})]

    async with Client(server) as client:
        assert (await client.list_tools()).tools[0].input_schema == {"type": "object"}


def test_types_are_read_by_the_names_of_the_wire() -> None:
    tool = types.Tool(name="a", inputSchema={"type": "object"}, further=1)
    assert (tool.inputSchema, tool.further) == ({"type": "object"}, 1)
    listed = types.Resource(uri=types.AnyUrl("https://example.com"), name="a")
    assert str(listed.uri) == "https://example.com/"
    assert isinstance(tool, types.Tool)
    assert types.Tool is types.Tool
    with pytest.raises(AttributeError):
        _ = tool.outputshape


def test_settings_that_a_constructor_took_are_there_to_be_changed() -> None:
    app = FastMCP[Any]("shop", host="0.0.0.0", port=9, stateless_http=True, dependencies=["x"])
    app.settings.port = 10
    assert (app.settings.host, app.settings.port, app.dependencies) == ("0.0.0.0", 10, ["x"])
    assert app.settings.transport_security is None
    assert FastMCP[Any]().name == "FastMCP"
    with pytest.raises(ValueError, match="Unknown transport: carrier-pigeon"):
        app.run("carrier-pigeon")
    with pytest.raises(ToolError, match="Unknown tool: a"):
        app.remove_tool("a")


def test_decorators_without_a_call_are_refused() -> None:
    app = FastMCP[Any]("shop")
    with pytest.raises(TypeError, match="Use @tool\\(\\) instead of @tool"):
        app.tool(print)  # type: ignore[arg-type]


def test_applications_have_the_paths_that_the_settings_say() -> None:
    app = FastMCP[Any]("shop", streamable_http_path="/here", sse_path="/events", mount_path="/shop")

    @app.custom_route("/health", methods=["GET"])
    async def health(request: Any) -> Any:
        return request

    def paths(web: Any) -> set[str]:
        return {route.path for route in web.routes}

    assert {"/here", "/health"} <= paths(app.streamable_http_app())
    assert {"/events", "/shop/messages", "/health"} <= paths(app.sse_app())


def test_what_the_sdk_makes_itself_is_read_by_the_names_of_the_wire_too() -> None:
    made: Any = now.CallToolResult(content=[], is_error=True)
    assert made.isError is True
    assert made.is_error is True
    assert getattr(made, "isOther", None) is None
    assert getattr(now.Implementation(name="a", version="1"), "isError", "no") == "no"
