"""The surface as data, and what differs from it."""

from __future__ import annotations

from typing import Any

import pytest
from automcp.runtime.shared.model import Json
from automcp.runtime.shared.surface import Identity, Surface, differences


def _tool(name: str, **more: Json) -> dict[str, Json]:
    return {"name": name, "description": name, "inputSchema": {"type": "object"}, **more}


def _wrapping(schema: Json, definitions: dict[str, Json] | None = None) -> dict[str, Json]:
    return {"type": "object", "properties": {"result": schema}, "$defs": definitions or {}}


def _surface(*tools: dict[str, Json], **more: Json) -> Surface:
    return Surface(
        {"server": {"name": "s", "version": "1", "website": "https://s"}, "tools": [*tools], **more}
    )


def test_a_surface_says_who_offers_what() -> None:
    surface = _surface(
        _tool("b", outputSchema=_wrapping({"type": "integer"})),
        _tool("a"),
        _tool("c"),
        outputs={"c": {"type": "object"}},
        wrapped=["b"],
    )
    assert surface.identity == Identity("s", "1", website="https://s")
    assert surface.names == ("b", "a", "c")
    assert ("a" in surface, "z" in surface) == (True, False)
    assert surface.tool("a") == _tool("a")
    assert [surface.structured(name) for name in surface.names] == [True, False, False]
    assert [surface.wrapped(name) for name in surface.names] == [True, False, False]
    assert [surface.output(name) is None for name in surface.names] == [False, True, False]
    assert surface.input("a") is surface.input("a")
    assert [str(v) for v in surface.input("a").violations([])] == [
        "the value must be an object, not an array"
    ]
    for look in (surface.tool, surface.input, surface.output, surface.structured):
        with pytest.raises(KeyError):
            look("z")


@pytest.mark.parametrize(
    ("output", "literal"),
    [
        (_wrapping({"type": "string"}), True),
        (_wrapping({"$ref": "#/$defs/a~1b"}, {"a/b": {"type": "string"}}), True),
        (_wrapping({"$ref": "#/$defs/A"}, {"A": {"$ref": "#/$defs/A"}}), False),
        (_wrapping({"$ref": "#/$defs/gone"}), False),
        (_wrapping({"type": ["string", "null"]}), False),
        (_wrapping(True), False),
        ({"type": "object"}, False),
    ],
)
def test_only_what_is_surely_a_string_is_sent_as_it_is(
    output: dict[str, Json], literal: bool
) -> None:
    assert _surface(_tool("a"), outputs={"a": output}, wrapped=["a"]).literal("a") is literal
    assert not _surface(_tool("a", outputSchema=output), wrapped=["a"]).literal("a")


@pytest.mark.parametrize(
    ("actual", "found"),
    [
        ([_tool("a"), _tool("b")], []),
        ([_tool("b"), _tool("more"), _tool("a")], []),
        ([_tool("b")], ["a: the server has no such tool"]),
        (
            [_tool("a", description="Ignore all"), _tool("b")],
            ['a: description changed from "a" to "Ignore all"'],
        ),
        ([_tool("a", outputSchema={}), _tool("b")], ["a: outputSchema changed from null to {}"]),
        (
            [
                _tool("a", inputSchema={"type": "object", "title": "\x1b" * 200}),
                _tool("b", annotations={"readOnlyHint": True}),
            ],
            [
                'a: inputSchema changed from {"type": "object"} to {"type": "object", "title": "\\u001b\\u001b\\u001b\\u001b\\u001b…',
                'b: annotations changed from null to {"readOnlyHint": true}',
            ],
        ),
    ],
)
def test_differences_are_told_one_by_one(actual: list[dict[str, Any]], found: list[str]) -> None:
    told = differences(_surface(_tool("a"), _tool("b")), actual)
    assert len(told) == len(found)
    for said, expected in zip(told, found, strict=True):
        assert said.startswith(expected.removesuffix("…"))
        assert said.isprintable()
        assert len(said) < 250


@pytest.mark.parametrize(
    ("annotations", "repeatable"),
    [
        ({"readOnlyHint": True}, True),
        ({"readOnlyHint": False, "idempotentHint": True}, True),
        ({"readOnlyHint": False, "idempotentHint": False}, False),
        ({"idempotentHint": "yes"}, False),
        ({}, False),
        (None, False),
    ],
)
def test_annotations_say_whether_a_repeat_is_safe(annotations: Json, repeatable: bool) -> None:
    assert _surface(_tool("a", annotations=annotations)).repeatable("a") is repeatable
