"""Takes a schema apart: what it says by itself, by `$ref` and by `allOf`, all of which must hold at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import cast

from ...ir.values import Json
from ...text.names import Name
from .kinds import EVERY_KIND
from .references import Located


def said_by(schema: Mapping[str, Json]) -> str | None:
    for key in ("description", "title"):
        text = schema.get(key)
        if isinstance(text, str) and text.strip():
            return text
    return None


def conjuncts_of(place: Located, seen: set[int]) -> Iterator[Located]:
    """The schema and all that it says by `$ref` and `allOf`, however deep."""
    if id(place.schema) in seen:
        return
    seen.add(id(place.schema))
    yield place
    target = place.target()
    if target is not None:
        yield from conjuncts_of(target, seen)
    for member in all_of(place):
        if member is not None:
            yield from conjuncts_of(member, seen)


def all_of(place: Located) -> list[Located | None]:
    members = place.schema.get("allOf")
    return [place.at(member) for member in members] if isinstance(members, list) else []


def unions_in(conjuncts: list[Located]) -> Iterator[list[Located | bool | None]]:
    for one in conjuncts:
        for key in ("anyOf", "oneOf"):
            arms = one.schema.get(key)
            if isinstance(arms, list) and arms:
                yield [False if arm is False else one.at(arm) for arm in arms]


def says_parts(conjuncts: list[Located], kinds: frozenset[str]) -> bool:
    """Whether the schema itself, outside of unions, says what an object or an array is made of."""
    of_object = "object" in kinds and bool(properties_of(conjuncts))
    of_array = "array" in kinds and any(
        key in one.schema for one in conjuncts for key in ("items", "prefixItems")
    )
    return kinds != EVERY_KIND and (of_object or of_array)


def properties_of(conjuncts: list[Located]) -> dict[str, list[Located]]:
    """Every named property with its schema objects (none if it is `true`); not those that are `false`."""
    found: dict[str, list[Located]] = {}
    never: set[str] = set()
    for one in conjuncts:
        declared = one.schema.get("properties")
        for key, schema in declared.items() if isinstance(declared, dict) else ():
            place = one.at(schema if isinstance(schema, dict) else {})
            found.setdefault(key, []).extend([place] if place else [])
            if schema is False:
                never.add(key)
    return {key: places for key, places in found.items() if key not in never}


def required_by(conjuncts: list[Located]) -> set[str]:
    lists = (one.schema.get("required") for one in conjuncts)
    return {str(key) for keys in lists if isinstance(keys, list) for key in keys}


def count_of(value: Json, default: int) -> int:
    return int(cast("float", value)) if isinstance(value, int | float) else default


def distinction(schema: Mapping[str, Json]) -> str:
    """What tells an arm of a union from the others: its title, or the one constant in it."""
    title = schema.get("title")
    if isinstance(title, str) and title.strip():
        return Name.parse(title).pascal
    properties = schema.get("properties")
    constants = [
        member.get("const")
        for member in (properties.values() if isinstance(properties, dict) else ())
        if isinstance(member, dict)
    ]
    texts = [value for value in constants if isinstance(value, str)]
    return Name.parse(texts[0]).pascal if len(texts) == 1 else ""
