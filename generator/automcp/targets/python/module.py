"""Lays a service's types out as the module `models.py`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ...ir.model import Service
from ..template import render
from .annotations import names_in
from .imports import import_lines
from .models import TypedAlias, TypedField, TypedRecord, Types
from .text import docstring, prose, quoted


def models_module(service: Service, types: Types) -> str:
    """The text of `models.py`."""
    definitions = tuple(_ordered(types.definitions))
    views = [
        _record(one, types) if isinstance(one, TypedRecord) else _alias(one, types)
        for one in definitions
    ]
    said = f"What the operations of {title_of(service)} take and give."
    module = _Module(
        header(service, said), import_lines(_imports(definitions, types)), tuple(views)
    )
    return render("shared/models.py.jinja", module)


def title_of(service: Service) -> str:
    """What prose calls the service; nothing in it can end a string."""
    said = prose(service.title or service.key).replace("\\", "").replace('"', "'")
    return " ".join(said.split())


def header(service: Service, text: str) -> str:
    """The docstring of a generated module."""
    return docstring(
        f"{text}\n\nCompiled by AutoMCP from {prose(service.source)}: edit the spec, not this file.",
        0,
    )


@dataclass(frozen=True, slots=True)
class _Line:
    """One declaration, and the docstring under it."""

    text: str
    doc: str | None


@dataclass(frozen=True, slots=True)
class _Class:
    name: str
    doc: str | None
    fields: tuple[_Line, ...]


@dataclass(frozen=True, slots=True)
class _View:
    """A model class, or the line that defines an alias."""

    record: _Class | None
    alias: _Line | None


@dataclass(frozen=True, slots=True)
class _Module:
    header: str
    imports: str
    definitions: tuple[_View, ...]


def _record(record: TypedRecord, types: Types) -> _View:
    fields = tuple(
        _Line(
            _declaration(field, types),
            docstring(field.description, 4) if field.description else None,
        )
        for field in record.fields
    )
    said = record.description or ("" if fields else "Whatever it holds.")
    doc = docstring(said, 4) if said else None
    return _View(_Class(record.name, doc, fields), None)


def _declaration(field: TypedField, types: Types) -> str:
    annotation, value = _optional(field, types)
    if field.name != field.key:
        annotation = f"Annotated[{annotation}, Field(alias={quoted(field.key)})]"
    return f"{field.name}: {annotation}{f' = {value}' if value is not None else ''}"


def _optional(field: TypedField, types: Types) -> tuple[str, str | None]:
    """The whole annotation and the default of a field."""
    if field.required:
        return field.annotation, None
    if field.default is not None:
        return field.annotation, _default(field, field.default, types)
    if field.nullable:
        return field.annotation, "None"
    return f"{field.annotation} | None", "ABSENT"


def _default(field: TypedField, value: str, types: Types) -> str:
    """The default of a field: as it is, unless it has to be made anew, or later."""
    if value in ("[]", "{}") and not _is_of_others(field.annotation, types):
        return f"Field(default_factory={'list' if value == '[]' else 'dict'})"
    # Nobody may change the class's own list; and a model's class may stand further down.
    if value.startswith(("[", "{")) or "model_validate(" in value:
        return f"Field(default_factory=lambda: {value})"
    return value


def _is_of_others(annotation: str, types: Types) -> bool:
    """Whether a list holds a union, models, or lists: pyright does not always infer that `list` makes one of those."""
    of_models = any(name in types.definitions for name in names_in(annotation))
    return "|" in annotation or annotation.count("[") > 1 or of_models


def _alias(alias: TypedAlias, types: Types) -> _View:
    doc = docstring(alias.description, 0) if alias.description else None
    if alias.name in _reach(alias.name, types.definitions):
        text = f"{alias.name} = TypeAliasType({quoted(alias.name)}, {quoted(alias.annotation)})"
    else:
        text = f"{alias.name}: TypeAlias = {alias.annotation}"
    return _View(None, _Line(text, doc))


def _reach(name: str, definitions: Mapping[str, TypedRecord | TypedAlias]) -> set[str]:
    """Every alias that an alias leads to through aliases only."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        definition = definitions[waiting.pop()]
        if isinstance(definition, TypedAlias):
            named = names_in(definition.annotation) & definitions.keys() - found
            found |= named
            waiting += sorted(named)
    return found


def _ordered(
    definitions: Mapping[str, TypedRecord | TypedAlias],
) -> Iterator[TypedRecord | TypedAlias]:
    """Spec order, but an alias comes after what it mentions: Python evaluates it where it stands."""
    printed: set[str] = set()
    waiting: list[TypedAlias] = []
    for definition in definitions.values():
        if isinstance(definition, TypedAlias):
            waiting.append(definition)
        else:
            printed.add(definition.name)
            yield definition
        yield from _ready(waiting, printed, definitions)


def _ready(
    waiting: list[TypedAlias],
    printed: set[str],
    definitions: Mapping[str, TypedRecord | TypedAlias],
) -> Iterator[TypedAlias]:
    """Take out of `waiting` what nothing unprinted stands in the way of."""
    moved = True
    while moved:
        moved = False
        for alias in tuple(waiting):
            needed = names_in(alias.annotation) & definitions.keys()
            if needed <= printed or alias.name in _reach(alias.name, definitions):
                waiting.remove(alias)
                printed.add(alias.name)
                moved = True
                yield alias


def _imports(
    definitions: tuple[TypedRecord | TypedAlias, ...], types: Types
) -> dict[str, set[str]]:
    typing: set[str] = set()
    model: set[str] = set()
    pydantic: set[str] = set()
    extensions: set[str] = set()
    for definition in definitions:
        if isinstance(definition, TypedAlias):
            typing |= names_in(definition.annotation) & {"Any", "Literal"}
            recursive = definition.name in _reach(definition.name, types.definitions)
            (extensions if recursive else typing).add("TypeAliasType" if recursive else "TypeAlias")
            continue
        model.add("Model")
        for field in definition.fields:
            mentioned = names_in(_declaration(field, types))
            typing |= mentioned & {"Any", "Literal", "Annotated"}
            pydantic |= mentioned & {"Field"}
            model |= mentioned & {"ABSENT"}
    return {
        "typing": typing,
        "pydantic": pydantic,
        "typing_extensions": extensions,
        "._runtime.shared.model": model,
    }
