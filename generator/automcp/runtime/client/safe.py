"""What errors, hooks and logs may show: no secrets, no control characters, no megabytes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import cast

from pydantic import BaseModel

from ..shared.model import Json
from ..shared.path import shorten
from ..shared.violation import Violation

REDACTED = "<redacted>"

_LONGEST_MESSAGE = 2_000
_DEEPEST = 20
_SECRET = re.compile(
    r"(password|passwd|passphrase|secret|token|apikey|privatekey|authorization|credentials?|cookie)$"
)
_STEP = re.compile(r"[^.\[\]\"]+")


def is_secret(name: str, secrets: frozenset[str] = frozenset()) -> bool:
    """Whether a value of this name is never shown: declared secret, or named like one."""
    return (
        name in secrets
        or _SECRET.search(name.replace("_", "").replace("-", "").lower()) is not None
    )


def secret_names(schema: Json) -> frozenset[str]:
    """The properties that a schema marks as secret: `writeOnly: true` or `format: password`, at any depth."""
    return frozenset(_secret_names(schema))


def redacted(value: object, secrets: frozenset[str] = frozenset()) -> object:
    """A copy of JSON or of models with the value of each secret name replaced; other objects as they are."""
    return _redacted(value, secrets, _DEEPEST)


def redacted_violations(
    violations: Iterable[Violation], secrets: frozenset[str]
) -> tuple[Violation, ...]:
    """The violations, without the excerpts of values in those that concern a secret."""
    return tuple(
        Violation(at.path, "does not fit its schema") if _at_secret(at.path, secrets) else at
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


def _secret_names(schema: Json) -> Iterable[str]:
    if isinstance(schema, list):
        for part in schema:
            yield from _secret_names(part)
    if not isinstance(schema, dict):
        return
    properties = schema.get("properties")
    if isinstance(properties, dict):
        for name, declared in properties.items():
            if isinstance(declared, dict) and _marked(declared):
                yield name
    for part in schema.values():
        yield from _secret_names(part)


def _marked(schema: dict[str, Json]) -> bool:
    return schema.get("writeOnly") is True or schema.get("format") == "password"


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
