"""How long something may take, as a spec writes it."""

from __future__ import annotations

import math
import re

from ..document import Node

PATTERN = r"^[0-9]+(?:\.[0-9]+)?(?:ms|s|m|h)$"
_TEXT = re.compile(r"([0-9]+(?:\.[0-9]+)?)(ms|s|m|h)")
_SECONDS = {"s": 1.0, "m": 60.0, "h": 3600.0}
LONGEST = 1e9
"""Seconds; about thirty years."""


def seconds(value: object) -> float | None:
    """The seconds of a number or a text such as `500ms`; `None` unless it is a sane, positive time."""
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        match = _TEXT.fullmatch(value)
        if match is None or len(value) > 20:
            return None
        number, unit = match.groups()
        # Divided, not multiplied by 0.001, so that 700ms are 0.7 s and not 0.7000000000000001.
        value = float(number) / 1000 if unit == "ms" else float(number) * _SECONDS[unit]
    if isinstance(value, (int, float)) and 0 < value <= LONGEST and math.isfinite(value):
        return float(value)
    return None


def node_seconds(node: Node) -> float:
    """The seconds of a node that was checked. Raises `ValueError` if it was not."""
    found = seconds(node.value)
    if found is None:
        raise ValueError(f"not a duration: {node.value!r}")
    return found
