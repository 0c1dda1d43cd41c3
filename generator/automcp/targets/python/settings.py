"""What a server's settings look like as a class that reads its environment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ...ir.model import Service, Setting
from ...ir.values import Absent, Json
from .kinds import EVERY_KIND, enumeration, kinds_of
from .naming import free_name
from .text import docstring, literal, prose, quoted

_PLAIN = {
    "string": "str",
    "integer": "int",
    "number": "int | float",
    "boolean": "bool",
    "null": "None",
    "array": "list[Any]",
    "object": "dict[str, Any]",
}

_CLASS_BODY = frozenset(("classmethod", "field", "from_environment", "os"))
"""What the body of the class itself mentions: a field of such a name would stand in its way."""


@dataclass(frozen=True, slots=True)
class SettingField:
    """One setting: the field of the class, and what reads it.

    Attributes:
        declaration: Name, annotation and default.
        read: The arguments that say to the runtime how to read it.
    """

    declaration: str
    doc: str | None
    read: str
    mentions: frozenset[str]


def setting_fields(service: Service) -> Iterator[SettingField]:
    """All settings, in spec order."""
    names = setting_attributes(service)
    for setting in service.settings:
        name = names[setting.key]
        annotation = _annotation(setting)
        default = _default(setting, annotation)
        declaration = f"{name}: {annotation}" + (f" = {default}" if default else "")
        yield SettingField(
            declaration=declaration,
            doc=docstring(setting.description, 4) if setting.description else None,
            read=", ".join(_read(setting, name)),
            mentions=frozenset(
                word
                for word in ("Any", "Literal", "SecretStr", "field")
                if word in annotation or (default or "").startswith(word)
            ),
        )


def setting_attributes(service: Service) -> Mapping[str, str]:
    """The field of the class for each setting, by its key in the spec."""
    taken = set[str](_CLASS_BODY)
    names: dict[str, str] = {}
    for setting in service.settings:
        names[setting.key] = free_name(setting.name.attribute, taken)
        taken.add(names[setting.key])
    return names


def _annotation(setting: Setting) -> str:
    kinds = kinds_of([setting.schema], EVERY_KIND)
    listed = enumeration([setting.schema], kinds)
    if setting.secret and kinds == frozenset({"string"}):
        annotation = "SecretStr"
    elif listed and isinstance(listed.get("enum"), list) and not setting.secret:
        values = listed["enum"]
        assert isinstance(values, list)
        annotation = f"Literal[{', '.join(literal(value) for value in values)}]"
    elif kinds == EVERY_KIND or not kinds or setting.secret:
        return "Any"
    else:
        annotation = " | ".join(_PLAIN[kind] for kind in _PLAIN if kind in kinds)
    absent = setting.optional and isinstance(setting.default, Absent)
    return f"{annotation} | None" if absent and "None" not in annotation else annotation


def _default(setting: Setting, annotation: str) -> str | None:
    if isinstance(setting.default, Absent):
        return "None" if setting.optional else None
    spelled = literal(setting.default)
    if setting.secret and isinstance(setting.default, str):
        return f"SecretStr({spelled})"
    if isinstance(setting.default, list | dict):
        empty = _PLAIN["array" if isinstance(setting.default, list) else "object"]
        factory = f"lambda: {spelled}" if setting.default else empty
        return f"field(default_factory={factory})"
    return spelled


def _read(setting: Setting, name: str) -> Iterator[str]:
    # The description is handed over on its own.
    schema: Json = {key: value for key, value in setting.schema.items() if key != "description"}
    yield quoted(name)
    yield quoted(setting.env)
    yield literal(schema)
    if setting.description:
        yield f"description={quoted(prose(setting.description))}"
    if setting.secret:
        yield "secret=True"
    if setting.optional:
        yield "optional=True"
    if not isinstance(setting.default, Absent):
        yield f"default={literal(setting.default)}"
