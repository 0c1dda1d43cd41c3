"""What becomes of a server that lists what MCP, or JSON Schema, does not allow."""

from __future__ import annotations

from typing import Any, cast

import pytest
from automcp.importers.server.compose import compose
from automcp.importers.server.dialects import modern
from automcp.importers.server.listed import sound
from automcp.importers.server.sieve import sieved
from automcp.pipeline import analyse
from automcp.spec.dump import dump
from automcp.targets.surface import surface
from automcp.text.report import Diagnostic, Rejected, Report
from automcp.text.source import Source

from .test_import_server import captured, compiled, lost, tool

GOOD = tool("good", {"type": "object", "properties": {"a": {"type": "string"}}})


def refused(some: Any) -> str | None:
    def read(path: str) -> Source:
        raise FileNotFoundError(path)

    try:
        analyse(Source("spec.yaml", dump(compose(some).spec)), read, Report())
    except Rejected as rejected:
        return next(iter(rejected.report)).message
    return None


@pytest.mark.parametrize(
    ("member", "item", "kept"),
    [
        ("tools", 7, None),
        ("tools", {"name": 7, "inputSchema": {}}, None),
        ("tools", {"inputSchema": {}}, None),
        ("tools", {"name": "a"}, {"name": "a", "inputSchema": {"type": "object"}}),
        (
            "tools",
            {"name": "a", "inputSchema": []},
            {"name": "a", "inputSchema": {"type": "object"}},
        ),
        (
            "tools",
            {"name": "a", "inputSchema": {}, "title": 7, "annotations": {"readOnlyHint": "maybe"}},
            {"name": "a", "inputSchema": {}},
        ),
        (
            "tools",
            {"name": "a", "inputSchema": {}, "icons": [{"src": 1}, {"src": "https://x"}]},
            {"name": "a", "inputSchema": {}, "icons": [{"src": "https://x"}]},
        ),
        ("resources", {"name": "a"}, None),
        ("resourceTemplates", {"name": "a", "uriTemplate": []}, None),
        ("prompts", {"name": "a", "arguments": "x"}, {"name": "a"}),
        (
            "prompts",
            {
                "name": "a",
                "arguments": [{"name": "b"}, {"name": 1}, {"name": "b", "required": True}],
            },
            {"name": "a", "arguments": [{"name": "b"}]},
        ),
    ],
)
def test_what_mcp_does_not_allow_is_taken_out(member: str, item: Any, kept: Any) -> None:
    losses: list[Diagnostic] = []
    good: dict[str, Any] = {"name": "ok", "uri": "x:y", "uriTemplate": "x:{y}", "inputSchema": {}}
    assert sound(member, [item, good], losses)[:-1] == ((kept,) if kept else ())
    assert losses
    assert {one.code for one in losses} <= {"AM651", "AM659"}


ODD: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"type": "array"}, {"type": "object"}),
    ({"type": "object", "properties": ["a"]}, {"type": "object"}),
    (
        {"type": "object", "properties": {"a": {"type": "datetime", "description": "When."}, "b": {"type": "string"}}, "additionalProperties": False},
        {"type": "object", "properties": {"a": {"description": "When."}, "b": {"type": "string"}}, "additionalProperties": False},
    ),
    (
        {"type": "object", "properties": {"a": {"$ref": "#/$defs/B"}, "c": {"$ref": "#/$defs/D"}}, "$defs": {"D": {"type": "null"}}},
        {"type": "object", "properties": {"a": {}, "c": {"$ref": "#/$defs/D"}}, "$defs": {"D": {"type": "null"}}},
    ),
    (
        {"type": "object", "properties": {"a": {"$ref": "../../etc/passwd"}}, "required": ["a"]},
        {"type": "object", "properties": {"a": {}}, "required": ["a"]},
    ),
    (
        {"type": "object", "properties": {"a": {"type": "string"}}, "required": "a"},
        {"type": "object", "properties": {"a": {"type": "string"}}},
    ),
    (
        {"type": "object", "properties": {"a": {"type": "string", "required": False, "description": "One."}}, "minProperties": 1},
        {"type": "object", "properties": {"a": {"type": "string", "description": "One."}}, "minProperties": 1},
    ),
    (
        {"type": "object", "properties": {"a": {"pattern": "("}}},
        {"type": "object", "properties": {"a": {}}},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("odd", "said"), ODD)
def test_a_schema_that_cannot_be_said_costs_no_other_tool(
    odd: dict[str, Any], said: dict[str, Any]
) -> None:
    kept = sieved(captured(GOOD, tool("odd", odd), tool("last")), refused)
    found = compose(kept)
    listed = cast("list[dict[str, Any]]", surface(compiled(found))["tools"])
    tools = {one["name"]: one["inputSchema"] for one in listed}
    assert tools == {"good": GOOD["inputSchema"], "odd": said, "last": {"type": "object"}}
    assert lost(found) == ["AM658"]


def test_many_that_cannot_be_said() -> None:
    tools = [tool(f"t{at}", {"type": "array"} if at % 7 == 0 else None) for at in range(50)]
    output = tool("gives", outputSchema={"type": "strange"})
    prompts = ({"name": "p\x1b[1m"}, {"name": "fine"})
    resources = ({"uri": "x:1", "name": "a", "size": -1}, {"uri": "x:2", "name": "b"})
    kept = sieved(captured(*tools, output, prompts=prompts, resources=resources), refused)
    found = compose(kept)
    (group,) = found.spec["groups"].values()
    assert len(group["operations"]) == 51
    assert "returns" not in group["operations"]["gives"]
    assert (list(group["prompts"]), list(group["resources"])) == (["fine"], ["a", "b"])
    assert lost(found) == ["AM658"] * 11


def test_what_compiles_stays_as_it_is() -> None:
    whole = captured(GOOD)
    assert sieved(whole, refused) is whole


OLD: list[tuple[Any, Any]] = [
    (
        {"$schema": "http://json-schema.org/draft-07/schema#", "definitions": {"D": {}}, "properties": {"a": {"$ref": "#/definitions/D"}, "definitions": {}}},
        {"$defs": {"D": {}}, "properties": {"a": {"$ref": "#/$defs/D"}, "definitions": {}}},
    ),
    (
        {"$schema": "http://json-schema.org/draft-04/schema#", "minimum": 1, "exclusiveMinimum": True, "maximum": 2, "exclusiveMaximum": False},
        {"exclusiveMinimum": 1, "maximum": 2},
    ),
    (
        {"$schema": "https://json-schema.org/draft/2019-09/schema", "items": [{}, {}], "additionalItems": False},
        {"prefixItems": [{}, {}], "items": False},
    ),
    (
        {"$schema": "http://json-schema.org/draft-06/schema", "dependencies": {"a": ["b"], "c": {"items": {}, "additionalItems": {}}}},
        {"dependentRequired": {"a": ["b"]}, "dependentSchemas": {"c": {"items": {}}}},
    ),
    ({"$schema": "http://json-schema.org/draft-07/schema#", "default": {"items": []}}, {"default": {"items": []}}),
    ({"$schema": "https://example.com/mine", "definitions": {}}, {"definitions": {}}),
    ({"$schema": 7}, {}),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new"), OLD)
def test_schemas_of_older_dialects_are_said_in_new_words(old: Any, new: Any) -> None:
    assert modern(old) == new


@pytest.mark.parametrize("dialect", [None, "https://json-schema.org/draft/2020-12/schema"])
def test_schemas_of_today_stay(dialect: str | None) -> None:
    schema: dict[str, Any] = {"definitions": {}, **({"$schema": dialect} if dialect else {})}
    assert modern(schema) is schema
