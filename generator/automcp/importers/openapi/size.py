"""How large the list of tools will be that a spec is compiled to: hosts hand all of it to a model."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from .reading import Json, is_list, is_object

MOST_PUBLISHED = 64 * 1024
"""Bytes of an output schema that is still published: nobody reads a longer one, and clients load all of them."""

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


@dataclass(slots=True)
class Bundles:
    """How large schemas are with all that they lead to, as they are published."""

    schemas: Json
    _weights: dict[str, int] = field(init=False)
    _edges: dict[str, frozenset[str]] = field(init=False)
    _known: dict[frozenset[str], int] = field(default_factory=dict[frozenset[str], int])

    def __post_init__(self) -> None:
        self._weights = {name: _bytes(one) + len(name) + 4 for name, one in self.schemas.items()}
        self._edges = {name: frozenset(_references(one)) for name, one in self.schemas.items()}

    def bytes_of(self, schema: Json) -> int:
        starts = frozenset(_references(schema))
        if starts not in self._known:
            self._known[starts] = sum(self._weights.get(name, 0) for name in self._closure(starts))
        return _bytes(schema) + self._known[starts]

    def _closure(self, starts: frozenset[str]) -> set[str]:
        seen: set[str] = set()
        waiting = list(starts)
        while waiting:
            name = waiting.pop()
            if name not in seen:
                seen.add(name)
                waiting.extend(self._edges.get(name, ()))
        return seen


def size_of(spec: Json, bundles: Bundles) -> Size:
    """The size of the tools of a spec."""
    inputs = total = tools = 0
    for operation in operations_of(spec):
        tools += 1
        shown = _WRAPPING + bundles.bytes_of(operation.get("params", {}))
        shown += sum(len(operation.get(key, "").encode()) for key in ("title", "description"))
        inputs += shown
        is_published = "returns" in operation and operation.get("structured", True)
        total += shown + (bundles.bytes_of(operation["returns"]) if is_published else 0)
    return Size(tools, inputs, total)


def operations_of(spec: Json) -> Iterator[Json]:
    """All operations of a spec."""
    for group in spec["groups"].values():
        yield from group["operations"].values()


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
