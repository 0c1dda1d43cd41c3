"""Leaves out what no spec can say of a server, so that the rest of it can be said."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, TypeAlias, cast

from ...text.report import Diagnostic, Level, quoted
from .capture import Captured, Wire

Refused: TypeAlias = Callable[[Captured], "str | None"]
"""Why what is written of a server does not compile; nothing if it does."""

_KINDS = {"tools": "tool", "resources": "resource", "templates": "resource", "prompts": "prompt"}
_KEPT = ("$defs", "definitions")
_ESSENCE = frozenset(("name", "uri", "uriTemplate", "description", "mimeType", "arguments"))


def sieved(captured: Captured, refused: Refused) -> Captured:
    """What of a server compiles; what had to go is among its losses (`AM658`)."""
    if refused(captured) is None:
        return captured
    losses: list[Diagnostic] = []
    nothing = replace(captured, tools=(), resources=(), templates=(), prompts=())
    kept: dict[str, Any] = {}
    for member, kind in _KINDS.items():

        def alone(items: Sequence[Wire], member: str = member) -> str | None:
            only: dict[str, Any] = {member: tuple(items)}
            return refused(replace(nothing, **only))

        listed = cast("tuple[Wire, ...]", getattr(captured, member))
        bad = {id(one): why for one, why in _bad(listed, alone)}
        kept[member] = tuple(
            made
            for one in listed
            if (
                made := one
                if id(one) not in bad
                else _mended(one, kind, bad[id(one)], alone, losses)
            )
        )
    return replace(captured, **kept, losses=(*captured.losses, *losses))


def _bad(
    listed: Sequence[Wire], alone: Callable[[Sequence[Wire]], str | None]
) -> Iterator[tuple[Wire, str]]:
    """The things that do not compile by themselves, found by halves."""
    why = alone(listed) if listed else None
    if why is None:
        return
    if len(listed) == 1:
        yield listed[0], why
        return
    half = len(listed) // 2
    yield from _bad(listed[:half], alone)
    yield from _bad(listed[half:], alone)


def _mended(
    one: Wire,
    kind: str,
    why: str,
    alone: Callable[[Sequence[Wire]], str | None],
    losses: list[Diagnostic],
) -> Wire | None:
    """A tool with what can be said of its schemas, if that is what is wrong; nothing if it is something else."""
    name = quoted(str(one.get("name") or one.get("uri")))
    for made, message in _plainer(one, kind, alone):
        if alone([made]) is None:
            losses.append(_loss(f"{message.format(name=name)}: {why}"))
            return made
    losses.append(_loss(f"the {kind} {name} is left out: {why}"))
    return None


def _plainer(
    one: Wire, kind: str, alone: Callable[[Sequence[Wire]], str | None]
) -> Iterator[tuple[Wire, str]]:
    if kind != "tool":
        essence = {key: value for key, value in one.items() if key in _ESSENCE}
        yield essence, f"some of the {kind} {{name}} is left out"
        return
    if "outputSchema" in one:
        untold = {key: value for key, value in one.items() if key != "outputSchema"}
        yield untold, "what the tool {name} gives is not said"
        one = untold
    for sayable in _sayable(one, alone):
        yield sayable, "some of what the tool {name} takes is not said"
    yield {**one, "inputSchema": {"type": "object"}}, "what the tool {name} takes is not said"


def _sayable(one: Wire, alone: Callable[[Sequence[Wire]], str | None]) -> Iterator[Wire]:
    """The tool with those of its properties that compile; of the others, that they are there."""
    schema = cast("Wire", one["inputSchema"])
    properties: object = schema.get("properties")
    if not isinstance(properties, dict):
        return
    outside = {key: value for key, value in schema.items() if key not in ("properties", "required")}
    contexts = (outside, {key: schema[key] for key in _KEPT if key in schema})
    nothing: Wire = {}
    around = next((each for each in contexts if alone([_taking(one, {}, each)]) is None), nothing)

    def compiles(key: str, value: object) -> bool:
        return alone([_taking(one, {key: value}, around)]) is None

    found = {
        key: _told(value, partial(compiles, key)) for key, value in cast("Wire", properties).items()
    }
    made = _taking(one, found, around)
    if "required" in schema:
        yield _taking(one, found, {**around, "required": schema["required"]})
    required: object = schema.get("required")
    if isinstance(required, list):
        names = [name for name in cast("list[object]", required) if isinstance(name, str)]
        made["inputSchema"]["required"] = list(dict.fromkeys(names))
    yield made


def _taking(one: Wire, properties: Wire, around: Wire) -> Wire:
    return {**one, "inputSchema": {"type": "object", "properties": properties, **around}}


def _told(schema: object, compiles: Callable[[object], bool]) -> object:
    """A property's schema, without the one keyword that does not compile; else only its description."""
    if compiles(schema):
        return schema
    if not isinstance(schema, dict):
        return {}
    members = cast("Wire", schema)
    for keyword in members:
        rest = {key: value for key, value in members.items() if key != keyword}
        if keyword != "$ref" and compiles(rest):
            return rest
    text: object = members.get("description")
    return {"description": text} if isinstance(text, str) else {}


def _loss(message: str) -> Diagnostic:
    return Diagnostic("AM658", message, level=Level.NOTE)
