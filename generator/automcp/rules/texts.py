"""Rules about the texts by which a model chooses what to call."""

from __future__ import annotations

from collections.abc import Iterator

from ..spec.keywords import member, text_of
from ..text.report import Diagnostic, Label, Level, quoted
from .rule import Spec, groups, operations

LONGEST_DESCRIPTION = 1024
"""Some model APIs cut or refuse descriptions beyond this many characters."""


def operations_say_what_they_do(spec: Spec) -> Iterator[Diagnostic]:
    for group, operation in operations(spec.document):
        if operation.description is None or not operation.description.value.strip():
            yield Diagnostic(
                "AM301",
                f"operation `{group.name.value}.{operation.name.value}` has no description",
                Label(operation.name.span),
                help="models choose tools by their descriptions",
                level=Level.WARNING,
            )


def groups_say_what_they_are(spec: Spec) -> Iterator[Diagnostic]:
    for group in groups(spec.document):
        if group.description is None or not group.description.value.strip():
            yield Diagnostic(
                "AM302",
                f"group {quoted(group.name.value)} has no description",
                Label(group.name.span),
                help="it becomes the text of the class of handlers and of the client's attribute",
                level=Level.WARNING,
            )


def parameters_say_what_they_mean(spec: Spec) -> Iterator[Diagnostic]:
    """One note per operation: a reference may well lead to a schema that says it."""
    for _, operation in operations(spec.document):
        silent = [
            param
            for param in operation.params or ()
            if not text_of(member(param.schema, "description")) and not member(param.schema, "$ref")
        ]
        if silent:
            names = ", ".join(f"{quoted(param.name.value)}" for param in silent)
            yield Diagnostic(
                "AM303",
                f"no description: {names}",
                Label(silent[0].name.span),
                help="a model guesses what to pass from the name alone",
                level=Level.NOTE,
            )


def descriptions_are_short(spec: Spec) -> Iterator[Diagnostic]:
    for _, operation in operations(spec.document):
        description = operation.description
        if description is not None and len(description.value) > LONGEST_DESCRIPTION:
            yield Diagnostic(
                "AM304",
                f"a description of {len(description.value)} characters",
                Label(operation.name.span),
                help=f"some model APIs refuse more than {LONGEST_DESCRIPTION}",
                level=Level.NOTE,
            )
