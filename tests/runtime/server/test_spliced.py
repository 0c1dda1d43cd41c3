"""What stands for the items of a list is replaced by their texts, and by nothing else."""

from __future__ import annotations

import json
from typing import Any

import pytest
from automcp.runtime.lowlevel.spliced import Texts
from mcp_types import JSONRPCNotification, JSONRPCResponse

VERSION = "2025-11-25"


def tools(*names: str) -> dict[str, Any]:
    return {"tools": [{"name": name, "inputSchema": {"type": "object"}} for name in names]}


def response(result: dict[str, Any]) -> JSONRPCResponse:
    return JSONRPCResponse(jsonrpc="2.0", id=1, result=result)


@pytest.mark.parametrize("names", [("a",), ("a", "b"), ("a", "b", "c")])
@pytest.mark.parametrize("more", [[], [{"name": "by hand", "inputSchema": {"type": "object"}}]])
def test_the_texts_take_the_place_of_the_stand_in(
    names: tuple[str, ...], more: list[dict[str, Any]]
) -> None:
    texts = Texts()
    for _ in range(2):
        stand_in = texts.stand_in("tools/list", VERSION, tools(*names))
        line = texts.line(response({"tools": [stand_in, *more], "nextCursor": "x"}))
        told = json.loads(line)["result"]
        assert told == {"tools": [*tools(*names)["tools"], *more], "nextCursor": "x"}
        assert line.endswith(b"}\n") and line.count(b"\n") == 1


def test_other_messages_stay_as_they_are() -> None:
    texts = Texts()
    texts.stand_in("tools/list", VERSION, tools("a"))
    others: list[dict[str, Any]] = [
        {},
        {"tools": []},
        tools("a"),
        {"prompts": [{"name": "a"}]},
        {"tools": ["a"]},
        {"tools": {"name": "a"}, "resources": [{"name": 1}]},
    ]
    for result in others:
        assert json.loads(texts.line(response(dict(result))))["result"] == result
    note = JSONRPCNotification(jsonrpc="2.0", method="notifications/tools/list_changed")
    assert b"list_changed" in texts.line(note)


def test_answers_that_never_went_out_are_forgotten() -> None:
    texts = Texts()
    lost = texts.stand_in("tools/list", VERSION, tools("a"))
    for _ in range(1000):
        texts.stand_in("tools/list", VERSION, tools("a"))
    assert str(lost["name"]) in texts.line(response({"tools": [lost]})).decode()
