"""How messages spell a place in a value: `lines[0].quantity`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TypeAlias

Step: TypeAlias = str | int
"""A property name or an index."""

_LONGEST = 200


def spell(steps: Iterable[Step]) -> str:
    """The path in words; the root is `""`. A very long one loses its middle."""
    path = "".join(_step(step) for step in steps).removeprefix(".")
    return shorten(path, _LONGEST)


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
