"""What a server refuses to start with."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Any

import pytest
from automcp.runtime.mcp2.app import CompiledServer
from automcp.runtime.server.offers import Operation
from automcp.runtime.shared.model import ABSENT, Json, Model, to_json
from automcp.runtime.shared.surface import Surface
from mcp import Client
from pydantic import Field

ANY: dict[str, Json] = {"type": "object"}


def _surface(*tools: str) -> Surface:
    return Surface(
        {
            "server": {"name": "bare", "version": "0"},
            "tools": [{"name": tool, "inputSchema": ANY} for tool in tools],
        }
    )


def _operations(*tools: str) -> Iterator[Operation[Any]]:
    async def nothing(arguments: object, context: object) -> None: ...

    for tool in tools:
        yield Operation(tool, None, nothing, handler=nothing)


@pytest.mark.parametrize(
    ("offered", "answered", "problem"),
    [
        (("a", "b", "c"), ("a",), "no operation answers the tools b, c"),
        (("a",), ("a", "b"), "surface.json has no tool b"),
        (("a",), ("a", "a"), "two operations answer the tool a"),
    ],
)
def test_operations_and_surface_must_agree(
    offered: tuple[str, ...], answered: tuple[str, ...], problem: str
) -> None:
    with pytest.raises(ValueError, match=problem):
        CompiledServer[None, None](_surface(*offered), _operations(*answered))


async def test_a_server_needs_neither_settings_nor_lifespan() -> None:
    seen: list[object] = []

    async def look(arguments: object, context: Any) -> None:
        seen.append((arguments, context.state, context.settings))

    server: CompiledServer[None, None] = CompiledServer(
        _surface("look"), [Operation("look", None, look, handler=look)]
    )
    async with Client(server) as client:
        await client.call_tool("look", {"a": [1]})
    assert seen == [({"a": [1]}, None, None)]


class Route(Model):
    from_: Annotated[str | None, Field(alias="from")] = ABSENT


async def test_arguments_are_read_by_their_names_on_the_wire() -> None:
    seen: list[Route] = []

    async def look(arguments: Route, context: object) -> None:
        seen.append(arguments)

    server = CompiledServer[None, None](
        _surface("look"), [Operation("look", Route, look, handler=look)]
    )
    sent: list[dict[str, Any]] = [{"from": "a", "from_": "b"}, {"from_": "b"}]
    async with Client(server) as client:
        for arguments in sent:
            await client.call_tool("look", arguments)
    assert [route.from_ for route in seen] == ["a", None]
    assert [to_json(route) for route in seen] == sent


async def test_a_schema_that_cannot_be_used_is_a_masked_crash(
    caplog: pytest.LogCaptureFixture,
) -> None:
    tool: Json = {"name": "look", "inputSchema": {"$ref": "http://127.0.0.1:9/x"}}
    surface = Surface({"server": {"name": "bare", "version": "0"}, "tools": [tool]})

    async def look(arguments: object, context: object) -> None: ...

    server = CompiledServer[None, None](surface, [Operation("look", None, look, handler=look)])
    async with Client(server) as client:
        result = await client.call_tool("look", {})
    assert result.structured_content["error"]["message"] == "look failed."
    assert "127.0.0.1" not in result.model_dump_json()
    assert "Retrieval is disabled" in caplog.text


def _header_surface() -> Surface:
    parameter: Json = {"type": "string", "x-mcp-header": "Region"}
    tool: Json = {
        "name": "look",
        "inputSchema": {"type": "object", "properties": {"region": parameter}},
    }
    return Surface({"server": {"name": "bare", "version": "0"}, "tools": [tool]})


@pytest.mark.parametrize(("sent", "status"), [("eu", 200), ("us", 400)])
async def test_parameters_that_are_mirrored_in_headers_are_checked(
    sent: str, status: int, post: Callable[..., Any]
) -> None:
    async def look(arguments: object, context: object) -> None: ...

    server = CompiledServer[None, None](
        _header_surface(), [Operation("look", None, look, handler=look)]
    )
    answer = await post(
        server,
        {"name": "look", "arguments": {"region": "eu"}},
        {"mcp-method": "tools/call", "mcp-name": "look", "mcp-param-region": sent},
    )
    assert answer.status_code == status, json.dumps(answer.text)


def test_the_surface_is_read_from_beside_the_module(tmp_path: Path) -> None:
    document: dict[str, Json] = {"server": {"name": "bare", "version": "0"}, "tools": []}
    (tmp_path / "surface.json").write_text(json.dumps(document))
    assert Surface.beside(str(tmp_path / "server.py")).names == ()
