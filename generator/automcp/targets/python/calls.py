"""What a client's methods look like: one for each operation, resource, prompt and completion."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...ir.model import Group, Operation, Service
from ...ir.offers import Prompt, Resource
from .annotations import names_in
from .arguments import Argument
from .content import held_by
from .encoded import Encoded
from .groups import Completed, GroupNames, completed, group_names
from .models import Types
from .operations import told_of, whole_of
from .telling import failing, said_of, told, tuple_of
from .text import docstring, hanging, quoted
from .texts import TextParameter, arguments_of_prompt, signature, variables_of

_USED = ("UNSET", "Unset", "given", "to_base64", "from_base64")
"""What of the runtime the parameters and bodies of methods may mention."""


@dataclass(frozen=True, slots=True)
class Call:
    """One method.

    Attributes:
        parameters: Those of the method, with types and defaults.
        body: The expression of what the method returns.
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
        return tuple_of(call.constant for call in self.calls if "Operation" in call.mentions)


def call_groups(service: Service, types: Types) -> tuple[CallGroup, ...]:
    """All groups, in spec order."""
    encoded = Encoded(service)
    return tuple(
        CallGroup(names, tuple(_calls(group, names, types, encoded)))
        for group, names in zip(service.groups, group_names(service, types), strict=True)
    )


def _calls(group: Group, names: GroupNames, types: Types, encoded: Encoded) -> Iterator[Call]:
    for operation in group.operations:
        yield _operation(operation, names, types, encoded)
    for resource in group.resources:
        yield _resource(resource, names, types)
    for prompt in group.prompts:
        yield _prompt(prompt, names, types)
    for one in completed(group):
        yield _completion(one, names)


def _operation(operation: Operation, names: GroupNames, types: Types, encoded: Encoded) -> Call:
    whole = whole_of(operation, types)
    members = encoded.arguments(operation, types)
    arguments = sorted(members, key=lambda one: one.optional)
    given = [f"arguments: {whole}"] if whole else []
    parameters = ", ".join(["self", *given, *(one.sent_as for one in arguments)])
    constant = names.constants[operation.name.text]
    sent = "arguments" if whole else _sent(members)
    value = types.returns[operation.tool]
    ask, returns = _asking(operation, value)
    body = f"await self.{ask}({', '.join([constant, *([sent] if sent else [])])})"
    if (unpacked := encoded.returns(operation, value)) is not None:
        body, returns = f"from_base64({body})", unpacked
    errors = tuple(types.errors[error.key] for error in operation.errors)
    mentioned = [whole or "None", returns, value, *(one.annotation for one in arguments)]
    return Call(
        name=names.members[operation.name.text],
        parameters=parameters,
        returns=returns,
        doc=told_of(operation, types)[1],
        body=body,
        constant=constant,
        described=_described(operation, value, types),
        mentions=frozenset[str]().union(
            {"Operation"},
            *map(names_in, mentioned),
            (name for name in _USED if name in f"{parameters} {body}"),
        ),
        errors=errors,
    )


def _resource(resource: Resource, names: GroupNames, types: Types) -> Call:
    variables = variables_of(resource)
    described = [(one.name, one.description) for one in variables]
    text = said_of(resource.card, f"Read {resource.key}.")
    value = types.reads.get(resource.key)
    returns = held_by(resource, value)
    constant = names.constants[resource.name.text]
    said = [quoted(resource.name.text), f"uri={quoted(resource.uri)}"]
    said += [f"returns={value}"] if value is not None else []
    said += failing(resource.errors, resource.timeout, types)
    read = "read_json" if value is not None else "read_bytes" if returns == "bytes" else "read_text"
    return Call(
        name=names.members[resource.name.text],
        parameters=", ".join(["self", *signature(variables)]),
        returns=returns,
        doc=docstring(told(text, described, resource.errors, types), 8),
        body=f"await self.{read}({', '.join([constant, *_texts(variables)])})",
        constant=constant,
        described=f"ResourceOffer[{returns}]({', '.join(said)})",
        mentions=frozenset({"ResourceOffer", *names_in(returns), *_listed(variables)}),
        errors=tuple(types.errors[error.key] for error in resource.errors),
    )


def _prompt(prompt: Prompt, names: GroupNames, types: Types) -> Call:
    arguments = arguments_of_prompt(prompt)
    described = [(one.name, one.description) for one in arguments]
    text = said_of(prompt.card, f"Fill in {prompt.key}.")
    constant = names.constants[prompt.name.text]
    said = [quoted(prompt.name.text), f"prompt={quoted(prompt.key)}"]
    said += failing(prompt.errors, prompt.timeout, types)
    return Call(
        name=names.members[prompt.name.text],
        parameters=", ".join(["self", *signature(arguments)]),
        returns="Prompt",
        doc=docstring(told(text, described, prompt.errors, types), 8),
        body=f"await self.fill_prompt({', '.join([constant, *_texts(arguments)])})",
        constant=constant,
        described=f"PromptOffer({', '.join(said)})",
        mentions=frozenset({"Prompt", "PromptOffer"}),
        errors=tuple(types.errors[error.key] for error in prompt.errors),
    )


def _completion(one: Completed, names: GroupNames) -> Call:
    text = f"What `{one.key}` of {one.of.name.text} may go on to.\n\nArgs:\n"
    text += hanging("value", "What is typed of it so far.") + "\n"
    text += hanging("others", "The other values that are known already.")
    constant = names.constants[one.of.name.text]
    return Call(
        name=names.completions[one.of.name.text, one.key],
        parameters="self, value: str, others: Mapping[str, str] | None = None",
        returns="Completion",
        doc=docstring(text, 8),
        body=f"await self.complete_value({constant}, {quoted(one.key)}, value, others)",
        constant="",
        described="",
        mentions=frozenset({"Completion"}),
        errors=(),
    )


def _texts(parameters: Sequence[TextParameter]) -> list[str]:
    """The values of the parameters, by their names on the wire; nothing if there are none."""
    members = ", ".join(f"{one.key}: {one.name}" for one in parameters)
    return [f"{{{members}}}"] if members else []


def _listed(parameters: Sequence[TextParameter]) -> set[str]:
    return {name for one in parameters for name in names_in(one.annotation)}


def _asking(operation: Operation, value: str) -> tuple[str, str]:
    """The method of groups that makes the call, and the annotation of what it gives."""
    if not operation.content:
        return "call", value
    return (
        ("call_for_blocks", "tuple[Block, ...]")
        if operation.output is None
        else ("call_for_result", f"Result[{value}]")
    )


def _sent(arguments: Sequence[Argument]) -> str:
    """The arguments as the client sends them; empty if there are none."""
    members = [f"{one.key}: {one.sent}" for one in arguments]
    return f"{{{', '.join(members)}}}" if members else ""


def _described(operation: Operation, returns: str, types: Types) -> str:
    """What makes the client's description of an operation."""
    said = [quoted(operation.name.text), f"tool={quoted(operation.tool)}"]
    if returns != "None":
        said.append(f"returns={returns}")
    said.append(f"repeatable={operation.repeatable}")
    said += failing(operation.errors, operation.timeout, types)
    return f"Operation[{returns}]({', '.join(said)})"
