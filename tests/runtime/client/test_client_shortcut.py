"""The shortcut of tool calls sends what the session sends, and takes and refuses what the session does."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from typing import Any

import anyio
import anyio.abc
import pytest
from automcp.runtime.client import AutoMCPClient, ClientGroup, InvalidAnswer
from automcp.runtime.client import shortcut as shortcuts
from automcp.runtime.client.shortcut import ANSWER, Shortcut
from automcp.runtime.shared.model import Json
from mcp.client.session import ClientSession
from mcp.shared.dispatcher import CallOptions, OnNotify, OnNotifyIntercept, OnRequest
from mcp_types import (
    CallToolRequest,
    CallToolRequestParams,
    DiscoverResult,
    Implementation,
    InitializeResult,
    ServerCapabilities,
)
from pydantic import ValidationError
from scripted import Script, served, text, tool

ANSWERS: list[dict[str, Any]] = [
    {
        "content": [{"type": "text", "text": "x"}],
        "isError": False,
        "resultType": "complete",
        "structuredContent": {"a": [1]},
        "_meta": {"io.modelcontextprotocol/serverInfo": {"name": "s", "version": "1"}},
    },
    {
        "content": [
            {
                "type": "image",
                "data": "aGk=",
                "mimeType": "image/png",
                "annotations": {"audience": ["user"], "priority": 0.5},
            },
            {"type": "audio", "data": "aGk=", "mimeType": "audio/wav", "_meta": {"x": 1}},
            {"type": "resource", "resource": {"uri": "a://b", "text": "t"}},
            {"type": "resource_link", "uri": "a://b", "name": "n", "size": 3},
        ],
        "resultType": "complete",
    },
    {
        "resultType": "input_required",
        "requestState": "s",
        "inputRequests": {"q": {"method": "roots/list"}},
    },
]
JUNK: list[object] = [None, True, -1, 2, 1.5, "x", "input_required", "complete", [], ["x"], {}]


class Canned:
    """A dispatcher whose peer always answers the same."""

    def __init__(self) -> None:
        self.result: dict[str, Any] = {}
        self.sent: list[tuple[str, object, object]] = []

    async def send_raw_request(
        self, method: str, params: Mapping[str, Any] | None, opts: CallOptions | None = None
    ) -> dict[str, Any]:
        self.sent.append((method, copy.deepcopy(params), opts))
        return copy.deepcopy(self.result)

    async def notify(
        self, method: str, params: Mapping[str, Any] | None, opts: CallOptions | None = None
    ) -> None: ...

    async def run(
        self,
        on_request: OnRequest,
        on_notify: OnNotify,
        on_notify_intercept: OnNotifyIntercept | None = None,
        *,
        task_status: anyio.abc.TaskStatus[None] = anyio.TASK_STATUS_IGNORED,
    ) -> None:
        task_status.started()
        await anyio.sleep_forever()


def modern(session: ClientSession) -> ClientSession:
    session.adopt(
        DiscoverResult(
            supported_versions=["2026-07-28"],
            capabilities=ServerCapabilities(),
            ttl_ms=0,
            cache_scope="private",
        )
    )
    return session


def _places(value: Json, at: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if at:
        yield at
    if isinstance(value, dict):
        for key, member in value.items():
            yield from _places(member, (*at, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _places(item, (*at, index))


def _spoilt(answer: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The answer, and it with each part replaced by junk, or taken away."""
    yield answer
    for *way, last in _places(answer):
        for junk in [*JUNK, _places]:
            spoilt = copy.deepcopy(answer)
            part: Any = spoilt
            for step in way:
                part = part[step]
            if junk is _places:
                del part[last]
            else:
                part[last] = junk
            yield spoilt


@pytest.mark.parametrize("answer", ANSWERS)
async def test_it_reads_what_the_session_reads(answer: dict[str, Any]) -> None:
    canned = Canned()
    request = CallToolRequest(params=CallToolRequestParams(name="t", arguments={"a": 1}))
    async with ClientSession(dispatcher=canned) as session:
        shortcut = Shortcut.of(modern(session))
        assert shortcut is not None
        for raw in _spoilt(answer):
            canned.result = raw
            try:
                expected: object = await session.send_request(request, ANSWER)
            except ValidationError:
                expected = None
            try:
                found: object = await shortcut.call_tool("t", {"a": 1}, None)
            except ValidationError:
                found = None
            assert found == expected, raw


async def test_it_sends_what_the_session_sends() -> None:
    async def on_progress(progress: float, total: float | None, message: str | None) -> None: ...

    canned = Canned()
    canned.result = ANSWERS[0]
    arguments: dict[str, Any] = {"a": 1, "b": [{}], "c": None}
    request = CallToolRequest(params=CallToolRequestParams(name="ä", arguments=arguments))
    async with ClientSession(dispatcher=canned) as session:
        shortcut = Shortcut.of(modern(session))
        assert shortcut is not None
        for progress in (None, on_progress):
            await session.send_request(request, ANSWER, progress_callback=progress)
            await shortcut.call_tool("ä", arguments, progress)
            theirs, ours = canned.sent[-2:]
            assert ours == theirs
    assert arguments == {"a": 1, "b": [{}], "c": None}


async def test_there_is_none_for_another_revision_or_release(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    older = InitializeResult(
        protocol_version="2025-11-25",
        capabilities=ServerCapabilities(),
        server_info=Implementation(name="s", version="1"),
    )
    async with ClientSession(dispatcher=Canned()) as session:
        session.adopt(older)
        assert Shortcut.of(session) is None
        monkeypatch.setattr(shortcuts, "_known_release", lambda: False)
        assert Shortcut.of(modern(session)) is None


@pytest.mark.parametrize("known", [True, False])
async def test_calls_do_the_same_without_it(known: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shortcuts, "_known_release", lambda: known)
    returns = {"type": "object", "properties": {"n": {"type": "integer"}}, "required": ["n"]}
    script = Script([text('{"n": 1}'), text('{"n": "x"}')])
    async with AutoMCPClient("t", server=served(script, [tool("a_b", None, returns)])) as client:
        group = ClientGroup(client, "a")
        response = await group.execute("b", {"x": [1]})
        assert (response.data, response.text) == ({"n": 1}, '{"n": 1}')
        with pytest.raises(InvalidAnswer, match="n must be an integer"):
            await group.execute("b")
    assert script.calls == [("a_b", {"x": [1]}), ("a_b", {})]
