"""What errors, hooks and logs may show: no secrets, no control characters, no megabytes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import cast
from urllib.parse import unquote

from pydantic import BaseModel

from ..shared.model import Json
from ..shared.path import Step, shorten, spell
from ..shared.violation import Violation

REDACTED = "<redacted>"

_LONGEST_MESSAGE = 2_000
_DEEPEST = 20
_SECRET = re.compile(
    r"(password|passwd|passphrase|secret|token|apikey|privatekey|authorization|credentials?|cookie)$"
)
_STEP = re.compile(r"[^.\[\]\"]+")
_ALTERNATIVES = ("anyOf", "oneOf", "allOf", "prefixItems")
_MEMBERS = ("items", "additionalProperties")


def is_secret(name: str, secrets: frozenset[str] = frozenset()) -> bool:
    """Whether a value of this name is never shown: declared secret, or named like one."""
    return (
        name in secrets
        or _SECRET.search(name.replace("_", "").replace("-", "").lower()) is not None
    )


def secret_names(schema: Json) -> frozenset[str]:
    """The properties that a schema marks as secret: `writeOnly: true` or `format: password`, at any depth.

    The mark counts wherever it describes the property's value or a member of it: in the property's own
    schema, behind a `$ref`, in an alternative, in `items`.
    """
    return frozenset(_secret_names(schema, schema))


def redacted(value: object, secrets: frozenset[str] = frozenset()) -> object:
    """A copy of JSON or of models with the value of each secret name replaced; other objects as they are."""
    return _redacted(value, secrets, _DEEPEST)


def redacted_violations(
    violations: Iterable[Violation], secrets: frozenset[str], value: Json
) -> tuple[Violation, ...]:
    """The violations of `value`, without the excerpts in those that concern a secret or what holds one."""
    hidden = [spell(steps) for steps in _secret_places(value, secrets, ())]
    return tuple(
        Violation(at.path, "does not fit its schema")
        if _at_secret(at.path, secrets) or any(_within(place, at.path) for place in hidden)
        else at
        for at in violations
    )


def printable(text: str) -> str:
    """`text` on safe lines: control and formatting characters spelled out, a very long text shortened."""
    text = shorten(text, _LONGEST_MESSAGE)
    if text.isprintable():
        return text
    return "".join(
        char if char.isprintable() or char == "\n" else ascii(char)[1:-1] for char in text
    )


def _at_secret(path: str, secrets: frozenset[str]) -> bool:
    return any(is_secret(step, secrets) for step in _STEP.findall(path))


def _within(place: str, path: str) -> bool:
    return path in ("", place) or place.startswith((f"{path}.", f"{path}["))


def _secret_places(
    value: Json, secrets: frozenset[str], at: tuple[Step, ...]
) -> Iterator[tuple[Step, ...]]:
    if isinstance(value, dict):
        for name, member in value.items():
            if is_secret(name, secrets):
                yield (*at, name)
            else:
                yield from _secret_places(member, secrets, (*at, name))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _secret_places(item, secrets, (*at, index))


def _secret_names(schema: Json, root: Json) -> Iterator[str]:
    if isinstance(schema, list):
        for part in schema:
            yield from _secret_names(part, root)
    if not isinstance(schema, dict):
        return
    properties = schema.get("properties")
    if isinstance(properties, dict):
        for name, declared in properties.items():
            if _marked(declared, root, set()):
                yield name
    for part in schema.values():
        yield from _secret_names(part, root)


def _marked(schema: Json, root: Json, seen: set[int]) -> bool:
    if not isinstance(schema, dict) or id(schema) in seen:
        return False
    if schema.get("writeOnly") is True or schema.get("format") == "password":
        return True
    seen.add(id(schema))
    return any(_marked(part, root, seen) for part in _describing(schema, root))


def _describing(schema: dict[str, Json], root: Json) -> Iterator[Json]:
    """The other schemas that describe the same value as `schema`, or members of it without a name."""
    yield _referred(schema.get("$ref"), root)
    for key in _ALTERNATIVES:
        alternatives = schema.get(key)
        if isinstance(alternatives, list):
            yield from alternatives
    for key in _MEMBERS:
        yield schema.get(key)


def _referred(reference: Json, root: Json) -> Json:
    if not isinstance(reference, str) or not reference.startswith("#/"):
        return None
    at = root
    for step in unquote(reference.removeprefix("#/")).split("/"):
        key = step.replace("~1", "/").replace("~0", "~")
        at = at.get(key) if isinstance(at, dict) else None
    return at


def _redacted(value: object, secrets: frozenset[str], room: int) -> object:
    if isinstance(value, BaseModel):
        value = value.model_dump(by_alias=True, exclude_unset=True, warnings=False)
    if isinstance(value, Mapping | list | tuple) and room == 0:
        return "…"
    if isinstance(value, Mapping):
        members = cast("Mapping[object, object]", value)
        return {
            key: REDACTED
            if isinstance(key, str) and is_secret(key, secrets)
            else _redacted(member, secrets, room - 1)
            for key, member in members.items()
        }
    if isinstance(value, list | tuple):
        return [_redacted(item, secrets, room - 1) for item in cast("list[object]", value)]
    return value
