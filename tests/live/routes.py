"""The ways in which a schema comes to stand in a spec, and what a right server makes of values there.

Every operation here is an echo: what its handler sees is what it gives back.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, cast

ROUTES = ("params", "named", "returns", "input")
NAMED = "Case"


def routes_of(schema: Any) -> Iterator[str]:
    """The routes that a schema can take: only what surely is an object can be a whole input."""
    yield from ("params", "named", "returns")
    if isinstance(schema, dict) and cast("dict[str, Any]", schema).get("type") == "object":
        yield "input"


def spec(cases: dict[str, dict[str, Any]]) -> str:
    """A spec with a group for each route, from schemas by name by route."""
    groups = {
        route: {
            "operations": {name: _operation(route, name, schema) for name, schema in found.items()}
        }
        for route, found in cases.items()
    }
    schemas = {NAMED + name: schema for name, schema in cases.get("named", {}).items()}
    return json.dumps(
        {"automcp": 1, "name": "suite", "version": "1", "schemas": schemas, "groups": groups}
    )


def _operation(route: str, name: str, schema: Any) -> dict[str, Any]:
    anything = {"description": "Gives back what it takes.", "effect": "reads", "returns": True}
    match route:
        case "params":
            return {**anything, "params": {"value": schema}}
        case "named":
            return {**anything, "params": {"value": {"$ref": f"#/schemas/{NAMED}{name}"}}}
        case "returns":
            return {**anything, "params": {"value": True}, "returns": schema}
        case _:
            return {**anything, "input": schema}


def arguments(route: str, value: Any) -> dict[str, Any] | None:
    """What is sent for `value`; `None` if the protocol has no way to send it."""
    if route != "input":
        return {"value": value}
    return cast("dict[str, Any]", value) if isinstance(value, dict) else None


class Echo:
    """The handlers of every group, and of every operation."""

    def __getattr__(self, name: str) -> Any:
        return Group()


class Group:
    """Handlers for whatever operation is asked for."""

    def __getattr__(self, name: str) -> Any:
        async def echo(*, context: object, **sent: object) -> object:
            (value,) = sent.values()
            return value

        return echo


def complaint(route: str, value: Any, valid: bool, answer: Any, failed: bool) -> str | None:
    """What is wrong with the structured content that came for `value`; nothing if it is as it must be.

    A value comes back as it went. One that does not fit is refused, or, if it is the handler that gave it,
    never reaches the caller.
    """
    if valid:
        if failed:
            return f"refused: {shown(answer)}"
        kept = same(answer, value) or same(answer, {"result": value})
        return None if kept else f"came back as {shown(answer)}"
    wanted = "InternalError" if route == "returns" else "InvalidArguments"
    if not failed or answer["error"]["name"] != wanted:
        return f"taken, with the answer {shown(answer)}"
    # A masked error has nothing of the value in it.
    leaks = route == "returns" and answer["error"].keys() != {"name", "message", "reference"}
    return "the error tells too much" if leaks else None


def same(left: object, right: object) -> bool:
    """Whether two values are the same JSON: Python takes `True` for 1, JSON does not."""
    match left, right:
        case dict(), dict():
            mine, theirs = cast("dict[str, Any]", left), cast("dict[str, Any]", right)
            return mine.keys() == theirs.keys() and all(
                same(mine[key], theirs[key]) for key in mine
            )
        case list(), list():
            ours, others = cast("list[Any]", left), cast("list[Any]", right)
            return len(ours) == len(others) and all(map(same, ours, others))
        case _:
            return isinstance(left, bool) == isinstance(right, bool) and left == right


def shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) < 300 else text[:300] + "…"
