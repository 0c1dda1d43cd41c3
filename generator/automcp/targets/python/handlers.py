"""What the server asks of its handlers: a method for each operation, resource, prompt and completion."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...ir.bindings import PythonCall
from ...ir.model import Group, Operation, Service
from ...ir.offers import Prompt, Resource
from .arguments import arguments_of
from .content import handed_over, read_by
from .functions_of_sdks import prompt_of_an_sdk, resource_of_an_sdk, tool_of_an_sdk
from .groups import GroupNames, completed, group_names, is_seeded
from .handler import Handler
from .models import Types
from .operations import fields_of, told_of, whole_of
from .telling import failing, said_of, told
from .text import docstring, quoted
from .texts import TextParameter, arguments_of_prompt, variables_of


@dataclass(frozen=True, slots=True)
class HandlerGroup:
    """One group: its names, and the methods that the server calls.

    Attributes:
        seeded: Whether there is a file of yours for it.
    """

    names: GroupNames
    handlers: tuple[Handler, ...]
    seeded: bool

    @property
    def bound(self) -> tuple[Handler, ...]:
        """Those whose bodies the spec says."""
        return tuple(handler for handler in self.handlers if handler.bound)

    @property
    def written(self) -> tuple[Handler, ...]:
        """Those that you write."""
        return tuple(handler for handler in self.handlers if not handler.bound)

    @property
    def offers(self) -> str:
        """The class of what the server registers for it."""
        kinds = {handler.offer for handler in self.handlers}
        return kinds.pop() if len(kinds) == 1 else "Offer"


def handler_groups(service: Service, types: Types) -> tuple[HandlerGroup, ...]:
    """All groups, in spec order. What the spec itself says word for word needs no handler."""
    return tuple(
        HandlerGroup(names, tuple(_handlers(group, names, types)), is_seeded(service, group))
        for group, names in zip(service.groups, group_names(service, types), strict=True)
    )


def _handlers(group: Group, names: GroupNames, types: Types) -> Iterator[Handler]:
    for operation in group.operations:
        yield _operation(operation, group, names, types)
    for resource in group.resources:
        if resource.literal is None:
            yield _resource(resource, group, names, types)
    for prompt in group.prompts:
        if not prompt.messages:
            yield _prompt(prompt, group, names, types)
    for one in completed(group):
        if one.handled:
            yield _completion(one.of, one.key, group, names)


def _operation(operation: Operation, group: Group, names: GroupNames, types: Types) -> Handler:
    if operation.tool_of:
        return tool_of_an_sdk(operation, group, names, types)
    record = types.arguments[operation.tool]
    whole = whole_of(operation, types)
    arguments = arguments_of(fields_of(operation, types))
    given = (("arguments", whole),) if whole else ()
    kind = whole or (record.name if record else None)
    text, doc = told_of(operation, types)
    return Handler(
        name=names.members[operation.name.text],
        parameters=(*given, *((one.name, one.annotation) for one in arguments)),
        passed=(*(name for name, _ in given), *(one.taken for one in arguments)),
        received=f"arguments: {kind}" if kind else "_arguments: object",
        returns=handed_over(operation, types.returns[operation.tool]),
        offer="Operation",
        answers=(quoted(operation.tool), record.name if record else "None"),
        label=quoted(f"{group.name.text}.{operation.name.text}"),
        text=text,
        doc=doc,
        failing=failing(operation.errors, operation.timeout, types),
        record=record.name if record else None,
        errors=tuple(types.errors[error.key] for error in operation.errors),
        bound=operation.run is not None,
    )


def _resource(resource: Resource, group: Group, names: GroupNames, types: Types) -> Handler:
    if isinstance(resource.run, PythonCall):
        return resource_of_an_sdk(resource, resource.run, group, names, types)
    text = said_of(resource.card, f"Read {resource.key}.")
    variables = variables_of(resource)
    described = [(one.name, one.description) for one in variables]
    return Handler(
        name=names.members[resource.name.text],
        parameters=_typed(variables),
        passed=tuple(one.taken for one in variables),
        received="variables: Variables" if variables else "_variables: object",
        returns=read_by(resource, types.reads.get(resource.key)),
        offer="Resource",
        answers=(quoted(resource.uri),),
        label=quoted(f"{group.name.text}.{resource.name.text}"),
        text=text,
        doc=docstring(told(text, described, resource.errors, types), 8),
        failing=failing(resource.errors, resource.timeout, types),
        errors=tuple(types.errors[error.key] for error in resource.errors),
        bound=resource.run is not None,
    )


def _prompt(prompt: Prompt, group: Group, names: GroupNames, types: Types) -> Handler:
    if isinstance(prompt.run, PythonCall):
        return prompt_of_an_sdk(prompt, group, names, types)
    text = said_of(prompt.card, f"Fill in {prompt.key}.")
    arguments = arguments_of_prompt(prompt)
    described = [(one.name, one.description) for one in arguments]
    return Handler(
        name=names.members[prompt.name.text],
        parameters=_typed(arguments),
        passed=tuple(one.taken for one in arguments),
        received="arguments: Variables" if arguments else "_arguments: object",
        returns="Messages",
        offer="Prompt",
        answers=(quoted(prompt.key),),
        label=quoted(f"{group.name.text}.{prompt.name.text}"),
        text=text,
        doc=docstring(told(text, described, prompt.errors, types), 8),
        failing=failing(prompt.errors, prompt.timeout, types),
        errors=tuple(types.errors[error.key] for error in prompt.errors),
        bound=prompt.run is not None,
    )


def _completion(owner: Resource | Prompt, key: str, group: Group, names: GroupNames) -> Handler:
    kind, of = ("prompt", owner.key) if isinstance(owner, Prompt) else ("resource", owner.uri)
    text = f"What `{key}` of {owner.name.text} may be, after what was typed of it and the other values."
    return Handler(
        name=names.completions[owner.name.text, key],
        parameters=(("value", "str"), ("others", "Variables")),
        passed=("value", "others"),
        received="value: str, others: Variables",
        returns="Completions | Sequence[str]",
        offer="Completion",
        answers=(quoted(kind), quoted(of), quoted(key)),
        label=quoted(f"{group.name.text}.{owner.name.text}.{key}"),
        text=text,
        doc=docstring(text, 8),
        bound=owner.run is not None,
    )


def _typed(parameters: tuple[TextParameter, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((one.name, one.annotation) for one in parameters)
