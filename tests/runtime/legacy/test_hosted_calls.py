"""A low-level server answers the tools of a compiled package, and leaves every other name to its own functions."""

from __future__ import annotations

import sys
from types import ModuleType, SimpleNamespace
from typing import Any

import anyio
import pytest
from automcp.runtime.legacy import types
from automcp.runtime.legacy.fastmcp import FastMCP
from automcp.runtime.legacy.functions.mcp1 import called
from automcp.runtime.legacy.lowlevel import Server
from automcp.runtime.legacy.memory import create_connected_server_and_client_session as connected
from mcp import MCPError, UrlElicitationRequiredError
from mcp.server.mcpserver.utilities.func_metadata import func_metadata
from mcp.types import URL_ELICITATION_REQUIRED
from pydantic import Field

SCHEMA = {"type": "object", "properties": {"a": {"type": "integer"}}, "required": ["a"]}


VISIT: dict[str, Any] = {
    "mode": "url",
    "message": "First",
    "url": "https://a.b/",
    "elicitationId": "1",
}


async def double(arguments: dict[str, Any]) -> list[Any]:
    if arguments["a"] < 0:
        raise ValueError("less than nothing")
    if arguments["a"] == 0:
        raise UrlElicitationRequiredError([types.ElicitRequestURLParams(**VISIT)])
    return [types.TextContent(type="text", text=str(arguments["a"] * 2))]


@pytest.fixture
def package(monkeypatch: pytest.MonkeyPatch) -> str:
    """A compiled package of one tool, which lets its host call the function."""
    listed = [{"name": "double", "description": "Twice", "inputSchema": SCHEMA}]
    kernel = SimpleNamespace(surface=SimpleNamespace(tools=listed))

    async def answer_asked(method: str, params: Any, asked: Any, native: Any) -> Any:
        assert (method, asked is None) == ("tools/call", False)
        try:
            return await native.call_function({"double": double}[params["name"]])
        except Exception:  # as kernels do
            return {"content": [], "isError": True}

    module = ModuleType("hosted_package")
    server = SimpleNamespace(kernel=kernel, answer_asked=answer_asked)
    vars(module)["build_server"] = lambda: server
    monkeypatch.setitem(sys.modules, "hosted_package", module)
    return "hosted_package"


def test_compiled_tools_are_listed_and_answered_as_decorated_ones_were(package: str) -> None:
    server: Any = Server("a", compiled=package)

    @server.list_tools()
    async def tools() -> list[Any]:
        return [types.Tool(name=name, inputSchema=SCHEMA) for name in ("double", "other")]

    @server.call_tool()
    async def call(name: str, arguments: dict[str, Any]) -> list[Any]:
        return [types.TextContent(type="text", text=f"{name} itself")]

    async def ask() -> tuple[list[tuple[str, Any]], list[tuple[bool, str]]]:
        async with connected(server) as session:
            listed = (await session.list_tools()).tools
            answers = [
                await session.call_tool(name, arguments)
                for name, arguments in (
                    ("double", {"a": 2}),
                    ("double", {"a": -1}),
                    ("double", {"a": "x"}),
                    ("other", {"a": 1}),
                    ("third", {}),
                )
            ]
            return (
                [(one.name, one.description) for one in listed],
                [(bool(one.isError), one.content[0].text) for one in answers],
            )

    listed, answers = anyio.run(ask)
    assert listed == [("double", "Twice"), ("other", None)]
    assert answers == [
        (False, "4"),
        (True, "less than nothing"),
        (True, "Input validation error: 'x' is not of type 'integer'"),
        (False, "other itself"),
        (False, "third itself"),
    ]


def test_arguments_are_handed_on_by_the_names_of_the_parameters() -> None:
    def function(
        query: str,
        schema: str = "x",
        session: str | None = Field(None, alias="Mcp-Session"),
    ) -> tuple[str, str, str | None]:
        return query, schema, session

    described = func_metadata(function)
    given = {"query": "a", "schema": "b", "Mcp-Session": "c"}

    async def call() -> Any:
        return await called(function, described, given, {})

    assert anyio.run(call) == ("a", "b", "c")


def _visiting(server: Any) -> tuple[int, Any]:
    async def ask() -> MCPError:
        async with connected(server) as session:
            with pytest.raises(MCPError) as caught:
                await session.call_tool("double", {"a": 0})
            return caught.value

    error = anyio.run(ask)
    return error.code, error.data


def test_addresses_that_callers_have_to_visit_first_reach_them(package: str) -> None:
    server: Any = Server("a", compiled=package)

    @server.call_tool()
    async def call(name: str, arguments: dict[str, Any]) -> list[Any]:
        raise AssertionError(name)

    assert _visiting(server) == (URL_ELICITATION_REQUIRED, {"elicitations": [VISIT]})


def test_so_they_do_where_decorators_register(monkeypatch: pytest.MonkeyPatch) -> None:
    async def answer_asked(method: str, params: Any, asked: Any, native: Any) -> Any:
        raise MCPError(URL_ELICITATION_REQUIRED, "required", {"elicitations": [VISIT]})

    def nothing(kind: str) -> list[Any]:
        return []

    listed = [{"name": "double", "inputSchema": SCHEMA}]
    surface = SimpleNamespace(tools=listed, listed=nothing)
    server = SimpleNamespace(kernel=SimpleNamespace(surface=surface), answer_asked=answer_asked)
    module = ModuleType("hosted_package")
    vars(module)["build_server"] = lambda: server
    monkeypatch.setitem(sys.modules, "hosted_package", module)
    told = _visiting(FastMCP("a", compiled="hosted_package"))
    assert told == (URL_ELICITATION_REQUIRED, {"elicitations": [VISIT]})
