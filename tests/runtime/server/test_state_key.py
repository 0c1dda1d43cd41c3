"""What travels through clients between the rounds of a call is sealed, and other processes can open it."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest
from automcp.runtime.mcp2.app import CompiledServer
from automcp.runtime.server.offers import Operation
from automcp.runtime.server.questions import Form
from automcp.runtime.shared.model import Json, Model
from automcp.runtime.shared.schema import Schema
from automcp.runtime.shared.surface import Surface

KEY, OTHER = "k" * 32, "o" * 32
FORM: dict[str, Json] = {"type": "object", "properties": {"name": {"type": "string"}}}
SURFACE = Surface(
    {
        "server": {"name": "rounds", "version": "1"},
        "tools": [{"name": "ask", "inputSchema": {"type": "object"}}],
        "outputs": {"ask": {"type": "object", "properties": {"result": {"type": "string"}}}},
        "wrapped": ["ask"],
    }
)


class Name(Model):
    name: str


NAME = Form("name", "Who?", Schema(FORM), Name)


async def ask(_: object, context: Any) -> str:
    drawn = await context.once("drawn", lambda: "secret-7")
    reply = await context.ask(NAME)
    return f"{drawn} {reply.content.name}"


def worker(key: str | None) -> CompiledServer[None, None]:
    return CompiledServer(SURFACE, [Operation("ask", None, ask, handler=ask)], state_key=key)


async def call(server: CompiledServer[None, None], **more: Any) -> Any:
    prefix = "io.modelcontextprotocol"
    meta: dict[str, Any] = {
        f"{prefix}/protocolVersion": "2026-07-28",
        f"{prefix}/clientCapabilities": {"elicitation": {}},
    }
    params = {"name": "ask", "arguments": {}, "_meta": meta, **more}
    app = server.streamable_http_app(json_response=True)
    async with (
        server.session_manager.run(),
        httpx2.AsyncClient(
            transport=httpx2.ASGITransport(app=app), base_url="http://127.0.0.1:8000"
        ) as client,
    ):
        answer = await client.post(
            "/mcp",
            json={"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params},
            headers={
                "accept": "application/json, text/event-stream",
                "mcp-protocol-version": "2026-07-28",
                "mcp-method": "tools/call",
                "mcp-name": "ask",
            },
        )
    return answer.json()


@pytest.mark.parametrize(
    ("first", "second", "goes_on"),
    [(KEY, KEY, True), (KEY, OTHER, False), (None, None, False)],
)
async def test_another_process_goes_on_if_it_has_the_key(
    first: str | None, second: str | None, goes_on: bool
) -> None:
    asked = (await call(worker(first)))["result"]
    assert asked["resultType"] == "input_required"
    assert "secret-7" not in asked["requestState"]
    answers = {"name": {"action": "accept", "content": {"name": "Ada"}}}
    said = await call(worker(second), inputResponses=answers, requestState=asked["requestState"])
    if goes_on:
        assert said["result"]["content"][0]["text"] == "secret-7 Ada"
    else:
        assert said["error"]["code"] == -32602
