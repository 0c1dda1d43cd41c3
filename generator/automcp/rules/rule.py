"""What a rule is, and what all rules look at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from ..spec.document import Document, GroupDecl, Node, OperationDecl, SettingDecl
from ..text.report import Diagnostic, quoted

Run: TypeAlias = Callable[[Document], Iterable[Diagnostic]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that lint looks for.

    Attributes:
        code: Its diagnostic code.
        purpose: What it asks for, in one sentence.
        run: Finds where a spec does otherwise; gives warnings and notes, never errors.
    """

    code: str
    purpose: str
    run: Run


@dataclass(frozen=True, slots=True)
class Place:
    """A schema of a spec, and the declaration that it belongs to."""

    owner: str
    schema: Node


def groups(document: Document) -> Iterator[GroupDecl]:
    """The groups of a spec and of what it includes."""
    for part in (document.declared, *document.included):
        yield from part.groups


def operations(document: Document) -> Iterator[tuple[GroupDecl, OperationDecl]]:
    """Every operation, with its group."""
    for group in groups(document):
        for operation in group.operations:
            yield group, operation


def settings(document: Document) -> Iterator[SettingDecl]:
    """The settings of a spec and of what it includes."""
    for part in (document.declared, *document.included):
        yield from part.settings


def schemas(document: Document) -> Iterator[Place]:
    """Every schema that stands by itself in a spec: named, of an operation, of an error."""
    for part in (document.declared, *document.included):
        for named in part.schemas:
            yield Place(f"schema {quoted(named.name.value)}", named.schema)
        for error in part.errors:
            if error.data is not None:
                yield Place(f"error {quoted(error.name.value)}", error.data)
    for group, operation in operations(document):
        owner = f"`{group.name.value}.{operation.name.value}`"
        for schema in (operation.input, *(param.schema for param in operation.params or ())):
            if schema is not None:
                yield Place(owner, schema)
        if operation.returns is not None:
            yield Place(owner, operation.returns)
