"""What a client's methods look like: one for each operation, resource, prompt and completion."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...ir.model import Group, Operation, Service
from .annotations import names_in
from .arguments import arguments_of
from .content import received
from .groups import GroupNames, group_names
from .models import Types
from .operations import fields_of, told_of, whole_of
from .telling import failing, tuple_of
from .text import quoted


@dataclass(frozen=True, slots=True)
class Call:
    """One method.

    Attributes:
        parameters: Those of the method, with types and defaults.
        body: The expression that the method awaits.
        constant: The name of the client's description of it; empty if it needs none.
        described: The expression that the constant stands for.
        mentions: Every name in types, body and description that is not built in.
        errors: The classes that it may raise.
    """

    name: str
    parameters: str
    returns: str
    doc: str
    body: str
    constant: str
    described: str
    mentions: frozenset[str]
    errors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CallGroup:
    """One group: its names and its methods."""

    names: GroupNames
    calls: tuple[Call, ...]

    @property
    def operations(self) -> str:
        """The tuple of the descriptions of its operations."""
        return tuple_of(call.constant for call in self.calls if call.constant)


def call_groups(service: Service, types: Types) -> tuple[CallGroup, ...]:
    """All groups, in spec order."""
    return tuple(
        CallGroup(names, tuple(_calls(group, names, types)))
        for group, names in zip(service.groups, group_names(service, types), strict=True)
    )


def _calls(group: Group, names: GroupNames, types: Types) -> Iterator[Call]:
    for operation in group.operations:
        yield _operation(operation, names, types)


def _operation(operation: Operation, names: GroupNames, types: Types) -> Call:
    whole = whole_of(operation, types)
    arguments = sorted(arguments_of(fields_of(operation, types)), key=lambda one: one.optional)
    given = [f"arguments: {whole}"] if whole else []
    parameters = ", ".join(["self", *given, *(one.sent_as for one in arguments)])
    constant = names.constants[operation.name.text]
    sent = "arguments" if whole else _sent(operation, types)
    returns = received(operation, types.returns[operation.tool])
    errors = tuple(types.errors[error.key] for error in operation.errors)
    mentioned = [whole or "None", returns, *(one.annotation for one in arguments)]
    described = _described(operation, returns, types)
    return Call(
        name=names.members[operation.name.text],
        parameters=parameters,
        returns=returns,
        doc=told_of(operation, types)[1],
        body=f"self.call({', '.join([constant, *([sent] if sent else [])])})",
        constant=constant,
        described=described,
        mentions=frozenset[str]().union(
            *map(names_in, mentioned),
            (name for name in ("UNSET", "Unset", "given") if name in f"{parameters} {sent}"),
        ),
        errors=errors,
    )


def _sent(operation: Operation, types: Types) -> str:
    """The arguments as the client sends them; empty if there are none."""
    members = [f"{one.key}: {one.sent}" for one in arguments_of(fields_of(operation, types))]
    return f"{{{', '.join(members)}}}" if members else ""


def _described(operation: Operation, returns: str, types: Types) -> str:
    """What makes the client's description of an operation."""
    said = [quoted(operation.name.text), f"tool={quoted(operation.tool)}"]
    if returns != "None":
        said.append(f"returns={returns}")
    said.append(f"repeatable={operation.repeatable}")
    said += failing(operation.errors, operation.timeout, types)
    return f"Operation[{returns}]({', '.join(said)})"
