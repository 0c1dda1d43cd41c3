"""Schemas that several documents share: written down once, and put under `$defs` wherever they are referred to.

Reason: a service of 1,000 operations whose schemas mention each other has 21 MB of documents, and says them in 2.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, TypeAlias, cast
from urllib.parse import unquote

if TYPE_CHECKING:
    # Nothing else is needed of it, and compilers that use this do without pydantic.
    from .model import Json

Wire: TypeAlias = "dict[str, Json]"

_PREFIX = "#/$defs/"
_REFERENCES = ("$ref", "$dynamicRef")
_DATA = frozenset(("const", "default", "enum", "examples"))
"""Keywords whose values are no schemas."""
_NAMED = frozenset(("$defs", "dependentSchemas", "patternProperties", "properties"))
"""Keywords whose values are schemas by names, which may be those of keywords."""


_SCHEMAS = ("inputSchema", "outputSchema")
_CHECKED = ("outputs", "reads")
"""Sections of schemas that are not published."""


def expanded(document: Mapping[str, Json]) -> Mapping[str, Json]:
    """A surface whose schemas all stand alone; what several of them hold is one object."""
    shared = document.get("definitions")
    if not isinstance(shared, dict):
        return document
    return with_schemas(document, Definitions(shared).whole)


def with_schemas(document: Mapping[str, Json], change: Callable[[Wire], Wire]) -> dict[str, Json]:
    """A surface with other schemas: of what tools take and give, and of what resources hold."""
    changed = dict(document)
    changed["tools"] = [
        {key: change(cast("Wire", one)) if key in _SCHEMAS else one for key, one in tool.items()}
        for tool in cast("list[Wire]", document["tools"])
    ]
    for section in _CHECKED:
        if section in document:
            schemas = cast("dict[str, Wire]", document[section])
            changed[section] = {name: change(schema) for name, schema in schemas.items()}
    return changed


class Definitions:
    """The shared schemas, by the names that they have under `$defs`, in their order there."""

    def __init__(self, schemas: Mapping[str, Json]) -> None:
        self._schemas = schemas
        self._ranks = {name: rank for rank, name in enumerate(schemas)}
        self._leads_to: dict[str, frozenset[str]] = {}

    def whole(self, document: dict[str, Json]) -> dict[str, Json]:
        """A document with all that it refers to and does not define itself; what is shared is not copied."""
        own = document.get("$defs")
        defined = own if isinstance(own, dict) else {}
        found = self._closure(name for name in _mentioned(document) if name not in defined)
        if not found:
            return document
        shared = {name: self._schemas[name] for name in sorted(found, key=self._ranks.__getitem__)}
        return {**document, "$defs": {**defined, **shared}}

    def without(self, document: dict[str, Json]) -> dict[str, Json]:
        """A document that `whole` makes `document` of again: less what is shared, if that comes back in its place."""
        own = document.get("$defs")
        if not isinstance(own, dict):
            return document
        kept = {name: one for name, one in own.items() if not _alike(self._schemas.get(name), one)}
        less = {key: one for key, one in document.items() if key != "$defs" or kept}
        if kept:
            less["$defs"] = kept
        return less if _same(self.whole(less), document) else document

    def _closure(self, starts: Iterator[str]) -> set[str]:
        found: set[str] = set()
        waiting = list(starts)
        while waiting:
            name = waiting.pop()
            if name in self._schemas and name not in found:
                found.add(name)
                waiting.extend(self._mentions(name))
        return found

    def _mentions(self, name: str) -> frozenset[str]:
        if name not in self._leads_to:
            self._leads_to[name] = frozenset(_mentioned(self._schemas[name]))
        return self._leads_to[name]


def _same(one: dict[str, Json], other: dict[str, Json]) -> bool:
    """Whether two documents say the same in the same order."""
    if list(one) != list(other):
        return False
    defined, others = cast("Wire", one["$defs"]), cast("Wire", other["$defs"])
    return list(defined) == list(others) and all(
        _alike(defined[name], others[name]) for name in defined
    )


def _alike(one: Json, other: Json) -> bool:
    # What is shared is nearly always one object, and large.
    return one is other or one == other


def _mentioned(schema: Json) -> Iterator[str]:
    """The names of the definitions that a schema refers to."""
    waiting = [schema]
    while waiting:
        part = waiting.pop()
        if isinstance(part, list):
            waiting.extend(part)
        elif isinstance(part, dict):
            for key, value in part.items():
                if key in _REFERENCES and isinstance(value, str) and value.startswith(_PREFIX):
                    name = unquote(value[len(_PREFIX) :].partition("/")[0])
                    yield name.replace("~1", "/").replace("~0", "~")
                elif key in _NAMED and isinstance(value, dict):
                    waiting.extend(value.values())
                elif key not in _DATA and isinstance(value, dict | list):
                    waiting.append(value)
