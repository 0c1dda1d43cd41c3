"""Hearing of changes, in both protocol eras."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import anyio
import anyio.abc
import pytest
from automcp.runtime.client import (
    AutoMCPClient,
    Callbacks,
    Change,
    ConnectionError,
    OperationError,
    PromptsChanged,
    ResourcesChanged,
    ResourceUpdated,
    ToolsChanged,
)
from automcp.runtime.client.changes import Interest
from automcp.runtime.client.listening import Changes
from mcp.server.subscriptions import PromptsListChanged, ToolsListChanged
from mcp.server.subscriptions import ResourceUpdated as Updated
from offering import ERAS, MODERN, Offering
from scripted import Script, compiled, served, text, tool
from web import over_http

both_eras = pytest.mark.parametrize("era", ERAS)


async def _publish(offering: Offering, era: str) -> None:
    """Tools, prompts, the resource x://a and the resource y://b changed."""
    if era == MODERN:
        for event in (ToolsListChanged(), PromptsListChanged(), Updated("x://a"), Updated("y://b")):
            await offering.bus.publish(event)
        return
    session = offering.sessions[-1]
    await session.send_tool_list_changed()
    await session.send_prompt_list_changed()
    await session.send_resource_updated("x://a")
    await session.send_resource_updated("y://b")


async def _next(changes: Changes, count: int) -> list[Change]:
    with anyio.fail_after(5):
        return [await anext(changes) for _ in range(count)]


@both_eras
async def test_changes_are_heard_as_they_happen(era: str) -> None:
    offering = Offering()
    async with AutoMCPClient(
        "t", {"protocol": era, "pool_size": 1}, server=offering.server()
    ) as client:
        async with client.listen(tools=True, uris=["x://a", "x://a"]) as changes:
            assert changes.interest.tools
            assert "x://a" in changes.interest.uris
            await client.groups["asks"].execute("me")
            await _publish(offering, era)
            assert await _next(changes, 2) == [ToolsChanged(), ResourceUpdated("x://a")]
            await _publish(offering, era)
            await _publish(offering, era)
            found = await _next(changes, 2)
            assert found == [ToolsChanged(), ResourceUpdated("x://a")]
        assert client.pool_stats.in_use == 0
    if era != MODERN:
        assert offering.subscribed == ["+x://a", "-x://a"]


@both_eras
async def test_a_callback_hears_of_changes_too(era: str) -> None:
    offering, heard = Offering(), list[Change]()
    config = {"protocol": era}
    callbacks = Callbacks(changed=heard.append)
    async with (
        AutoMCPClient("t", config, server=offering.server(), callbacks=callbacks) as client,
        client.listen(prompts=True, tools=True) as changes,
    ):
        await client.groups["asks"].execute("me")
        await _publish(offering, era)
        assert await _next(changes, 2) == [ToolsChanged(), PromptsChanged()]
    assert heard[:2] == [ToolsChanged(), PromptsChanged()]


@both_eras
async def test_over_http_listening_has_a_connection_of_its_own(era: str) -> None:
    offering = Offering()
    config = {"protocol": era, "pool_size": 1, "verify": "off"}
    async with (
        over_http(offering.server().streamable_http_app()) as running,
        AutoMCPClient("t", config, server=running.url, surface=compiled([])) as client,
    ):
        async with client.listen(uris=["x://a"]) as changes:
            assert (await client.read_resource("x://a"))[0].body == "text of x://a"
            await _publish(offering, era)
            assert await _next(changes, 1) == [ResourceUpdated("x://a")]
        assert client.pool_stats.created == 1
        await client.read_resource("x://a")
    if era != MODERN:
        assert offering.subscribed == ["+x://a", "-x://a"]


async def test_who_still_listens_stays_subscribed() -> None:
    offering = Offering()
    config = {"protocol": "2025-11-25"}
    async with AutoMCPClient("t", config, server=offering.server()) as client:
        async with client.listen(uris=["x://a"]) as first:
            async with client.listen(uris=["x://a", "y://b"]) as second:
                await _publish(offering, "2025-11-25")
                assert await _next(second, 2) == [
                    ResourceUpdated("x://a"),
                    ResourceUpdated("y://b"),
                ]
            assert offering.subscribed == ["+x://a", "+x://a", "+y://b", "-y://b"]
            assert await _next(first, 1) == [ResourceUpdated("x://a")]
        assert offering.subscribed[-1] == "-x://a"


@both_eras
async def test_listening_ends_with_the_connection(era: str) -> None:
    client = AutoMCPClient("t", {"protocol": era}, server=Offering().server())
    ended: list[str] = []

    async def listen(*, task_status: anyio.abc.TaskStatus[None]) -> None:
        async with client.listen(tools=True) as changes:
            task_status.started()
            try:
                await anext(changes)
            except ConnectionError as error:
                ended.append(error.message)

    async with anyio.create_task_group() as tasks:
        async with client:
            await tasks.start(listen)
        with anyio.fail_after(5):
            while not ended:
                await anyio.sleep(0)
    assert ended == ["the stream of changes broke; listen again, and read anew"]


@pytest.mark.parametrize(
    ("answer", "ends"),
    [(lambda: anyio.sleep(0), False), (lambda: anyio.sleep(60), True)],
)
async def test_silence_is_looked_into(
    monkeypatch: pytest.MonkeyPatch, answer: Callable[[], Awaitable[object]], ends: bool
) -> None:
    from automcp.runtime.client import listening

    monkeypatch.setattr(listening, "_HEARTBEAT", 0.01)
    monkeypatch.setattr(listening, "_ANSWER_TIME", 0.01)
    heard = vars(listening)["_Heard"](Interest(tools=True), answer)
    if ends:
        with pytest.raises(ConnectionError, match="broke"):
            await anext(heard)
        return
    with anyio.move_on_after(0.1):
        await anext(heard)
        raise AssertionError("nothing was told")
    heard.add(ToolsChanged())
    assert await anext(heard) == ToolsChanged()


async def test_who_does_not_take_what_is_told_is_lost() -> None:
    from automcp.runtime.client import listening

    heard = vars(listening)["_Heard"](Interest(uris=("x://",)), lambda: anyio.sleep(0))
    for number in range(1_025):
        heard.add(ResourceUpdated(f"x://{number}"))
    with pytest.raises(ConnectionError):
        await anext(heard)


async def test_servers_that_do_not_agree_say_so() -> None:
    server = served(Script([text("x")]), [tool("a_b")])
    async with AutoMCPClient("t", {"protocol": "2025-11-25"}, server=server) as client:
        with pytest.raises(OperationError, match=r"(?i)method not found"):
            async with client.listen(uris=["x://a"]):
                raise AssertionError("not agreed")


async def test_something_has_to_be_listened_to() -> None:
    client = AutoMCPClient("t", server=Offering().server())
    with pytest.raises(ValueError, match="what to listen to"):
        client.listen()
    with pytest.raises(TypeError, match="not one address"):
        client.listen(uris="x://a")


@pytest.mark.parametrize(
    ("interest", "change", "covered"),
    [
        (Interest(tools=True), ToolsChanged(), True),
        (Interest(tools=True), PromptsChanged(), False),
        (Interest(resources=True), ResourcesChanged(), True),
        (Interest(resources=True), ResourceUpdated("x://a"), False),
        (Interest(uris=("x://a",)), ResourceUpdated("x://a/part"), True),
        (Interest(uris=("x://a",)), ResourceUpdated("x://b"), False),
    ],
)
def test_what_is_of_interest(interest: Interest, change: Change, covered: bool) -> None:
    assert interest.covers(change) is covered
