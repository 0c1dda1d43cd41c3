"""Lowers JSON Schemas to skeletons, and lifts every object schema in them out under a name.

The one rule: what a schema allows, its skeleton allows. A schema is a conjunction (`type` and
`properties` and `$ref` and `allOf` ...), and each of its conjuncts alone already allows more than all of them
together. So lowering picks the conjuncts that a type can say most about and drops the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ...ir.values import Json, JsonSchema
from ...text.names import Name
from .conjunction import (
    all_of,
    conjuncts_of,
    count_of,
    distinction,
    properties_of,
    required_by,
    said_by,
    says_parts,
    unions_in,
)
from .kinds import EVERY_KIND, enumeration, kinds_of, plain
from .naming import Names, field_names
from .references import Located, document
from .skeleton import (
    ANY,
    ANY_OBJECT,
    Alias,
    Definition,
    Field,
    Record,
    Skeleton,
    array,
    closed_tuple,
    mapping,
    reference,
    union,
)

_STRUCTURE = frozenset(
    [
        "$ref",
        "additionalProperties",
        "allOf",
        "anyOf",
        "const",
        "enum",
        "items",
        "oneOf",
        "patternProperties",
        "prefixItems",
        "properties",
        "type",
    ]
)
_OWN = _STRUCTURE - {"$ref", "allOf", "type"}


class Lowering:
    """Collects definitions while schemas are lowered one after the other.

    Attributes:
        definitions: By name, in the order in which they were first met.
    """

    def __init__(self, names: Names, named: Mapping[str, JsonSchema]) -> None:
        self.definitions: dict[str, Definition] = {}
        self._names = names
        self._named = named
        self._known: dict[int, str] = {}
        self._open: dict[int, str] = {}
        self._inline: set[int] = set()
        self._owner = ""
        # Identity is only a key as long as the object lives.
        self._alive: list[Located] = []
        for key, schema in named.items():
            if isinstance(schema, dict):
                self._known[id(schema)] = names.claim(Name.parse(key).pascal)

    def define_named(self) -> None:
        """Define the named schemas, in their order."""
        for schema in self._named.values():
            place = document(schema, self._named)
            if place is None or not isinstance(schema, dict):
                continue
            name = self._known[id(schema)]
            # The copy with `$defs` inside is the same schema for whoever refers to its root by `#`.
            self._known[id(place.schema)] = name
            self._alive.append(place)
            self._owner = name
            self._define(name, self._shape(place, name, EVERY_KIND, name), schema)

    def lower(self, schema: JsonSchema, hint: str, owner: str) -> Skeleton:
        """The skeleton of a schema that is its own document.

        Objects in it are named after `hint`, what it names itself in `$defs` after `owner`.
        """
        self._owner = owner
        return self._at(document(schema, self._named), hint)

    def _define(self, name: str, skeleton: Skeleton, schema: Mapping[str, Json]) -> Skeleton:
        here = reference(name)
        if name not in self.definitions:
            self.definitions[name] = Alias(
                name, ANY if skeleton == here else skeleton, said_by(schema)
            )
        return here

    def _at(self, place: Located | None, hint: str) -> Skeleton:
        if place is None:
            return ANY
        self._alive.append(place)
        me = id(place.schema)
        if me in self._known:
            return reference(self._known[me])
        if me in self._open:
            name = self._known[me] = self._names.claim(self._open[me])
            return reference(name)
        self._open[me] = hint
        skeleton = self._shape(place, hint, EVERY_KIND, None)
        del self._open[me]
        if me in self._known and self._known[me] not in self.definitions:
            return self._define(self._known[me], skeleton, place.schema)
        return skeleton

    def _shape(
        self, place: Located, hint: str, kinds: frozenset[str], name: str | None
    ) -> Skeleton:
        """The skeleton; a record at its root is called `name`, or by a new name after `hint`."""
        single = self._single_member(place)
        if single is place:
            return self._reference(place, hint)
        if single is not None:
            return self._shape(single, hint, kinds, None)
        conjuncts = list(conjuncts_of(place, set()))
        context = kinds
        kinds = kinds_of((one.schema for one in conjuncts), context)
        if not kinds:
            return ANY
        listed = enumeration((one.schema for one in conjuncts), kinds)
        if listed is not None:
            return listed
        if not says_parts(conjuncts, kinds):
            for arms in unions_in(conjuncts):
                either = self._union(arms, hint, kinds)
                if either != ANY:
                    return either
        if kinds == EVERY_KIND:
            return ANY
        # Only a schema that by itself allows nothing but a record may be known by the record's name.
        alone = place if context == EVERY_KIND and kinds == _RECORD else None
        if name is not None and alone is None:
            hint, name = hint + "Value", None
        return self._by_kind(conjuncts, kinds, hint, name, alone)

    def _single_member(self, place: Located) -> Located | None:
        """The place itself if it is but a `$ref`, or the one item of `allOf`, if nothing stands beside it."""
        if _OWN & place.schema.keys():
            return None
        members = [one for one in all_of(place) if one is None or _STRUCTURE & one.schema.keys()]
        if "$ref" in place.schema:
            return None if members else place
        return members[0] if len(members) == 1 else None

    def _reference(self, place: Located, hint: str) -> Skeleton:
        target = place.target()
        if target is None:
            return ANY
        if id(target.schema) not in self._known and id(target.schema) not in self._open:
            self._lift(str(place.schema["$ref"]), target)
        return self._at(target, hint)

    def _lift(self, ref: str, target: Located) -> None:
        """Give a schema that its author named in `$defs` a name, before it is lowered."""
        path, _, key = ref.rpartition("/")
        if path.endswith("$defs"):
            name = self._names.claim(self._owner + Name.parse(key).pascal)
            self._alive.append(target)
            self._known[id(target.schema)] = name
            self._define(name, self._shape(target, name, EVERY_KIND, name), target.schema)

    def _union(
        self, arms: list[Located | bool | None], hint: str, kinds: frozenset[str]
    ) -> Skeleton:
        possible = [arm for arm in arms if arm is not False]
        lowered: list[Skeleton] = []
        for arm in possible:
            if not isinstance(arm, Located):
                return ANY
            lowered.append(self._arm(arm, hint, kinds))
        return union(lowered)

    def _arm(self, arm: Located, hint: str, kinds: frozenset[str]) -> Skeleton:
        self._alive.append(arm)
        if kinds == EVERY_KIND or "$ref" in arm.schema:
            return self._at(arm, hint + distinction(arm.schema))
        me = id(arm.schema)
        if me in self._inline:
            return ANY
        self._inline.add(me)
        skeleton = self._shape(arm, hint + distinction(arm.schema), kinds, None)
        self._inline.discard(me)
        return skeleton

    def _by_kind(
        self,
        conjuncts: list[Located],
        kinds: frozenset[str],
        hint: str,
        name: str | None,
        alone: Located | None,
    ) -> Skeleton:
        members: list[Skeleton] = []
        for kind in (kind for kind in _ORDER if kind in kinds):
            if kind == "array":
                members.append(self._array(conjuncts, hint))
            elif kind == "object":
                members.append(self._object(conjuncts, hint, name, alone))
            else:
                members.append(plain(kind))
        return union(members)

    def _array(self, conjuncts: list[Located], hint: str) -> Skeleton:
        for one in conjuncts:
            prefix = one.schema.get("prefixItems")
            if isinstance(prefix, list) and prefix:
                return self._tuple(one, prefix, conjuncts, hint)
        for one in conjuncts:
            if "items" in one.schema:
                return array(self._at(one.at(one.schema["items"]), hint + "Item"))
        return array(ANY)

    def _tuple(
        self, one: Located, prefix: list[Json], conjuncts: list[Located], hint: str
    ) -> Skeleton:
        items = [
            self._at(one.at(item), f"{hint}Item{at}") for at, item in enumerate(prefix, start=1)
        ]
        shortest = max((count_of(each.schema.get("minItems"), 0) for each in conjuncts), default=0)
        longest = min(count_of(each.schema.get("maxItems"), len(items) + 1) for each in conjuncts)
        closed = one.schema.get("items") is False or longest <= len(items)
        if closed and shortest == len(items) <= longest:
            return closed_tuple(items)
        if closed:
            return array(union(items))
        rest = one.at(one.schema.get("items", True))
        return array(union([*items, self._at(rest, hint + "Item")]))

    def _object(
        self, conjuncts: list[Located], hint: str, name: str | None, alone: Located | None
    ) -> Skeleton:
        properties = properties_of(conjuncts)
        if not properties:
            return self._mapping(conjuncts, hint)
        name = name or self._names.claim(hint)
        if alone is not None:
            self._known[id(alone.schema)] = name
        said = said_by(conjuncts[0].schema)
        self.definitions[name] = Record(name, (), said)
        required = required_by(conjuncts)
        python = field_names(properties)
        fields = tuple(
            self._property(key, python[key], found, key in required, name)
            for key, found in properties.items()
        )
        self.definitions[name] = Record(name, fields, said)
        return reference(name)

    def _property(
        self, key: str, python: str, found: list[Located], required: bool, owner: str
    ) -> Field:
        hint = owner + Name.parse(key).pascal
        lowered = [self._at(one, hint) for one in found]
        chosen = next((one for one in reversed(lowered) if one != ANY), ANY)
        return field_with_words(
            Field(key, python, chosen, required), (one.schema for one in reversed(found))
        )

    def _mapping(self, conjuncts: list[Located], hint: str) -> Skeleton:
        for one in conjuncts:
            values = one.schema.get("additionalProperties")
            if isinstance(values, dict) and not one.schema.get("patternProperties"):
                return mapping(self._at(one.at(values), hint + "Value"))
        return ANY_OBJECT


_RECORD = frozenset({"object"})
_ORDER = ("string", "integer", "number", "boolean", "array", "object", "null")


def field_with_words(field: Field, schemas: Iterable[Mapping[str, Json]]) -> Field:
    """The field with the first description and the first default that the schemas give."""
    found = list(schemas)
    default = next((one["default"] for one in found if "default" in one), field.default)
    description = next((said for said in map(said_by, found) if said), field.description)
    return Field(field.key, field.name, field.type, field.required, default, description)
