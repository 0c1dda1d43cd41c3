"""The spec's examples, tried with your handlers.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from branch_server import build_server
from branch_server._runtime.sdk.testing import connect
from branch_server.contract import Handlers
from branch_server.settings import Settings

pytestmark = pytest.mark.anyio
CASES: dict[str, Any] = json.loads(Path(__file__).with_name("cases.json").read_text("utf-8"))
EXAMPLES = [pytest.param(case, id=f"{case['tool']}-{case['name']}") for case in CASES["examples"]]


@pytest.mark.parametrize("case", EXAMPLES)
async def test_the_example_gives_its_answer(
    case: dict[str, Any], handlers: Handlers, settings: Settings
) -> None:
    async with connect(build_server(handlers, settings=settings)) as connection:
        call = {"name": case["tool"], "arguments": case["arguments"]}
        result: Any = await connection.request("tools/call", call)
    failed: dict[str, Any] = result["structuredContent"]["error"] if result["isError"] else {}
    if failed.get("name") == "NotImplemented":
        pytest.skip(failed["message"])
    assert failed.get("name") == case.get("error"), failed
    if "data" in case:
        assert failed["data"] == case["data"]
    if "structured" in case:
        assert result["structuredContent"] == case["structured"]
    elif "returns" in case:
        text = result["content"][0]["text"]
        assert text == case["returns"] or json.loads(text) == case["returns"]
