"""What a rule is, and what all rules look at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from ..spec.document import Document, GroupDecl, Node, OperationDecl, SettingDecl
from ..spec.keywords import walk
from ..text.report import Diagnostic, quoted


@dataclass(frozen=True, slots=True)
class Spec:
    """What rules look at.

    Attributes:
        schemas: Every schema in it, inner ones too, each with the declaration that it belongs to; walked
            once for all rules.
    """

    document: Document
    schemas: tuple[tuple[str, Node], ...]

    @classmethod
    def of(cls, document: Document) -> Spec:
        """A document, ready to be looked at."""
        return cls(
            document,
            tuple((owner, schema) for owner, root in _roots(document) for _, schema in walk(root)),
        )


Run: TypeAlias = Callable[[Spec], Iterable[Diagnostic]]


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


def _roots(document: Document) -> Iterator[tuple[str, Node]]:
    """Every schema that stands by itself in a spec, with its owner: named, of an operation, of an error."""
    for part in (document.declared, *document.included):
        for named in part.schemas:
            yield f"schema {quoted(named.name.value)}", named.schema
        for error in part.errors:
            if error.data is not None:
                yield f"error {quoted(error.name.value)}", error.data
    for group, operation in operations(document):
        owner = f"`{group.name.value}.{operation.name.value}`"
        for schema in (operation.input, *(param.schema for param in operation.params or ())):
            if schema is not None:
                yield owner, schema
        if operation.returns is not None:
            yield owner, operation.returns
