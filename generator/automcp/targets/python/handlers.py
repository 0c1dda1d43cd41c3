"""What the server asks of its handlers: a method for each operation, resource, prompt and completion."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from ...ir.model import Group, Operation, Service
from ...ir.offers import Prompt, Resource
from .annotations import names_in
from .arguments import arguments_of
from .content import handed_over, read_by
from .groups import GroupNames, completed, group_names, is_seeded
from .models import Types
from .naming import free_name
from .operations import fields_of, told_of, whole_of
from .telling import failing, said_of, told
from .text import WIDTH, docstring, quoted, summary
from .texts import TextParameter, arguments_of_prompt, variables_of

_TOLD_OF_MISFITS = ("Operation", "Resource")
"""The offers whose answers are checked by a schema of the spec, which a backend may not know of."""


@dataclass(frozen=True)
class Handler:
    """One method, and what the server calls it with.

    Attributes:
        parameters: Names and types of the method's parameters, without `self` and `context`.
        passed: How the server makes each of them of what it received.
        received: The parameters of the function that calls the method, without `context`.
        offer: The class of what the server registers.
        answers: What the offer answers, as its first arguments.
        label: What messages call it, as a literal.
        failing: The offer's keywords about errors and time.
        record: The model that an operation's arguments become.
        errors: The classes that the method may raise.
        bound: Whether the spec says what it does (`run:`), so that nobody has to write it.
        unchecked: Whether it takes arguments as callers sent them.
    """

    name: str
    parameters: tuple[tuple[str, str], ...]
    passed: tuple[str, ...]
    received: str
    returns: str
    offer: str
    answers: tuple[str, ...]
    label: str
    text: str
    doc: str
    failing: tuple[str, ...] = ()
    record: str | None = None
    errors: tuple[str, ...] = ()
    bound: bool = False
    unchecked: bool = False

    @property
    def heading(self) -> str:
        """The parameters of the method."""
        return ", ".join(self._heading())

    @property
    def stub(self) -> str:
        """The head of a seeded handler, laid out as a formatter would."""
        head = f"async def {self.name}({self.heading}) -> {self.returns}:"
        if len(head) + 4 <= WIDTH:
            return head
        lines = "".join(f"        {one},\n" for one in self._heading())
        return f"async def {self.name}(\n{lines}    ) -> {self.returns}:"

    @property
    def summary(self) -> str:
        """The docstring of a seeded handler."""
        return docstring(summary(self.text), 8)

    @property
    def function(self) -> str:
        """What the function that calls the method is called, inside the one that registers the group."""
        return free_name(
            self.name, {"handlers", "arguments", "context", "others", "value", "variables"}
        )

    @property
    def call(self) -> str:
        """What the method is called with."""
        given = (
            f"{name}={taken}" for (name, _), taken in zip(self.parameters, self.passed, strict=True)
        )
        return ", ".join([*given, "context=context"])

    @property
    def registered(self) -> str:
        """What makes the offer."""
        named = [f"handler=handlers.{self.name}", f"name={self.label}"]
        bound = ["bound=True"] if self.bound and self.offer in _TOLD_OF_MISFITS else []
        unchecked = ["unchecked=True"] if self.unchecked else []
        return ", ".join([*self.answers, self.function, *named, *self.failing, *bound, *unchecked])

    @cached_property
    def signature_names(self) -> frozenset[str]:
        """Every name in the types of the method."""
        types = [self.returns, *(annotation for _, annotation in self.parameters)]
        return frozenset[str]().union(*map(names_in, types))

    def _heading(self) -> list[str]:
        own = [f"{name}: {annotation}" for name, annotation in self.parameters]
        return ["self", *own, "context: Context"]


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
        return _tool_of_an_sdk(operation, group, names, types)
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


def _tool_of_an_sdk(operation: Operation, group: Group, names: GroupNames, types: Types) -> Handler:
    """The method of a function that is called as an SDK called it: what it takes and gives is that SDK's affair."""
    text, _ = told_of(operation, types)
    return Handler(
        name=names.members[operation.name.text],
        parameters=(("arguments", "dict[str, Any]"),),
        passed=("arguments",),
        received="arguments: dict[str, Any]",
        returns="Verbatim",
        offer="Operation",
        answers=(quoted(operation.tool), "None"),
        label=quoted(f"{group.name.text}.{operation.name.text}"),
        text=text,
        doc=docstring(text, 8),
        failing=failing((), operation.timeout, types),
        bound=True,
        unchecked=True,
    )


def _resource(resource: Resource, group: Group, names: GroupNames, types: Types) -> Handler:
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
