"""Which kinds of JSON a schema allows, as far as `type`, `enum`, `const`, references and their combinations say."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from ..ir.values import Json, JsonSchema

SCALARS = frozenset(("boolean", "number", "string"))
ALL = frozenset(("array", "boolean", "null", "number", "object", "string"))
_DEFS = "#/$defs/"
_DEEPEST = 40


@dataclass(frozen=True, slots=True)
class Member:
    """One property of an object: the kinds that it may have, and whether it has to be there."""

    kinds: frozenset[str]
    required: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A schema that values surely have to fit, and the kinds that the properties may have that it declares."""

    schema: Mapping[str, Json]
    members: Mapping[str, frozenset[str]]

    @property
    def required(self) -> tuple[str, ...]:
        """The names of what has to be there."""
        return tuple(one for one in _listed(self.schema.get("required")) if isinstance(one, str))

    @property
    def closed(self) -> bool:
        """Whether nothing else may be there but what it declares."""
        only_declared = self.schema.get("additionalProperties") is False
        return only_declared and "patternProperties" not in self.schema


class Kinds:
    """Tells the kinds of schemas; what is nested or referred to too deeply may be anything.

    Args:
        named: Gives a named schema by its key.
    """

    def __init__(self, named: Callable[[str], JsonSchema | None]) -> None:
        self._named = named
        self._known: dict[str, frozenset[str]] = {}
        self._told: dict[int, tuple[JsonSchema, frozenset[str]]] = {}

    def of(self, schema: JsonSchema) -> frozenset[str]:
        """The kinds that values of a schema may have; `integer` counts as `number`."""
        # By identity: templates mention the same parameters again and again.
        if id(schema) not in self._told:
            self._told[id(schema)] = schema, self._of(schema, schema, {}, 0)
        return self._told[id(schema)][1]

    def of_items(self, schema: JsonSchema) -> frozenset[str]:
        """The kinds that the items of a list may have."""
        items, root = self._items(schema)
        return self._of(items, root, {}, 0)

    def members(self, schema: JsonSchema, *, of_items: bool = False) -> Mapping[str, Member]:
        """The properties that a schema declares of objects, wherever it does.

        Args:
            of_items: Of the items of a list, instead of what it describes itself.
        """
        declared, root = self._items(schema) if of_items else (schema, schema)
        found: dict[str, Member] = {}
        needed: set[str] = set()
        self._collect(declared, root, found, needed, set())
        return {name: replace(one, required=name in needed) for name, one in found.items()}

    def certain(self, schema: JsonSchema, *, of_items: bool = False) -> Iterator[Part]:
        """What a value surely has to fit: the schema, what it refers to, and the parts of `allOf`.

        Args:
            of_items: Of the items of a list, instead of the schema itself.
        """
        declared, root = self._items(schema) if of_items else (schema, schema)
        seen: set[int] = set()
        pending: list[tuple[Json, JsonSchema]] = [(declared, root)]
        while pending:
            one, around = pending.pop()
            if not isinstance(one, dict) or id(one) in seen:
                continue
            seen.add(id(one))
            properties = one.get("properties")
            members = properties.items() if isinstance(properties, dict) else ()
            yield Part(one, {name: self._of(each, around, {}, 0) for name, each in members})
            pending += [(each, around) for each in _listed(one.get("allOf"))]
            if (key := _key(one)) is not None:
                pending.append(self._target(key, around))

    def _target(self, key: str, root: JsonSchema) -> tuple[Json, JsonSchema]:
        """What a reference leads to, and the schema that it stands in."""
        definitions = root.get("$defs") if isinstance(root, dict) else None
        if isinstance(definitions, dict) and key in definitions:
            return definitions[key], root
        named = self._named(key)
        return (True, True) if named is None else (named, named)

    def _collect(
        self,
        schema: Json,
        root: JsonSchema,
        found: dict[str, Member],
        needed: set[str],
        seen: set[tuple[int, str]],
    ) -> None:
        if not isinstance(schema, dict):
            return
        properties, required = schema.get("properties"), schema.get("required")
        for name, one in (properties if isinstance(properties, dict) else {}).items():
            kinds = self._of(one, root, {}, 0)
            found[name] = Member(kinds | found[name].kinds if name in found else kinds)
        needed.update(one for one in _listed(required) if isinstance(one, str))
        for keyword in ("allOf", "anyOf", "oneOf"):
            for part in _listed(schema.get(keyword)):
                self._collect(part, root, found, needed, seen)
        key = _key(schema)
        definitions = root.get("$defs") if isinstance(root, dict) else None
        is_own = isinstance(definitions, dict) and key in definitions
        if key is not None and (id(root) if is_own else 0, key) not in seen:
            seen.add((id(root) if is_own else 0, key))
            if isinstance(definitions, dict) and is_own:
                self._collect(definitions[key], root, found, needed, seen)
            elif isinstance(named := self._named(key), dict):
                self._collect(named, named, found, needed, seen)

    def _items(self, schema: JsonSchema) -> tuple[Json, JsonSchema]:
        """The schema of the items of a list, and the one that it stands in."""
        for _ in range(_DEEPEST):
            if not isinstance(schema, dict):
                break
            if "items" in schema:
                return schema["items"], schema
            key = _key(schema)
            schema = True if key is None else self._named(key) or True
        return True, True

    def _of(
        self, schema: Json, root: JsonSchema, own: dict[str, frozenset[str]], depth: int
    ) -> frozenset[str]:
        """`own` holds what is known of the definitions in `root`."""
        if not isinstance(schema, dict):
            return frozenset() if schema is False else ALL
        if depth > _DEEPEST:
            return ALL
        found = [_said(schema), *self._referred(schema, root, own, depth)]
        for keyword in ("anyOf", "oneOf"):
            choices = schema.get(keyword)
            if isinstance(choices, list):
                each = (self._of(one, root, own, depth + 1) for one in choices)
                found.append(frozenset[str]().union(*each))
        parts = schema.get("allOf")
        if isinstance(parts, list):
            found += [self._of(one, root, own, depth + 1) for one in parts]
        first, *others = found
        return first.intersection(*others)

    def _referred(
        self,
        schema: dict[str, Json],
        root: JsonSchema,
        own: dict[str, frozenset[str]],
        depth: int,
    ) -> Iterator[frozenset[str]]:
        key = _key(schema)
        if key is None:
            return
        definitions = root.get("$defs") if isinstance(root, dict) else None
        is_own = isinstance(definitions, dict) and key in definitions
        known = own if is_own else self._known
        if key not in known:
            # What leads back to itself says nothing more than what stands beside the reference.
            known[key] = ALL
            if isinstance(definitions, dict) and is_own:
                known[key] = self._of(definitions[key], root, own, depth + 1)
            else:
                named = self._named(key)
                known[key] = ALL if named is None else self._of(named, named, {}, depth + 1)
        yield known[key]


def _listed(value: Json | None) -> list[Json]:
    return value if isinstance(value, list) else []


def _said(schema: dict[str, Json]) -> frozenset[str]:
    said = schema.get("type")
    if said is not None:
        names = said if isinstance(said, list) else [said]
        return ALL & {"number" if one == "integer" else str(one) for one in names}
    if "const" in schema:
        return frozenset([_kind(schema["const"])])
    values = schema.get("enum")
    return frozenset(map(_kind, values)) if isinstance(values, list) else ALL


def _kind(value: Json) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "boolean"
        case int() | float():
            return "number"
        case str():
            return "string"
        case list():
            return "array"
        case dict():
            return "object"


def _key(schema: dict[str, Json]) -> str | None:
    """The name in a reference to a definition, if it is as plain as can be."""
    text = schema.get("$ref")
    if not isinstance(text, str) or not text.startswith(_DEFS):
        return None
    key = text.removeprefix(_DEFS)
    return None if set(key) & set("/%~") else key
