"""What each parameter of an operation looks like: to the handler that takes it, to the client that sends it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from .annotations import names_in
from .models import TypedField
from .naming import parameter_names
from .text import quoted

_RESERVED_PARAMETERS = (
    *("self", "cls", "context", "arguments", "handlers", "_arguments"),
    *("given", "to_base64", "from_base64"),
)


@dataclass(frozen=True, slots=True)
class Argument:
    """One parameter, on both sides.

    Attributes:
        annotation: Its type for the handler.
        taken: The expression that reads it from the model of all arguments.
        sent_as: The parameter of the client's method, with type and default.
        sent: The expression that the client sends.
    """

    name: str
    key: str
    annotation: str
    taken: str
    sent_as: str
    sent: str
    optional: bool
    mentions: frozenset[str]


def argument_names(keys: Iterable[str]) -> Mapping[str, str]:
    """What the parameters of an operation are called in Python, by their keys."""
    return parameter_names(keys, _RESERVED_PARAMETERS)


# The signature, the docstring and the call of a method ask for the same ones.
@lru_cache(maxsize=1 << 12)
def arguments_of(fields: tuple[TypedField, ...]) -> tuple[Argument, ...]:
    """The parameters of an operation, from the fields of its model, in spec order."""
    return tuple(_arguments(fields))


def _arguments(fields: tuple[TypedField, ...]) -> Iterator[Argument]:
    names = argument_names(field.key for field in fields)
    for field in fields:
        name = names[field.key]
        sent_as, sent = _sending(field, name)
        annotation, taken = _taking(field)
        sent_as, annotation = _said(sent_as), _said(annotation)
        yield Argument(
            name=name,
            key=quoted(field.key),
            annotation=annotation,
            taken=taken,
            sent_as=f"{name}: {sent_as}",
            sent=sent,
            optional=not field.required,
            mentions=names_in(annotation),
        )


def _said(annotation: str) -> str:
    """An annotation as signatures write it: there, `float` takes integers too (PEP 484)."""
    return annotation.removeprefix("int | ") if annotation.startswith("int | float") else annotation


def _taking(field: TypedField) -> tuple[str, str]:
    """The handler's annotation, and how the value comes out of the model."""
    value = f"arguments.{field.name}"
    if field.required or field.default is not None:
        return field.annotation, value
    if not field.nullable:
        return f"{field.annotation} | None", value
    sent = f"{value} if arguments.sent({quoted(field.name)}) else UNSET"
    return _or_unset(field.annotation), sent


def _sending(field: TypedField, name: str) -> tuple[str, str]:
    """The client's annotation with default, and how the value is sent."""
    if field.required:
        return field.annotation, name
    if field.default is not None and not any(char in field.default for char in "[{("):
        return f"{field.annotation} = {field.default}", name
    if field.default is not None and field.default.startswith(('"', "'")):
        return f"{field.annotation} = {field.default}", name
    if field.nullable:
        return f"{_or_unset(field.annotation)} = UNSET", name
    return f"{field.annotation} | None = None", f"given({name})"


def _or_unset(annotation: str) -> str:
    if annotation == "Any":
        return annotation
    bare = annotation.removesuffix(" | None")
    return f"{bare} | Unset | None" if bare != annotation else f"{annotation} | Unset"
