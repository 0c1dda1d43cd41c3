"""What both sides say of an operation: the parameters that it takes, and its docstring."""

from __future__ import annotations

from ...ir.model import Operation
from .arguments import arguments_of
from .models import TypedField, Types
from .telling import said_of, told
from .text import docstring


def fields_of(operation: Operation, types: Types) -> tuple[TypedField, ...]:
    """The parameters that are parameters in Python, too; none where a raw schema is taken as a whole."""
    record = types.arguments[operation.tool]
    return record.fields if record and operation.input.form == "params" else ()


def whole_of(operation: Operation, types: Types) -> str | None:
    """The annotation of the one `arguments` of an operation that takes a raw schema, else `None`."""
    if operation.input.form == "params":
        return None
    record = types.arguments[operation.tool]
    # MCP lets arguments be nothing but an object.
    return record.name if record else "dict[str, Any]"


def told_of(operation: Operation, types: Types) -> tuple[str, str]:
    """What an operation does, and the docstring of its method."""
    text = said_of(operation.card, f"Call {operation.tool}.")
    fields = fields_of(operation, types)
    described = [
        (argument.name, field.description)
        for field, argument in zip(fields, arguments_of(fields), strict=True)
    ]
    return text, docstring(told(text, described, operation.errors, types), 8)
