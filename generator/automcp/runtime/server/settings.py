"""Reads a server's settings from its environment, and says all that is wrong with them at once."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

from pydantic import SecretStr

from ..shared.model import Json
from ..shared.schema import Schema


class Missing(Enum):
    """The type of `MISSING`: no default, where `None` would be one."""

    MISSING = "MISSING"


MISSING: Final = Missing.MISSING


@dataclass(frozen=True, slots=True)
class SettingField:
    """One setting.

    Attributes:
        name: What the `Settings` class calls it.
        env: The environment variable that holds it.
        schema: Its JSON Schema, standing alone. A string is taken as it is, anything else is JSON.
        secret: Whether its value must never be shown; a string becomes a `SecretStr`.
        optional: Whether it may be missing, and is `None` then.
        default: What it is if the variable is not set.
    """

    name: str
    env: str
    schema: dict[str, Json]
    description: str = ""
    secret: bool = False
    optional: bool = False
    default: Json | Missing = MISSING


class SettingsError(Exception):
    """The environment does not hold the settings that the server needs.

    Attributes:
        problems: A sentence for each wrong variable; never with the value of a secret.
    """

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(("The settings are incomplete or wrong:", *problems)))
        self.problems = problems


def read_environment(fields: Iterable[SettingField], environ: Mapping[str, str]) -> dict[str, Any]:
    """The value of each field by its name. An empty variable counts as not set, unless `""` fits.

    Raises:
        SettingsError: Variables are missing, no JSON, or do not fit their schemas.
    """
    values: dict[str, Any] = {}
    problems: list[str] = []
    for field in fields:
        try:
            values[field.name] = _guarded(field, _read(field, environ.get(field.env)))
        except _Wrong as wrong:
            about = f" ({field.description})" if field.description else ""
            problems.append(f"- {field.env}{about}: {wrong}")
    if problems:
        raise SettingsError(tuple(problems))
    return values


class _Wrong(Exception):
    """What is wrong with one variable."""


def _read(field: SettingField, text: str | None) -> Json:
    schema = Schema(field.schema)
    if text is None or (text == "" and schema.violations("")):
        return _fallback(field)
    value = text if _takes(schema, text) else _parsed(text)
    violations = schema.violations(value)
    if violations and field.secret:
        # The sentences quote the value.
        raise _Wrong("does not fit its schema; the value is secret and not shown")
    if violations:
        raise _Wrong("; ".join(map(str, violations)))
    return value


def _takes(schema: Schema, text: str) -> bool:
    return schema.document.get("type") == "string" or not schema.violations(text)


def _fallback(field: SettingField) -> Json:
    if not isinstance(field.default, Missing):
        return field.default
    if field.optional:
        return None
    raise _Wrong("is not set")


def _parsed(text: str) -> Json:
    try:
        value: Json = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError):
        # Not JSON: the schema says best what it should have been.
        return text
    return value


def _refuse(constant: str) -> Json:
    raise ValueError(f"{constant} is no JSON")


def _guarded(field: SettingField, value: Json) -> object:
    return SecretStr(value) if field.secret and isinstance(value, str) else value
