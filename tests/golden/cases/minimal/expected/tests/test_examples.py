"""The spec's examples, called through the compiled client with your handlers.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from minimal_client import DeclaredError, MinimalClient, OperationError
from minimal_server import build_server
from minimal_server.contract import Handlers
from pydantic import TypeAdapter

pytestmark = pytest.mark.anyio
CASES: dict[str, Any] = json.loads(Path(__file__).with_name("cases.json").read_text("utf-8"))
EXAMPLES = [pytest.param(case, id=f"{case['tool']}-{case['name']}") for case in CASES["examples"]]


@pytest.mark.parametrize("case", EXAMPLES)
async def test_the_example_gives_its_answer(case: dict[str, Any], handlers: Handlers) -> None:
    async with MinimalClient(build_server(handlers)) as client:
        call = client.groups[case["group"]].execute(case["operation"], case["arguments"])
        if "error" in case:
            with pytest.raises(OperationError) as caught:
                await call
            skip_without_body(caught.value)
            assert isinstance(caught.value, DeclaredError)
            assert caught.value.name == case["error"]
            if "data" in case:
                sent = TypeAdapter[Any](Any).dump_python(
                    caught.value.data, by_alias=True, exclude_unset=True
                )
                assert sent == case["data"]
            return
        try:
            answer = await call
        except OperationError as error:
            skip_without_body(error)
            raise
    if "returns" in case:
        assert answer.data == case["returns"]


def skip_without_body(error: OperationError) -> None:
    """Skip the test if the handler has not been written yet."""
    if error.context.get("error") == "NotImplemented":
        pytest.skip(str(error))
