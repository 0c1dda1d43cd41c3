"""The dialect of mcp 1 over Streamable HTTP: streams, sessions, who may call."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import anyio
import httpx
import pytest
from automcp.runtime.server.auth import Auth
from automcp.runtime.server.request import Caller
from mcp1_http import Http, events, messages, outcome, serving
from mcp1_service import EVENTS, TOOLS, build_server

ELICITATION: Any = {"elicitation": {"form": {}}}


async def test_a_question_goes_out_on_the_stream_of_its_call() -> None:
    async with serving(build_server()) as http:
        await http.open(ELICITATION)
        async with http.stream("ask") as stream:
            _, question = await anext(stream)
            assert question["method"] == "elicitation/create"
            reply = {"action": "accept", "content": {"name": "Ada"}}
            await http.send({"id": question["id"], "result": reply})
            _, answer = await anext(stream)
        assert outcome(answer) == ["accept", "Ada"]


async def test_log_and_progress_go_out_on_the_stream_of_their_call() -> None:
    async with serving(build_server()) as http:
        await http.open()
        params = {"name": "log", "_meta": {"progressToken": "t"}}
        # The SDK takes the id 0 for none.
        http.numbers = iter([0])
        sent = messages(await http.post("tools/call", params))
    assert [one.get("method") for one in sent] == [
        *["notifications/message"] * 3,
        *["notifications/progress"] * 3,
        None,
    ]


async def test_the_lifespan_is_the_processs_not_the_sessions() -> None:
    EVENTS.clear()
    async with serving(build_server()) as http:
        assert EVENTS == ["open"]
        for _ in range(2):
            other = Http(http.client)
            await other.open()
            assert await other.call("echo") == {"state": "state"}
            await other.client.delete("/mcp", headers=other.headers)
        assert EVENTS == ["open"]
    assert EVENTS == ["open", "close"]


async def test_changes_reach_other_sessions() -> None:
    async with serving(build_server()) as http:
        await http.open()
        other = Http(http.client)
        await other.open()
        await http.post("resources/subscribe", {"uri": "doc://watched"})
        headers = {"accept": "text/event-stream", **http.headers}
        async with http.client.stream("GET", "/mcp", headers=headers) as response:
            stream = events(response)
            # The stream has no beginning that could be waited for.
            await anyio.sleep(0.1)
            await other.call("change")
            methods = [(await anext(stream))[1]["method"] for _ in range(2)]
    assert methods == ["notifications/tools/list_changed", "notifications/resources/updated"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"host": "evil.example"}, 421),
        ({"host": "mcp.example.com"}, 200),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "https://app.example.com"}, 200),
        ({"origin": "http://localhost:1234"}, 200),
    ],
)
async def test_only_known_names_and_origins_may_call(headers: dict[str, str], status: int) -> None:
    names = {
        "allow_hosts": ("mcp.example.com",),
        "allow_origins": ("https://app.example.com",),
        "host": "0.0.0.0",
    }
    async with serving(build_server(), stateless=True, **names) as http:
        response = await http.post("ping", **headers)
        assert response.status_code == status


async def test_a_body_may_not_be_endless() -> None:
    async with serving(build_server(max_request_body_size=1000), stateless=True) as http:
        assert (await http.post("ping", {"x": "y" * 1000})).status_code == 413


async def test_without_sessions_each_request_stands_alone() -> None:
    async with serving(build_server(), stateless=True) as http:
        assert await http.call("echo", a=1) == {"a": 1, "state": "state"}
        assert (await http.call("ask"))["code"] == -32021
        capabilities = (await http.open(ELICITATION))["capabilities"]
        assert capabilities["resources"] == {"subscribe": False, "listChanged": False}
        assert (await http.call("ask"))["code"] == -32021


async def test_plain_json_cannot_carry_questions() -> None:
    async with serving(build_server(), json=True) as http:
        await http.open(ELICITATION)
        assert await http.call("log") is None
        with anyio.fail_after(5):
            error = await http.call("ask")
        assert (error["code"], "cannot carry" in error["message"]) == (-32603, True)


async def test_an_interrupted_stream_is_taken_up_again_by_its_own_session_only() -> None:
    async with serving(build_server(), resumable=True) as http:
        other = Http(http.client)
        await http.open()
        await other.open()
        async with http.stream("leave") as stream:
            last, nothing = await anext(stream)
            assert nothing is None
            assert [one async for one in stream] == []
        assert await _resumed(other, last) == []
        assert [outcome(one) for one in await _resumed(http, last)] == ["came back"]


async def _resumed(http: Http, last: str) -> list[Any]:
    """The messages that come after an event, until an answer or the end."""
    headers = {"accept": "text/event-stream", "last-event-id": last, **http.headers}
    found: list[Any] = []
    async with http.client.stream("GET", "/mcp", headers=headers) as response:
        async for _, message in events(response):
            if message is not None:
                found.append(message)
            if message is not None and "result" in message:
                break
    return found


async def test_ending_a_session_ends_its_calls() -> None:
    EVENTS.clear()
    server = build_server()
    async with serving(server) as http:
        await http.open()
        async with http.stream("wait"):
            await _until("waiting")
            await http.client.delete("/mcp", headers=http.headers)
            await _until("given up")
        assert len(server._audience) == 0  # pyright: ignore[reportPrivateUsage]


async def test_a_session_that_is_left_alone_ends_with_its_calls() -> None:
    EVENTS.clear()
    async with serving(build_server(session_idle_timeout=0.1)) as http:
        await http.open()
        async with http.stream("wait"):
            await _until("waiting")
        await _until("given up")


async def test_a_client_without_session_that_goes_away_ends_its_call() -> None:
    EVENTS.clear()
    async with serving(build_server(), stateless=True) as http:
        async with http.stream("wait"):
            await _until("waiting")
        await _until("given up")


async def test_two_hundred_calls_at_once_over_http() -> None:
    answers: dict[int, Any] = {}
    async with serving(build_server()) as http:
        await http.open()
        many = httpx.Limits(max_connections=200)
        url = http.client.base_url
        async with (
            httpx.AsyncClient(base_url=url, limits=many, timeout=30) as client,
            anyio.create_task_group() as tasks,
        ):
            crowd = Http(client, http.headers, http.numbers)

            async def call(number: int) -> None:
                answers[number] = (await crowd.call("echo", number=number))["number"]

            for number in range(200):
                tasks.start_soon(call, number)
    assert answers == {number: number for number in range(200)}


async def _verify(token: str) -> Caller | None:
    """Tokens are `CLIENT:SCOPE,SCOPE`."""
    client, _, scopes = token.partition(":")
    return Caller(client, None, frozenset(scopes.split(","))) if scopes else None


@pytest.mark.parametrize(
    ("authorization", "status", "error"),
    [
        (None, 401, "invalid_token"),
        ("Basic QWRhOg==", 401, "invalid_token"),
        ("Bearer nobody", 401, "invalid_token"),
        ("Bearer ada:other", 403, "insufficient_scope"),
        ("Bearer ada:use", 200, None),
    ],
)
async def test_only_good_tokens_open_the_door(
    authorization: str | None, status: int, error: str | None
) -> None:
    auth = Auth(verify=_verify, scopes=("use",))
    headers = {} if authorization is None else {"authorization": authorization}
    async with serving(build_server(auth), stateless=True) as http:
        response = await http.post("tools/list", **headers)
        assert response.status_code == status
        challenge = response.headers.get("www-authenticate", "")
        assert challenge.startswith("Bearer") == (error is not None)
        assert error is None or error in challenge
        assert ("tools" in response.text) == (error is None)
        health = await http.client.get("/health")
        assert health.json() == {"status": "ok", "name": "everything", "version": "4.5.6"}
        metadata = await http.client.get("/.well-known/oauth-protected-resource")
        assert metadata.status_code == 404


async def test_clients_find_the_way_to_the_issuer() -> None:
    auth = Auth(
        verify=_verify,
        issuer="https://issuer.example",
        resource="https://api.example/mcp",
        scopes=("use",),
    )
    async with serving(build_server(auth), stateless=True) as http:
        refused = await http.post("ping")
        where = "https://api.example/.well-known/oauth-protected-resource/mcp"
        assert f'resource_metadata="{where}"' in refused.headers["www-authenticate"]
        metadata = await http.client.get("/.well-known/oauth-protected-resource/mcp")
        assert metadata.json()["authorization_servers"] == ["https://issuer.example/"]


async def test_each_request_counts_with_its_own_token() -> None:
    auth = Auth(verify=_verify, scopes=("use",))
    async with serving(build_server(auth)) as http:
        await http.open(authorization="Bearer ada:use,staff")
        assert await http.call("who") == ["ada", ["staff", "use"]]
        http.headers["authorization"] = "Bearer ada:use"
        assert (await http.call("who"))["message"] == "Unknown tool: who"
        assert await _tools(http) == [tool for tool in TOOLS if tool != "who"]
        http.headers["authorization"] = "Bearer bob:use,staff"
        assert (await http.post("ping")).status_code == 404


async def _tools(http: Http) -> Sequence[str]:
    result = messages(await http.post("tools/list"))[-1]["result"]
    return [one["name"] for one in result["tools"]]


async def _until(event: str) -> None:
    with anyio.fail_after(5):
        while event not in EVENTS:
            await anyio.sleep(0.01)
