"""The dialect of mcp 1 in memory: what is answered, and how."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

import anyio
import anyio.lowlevel
import pytest
from automcp.runtime.mcp1.app import CompiledServer
from automcp.runtime.mcp1.testing import TestClient, connect
from automcp.runtime.server.errors import ProtocolError
from automcp.runtime.server.request import Wire
from automcp.runtime.shared.surface import Surface
from mcp1_service import DOCUMENT, EVENTS, FORM, build_server


async def _call(client: TestClient, tool: str, **arguments: Any) -> Any:
    result: Any = await client.request("tools/call", {"name": tool, "arguments": arguments})
    return result["structuredContent"]["result"]


async def _refused(asked: Awaitable[Wire]) -> tuple[int, str, object]:
    with pytest.raises(ProtocolError) as caught:
        await asked
    return caught.value.code, caught.value.message, caught.value.data


def _by_hand() -> CompiledServer[str, None]:
    server = build_server()

    @server.tool()
    def added(number: int) -> int:
        return number + 1

    @server.tool(name="echo")
    def usurper() -> str:
        raise AssertionError

    @server.resource("added://one")
    def one() -> str:
        return "added"

    @server.resource("added://{name}/more")
    def more(name: str) -> str:
        return name

    @server.prompt()
    def extra() -> str:
        return "extra"

    @server.completion()
    async def complete(ref: Any, argument: Any, context: Any) -> Any:
        from mcp.types import Completion

        return Completion(values=["added"])

    assert [one, more, extra, complete, added, usurper]
    return server


async def test_the_handshake_says_who_it_is_and_what_it_can_do() -> None:
    async with connect(build_server()) as client:
        assert client.server == {
            "protocolVersion": "2025-11-25",
            "instructions": "Try it.",
            "serverInfo": {
                "name": "everything",
                "version": "4.5.6",
                "title": "Everything",
                "description": "A little of everything.",
                "websiteUrl": "https://example.com/everything",
                "icons": [{"src": "https://example.com/icon.png", "mimeType": "image/png"}],
            },
            "capabilities": {
                "experimental": {},
                "logging": {},
                "completions": {},
                "prompts": {"listChanged": True},
                "resources": {"subscribe": True, "listChanged": True},
                "tools": {"listChanged": True},
                "extensions": {"com.example/more": {"level": 1}},
            },
        }


async def test_a_bare_service_claims_nothing() -> None:
    surface = Surface({"server": {"name": "bare", "version": "0"}, "tools": []})
    server: CompiledServer[None, None] = CompiledServer(surface, [])
    async with connect(server) as client:
        assert client.server["serverInfo"] == {"name": "bare", "version": "0"}
        assert client.server["capabilities"] == {
            "experimental": {},
            "logging": {},
            "tools": {"listChanged": True},
        }
        for method, key in (
            ("tools/call", "name"),
            ("prompts/get", "name"),
            ("resources/read", "uri"),
        ):
            params: Wire = {key: "no://thing"}
            code, message, _ = await _refused(client.request(method, params))
            assert (code, message.startswith("Unknown ")) == (-32602, True)


async def test_what_is_listed_is_the_surface_word_for_word() -> None:
    async with connect(build_server()) as client:
        for method, member, section in (
            ("tools/list", "tools", "tools"),
            ("resources/list", "resources", "resources"),
            ("resources/templates/list", "resourceTemplates", "templates"),
            ("prompts/list", "prompts", "prompts"),
        ):
            assert await client.request(method) == {member: DOCUMENT[section]}


async def test_values_pass_untouched() -> None:
    arguments = {"none": None, "deep": [{"none": None, "é": 1.5}], "big": 2**60}
    async with connect(build_server()) as client:
        assert await _call(client, "echo", **arguments) == {**arguments, "state": "state"}


@pytest.mark.parametrize(
    ("uri", "text"),
    [
        ("file:///a/../b", "as it was written"),
        ("doc://É/data", "É"),
        ("doc://watched", "calm"),
    ],
)
async def test_addresses_are_taken_as_they_were_sent(uri: str, text: str) -> None:
    async with connect(build_server()) as client:
        result = await client.request("resources/read", {"uri": uri})
        assert result["contents"] == [{"uri": uri, "mimeType": "text/plain", "text": text}]


async def test_errors_keep_their_codes() -> None:
    async with connect(build_server()) as client:
        assert await _refused(_call(client, "nothing")) == (-32602, "Unknown tool: nothing", None)
        assert await _refused(client.request("resources/read", {"uri": "no://thing"})) == (
            -32602,
            "Unknown resource: no://thing",
            {"uri": "no://thing"},
        )
        assert (await _refused(client.request("prompts/get", {"name": "no"})))[0] == -32602
        assert (await _refused(client.request("tools/list", {"cursor": "?"})))[0] == -32602
        assert await _refused(client.request("no/such/method")) == (
            -32601,
            "Method not found",
            None,
        )


async def test_what_was_added_by_hand_comes_after_the_services_own() -> None:
    async with connect(_by_hand()) as client:
        listed: Any = await client.request("tools/list")
        assert listed["tools"][:-1] == DOCUMENT["tools"]
        assert await _call(client, "added", number=1) == 2
        assert await _call(client, "echo") == {"state": "state"}
        for uri, text in (("added://one", "added"), ("added://two/more", "two")):
            read: Any = await client.request("resources/read", {"uri": uri})
            assert read["contents"][0]["text"] == text
        prompt: Any = await client.request("prompts/get", {"name": "extra"})
        assert prompt["messages"][0]["content"]["text"] == "extra"
        assert (await _refused(_call(client, "nothing")))[0] == -32602
        assert (await _refused(client.request("resources/read", {"uri": "no://x"})))[0] == -32602


@pytest.mark.parametrize(
    ("prompt", "values"), [("greet", ["Ada", "Alan"]), ("extra", ["added"]), ("no", ["added"])]
)
async def test_completions_of_the_service_and_of_others(prompt: str, values: list[str]) -> None:
    async with connect(_by_hand()) as client:
        params: Wire = {
            "ref": {"type": "ref/prompt", "name": prompt},
            "argument": {"name": "name", "value": "A"},
        }
        result: Any = await client.request("completion/complete", params)
        assert result["completion"]["values"] == values


async def test_prompts_are_filled_in() -> None:
    async with connect(build_server()) as client:
        params: Wire = {"name": "greet", "arguments": {"name": "Ada"}}
        result: Any = await client.request("prompts/get", params)
        assert result["messages"][0]["content"] == {"type": "text", "text": "Hello Ada"}


@pytest.mark.parametrize(
    ("level", "logged"),
    [(None, ["debug", "info", "error"]), ("info", ["info", "error"]), ("emergency", [])],
)
async def test_logs_come_from_the_chosen_level_on(level: str | None, logged: list[str]) -> None:
    async with connect(build_server()) as client, connect(build_server()) as other:
        if level is not None:
            assert await client.request("logging/setLevel", {"level": level}) == {}
        await _call(client, "log")
        assert client.notifications == [
            {
                "method": "notifications/message",
                "params": {"level": one, "data": {"level": one, "nothing": None}},
            }
            for one in logged
        ]
        assert other.notifications == []
        assert (await _refused(client.request("logging/setLevel", {"level": "loud"})))[0] == -32602


async def test_progress_goes_to_who_asked_for_it() -> None:
    async with connect(build_server()) as client:
        await client.request("logging/setLevel", {"level": "emergency"})
        params: Wire = {"name": "log", "_meta": {"progressToken": 0}}
        await client.request("tools/call", params)
        assert client.notifications == [
            {
                "method": "notifications/progress",
                "params": {"progressToken": 0, "progress": step, "total": 2},
            }
            for step in range(3)
        ]


async def test_a_question_is_asked_and_answered() -> None:
    asked: list[Wire] = []

    async def answer(params: Wire) -> Wire:
        asked.append(params)
        return {"action": "accept", "content": {"name": "Ada"}}

    async with connect(build_server(), answers={"elicitation/create": answer}) as client:
        assert await _call(client, "ask") == ["accept", "Ada"]
    assert asked == [{"mode": "form", "message": "Who?", "requestedSchema": FORM}]


async def test_a_client_that_cannot_be_asked_is_told_so() -> None:
    async def refuse(_: Wire) -> Wire:
        raise ProtocolError(-32050, "not now", {"why": 1})

    async with connect(build_server()) as client:
        code, _, data = await _refused(_call(client, "ask"))
        assert (code, data) == (-32021, {"requiredCapabilities": {"elicitation": {"form": {}}}})
    async with connect(build_server(), answers={"elicitation/create": refuse}) as client:
        assert await _refused(_call(client, "ask")) == (-32050, "not now", {"why": 1})


async def test_changes_reach_all_and_updates_those_who_subscribed() -> None:
    server = build_server()
    listed: Wire = {"method": "notifications/tools/list_changed", "params": {}}
    updated: Wire = {
        "method": "notifications/resources/updated",
        "params": {"uri": "doc://watched"},
    }
    async with connect(server) as one, connect(server) as two:
        assert await one.request("resources/subscribe", {"uri": "doc://watched"}) == {}
        await _call(two, "change")
        await one.request("ping")
        assert (one.notifications, two.notifications) == ([listed, updated], [listed])
        assert await one.request("resources/unsubscribe", {"uri": "doc://watched"}) == {}
        await _call(two, "change")
        await one.request("ping")
        assert one.notifications == [listed, updated, listed]
        for uri in ("doc://x/data", "no://thing"):
            code, _, data = await _refused(one.request("resources/subscribe", {"uri": uri}))
            assert (code, data) == (-32602, {"uri": uri})


async def test_a_connection_that_ends_is_forgotten() -> None:
    server = build_server()
    audience = server._audience  # pyright: ignore[reportPrivateUsage]
    for _ in range(3):
        async with connect(server) as client:
            assert len(audience) == 1
            await client.request("ping")
        assert len(audience) == 0


async def test_a_client_that_goes_away_ends_its_calls() -> None:
    EVENTS.clear()
    async with anyio.create_task_group() as tasks:

        async def leave() -> None:
            async with connect(build_server()) as client:
                await _call(client, "wait")

        tasks.start_soon(leave)
        await _until("waiting")
        tasks.cancel_scope.cancel()
    assert EVENTS == ["open", "waiting", "given up", "close"]


async def test_a_call_that_the_client_cancels_is_cancelled() -> None:
    EVENTS.clear()
    async with connect(build_server()) as client, anyio.create_task_group() as tasks:
        tasks.start_soon(_call, client, "wait")
        await _until("waiting")
        tasks.cancel_scope.cancel()
        with anyio.CancelScope(shield=True), anyio.fail_after(5):
            await _until("given up")
            assert await _call(client, "echo") == {"state": "state"}


async def test_a_cancellation_right_after_its_call_is_not_lost() -> None:
    with anyio.fail_after(5):
        async with connect(build_server()) as client, anyio.create_task_group() as tasks:
            tasks.start_soon(_refused, client.request("tools/call", {"name": "wait"}))
            await anyio.lowlevel.checkpoint()
            # The handshake was number 0.
            await client.notify("notifications/cancelled", {"requestId": 1})


async def test_two_hundred_calls_at_once_each_get_their_own_answer() -> None:
    answers: dict[int, Any] = {}
    async with connect(build_server()) as client, anyio.create_task_group() as tasks:

        async def call(number: int) -> None:
            answers[number] = await _call(client, "echo", number=number)

        for number in range(200):
            tasks.start_soon(call, number)
    assert answers == {n: {"number": n, "state": "state"} for n in range(200)}


async def test_the_lifespan_is_entered_once() -> None:
    EVENTS.clear()
    server = build_server()
    async with connect(server) as one, connect(server) as two:
        await _call(one, "echo")
        await _call(two, "echo")
    assert EVENTS == ["open", "close"]


async def _until(event: str) -> None:
    with anyio.fail_after(5):
        while event not in EVENTS:
            await anyio.sleep(0.01)
