"""How messages spell a place in a value: `lines[0].quantity`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TypeAlias, cast

Step: TypeAlias = str | int
"""A property name or an index."""

_LONGEST = 200


def spell(steps: Iterable[Step]) -> str:
    """The path in words; the root is `""`. A very long one loses its middle."""
    path = "".join(_step(step) for step in steps).removeprefix(".")
    return shorten(path, _LONGEST)


def walked(steps: Iterable[Step], value: object) -> list[Step]:
    """Those of pydantic's steps that lead through a value: the others say which type of a union was tried.

    The last one may be a property that is missing.
    """
    listed = list(steps)
    found: list[Step] = []
    at = value
    for number, step in enumerate(listed, 1):
        if isinstance(at, dict) and step in at:
            at = cast("dict[object, object]", at)[step]
        elif (
            isinstance(at, list) and isinstance(step, int) and step < len(cast("list[object]", at))
        ):
            at = cast("list[object]", at)[step]
        elif not (isinstance(at, dict) and number == len(listed)):
            continue
        found.append(step)
    return found


def shorten(text: str, limit: int) -> str:
    """`text`, or its beginning and end around an ellipsis if it is longer than `limit`."""
    if len(text) <= limit:
        return text
    tail = limit // 4
    return f"{text[: limit - tail - 1]}…{text[-tail:]}"


def _step(step: Step) -> str:
    if isinstance(step, int):
        return f"[{step}]"
    if step.isidentifier():
        return f".{step}"
    # Spelled in ASCII where it holds anything unprintable, so that no name can drive a terminal.
    return f"[{json.dumps(step, ensure_ascii=not step.isprintable())}]"
