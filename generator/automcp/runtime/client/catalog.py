"""Operations that no one compiled: made from the tools that a server lists."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, cast

from ..shared.model import Json
from ..shared.surface import Surface, Wire
from .operation import Operation

_GROUPED = re.compile(r"(?P<group>[^_.]+)[_.](?P<name>.+)", re.DOTALL)


def discovered(client: str, tools: Sequence[Wire]) -> Surface:
    """The surface of a server that lists these tools."""
    return Surface({"server": {"name": client, "version": "0"}, "tools": cast("Json", list(tools))})


def grouped(surface: Surface, rest: str) -> dict[str, tuple[Operation[Any], ...]]:
    """The tools as operations of groups, split at the first "_" or "."; the others are of the group `rest`."""
    groups: dict[str, list[Operation[Any]]] = {}
    for tool in surface.tools:
        name = cast("str", tool["name"])
        split = _GROUPED.fullmatch(name)
        group = split["group"] if split else rest
        groups.setdefault(group, []).append(_operation(split["name"] if split else name, tool))
    return {group: tuple(operations) for group, operations in groups.items()}


def named(surface: Surface, group: str) -> dict[str, Operation[Any]]:
    """The operations that a group may call by name: its own tools by what follows its name, and all by their full names."""
    operations: dict[str, Operation[Any]] = {}
    for tool in surface.tools:
        name = cast("str", tool["name"])
        operations[name] = _operation(name, tool)
        if name.startswith((f"{group}_", f"{group}.")):
            short = name[len(group) + 1 :]
            operations.setdefault(short, _operation(short, tool))
    return operations


def _operation(name: str, tool: Wire) -> Operation[Any]:
    hints = tool.get("annotations")
    safe = isinstance(hints, dict) and (
        hints.get("readOnlyHint") is True or hints.get("idempotentHint") is True
    )
    return Operation[Any](name, tool=cast("str", tool["name"]), returns=Any, repeatable=safe)
