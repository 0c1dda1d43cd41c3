"""What each operation looks like as a method: of a handler class, and of a client's group."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ...ir.model import Group, Operation, Service
from .annotations import names_in
from .arguments import Argument, arguments_of
from .models import TypedField, Types
from .naming import TAKEN_CLASSES, client_class, free_name, protocol_class
from .text import WIDTH, docstring, hanging, literal, quoted, summary

# What a client's groups have themselves; handlers use the same names as the client.
_GROUP_MEMBERS = """
    breaker call client config execute execute_with_retry name outcome recovery retry_stats with_options
"""
_CLIENT_MEMBERS = """
    add_group clock config execute_with_boundary groups hooks metrics name operations pool_stats reconnect
    send sleep surface tracker
"""


@dataclass(frozen=True, slots=True)
class Method:
    """One operation.

    Attributes:
        whole: The annotation of the one `arguments` of an operation that takes a raw schema, else `None`.
        record: The model that the arguments become, or `None`.
        function: Its name inside the function that registers the group.
        constant: The name of the client's description of it.
    """

    name: str
    operation: str
    label: str
    function: str
    constant: str
    tool: str
    whole: str | None
    record: str | None
    arguments: tuple[Argument, ...]
    returns: str
    errors: tuple[str, ...]
    repeatable: bool
    timeout: str | None
    doc: str
    summary: str

    @property
    def stub(self) -> str:
        """The head of a seeded handler, laid out as a formatter would."""
        head = f"async def {self.name}({self.parameters}) -> {self.returns}:"
        if len(head) + 4 <= WIDTH:
            return head
        lines = "".join(f"        {one},\n" for one in self._parameters())
        return f"async def {self.name}(\n{lines}    ) -> {self.returns}:"

    @property
    def parameters(self) -> str:
        """The parameters of the handler."""
        return ", ".join(self._parameters())

    def _parameters(self) -> list[str]:
        whole = [f"arguments: {self.whole}"] if self.whole else []
        own = [f"{one.name}: {one.annotation}" for one in self.arguments]
        return ["self", *whole, *own, "context: Context"]

    @property
    def passed(self) -> str:
        """What the handler is called with."""
        whole = ["arguments=arguments"] if self.whole else []
        own = [f"{one.name}={one.taken}" for one in self.arguments]
        return ", ".join([*whole, *own, "context=context"])

    @property
    def received(self) -> str:
        """The first parameter of the function that calls the handler."""
        kind = self.whole or self.record
        return f"arguments: {kind}" if kind else "_arguments: object"

    @property
    def sent_parameters(self) -> str:
        """The parameters of the client's method: those that must be given come first."""
        whole = [f"arguments: {self.whole}"] if self.whole else []
        own = sorted(self.arguments, key=lambda one: one.optional)
        return ", ".join(["self", *whole, *(one.sent_as for one in own)])

    @property
    def sent(self) -> str:
        """What follows the operation in the client's call."""
        if self.whole:
            return ", arguments"
        members = ", ".join(f"{one.key}: {one.sent}" for one in self.arguments)
        return f", {{{members}}}" if members else ""

    @property
    def registered(self) -> str:
        """What makes the server's description of the operation."""
        answers = [self.tool, self.record or "None", self.function]
        named = [f"handler=handlers.{self.name}", f"name={self.label}"]
        return ", ".join([*answers, *named, *self._failing])

    @property
    def described(self) -> str:
        """What makes the client's description of the operation."""
        returns = [f"returns={self.returns}"] if self.returns != "None" else []
        repeatable = f"repeatable={self.repeatable}"
        return ", ".join(
            [self.operation, f"tool={self.tool}", *returns, repeatable, *self._failing]
        )

    @property
    def _failing(self) -> list[str]:
        errors = [f"errors={tuple_of(self.errors)}"] if self.errors else []
        return errors + ([f"timeout={self.timeout}"] if self.timeout else [])

    @property
    def mentions(self) -> set[str]:
        """Every name in the annotations."""
        found = names_in(self.returns) | (names_in(self.whole) if self.whole else set[str]())
        return found.union(*(one.mentions for one in self.arguments))


@dataclass(frozen=True, slots=True)
class MethodGroup:
    """One group.

    Attributes:
        name: The attribute that holds it, and the name of its file of handlers.
        wire: Its name in the spec.
        class_name: The class of the client's group, and of the seeded handlers.
        protocol: The class that the handlers must fit.
    """

    name: str
    wire: str
    class_name: str
    protocol: str
    told: str
    doc: str
    methods: tuple[Method, ...]

    @property
    def constants(self) -> str:
        """The tuple of the client's descriptions of the operations."""
        return tuple_of(method.constant for method in self.methods)


def tuple_of(items: Iterable[str]) -> str:
    """A tuple display; a comma only where a single item needs it."""
    listed = list(items)
    return f"({', '.join(listed)}{',' if len(listed) == 1 else ''})"


def method_groups(service: Service, types: Types) -> tuple[MethodGroup, ...]:
    """All groups with their methods, in spec order."""
    taken: set[str] = set(_CLIENT_MEMBERS.split())
    classes = {*TAKEN_CLASSES, *types.definitions, *types.errors.values(), client_class(service)}
    constants: set[str] = set()
    found: list[MethodGroup] = []
    for group in service.groups:
        name = free_name(group.name.attribute, taken)
        taken.add(name)
        pascal = group.name.pascal
        class_name = free_name(f"{pascal}Group", classes) if pascal in classes else pascal
        classes.add(class_name)
        said = group.description or group.title or f"The operations of {group.name.text}."
        found.append(
            MethodGroup(
                name=name,
                wire=quoted(group.name.text),
                class_name=class_name,
                protocol=protocol_class(group),
                told=said,
                doc=docstring(said, 4),
                methods=tuple(_methods(group, types, constants)),
            )
        )
    return tuple(found)


def _methods(group: Group, types: Types, constants: set[str]) -> Iterator[Method]:
    taken: set[str] = set(_GROUP_MEMBERS.split())
    for operation in group.operations:
        name = free_name(operation.name.attribute, taken)
        taken.add(name)
        # Two pairs of names can make one constant, as `a_b`, `c` and `a`, `b_c` do.
        constant = free_name(f"_{group.name.constant}_{operation.name.constant}", constants)
        constants.add(constant)
        yield _method(operation, group, (name, constant), types)


def _method(operation: Operation, group: Group, names: tuple[str, str], types: Types) -> Method:
    name, constant = names
    record = types.arguments[operation.tool]
    fields = record.fields if record and operation.input.form == "params" else ()
    arguments = tuple(arguments_of(fields))
    told = operation.description or operation.title or f"Call {operation.tool}."
    errors = tuple(types.errors[error.key] for error in operation.errors)
    return Method(
        name=name,
        operation=quoted(operation.name.text),
        label=quoted(f"{group.name.text}.{operation.name.text}"),
        function=free_name(name, {"handlers", "arguments", "context"}),
        constant=constant,
        tool=quoted(operation.tool),
        whole=_whole(operation, record.name if record else None),
        record=record.name if record else None,
        arguments=arguments,
        returns=types.returns[operation.tool],
        errors=errors,
        repeatable=operation.repeatable,
        timeout=_seconds(operation.timeout),
        doc=docstring(_told(operation, told, fields, arguments, errors), 8),
        summary=docstring(summary(told), 8),
    )


def _whole(operation: Operation, record: str | None) -> str | None:
    if operation.input.form == "params":
        return None
    # MCP lets arguments be nothing but an object.
    return record or "dict[str, Any]"


def _seconds(timeout: float | None) -> str | None:
    if timeout is None:
        return None
    return literal(int(timeout) if timeout == int(timeout) else timeout)


def _told(
    operation: Operation,
    told: str,
    fields: tuple[TypedField, ...],
    arguments: tuple[Argument, ...],
    errors: Iterable[str],
) -> str:
    """The whole docstring of a method."""
    parts = [told.strip()]
    described = [
        hanging(argument.name, field.description)
        for field, argument in zip(fields, arguments, strict=True)
        if field.description
    ]
    if described:
        parts.append("\n".join(["Args:", *described]))
    raised = [
        hanging(name, error.description)
        for name, error in zip(errors, operation.errors, strict=True)
    ]
    if raised:
        parts.append("\n".join(["Raises:", *raised]))
    return "\n\n".join(parts)
