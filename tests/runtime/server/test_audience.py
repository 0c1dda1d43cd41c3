"""Who hears of changes, in both eras, and who does not."""

from __future__ import annotations

import gc
from typing import Any

import anyio
import pytest
from automcp.runtime.mcp2.app import CompiledServer
from automcp.runtime.mcp2.testing import connect
from automcp.runtime.server.errors import ProtocolError
from automcp.runtime.server.offers import Operation, Resource
from automcp.runtime.server.request import Wire
from automcp.runtime.shared.surface import Surface

SURFACE = Surface(
    {
        "server": {"name": "changing", "version": "1"},
        "tools": [{"name": "change", "inputSchema": {"type": "object"}}],
        "resources": [
            {"uri": "a://watched", "name": "watched"},
            {"uri": "a://fixed", "name": "fixed"},
        ],
        "literals": {"a://fixed": "x"},
        "subscribable": ["a://watched"],
    }
)


async def change(arguments: Wire, context: Any) -> None:
    match arguments.get("what"):
        case "tools":
            await context.tools_changed()
        case "prompts":
            await context.prompts_changed()
        case "resources":
            await context.resources_changed()
        case _:
            await context.resource_updated("a://watched")


async def read(*_: object) -> str:
    return "x"


def server() -> CompiledServer[None, None]:
    return CompiledServer(
        SURFACE,
        [
            Operation("change", None, change, handler=change),
            Resource("a://watched", read, handler=read),
        ],
    )


async def _heard(client: Any, method: str, count: int) -> list[Wire]:
    with anyio.move_on_after(1):
        while len(_told(client, method)) < count:
            await anyio.sleep(0.001)
    await anyio.sleep(0.01)
    return _told(client, method)


def _told(client: Any, method: str) -> list[Wire]:
    return [one for one in client.notifications if one["method"] == method]


@pytest.mark.parametrize("what", ["tools", "prompts", "resources"])
async def test_older_connections_hear_of_lists(what: str) -> None:
    async with connect(server(), modern=False) as client:
        await client.request("tools/call", {"name": "change", "arguments": {"what": what}})
        assert len(await _heard(client, f"notifications/{what}/list_changed", 1)) == 1


async def test_only_those_who_subscribed_hear_of_a_resource() -> None:
    async with connect(server(), modern=False) as client:
        updated = "notifications/resources/updated"
        call: Wire = {"name": "change", "arguments": {}}
        await client.request("tools/call", call)
        assert await _heard(client, updated, 0) == []
        await client.request("resources/subscribe", {"uri": "a://watched"})
        await client.request("tools/call", call)
        (told,) = await _heard(client, updated, 1)
        assert told["params"] == {"uri": "a://watched"}
        await client.request("resources/unsubscribe", {"uri": "a://watched"})
        await client.request("tools/call", call)
        assert len(await _heard(client, updated, 1)) == 1


@pytest.mark.parametrize("uri", ["a://fixed", "a://nothing"])
async def test_what_nobody_tells_of_cannot_be_subscribed_to(uri: str) -> None:
    async with connect(server(), modern=False) as client:
        with pytest.raises(ProtocolError) as caught:
            await client.request("resources/subscribe", {"uri": uri})
    assert caught.value.code == -32602


async def test_newer_connections_know_no_subscriptions_of_the_old_kind() -> None:
    async with connect(server()) as client:
        for method in ("resources/subscribe", "resources/unsubscribe", "logging/setLevel"):
            with pytest.raises(ProtocolError) as caught:
                await client.request(method, {"uri": "a://watched", "level": "info"})
            assert caught.value.code == -32601


async def test_connections_are_forgotten_when_they_end() -> None:
    changing = server()
    for _ in range(5):
        async with connect(changing, modern=False) as client:
            await client.request("resources/subscribe", {"uri": "a://watched"})
    gc.collect()
    async with connect(changing, modern=False) as client:
        await client.request("tools/call", {"name": "change", "arguments": {"what": "tools"}})
        assert len(await _heard(client, "notifications/tools/list_changed", 1)) == 1
    gc.collect()
    assert len(changing.audience) == 0
