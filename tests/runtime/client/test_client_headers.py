"""Parameters that are repeated in HTTP headers, without listing the tools first and without a refusal."""

from __future__ import annotations

from typing import Any

import pytest
from automcp.runtime.client import AutoMCPClient, ClientGroup, OperationError
from automcp.runtime.client.headers import Mirrored, mirrored
from automcp.runtime.shared.surface import Surface
from scripted import Script, compiled, served, text, tool
from starlette.types import ASGIApp, Receive, Scope, Send
from web import over_http


def _marked(mark: object, kind: str = "string") -> dict[str, Any]:
    marked = {"type": kind, "x-mcp-header": mark}
    return {"type": "object", "properties": {"region": marked, "other": {"type": "string"}}}


MARKED = tool("a_marked", _marked("Region"))
PLAIN = tool("a_plain")
WRONG = tool("a_wrong", _marked("Re gion"))


class Watching:
    """An application that keeps the headers of the calls that it lets through, by tool."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self.methods: list[str] = []
        self.regions: list[str | None] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = dict(scope.get("headers", ()))
        method = headers.get(b"mcp-method", b"").decode()
        self.methods.append(method)
        if method == "tools/call":
            region = headers.get(b"mcp-param-region")
            self.regions.append(None if region is None else region.decode())
        await self._app(scope, receive, send)


def _surface(*tools: dict[str, Any]) -> Surface:
    return compiled(tools)


async def test_a_compiled_client_repeats_them_at_once() -> None:
    script = Script([text("x")])
    watching = Watching(served(script, [MARKED, PLAIN]).streamable_http_app())
    config = {"verify": "off", "protocol": "2026-07-28"}
    async with over_http(watching) as running:
        surface = _surface(MARKED, PLAIN)
        async with AutoMCPClient("t", config, server=running.url, surface=surface) as client:
            group = ClientGroup(client, "a")
            await group.execute("marked", {"region": "eu", "other": "o"})
            await group.execute("plain", {"region": "eu"})
            await group.execute("marked", {"region": "\u00e9"})
            await group.execute("marked", {"other": "o"})
    assert watching.regions == ["eu", None, "=?base64?w6k=?=", None]
    assert "tools/list" not in watching.methods
    assert len(script.calls) == 4


async def test_every_new_connection_of_a_discovering_client_knows_them() -> None:
    watching = Watching(served(Script([text("x")]), [MARKED]).streamable_http_app())
    async with (
        over_http(watching) as running,
        AutoMCPClient("t", server=running.url) as client,
    ):
        await client.groups["a"].execute("marked", {"region": "1"})
        client.reconnect()
        await client.groups["a"].execute("marked", {"region": "2"})
        assert client.pool_stats.created == 2
    assert watching.regions == ["1", "2"]
    assert watching.methods.count("tools/list") == 1


async def test_a_tool_that_is_marked_wrongly_is_never_called() -> None:
    script = Script([text("x")])
    config = {"verify": "off", "protocol": "2026-07-28"}
    server, surface = served(script, [WRONG, PLAIN]), _surface(WRONG, PLAIN)
    async with AutoMCPClient("t", config, server=server, surface=surface) as client:
        with pytest.raises(OperationError, match="'a_wrong' must not be called: property 'region'"):
            await ClientGroup(client, "a").execute("wrong", {"region": "eu"})
        await ClientGroup(client, "a").execute("plain")
    assert [name for name, _ in script.calls] == ["a_plain"]


async def test_before_2026_the_marks_mean_nothing() -> None:
    script = Script([text("x")])
    config = {"verify": "off", "protocol": "2025-11-25"}
    server, surface = served(script, [WRONG]), _surface(WRONG)
    async with AutoMCPClient("t", config, server=server, surface=surface) as client:
        await ClientGroup(client, "a").execute("wrong", {"region": "eu"})
    assert len(script.calls) == 1


def test_marks_are_found_wherever_they_are() -> None:
    deep: dict[str, Any] = {"x-mcp-header": "Deep", "type": "string"}
    for _ in range(5_000):
        deep = {"items": deep}
    within = tool(
        "within",
        {
            "type": "object",
            "properties": {
                "a": {"properties": {"b": MARKED["inputSchema"]["properties"]["region"]}}
            },
        },
    )
    number = tool("number", _marked("A", "number"))
    found = mirrored([MARKED, PLAIN, within, number, tool("deep", {"anyOf": [deep]})])
    assert [each["name"] for each in found.tools] == ["a_marked", "within"]
    assert set(found.invalid) == {"number", "deep"}
    assert mirrored([PLAIN]) == Mirrored([], {})
    # Parts that tools share count for each of them.
    shared: Any = {"$defs": {"Deep": deep}}
    assert mirrored([tool("one", shared), tool("two", shared)]).invalid.keys() == {"one", "two"}
    assert mirrored([PLAIN]).listing() is None
