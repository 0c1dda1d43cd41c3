"""One bound operation, as the kinds see it: what the body of its method can be made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ....ir.model import Operation, Service
from ...python.arguments import Argument, arguments_of
from ...python.handler import Handler
from ...python.models import TypedField, Types
from ...python.operations import fields_of, whole_of
from ...python.text import quoted
from .scope import Scope
from .values import Operand, Values

_MODEL = "._runtime.shared.model"
_LONG = 60
"""Characters of a call that has statements of its own."""


@dataclass(frozen=True, slots=True)
class Method:
    """One method of a class of bound operations.

    Attributes:
        handler: Its name and signature, the one of the contract.
        returns: The annotation of the operation's value; `"None"` if it has none.
        values: Spells templates; `context.settings` are the settings.
        backends: The attribute of `self` that holds a backend, by its key.
    """

    operation: Operation
    handler: Handler
    returns: str
    values: Values
    backends: Mapping[str, str]
    _scope: Scope
    _types: Types

    def use(self, module: str, name: str) -> str:
        """Import `name` from a module (`._runtime.http.request`, as seen from the package); what to call it."""
        return self._scope.use(module, name)

    def local(self, name: str) -> str:
        """A name for a variable: `name`, if nothing else has it."""
        return self._scope.local(name)

    def backend(self, key: str) -> str:
        """The expression of a backend."""
        return f"self.{self.backends[key]}"

    def error(self, key: str) -> str:
        """The class of a declared error."""
        return self.use(".errors", self._types.errors[key])

    @property
    def parameters(self) -> tuple[tuple[str, str], ...]:
        """What the method takes besides the context: the name, and the expression that leaves out what was not sent."""
        given = given_to(self.operation, self._types, self._scope)
        return tuple((name, operand.expression) for name, operand in given.named.items())

    @property
    def whole(self) -> str:
        """All that was sent, as one object."""
        return given_to(self.operation, self._types, self._scope).whole.expression

    def answer(self, expression: str) -> str:
        """The statement that hands over JSON, as what the method returns; two, if one would be long."""
        if self.returns == "None":
            return expression
        return self._handing_over(expression, self.kind(self.returns), "{}")

    def content(self, expression: str) -> str:
        """The statement that hands over a text as a content block."""
        block = self.use("._runtime.shared.content", "Text")
        return self._handing_over(expression, self.kind("str"), f"{block}({{}})")

    def _handing_over(self, expression: str, kind: str, held: str) -> str:
        read = self.use("._runtime.bound.reading", "read")
        if len(expression) < _LONG:
            return f"return {held.format(f'{read}({kind}, {expression})')}"
        answer = self._scope.local("answer")
        return f"{answer} = {expression}\nreturn {held.format(f'{read}({kind}, {answer})')}"

    def kind(self, annotation: str) -> str:
        """An annotation as a value in the body."""
        return self._scope.kind(annotation, {name for name, _ in self.handler.parameters})


@dataclass(frozen=True, slots=True)
class GivenTo:
    """What callers give to an operation.

    Attributes:
        named: By the names of the method's parameters.
        keyed: By their keys on the wire.
        whole: All of it as one object.
    """

    named: Mapping[str, Operand]
    keyed: Mapping[str, Operand]
    whole: Operand

    def find(self, key: str | None) -> Operand:
        """What a placeholder stands for."""
        return self.whole if key is None else self.keyed[key]


def given_to(operation: Operation, types: Types, scope: Scope) -> GivenTo:
    """The parameters of an operation's method, as expressions in its body."""
    if operation.input.form == "params":
        fields = fields_of(operation, types)
        arguments = arguments_of(fields)
        pairs = list(zip(fields, arguments, strict=True))
        keyed = {field.key: _argument(field, one, scope) for field, one in pairs}
        named = {one.name: keyed[field.key] for field, one in pairs}
        members = ", ".join(f"{quoted(key)}: {one.expression}" for key, one in keyed.items())
        return GivenTo(named, keyed, Operand(f"{{{members}}}"))
    whole = Operand("arguments")
    return GivenTo({"arguments": whole}, _members(operation, types, scope), whole)


def _argument(field: TypedField, argument: Argument, scope: Scope) -> Operand:
    if field.required or field.default is not None:
        return Operand(argument.name, annotation=field.annotation)
    if field.nullable:
        return Operand(argument.name, True)
    return Operand(
        f"{scope.use(_MODEL, 'given')}({argument.name})", True, field.annotation, argument.name
    )


def _members(operation: Operation, types: Types, scope: Scope) -> dict[str, Operand]:
    """The declared properties of an operation that takes a raw schema."""
    record = types.arguments[operation.tool] if whole_of(operation, types) else None
    fields = {field.key: field for field in record.fields} if record else {}
    return {
        one.key: _member(one.key, fields.get(one.key), scope) for one in operation.input.parameters
    }


def _member(key: str, field: TypedField | None, scope: Scope) -> Operand:
    if field is None:
        unset = scope.use(_MODEL, "UNSET")
        return Operand(f"arguments.get({quoted(key)}, {unset})", True)
    value = f"arguments.{field.name}"
    if field.required or field.default is not None:
        return Operand(value, annotation=field.annotation)
    if field.nullable:
        unset = scope.use(_MODEL, "UNSET")
        sent = f"{value} if arguments.sent({quoted(field.name)}) else {unset}"
        return Operand(f"({sent})", True, none=value)
    return Operand(f"{scope.use(_MODEL, 'given')}({value})", True, field.annotation, value)


def method_of(
    operation: Operation,
    handler: Handler,
    service: Service,
    types: Types,
    scope: Scope,
    backends: Mapping[str, str],
) -> Method:
    """The method of a bound operation."""
    given = given_to(operation, types, scope)
    values = Values(scope, service, "context.settings", given.find)
    returns = types.returns[operation.tool]
    return Method(operation, handler, returns, values, backends, scope, types)
