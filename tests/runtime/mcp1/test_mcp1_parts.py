"""Parts of the mcp 1 dialect by themselves: what it remembers, and how it starts."""

from __future__ import annotations

import pytest
from automcp.runtime.mcp1.app import CompiledServer
from automcp.runtime.mcp1.events import RecentEvents
from automcp.runtime.mcp1.serving import main
from automcp.runtime.server.settings import SettingsError
from mcp.client.session import ClientSession
from mcp.server.streamable_http import EventMessage
from mcp.shared.memory import create_connected_server_and_client_session
from mcp.types import JSONRPCMessage, JSONRPCNotification
from mcp1_service import TOOLS, build_server
from pydantic import AnyUrl


def _message(text: str) -> JSONRPCMessage:
    return JSONRPCMessage(JSONRPCNotification(jsonrpc="2.0", method=text))


async def test_only_the_last_events_are_kept_and_each_session_sees_its_own() -> None:
    events = RecentEvents(most=4)
    one, two = events.of_session(), events.of_session()
    seen: list[tuple[str | None, str]] = []

    async def note(event: EventMessage) -> None:
        message = event.message.root
        assert isinstance(message, JSONRPCNotification)
        seen.append((event.event_id, message.method))

    first = await one.store_event("1", None)
    start = await one.store_event("1", None)
    await two.store_event("1", _message("other session"))
    await one.store_event("2", _message("other stream"))
    await one.store_event("1", _message("this"))
    assert await one.replay_events_after(start, note) == "1"
    assert seen == [("5", "this")]
    for session, unknown in ((two, start), (one, first), (one, "6"), (one, "x"), (one, "")):
        assert await session.replay_events_after(unknown, note) is None
    assert seen == [("5", "this")]


def test_wrong_settings_end_the_program_without_a_traceback(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def build() -> CompiledServer[None, None]:
        raise SettingsError(("- SHOP_KEY: is not set",))

    with pytest.raises(SystemExit) as ended:
        main(build, "shop", [])
    assert ended.value.code == 2
    assert capsys.readouterr().err.endswith("- SHOP_KEY: is not set\n")


async def test_the_sdks_own_client_understands_it() -> None:
    client: ClientSession
    async with create_connected_server_and_client_session(build_server()) as client:
        assert [tool.name for tool in (await client.list_tools()).tools] == list(TOOLS)
        result = await client.call_tool("echo", {"a": 1})
        assert result.structuredContent == {"result": {"a": 1, "state": "state"}}
        read = await client.read_resource(AnyUrl("doc://watched"))
        assert read.contents[0].model_dump()["text"] == "calm"
