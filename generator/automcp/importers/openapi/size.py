"""How large the list of tools will be that a spec is compiled to: hosts hand all of it to a model."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .reading import Json, is_list, is_object

_BYTES_PER_TOKEN = 4
_WRAPPING = 120
"""Bytes of a tool that are no text and no schema: its name, its hints, keys."""
_PREFIX = "#/schemas/"


@dataclass(frozen=True, slots=True)
class Size:
    """An estimate.

    Attributes:
        inputs: Bytes of what models are shown: names, descriptions, input schemas.
        total: Bytes of the whole list, output schemas included.
    """

    tools: int
    inputs: int
    total: int

    @property
    def tokens(self) -> int:
        """Tokens of what models are shown."""
        return self.inputs // _BYTES_PER_TOKEN


def size_of(spec: Json) -> Size:
    """The size of the tools of a spec."""
    schemas: Mapping[str, Json] = spec.get("schemas", {})
    weights = {name: _bytes(schema) + len(name) + 4 for name, schema in schemas.items()}
    edges = {name: frozenset(_references(schema)) for name, schema in schemas.items()}
    known: dict[frozenset[str], int] = {}

    def bundled(schema: Json) -> int:
        """Bytes of a schema with all that it leads to."""
        starts = frozenset(_references(schema))
        if starts not in known:
            known[starts] = sum(weights.get(name, 0) for name in _closure(starts, edges))
        return _bytes(schema) + known[starts]

    inputs = total = tools = 0
    for group in spec["groups"].values():
        for operation in group["operations"].values():
            tools += 1
            shown = _WRAPPING + bundled(operation.get("params", {}))
            shown += sum(len(operation.get(key, "").encode()) for key in ("title", "description"))
            inputs += shown
            total += shown + (bundled(operation["returns"]) if "returns" in operation else 0)
    return Size(tools, inputs, total)


def _closure(starts: frozenset[str], edges: Mapping[str, frozenset[str]]) -> set[str]:
    seen: set[str] = set()
    waiting = list(starts)
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting.extend(edges.get(name, ()))
    return seen


def _references(schema: Json) -> Iterator[str]:
    waiting = [schema]
    while waiting:
        part = waiting.pop()
        if is_list(part):
            waiting.extend(part)
        elif is_object(part):
            reference: Json = part.get("$ref")
            if isinstance(reference, str) and reference.startswith(_PREFIX):
                yield reference.removeprefix(_PREFIX)
            waiting.extend(part.values())


def _bytes(value: Json) -> int:
    return len(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())
