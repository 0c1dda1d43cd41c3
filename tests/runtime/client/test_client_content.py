"""Answers that are content instead of JSON."""

from __future__ import annotations

from typing import Any

import pytest
from automcp.runtime.client import (
    Audio,
    AutoMCPClient,
    Block,
    ConnectionError,
    EmbeddedResource,
    ErrorHandlingGroup,
    Image,
    InvalidAnswer,
    Operation,
    ResourceLink,
    Text,
)
from automcp.runtime.client.categories import ErrorCategory, Recovery
from mcp_types import CallToolResult
from scripted import Script, closed, served, tool

SHOW = Operation[Any]("show", tool="a_show")
WIRE: list[dict[str, Any]] = [
    {"type": "text", "text": "t"},
    {"type": "text", "text": "t", "annotations": {"priority": 1}, "_meta": {"k": 2}},
    {"type": "image", "data": "AAE=", "mimeType": "image/png"},
    {"type": "audio", "data": "AAE=", "mimeType": "audio/wav"},
    {"type": "resource", "resource": {"uri": "x://a", "text": "t"}},
    {"type": "resource_link", "uri": "x://a", "name": "n", "size": 3},
]
BLOCKS: list[Block] = [
    Text("t"),
    Image(b"\x00\x01", "image/png"),
    Audio(b"\x00\x01", "audio/wav"),
    EmbeddedResource("x://a", "t"),
    ResourceLink("x://a", "n", size=3),
]


def _answer(wire: list[dict[str, Any]]) -> CallToolResult:
    return CallToolResult.model_validate({"content": wire})


async def test_every_kind_of_content_is_one_of_ours() -> None:
    server = served(Script([_answer(WIRE)]), [tool("a_show")])
    async with AutoMCPClient("t", server=server) as client:
        group = ErrorHandlingGroup(client, "a", (SHOW,))
        found = list(await group.call_for_blocks(SHOW))
        response = await group.execute("show")
    marked = found.pop(1)
    assert found == BLOCKS
    assert isinstance(marked, Text)
    assert marked.annotations is not None
    assert (marked.annotations.priority, marked.meta) == (1, {"k": 2})
    assert response.content[0] == Text("t")
    assert response.text == "t\nt"


async def test_content_that_is_none_fails_the_call() -> None:
    bad = [{"type": "image", "data": "?", "mimeType": "image/png"}]
    server = served(Script([_answer(bad)]), [tool("a_show")])
    async with AutoMCPClient("t", server=server) as client:
        with pytest.raises(InvalidAnswer, match="no Base64") as caught:
            await ErrorHandlingGroup(client, "a", (SHOW,)).call_for_blocks(SHOW)
        assert client.metrics.snapshot().failures == 1
    assert caught.value.operation == "show"


@pytest.mark.parametrize(("value", "words"), [("later", "later"), ({"a": 1}, '{"a": 1}')])
async def test_a_fallback_is_one_text(value: object, words: str) -> None:
    server = served(Script([closed()]), [tool("a_show")])
    async with AutoMCPClient("t", server=server) as client:
        group = ErrorHandlingGroup(
            client,
            "a",
            (SHOW,),
            recovery={ErrorCategory.CONNECTION: Recovery.FALLBACK},
            fallback=lambda failed: value,
        )
        assert await group.call_for_blocks(SHOW) == (Text(words),)
        with pytest.raises(ConnectionError):
            await ErrorHandlingGroup(client, "a", (SHOW,)).call_for_blocks(SHOW)
