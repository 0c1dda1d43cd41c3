"""What the old SDK listed is laid over what is registered, and over nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from automcp.runtime.legacy import listed
from mcp.types import ListPromptsResult, ListResourceTemplatesResult, ListToolsResult, Tool

WIRE: list[dict[str, Any]] = [
    {"name": "a", "description": "now", "title": "A", "inputSchema": {"type": "object"}, "outputSchema": {"type": "object"}, "_meta": {"x": 1}},
    {"name": "b", "description": "b", "inputSchema": {"type": "object"}},
]  # fmt: skip


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> None:
    said = {
        "tools": {
            "a": {"description": "before", "outputSchema": None, "annotations": {"readOnlyHint": True}},
            "switched_off": {"description": "before"},
        },
        "prompts": {"p": {"arguments": [{"name": "x", "required": True}]}},
        "templates": {"t://{x}": {"mimeType": "text/plain"}},
    }  # fmt: skip
    monkeypatch.setattr(listed, "CAPTURED", said)


def _wire(result: Any) -> Any:
    return result.model_dump(mode="json", by_alias=True, exclude_none=True)


@pytest.mark.usefixtures("told")
def test_members_are_laid_over_or_taken_away() -> None:
    result = ListToolsResult.model_validate({"tools": WIRE, "nextCursor": "2"})
    found = _wire(listed.result_as_before(result))
    assert found["nextCursor"] == "2"
    assert found["tools"] == [
        {"name": "a", "description": "before", "title": "A", "inputSchema": {"type": "object"}, "_meta": {"x": 1}, "annotations": {"readOnlyHint": True}},
        WIRE[1],
    ]  # fmt: skip


@pytest.mark.usefixtures("told")
def test_every_list_has_its_own() -> None:
    prompts = ListPromptsResult.model_validate({"prompts": [{"name": "p"}, {"name": "a"}]})
    assert _wire(listed.result_as_before(prompts))["prompts"] == [
        {"name": "p", "arguments": [{"name": "x", "required": True}]},
        {"name": "a"},
    ]
    templates = ListResourceTemplatesResult.model_validate(
        {"resourceTemplates": [{"name": "t", "uriTemplate": "t://{x}"}]}
    )
    assert _wire(listed.result_as_before(templates))["resourceTemplates"] == [
        {"name": "t", "uriTemplate": "t://{x}", "mimeType": "text/plain"}
    ]


@pytest.mark.usefixtures("told")
def test_what_was_said_is_found_by_name() -> None:
    assert listed.said("tools", "a")["outputSchema"] is None
    assert listed.said("tools", "b") == {}
    assert listed.said("resource_templates", "t://{x}") == {"mimeType": "text/plain"}


def test_without_a_word_nothing_is_touched() -> None:
    result = ListToolsResult(tools=[Tool.model_validate(WIRE[0])])
    assert listed.result_as_before(result) is result
