"""For each constraint of an input: arguments just inside it, and arguments just outside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias, cast

from ...ir.values import Json, JsonSchema
from .sample import NoSample, sample
from .schemas import Root, copied

Path: TypeAlias = tuple[str | int, ...]
_DEPTH = 4
_LONGEST = 2_000
_WRONG: tuple[Json, ...] = ("text", 1.5, True, None, [], {})


@dataclass(frozen=True, slots=True)
class Boundary:
    """One constraint and both sides of it.

    Attributes:
        constraint: Where and what, such as `lines[0].quantity: minimum`.
        accepted: Arguments that meet it as closely as can be; `None` if nothing closer than the
            sample was found.
        refused: Arguments that break it and nothing else on purpose.
    """

    constraint: str
    accepted: Json | None
    refused: Json


@dataclass(frozen=True, slots=True)
class _Place:
    path: Path
    schema: dict[str, Json]


@dataclass(frozen=True, slots=True)
class _Trial:
    keyword: str
    inside: tuple[Json, ...]
    outside: tuple[Json, ...]


Seen: TypeAlias = dict[str, int]
"""For each definition that documents share under `$defs`: how deep has been looked into it already."""


def boundaries(root: Root, start: Json, seen: Seen | None = None) -> Iterator[Boundary]:
    """Every constraint of `root` that can be shown by changing one value in `start`.

    Both sides are checked by the schema before they are given out: a boundary never lies.

    Args:
        start: Arguments that the schema accepts.
        seen: What is shown already of definitions that are shared with other documents, and not shown again; what is
            shown now is added.
    """
    check = root.check(root.document)
    for place in _places(root, (), root.document, _DEPTH, {} if seen is None else seen):
        filled = _filled(root, start, place)
        if filled is None or not check.is_valid(filled):
            continue
        for trial in _trials(place.schema, _at(filled, place.path)):
            tried = (_replaced(filled, place.path, value) for value in trial.outside)
            refused = next((value for value in tried if not check.is_valid(value)), None)
            if refused is None:
                continue
            tried = (_replaced(filled, place.path, value) for value in trial.inside)
            accepted = next((value for value in tried if check.is_valid(value)), None)
            yield Boundary(f"{_written(place.path)}: {trial.keyword}", accepted, refused)


def _places(root: Root, path: Path, schema: JsonSchema, depth: int, seen: Seen) -> Iterator[_Place]:
    for name in root.definitions(schema):
        if name in seen:
            if seen[name] >= depth:
                return
            seen[name] = depth
    schema = root.followed(schema)
    if isinstance(schema, bool) or depth == 0:
        return
    yield _Place(path, schema)
    properties = schema.get("properties")
    if isinstance(properties, dict):
        for name, part in properties.items():
            yield from _places(root, (*path, name), cast(JsonSchema, part), depth - 1, seen)
    items = schema.get("items")
    if isinstance(items, dict):
        yield from _places(root, (*path, 0), items, depth - 1, seen)


def _filled(root: Root, start: Json, place: _Place) -> Json | None:
    """`start` with a value at the place, made up on the way where it has none."""
    filled = copied(start)
    holder, schema = filled, root.followed(root.document)
    for step in place.path:
        part = _part(root, schema, step)
        try:
            if isinstance(holder, dict) and isinstance(step, str):
                if step not in holder:
                    holder[step] = sample(root, part)
                holder = holder[step]
            elif isinstance(holder, list) and isinstance(step, int):
                if not holder:
                    holder.append(sample(root, part))
                holder = holder[step]
            else:
                return None
        except NoSample:
            return None
        schema = root.followed(part)
    return filled


def _part(root: Root, schema: JsonSchema, step: str | int) -> JsonSchema:
    if isinstance(schema, bool):
        return True
    if isinstance(step, int):
        return cast(JsonSchema, schema.get("items", True))
    properties = schema.get("properties")
    return cast(JsonSchema, properties.get(step, True)) if isinstance(properties, dict) else True


def _trials(schema: dict[str, Json], value: Json) -> Iterator[_Trial]:
    if "type" in schema:
        yield _Trial("type", (value,), _WRONG)
    if "enum" in schema or "const" in schema:
        known = schema.get("enum")
        yield _Trial(
            "enum" if "enum" in schema else "const",
            tuple(known[-1:]) if isinstance(known, list) else (value,),
            ("no such value", -987_654_321, None),
        )
    if isinstance(value, bool):
        return
    if isinstance(value, str):
        yield from _text(schema, value)
    elif isinstance(value, int | float):
        yield from _number(schema)
    elif isinstance(value, list):
        yield from _array(schema, value)
    elif isinstance(value, dict):
        yield from _object(schema, value)


def _text(schema: dict[str, Json], value: str) -> Iterator[_Trial]:
    fill = value[-1:] or "a"
    least, most = schema.get("minLength"), schema.get("maxLength")
    if isinstance(least, int) and 0 < least <= _LONGEST:
        yield _Trial(
            "minLength", (_stretched(value, fill, least),), (_stretched(value, fill, least - 1),)
        )
    if isinstance(most, int) and most <= _LONGEST:
        yield _Trial(
            "maxLength", (_stretched(value, fill, most),), (_stretched(value, fill, most + 1),)
        )
    if "pattern" in schema:
        yield _Trial("pattern", (value,), ("", " ", "!", f"{value}\n!", f"!{value}"))
    if "format" in schema:
        yield _Trial("format", (value,), ("no such thing at all", "%", "\\"))


def _stretched(value: str, fill: str, length: int) -> str:
    return value[:length] + fill * (length - len(value))


def _number(schema: dict[str, Json]) -> Iterator[_Trial]:
    step = schema.get("multipleOf")
    near = step if isinstance(step, int | float) and not isinstance(step, bool) else 1
    for keyword, sign, strict in (
        ("minimum", 1, False),
        ("exclusiveMinimum", 1, True),
        ("maximum", -1, False),
        ("exclusiveMaximum", -1, True),
    ):
        bound = schema.get(keyword)
        if not isinstance(bound, int | float) or isinstance(bound, bool):
            continue
        closer: tuple[Json, ...] = (bound + sign * near, bound + sign * near / 2)
        beyond: tuple[Json, ...] = (bound - sign * near, bound - sign * near / 2)
        yield _Trial(
            keyword, closer if strict else (bound, *closer), (bound, *beyond) if strict else beyond
        )
    if "multipleOf" in schema:
        yield _Trial("multipleOf", (near, 0), (near / 2, near * 1.5, near + 1))


def _array(schema: dict[str, Json], value: list[Json]) -> Iterator[_Trial]:
    item = value[0] if value else None
    least, most = schema.get("minItems"), schema.get("maxItems")
    if isinstance(least, int) and 0 < least <= _LONGEST:
        yield _Trial("minItems", (_repeated(value, item, least),), (value[: least - 1],))
    if isinstance(most, int) and most < _LONGEST:
        yield _Trial(
            "maxItems", (_repeated(value, item, most),), (_repeated(value, item, most + 1),)
        )
    if schema.get("uniqueItems") is True:
        yield _Trial("uniqueItems", (value,), ([item, item], ["a", "a"]))


def _repeated(value: list[Json], item: Json, count: int) -> Json:
    """The first `count` items; past the end, the first item again (numbered, if it is text)."""
    more: list[Json] = [
        f"{item}{index}" if isinstance(item, str) else item for index in range(count - len(value))
    ]
    return [*value[:count], *more]


def _object(schema: dict[str, Json], value: dict[str, Json]) -> Iterator[_Trial]:
    required = schema.get("required")
    for name in required if isinstance(required, list) else ():
        if isinstance(name, str) and name in value:
            yield _Trial(
                f"required {name}",
                (value,),
                ({key: part for key, part in value.items() if key != name},),
            )
    if schema.get("additionalProperties") is False or schema.get("unevaluatedProperties") is False:
        yield _Trial("additionalProperties", (value,), ({**value, "noSuchProperty": 1},))
    least, most = schema.get("minProperties"), schema.get("maxProperties")
    if isinstance(least, int) and least > 0:
        yield _Trial("minProperties", (value,), (dict(list(value.items())[: least - 1]),))
    if isinstance(most, int) and most < _LONGEST:
        extra: dict[str, Json] = {f"extra{index}": None for index in range(most + 1)}
        yield _Trial("maxProperties", (value,), ({**value, **extra},))


def _replaced(value: Json, path: Path, by: Json) -> Json:
    if not path:
        return by
    step, rest = path[0], path[1:]
    if isinstance(value, dict) and isinstance(step, str):
        return {**value, step: _replaced(value.get(step), rest, by)}
    if isinstance(value, list) and isinstance(step, int):
        return [*value[:step], _replaced(value[step], rest, by), *value[step + 1 :]]
    return value


def _at(value: Json, path: Path) -> Json:
    for step in path:
        match value, step:
            case dict(), str():
                value = value[step]
            case list(), int():
                value = value[step]
            case _:
                raise LookupError(step)
    return value


def _written(path: Path) -> str:
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.removeprefix(".") or "arguments"
