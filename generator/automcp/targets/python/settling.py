"""Makes a set of definitions safe to be read by pydantic: no union in which it could choose wrongly.

Pydantic reads a union by trying its members, and a member may take a value by converting it (`"1"` to 1 where
the other member has a string). Where that could change a value, the union says less instead.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import cast

from ...ir.values import Json
from .skeleton import (
    ANY,
    ANY_OBJECT,
    NULL,
    Alias,
    Definition,
    Record,
    Skeleton,
    arms,
    array,
    mapping,
    referred,
    union,
)


def settled(definitions: Mapping[str, Definition]) -> dict[str, Definition]:
    """The definitions with every doubtful union widened, in the same order."""
    opening = Settling(definitions)
    current = {name: opening.opened(one) for name, one in definitions.items()}
    while True:
        view = Settling(current)
        following = {name: view.definition(one) for name, one in current.items()}
        if following == current:
            return current
        current = following


class Settling:
    """Widens skeletons in the light of one state of the definitions."""

    def __init__(self, definitions: Mapping[str, Definition]) -> None:
        self._definitions = definitions
        # By identity: what parameters of many operations share is one object.
        self._settled: dict[int, Skeleton] = {}

    def opened(self, one: Definition) -> Definition:
        """The definition; one that only stands for itself says nothing."""
        endless = isinstance(one, Alias) and self._reaches_itself(one.name, one.type, set())
        return Alias(one.name, ANY, one.description) if endless else one

    def definition(self, one: Definition) -> Definition:
        """The definition with every skeleton settled."""
        if isinstance(one, Alias):
            return replace(one, type=self._whole(one.type))
        return replace(
            one, fields=tuple(replace(each, type=self._whole(each.type)) for each in one.fields)
        )

    def _whole(self, one: Skeleton) -> Skeleton:
        found = self._settled.get(id(one))
        if found is None:
            found = self._settled[id(one)] = self.skeleton(one)
        return found

    def skeleton(self, one: Skeleton) -> Skeleton:
        """The skeleton, inner ones settled first."""
        definition = self._definitions.get(referred(one) or "")
        if isinstance(definition, Alias) and definition.type == NULL:
            # Under its own name, `None` could not stand beside `| None`.
            return NULL
        if "anyOf" in one:
            return self._union([self.skeleton(arm) for arm in arms(one)])
        if "prefixItems" in one:
            items = [self.skeleton(item) for item in cast("list[Skeleton]", one["prefixItems"])]
            return {**one, "prefixItems": cast("list[Json]", items)}
        if isinstance(one.get("items"), dict):
            return array(self.skeleton(cast("Skeleton", one["items"])))
        if isinstance(one.get("additionalProperties"), dict):
            return mapping(self.skeleton(cast("Skeleton", one["additionalProperties"])))
        return one

    def _reaches_itself(self, name: str, one: Skeleton, seen: set[str]) -> bool:
        """Whether an alias stands for itself, with no list or object in between."""
        for arm in arms(one):
            target = referred(arm)
            definition = self._definitions.get(target) if target else None
            if target == name:
                return True
            if isinstance(definition, Alias) and target not in seen:
                seen.add(definition.name)
                if self._reaches_itself(name, definition.type, seen):
                    return True
        return False

    def _union(self, members: list[Skeleton]) -> Skeleton:
        flat = arms(union(members))
        if any(self._bare(member) == [ANY] for member in flat):
            return ANY
        kinds = [arm.get("type") for arm in self._bare({"anyOf": [*flat]})]
        if "integer" in kinds and "boolean" in kinds:
            # 1.0 is an integer too, and would be read as `True`.
            flat = arms(union([*flat, {"type": "number"}]))
        pairs = [(a, b) for a in flat for b in flat if a is not b]
        doubtful = [pair for pair in pairs if self._confused(*pair, set())]
        if not doubtful:
            return union(flat)
        blamed = [member for pair in doubtful for member in pair]
        return union(_widened(self._bare(arm)) if arm in blamed else arm for arm in flat)

    def _bare(self, one: Skeleton) -> list[Skeleton]:
        """The arms, with aliases followed."""
        found: list[Skeleton] = []
        for arm in arms(one):
            definition = self._definitions.get(referred(arm) or "")
            found.extend(self._bare(definition.type) if isinstance(definition, Alias) else [arm])
        return found

    def _confused(self, left: Skeleton, right: Skeleton, seen: set[tuple[str, str]]) -> bool:
        """Whether reading a value of `right` as `left` could be preferred and change it."""
        return any(
            self._arms_confused(a, b, seen) for a in self._bare(left) for b in self._bare(right)
        )

    def _arms_confused(self, a: Skeleton, b: Skeleton, seen: set[tuple[str, str]]) -> bool:
        if a == b or ANY in (a, b):
            return False
        kinds = _shape(a), _shape(b)
        if kinds == ("array", "array"):
            # Lists may hold themselves with no object in between.
            if (str(a), str(b)) in seen:
                return False
            seen.add((str(a), str(b)))
            return any(self._confused(x, y, seen) for x in _items(a) for y in _items(b) if x != y)
        if kinds == ("object", "object"):
            return self._objects_confused(a, b, seen)
        return _same_number(a, b)

    def _objects_confused(self, a: Skeleton, b: Skeleton, seen: set[tuple[str, str]]) -> bool:
        taker, giver = (
            self._definitions.get(referred(a) or ""),
            self._definitions.get(referred(b) or ""),
        )
        if not isinstance(taker, Record):
            values = cast("Skeleton", a["additionalProperties"])
            return self._converts(values, set())
        if not isinstance(giver, Record):
            return any(self._converts(field.type, set()) for field in taker.fields)
        if (taker.name, giver.name) in seen:
            return False
        seen.add((taker.name, giver.name))
        given = {field.key: field for field in giver.fields}
        for field in taker.fields:
            other = given.get(field.key)
            if field.required and other and self._disjoint(field.type, other.type):
                return False
        return any(
            self._converts(field.type, set())
            and (field.key not in given or given[field.key].type != field.type)
            for field in taker.fields
        )

    def _disjoint(self, a: Skeleton, b: Skeleton) -> bool:
        """Whether nothing that fits `b` is taken for `a`, even after conversion."""
        return all(_apart(x, y) for x in self._bare(a) for y in self._bare(b))

    def _converts(self, one: Skeleton, seen: set[str]) -> bool:
        """Whether reading a value as this may change it, as `"1"` becomes 1."""
        name = referred(one)
        if name is not None:
            if name in seen:
                return False
            definition = self._definitions[name]
            if isinstance(definition, Alias):
                return self._converts(definition.type, seen | {name})
            return any(self._converts(field.type, seen | {name}) for field in definition.fields)
        if "enum" in one:
            return any(not isinstance(value, str) for value in cast("list[Json]", one["enum"]))
        if one.get("type") in ("integer", "number", "boolean"):
            return True
        inner = [*_items(one), *(arms(one) if "anyOf" in one else [])]
        values = one.get("additionalProperties")
        inner += [values] if isinstance(values, dict) else []
        return any(self._converts(part, seen) for part in inner)


def _shape(one: Skeleton) -> str:
    if "$ref" in one or one.get("type") == "object":
        return "object"
    return "array" if one.get("type") == "array" else "scalar"


def _items(one: Skeleton) -> list[Skeleton]:
    found = cast("list[Skeleton]", one.get("prefixItems", []))
    items = one.get("items")
    return [*found, items] if isinstance(items, dict) else found


def _same_number(a: Skeleton, b: Skeleton) -> bool:
    """Whether one lists `true` or 1 where the other has the kind of the other: `True == 1` in Python."""
    return any(
        kind in _number_kinds(y) and _listed_kinds(x) - {kind}
        for x, y in ((a, b), (b, a))
        for kind in ("integer", "boolean", "number")
    )


def _number_kinds(one: Skeleton) -> set[str]:
    kind = one.get("type")
    own = {kind} if isinstance(kind, str) else set[str]()
    return _listed_kinds(one) | own & {"integer", "boolean", "number"}


def _listed_kinds(one: Skeleton) -> set[str]:
    values = cast("list[Json]", one.get("enum", []))
    return {
        "boolean" if isinstance(value, bool) else "integer"
        for value in values
        if isinstance(value, int)
    }


def _apart(a: Skeleton, b: Skeleton) -> bool:
    if "enum" in a and "enum" in b:
        # By equality, as `Literal` looks values up: 1 meets `true`.
        return not any(
            value in cast("list[Json]", a["enum"]) for value in cast("list[Json]", b["enum"])
        )
    if ANY in (a, b):
        return False
    return (_shape(a) != _shape(b)) and (_shape(a) != "scalar" or _shape(b) != "scalar")


def _widened(members: list[Skeleton]) -> Skeleton:
    return union(map(_wide, members))


def _wide(one: Skeleton) -> Skeleton:
    kind = _shape(one)
    if kind == "object":
        return ANY_OBJECT
    if kind == "array":
        return array(ANY)
    if "enum" not in one:
        return one
    kinds = _listed_kinds(one)
    texts = any(isinstance(value, str) for value in cast("list[Json]", one["enum"]))
    return union([{"type": kind} for kind in [*sorted(kinds), *(["string"] if texts else [])]])
