"""Docstrings of methods: what one does, what it takes, what it raises."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ...ir.offers import Card
from ...ir.values import ErrorType
from .models import Types
from .text import hanging


def said_of(card: Card, otherwise: str) -> str:
    """What the spec says of something, or `otherwise`."""
    return card.description or card.title or otherwise


def told(
    text: str,
    arguments: Iterable[tuple[str, str | None]],
    errors: Iterable[ErrorType],
    types: Types,
) -> str:
    """The whole docstring of a method.

    Args:
        arguments: Name and description of each parameter.
    """
    parts = [text.strip()]
    described = [hanging(name, said) for name, said in arguments if said]
    if described:
        parts.append("\n".join(["Args:", *described]))
    raised = [hanging(types.errors[error.key], error.description) for error in errors]
    if raised:
        parts.append("\n".join(["Raises:", *raised]))
    return "\n\n".join(parts)


def failing(errors: Sequence[ErrorType], timeout: float | None, types: Types) -> tuple[str, ...]:
    """The keywords that say which errors something declares, and how long it may take."""
    found: list[str] = []
    if errors:
        found.append(f"errors={tuple_of(types.errors[error.key] for error in errors)}")
    if timeout is not None:
        found.append(f"timeout={int(timeout) if timeout == int(timeout) else timeout!r}")
    return tuple(found)


def tuple_of(items: Iterable[str]) -> str:
    """A tuple display; a comma only where a single item needs it."""
    listed = list(items)
    return f"({', '.join(listed)}{',' if len(listed) == 1 else ''})"
