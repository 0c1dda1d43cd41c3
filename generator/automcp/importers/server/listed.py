"""What a server lists, one by one: what MCP does not allow is taken out, and told."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias, cast

from mcp.types import Prompt, Resource, ResourceTemplate, Tool
from pydantic import BaseModel, ValidationError

from ...text.report import Diagnostic, Level, quoted

Wire: TypeAlias = "dict[str, Any]"

_MODELS: dict[str, tuple[type[BaseModel], str]] = {
    "tools": (Tool, "tool"),
    "resources": (Resource, "resource"),
    "resourceTemplates": (ResourceTemplate, "resource template"),
    "prompts": (Prompt, "prompt"),
}
_ANYTHING: Wire = {"type": "object"}
_MOST_TRIES = 50


def sound(member: str, items: Iterable[object], losses: list[Diagnostic]) -> tuple[Wire, ...]:
    """The things of a list that are what MCP says they are, or become it without some of their members."""
    found: list[Wire] = []
    for number, item in enumerate(items, 1):
        kind = _MODELS[member][1]
        if not isinstance(item, dict):
            message = f"{kind} number {number} is left out: it is no object"
            losses.append(Diagnostic("AM659", message, level=Level.NOTE))
            continue
        one = _sound(member, number, dict(cast("Wire", item)), losses)
        if one is not None:
            found.append(one)
    return tuple(found)


def _sound(member: str, number: int, item: Wire, losses: list[Diagnostic]) -> Wire | None:
    model, kind = _MODELS[member]
    name = item.get("name")
    called = f"the {kind} {quoted(name)}" if isinstance(name, str) else f"{kind} number {number}"
    for _ in range(_MOST_TRIES):
        try:
            made = model.model_validate(item, by_name=False)
        except ValidationError as error:
            loc, why = error.errors()[0]["loc"], error.errors()[0]["msg"].lower()
        else:
            wire = made.model_dump(mode="json", by_alias=True, exclude_unset=True)
            return _without_doubles(wire, called, losses) if "arguments" in wire else wire
        message = _without(item, loc, why, called)
        if message is None:
            message = f"{called} is left out: its {quoted(str(loc[0]))} cannot be used: {why}"
            losses.append(Diagnostic("AM659", message, level=Level.NOTE))
            return None
        losses.append(Diagnostic("AM659", message, level=Level.NOTE))
    losses.append(
        Diagnostic("AM659", f"{called} is left out: too much of it is wrong", level=Level.NOTE)
    )
    return None


def _without(item: Wire, loc: tuple[int | str, ...], why: str, called: str) -> str | None:
    """Take the wrong part out of a thing; says what was done, or nothing if it cannot be without it."""
    key = str(loc[0])
    if key == "inputSchema":
        item[key] = _ANYTHING
        return f"what {called} takes is no schema: it takes any object"
    if key in ("name", "uri", "uriTemplate") or key not in item:
        return None
    value: object = item[key]
    if len(loc) > 1 and isinstance(loc[1], int) and isinstance(value, list):
        listed = cast("list[object]", value)
        item[key] = [one for at, one in enumerate(listed) if at != loc[1]]
        return f"of the {quoted(key)} of {called}, number {loc[1] + 1} is left out: {why}"
    del item[key]
    return f"the {quoted(key)} of {called} is left out: {why}"


def _without_doubles(prompt: Wire, called: str, losses: list[Diagnostic]) -> Wire:
    """A prompt that takes each argument once."""
    found: dict[str, Wire] = {}
    for one in cast("list[Wire]", prompt["arguments"] or []):
        if found.setdefault(one["name"], one) is not one:
            message = f"{called} takes {quoted(one['name'])} twice: the first one counts"
            losses.append(Diagnostic("AM651", message, level=Level.NOTE))
    return {**prompt, "arguments": list(found.values())}
