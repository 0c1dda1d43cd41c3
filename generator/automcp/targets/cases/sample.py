"""One small value that a schema accepts."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import cast

import jsonschema_rs
import rstr

from ...ir.values import Json, JsonSchema
from .schemas import Root, copied

_DEPTH = 12
_FORMATS: Mapping[str, str] = {
    "date": "2026-01-31",
    "date-time": "2026-01-31T12:00:00Z",
    "duration": "P1D",
    "email": "ada@example.com",
    "hostname": "example.com",
    "idn-email": "ada@example.com",
    "idn-hostname": "example.com",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "iri": "https://example.com/",
    "iri-reference": "/a",
    "json-pointer": "/a",
    "regex": "^a$",
    "relative-json-pointer": "0",
    "time": "12:00:00Z",
    "uri": "https://example.com/",
    "uri-reference": "/a",
    "uri-template": "/a/{b}",
    "uuid": "12345678-1234-4234-8234-123456789abc",
}


class NoSample(Exception):
    """No value was found that the schema accepts; it may be unsatisfiable, or too intricate."""


def sample(root: Root, schema: JsonSchema) -> Json:
    """The first small value that `schema`, a part of `root`, accepts.

    It is built by shape and then checked by the schema itself, so what comes back always fits. It is the
    caller's: nothing of it is shared with the schema, whose defaults and examples it may hold.

    Raises:
        NoSample: If none of the values tried fits.
    """
    check = root.check(schema)
    for value in _candidates(root, schema, _DEPTH):
        if check.is_valid(value):
            return copied(value)
    raise NoSample


def _candidates(root: Root, schema: JsonSchema, depth: int) -> Iterator[Json]:
    if depth == 0:
        return
    if isinstance(schema, bool):
        if schema:
            yield None
        return
    if "const" in schema:
        yield schema["const"]
    for key in ("enum", "examples"):
        values = schema.get(key)
        if isinstance(values, list):
            yield from values[:20]
    if "default" in schema:
        yield schema["default"]
    reference = schema.get("$ref")
    if isinstance(reference, str) and (target := root.resolve(reference)) is not None:
        yield from _candidates(root, target, depth - 1)
    for key in ("oneOf", "anyOf"):
        arms = schema.get(key)
        for arm in arms if isinstance(arms, list) else ():
            yield from _candidates(root, _joined(schema, cast(JsonSchema, arm), key), depth - 1)
    arms = schema.get("allOf")
    if isinstance(arms, list) and arms:
        joined: JsonSchema = {key: value for key, value in schema.items() if key != "allOf"}
        for arm in arms:
            joined = _joined(joined, root.followed(cast(JsonSchema, arm)), "allOf")
        yield from _candidates(root, joined, depth - 1)
    for kind in _kinds(schema):
        yield from _of_kind(root, schema, kind, depth)


def _joined(schema: JsonSchema, arm: JsonSchema, without: str) -> JsonSchema:
    """Both at once, roughly: enough to build a candidate, which is checked anyway."""
    if isinstance(schema, bool) or isinstance(arm, bool):
        return arm
    joined = {key: value for key, value in schema.items() if key != without}
    for key, value in arm.items():
        mine = joined.get(key)
        if key in ("properties", "$defs") and isinstance(mine, dict) and isinstance(value, dict):
            joined[key] = {**mine, **value}
        elif key == "required" and isinstance(mine, list) and isinstance(value, list):
            joined[key] = [*mine, *(name for name in value if name not in mine)]
        else:
            joined[key] = value
    return joined


def _kinds(schema: Mapping[str, Json]) -> tuple[str, ...]:
    kinds = schema.get("type")
    if isinstance(kinds, str):
        return (kinds,)
    if isinstance(kinds, list):
        return tuple(kind for kind in kinds if isinstance(kind, str))
    if "properties" in schema or "required" in schema or "additionalProperties" in schema:
        return ("object",)
    if "items" in schema or "prefixItems" in schema or "minItems" in schema:
        return ("array",)
    if "pattern" in schema or "minLength" in schema or "format" in schema:
        return ("string",)
    if "minimum" in schema or "multipleOf" in schema or "exclusiveMinimum" in schema:
        return ("integer", "number")
    return ("string", "integer", "object", "array", "boolean", "null")


def _of_kind(root: Root, schema: dict[str, Json], kind: str, depth: int) -> Iterator[Json]:
    match kind:
        case "string":
            yield from _strings(schema)
        case "integer":
            yield from (int(value) for value in _numbers(schema) if float(value).is_integer())
        case "number":
            yield from _numbers(schema)
        case "boolean":
            yield from (True, False)
        case "null":
            yield None
        case "array":
            yield from _arrays(root, schema, depth)
        case "object":
            yield from _objects(root, schema, depth)
        case _:
            return


def _strings(schema: Mapping[str, Json]) -> Iterator[str]:
    form = schema.get("format")
    if isinstance(form, str) and form in _FORMATS:
        yield _FORMATS[form]
    pattern = schema.get("pattern")
    if isinstance(pattern, str):
        yield from _matching(pattern)
    least = schema.get("minLength", 0)
    if isinstance(least, int) and least <= 10_000:
        yield "a" * max(least, 1)
        yield "a" * least


# A spec has few patterns, and is asked for samples of each wherever it is referred to.
@lru_cache(maxsize=1024)
def _matching(pattern: str) -> tuple[str, ...]:
    """Strings that match, shortest first; none for patterns that could grow without bound."""
    counted = [
        int(number) for number in re.findall(r"\d+", " ".join(re.findall(r"\{([\d,]+)\}", pattern)))
    ]
    if len(pattern) > 200 or max(counted, default=0) > 500 or pattern.count("(") > 6:
        return ()
    if "(" in pattern and len(counted) + pattern.count("*") + pattern.count("+") > 4:
        return ()
    words: set[str] = set()
    for seed in range(8):
        try:
            words.add(rstr.Rstr(random.Random(seed)).xeger(pattern))
        except (
            Exception
        ):  # a dialect that Python's parser does not read; the caller has other candidates
            return ()
    return tuple(sorted(words, key=lambda word: (len(word), word)))


def _numbers(schema: Mapping[str, Json]) -> Iterator[int | float]:
    bounds = [
        schema.get(key) for key in ("minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum")
    ]
    numbers = [
        bound for bound in bounds if isinstance(bound, int | float) and not isinstance(bound, bool)
    ]
    for number in numbers:
        yield from (number, number + 1, number - 1)
    low, high = min(numbers, default=0), max(numbers, default=0)
    yield (low + high) / 2
    step = schema.get("multipleOf")
    if isinstance(step, int | float) and step > 0:
        yield from (step, step * (low // step + 1), 0)
    yield from (1, 0, -1, 0.5)


def _arrays(root: Root, schema: dict[str, Json], depth: int) -> Iterator[Json]:
    prefix = schema.get("prefixItems")
    heads: list[Json] = [
        next(_fitting(root, cast(JsonSchema, item), depth - 1), None)
        for item in (prefix if isinstance(prefix, list) else ())
    ]
    least = schema.get("minItems", 0)
    count = max(least if isinstance(least, int) else 0, len(heads))
    if count > 200:
        return
    wanted = schema.get("contains", schema.get("items", True))
    items = _distinct(_fitting(root, cast(JsonSchema, wanted), depth - 1), 200)
    if schema.get("uniqueItems") is True:
        yield [*heads, *items[: count - len(heads)]]
    elif items:
        rest = max(count - len(heads), 1 if "contains" in schema else 0)
        yield [*heads, *[items[0]] * rest]
        yield [*heads, items[0]]
    yield heads


def _objects(root: Root, schema: dict[str, Json], depth: int) -> Iterator[Json]:
    properties = schema.get("properties")
    known = cast("dict[str, JsonSchema]", properties) if isinstance(properties, dict) else {}
    required = schema.get("required")
    names = (
        [name for name in required if isinstance(name, str)] if isinstance(required, list) else []
    )
    built: dict[str, Json] = {}
    other = cast(JsonSchema, schema.get("additionalProperties", True))
    for name in names:
        value = next(_fitting(root, known.get(name, other), depth - 1), None)
        built[name] = value
    yield built
    least = schema.get("minProperties", 0)
    missing = (least if isinstance(least, int) else 0) - len(built)
    for name in [name for name in known if name not in built] + [
        f"extra{index}" for index in range(50)
    ]:
        if missing <= 0:
            break
        built = {**built, name: next(_fitting(root, known.get(name, other), depth - 1), None)}
        missing -= 1
    yield built
    everything = {name: next(_fitting(root, part, depth - 1), None) for name, part in known.items()}
    yield {**everything, **built}


def _fitting(root: Root, schema: JsonSchema, depth: int) -> Iterator[Json]:
    check = root.check(schema)
    return (value for value in _candidates(root, schema, depth) if check.is_valid(value))


def _distinct(values: Iterator[Json], most: int) -> list[Json]:
    found: list[Json] = []
    unique = jsonschema_rs.Draft202012Validator({"uniqueItems": True})
    for value in values:
        if unique.is_valid([*found, value]):
            found.append(value)
        if len(found) == most:
            break
    return found
