"""Reads a tool's result: the value that it carries, or the error that it stands for."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, TypeVar, cast

from jsonschema_rs import ValidationError as UnusableSchema
from mcp.shared.exceptions import MCPError
from mcp_types import INTERNAL_ERROR as PROTOCOL_INTERNAL_ERROR
from mcp_types import CallToolResult, TextContent
from pydantic import ValidationError

from ..shared.failure import INTERNAL_ERROR, INVALID_ARGUMENTS, TIMEOUT, Failure, from_wire
from ..shared.model import Json
from ..shared.path import spell, walked
from ..shared.schema import Schema
from ..shared.surface import Surface
from ..shared.violation import Violation
from .errors import (
    OUTCOME_UNKNOWN,
    AttemptTimeout,
    ClientError,
    InvalidAnswer,
    InvalidArguments,
    OperationTimeout,
    RetryableError,
    ServerFault,
    ToolError,
)
from .operation import Offer, Operation, declared_error
from .safe import printable, redacted, redacted_violations, secret_names

T = TypeVar("T")


def value_of(result: CallToolResult, operation: Operation[Any], surface: Surface) -> Json:
    """The answer in a successful result, checked against its schema and out of its `{"result": …}` wrapper.

    Raises:
        InvalidAnswer: It does not fit the schema, or there is none where one was promised.
    """
    schema = surface.output(operation.tool)
    if schema is None:
        return cast("Json", result.structured_content)
    wrapped = surface.wrapped(operation.tool)
    if result.structured_content is None:
        value = _from_text(result, surface.literal(operation.tool))
        _check(schema, {"result": value} if wrapped else value)
        return value
    answer: Json = result.structured_content
    _check(schema, answer)
    return answer["result"] if wrapped and isinstance(answer, dict) else answer


def failure_of(
    result: CallToolResult, operation: Operation[Any], arguments: Json, secrets: frozenset[str]
) -> ClientError:
    """The error that an error result stands for: the declared class if there is one.

    Args:
        arguments: What was sent; what the server says of the `secrets` in it is not repeated.
    """
    failure = from_wire(result.structured_content)
    if failure is None:
        return ToolError(printable(_text(result)) or "the operation failed and does not say why")
    declared = _declared(failure, operation, secrets)
    return declared or _undeclared(failure, operation.repeatable, arguments, secrets)


def error_of(error: MCPError, offer: Offer) -> ClientError | None:
    """What a protocol error tells of a resource or prompt: the declared class if there is one.

    Returns:
        `None` if it is not one that our servers send.
    """
    failure = from_wire(error.data)
    if failure is not None:
        nothing: frozenset[str] = frozenset()
        return _declared(failure, offer, nothing) or _undeclared(failure, True, None, nothing)
    said: object = error.data
    data = cast("dict[str, object]", said) if isinstance(said, dict) else {}
    reference = data.get("reference")
    if error.code == PROTOCOL_INTERNAL_ERROR and isinstance(reference, str):
        told = printable(f"{error.message} (reference {reference})")
        return ServerFault(told, {"reference": reference})
    return None


def decoded(operation: Operation[T], value: Json) -> T:
    """The answer as the operation's type.

    Raises:
        InvalidAnswer: It cannot be one.
    """
    if operation.returns is None:
        return cast("T", None)
    try:
        return operation.decode(value)
    except ValidationError as error:
        raise InvalidAnswer(
            f"the answer is no {operation.returns}: {first_problem(error, value)}"
        ) from error


def violations(schema: Schema, value: Json, *, finite: bool = False) -> tuple[Violation, ...]:
    """What of `value` breaks a schema; nothing if the schema itself cannot be used, as servers may send any."""
    try:
        return schema.violations(value, finite=finite)
    except UnusableSchema:
        return ()


def summary(found: Iterable[Violation]) -> str:
    """Violations in one line."""
    return printable("; ".join(map(str, found)))


def _check(schema: Schema, answer: Json) -> None:
    found = violations(schema, answer)
    if found:
        shown = redacted_violations(found, secret_names(schema.document), answer)
        raise InvalidAnswer(
            f"the answer does not fit its schema: {summary(shown)}", {"violations": shown}
        )


def _from_text(result: CallToolResult, literal: bool) -> Json:
    text = _text(result)
    if literal:
        return text
    try:
        return cast("Json", json.loads(text, parse_constant=_refuse))
    except (ValueError, RecursionError) as error:
        raise InvalidAnswer("the answer is neither structured nor JSON text") from error


def _refuse(constant: str) -> Json:
    raise ValueError(f"{constant} is no JSON")


def _text(result: CallToolResult) -> str:
    return "\n".join(block.text for block in result.content if isinstance(block, TextContent))


def _declared(failure: Failure, offer: Offer, secrets: frozenset[str]) -> ClientError | None:
    kind = offer.declared(failure.name)
    if kind is None:
        return None
    try:
        return declared_error(kind, printable(failure.message), failure.data)
    except ValidationError as error:
        return InvalidAnswer(
            f"the server raised {failure.name} with data that does not fit: {first_problem(error, failure.data)}",
            {"data": redacted(failure.data, secrets)},
        )


def _undeclared(
    failure: Failure, repeatable: bool, arguments: Json, secrets: frozenset[str]
) -> ClientError:
    name, message = printable(failure.name), printable(failure.message)
    data = redacted(failure.data, secrets)
    context = {"error": name, "reference": failure.reference, "data": data}
    said = {key: value for key, value in context.items() if value is not None}
    if failure.name == INVALID_ARGUMENTS:
        found = redacted_violations(failure.details, secrets, arguments)
        return InvalidArguments(
            f"{message}: {summary(found)}" if found else message, said, violations=found
        )
    if failure.name == TIMEOUT:
        # The server gave up in the middle: as with the client's own timeout, the effect may be there.
        if repeatable:
            return AttemptTimeout(message, said)
        return OperationTimeout(f"{message}; {OUTCOME_UNKNOWN}", said)
    if failure.retryable:
        return RetryableError(f"{name}: {message}", said)
    if failure.name == INTERNAL_ERROR:
        reference = f" (reference {printable(failure.reference)})" if failure.reference else ""
        return ServerFault(f"{message}{reference}", said)
    return ToolError(f"{name}: {message}", said)


def first_problem(error: ValidationError, value: object) -> str:
    """What pydantic found first in a value, in one line."""
    problem = error.errors(include_input=False, include_url=False)[0]
    place = spell(walked(problem["loc"], value))
    return printable(f"{place}: {problem['msg']}" if place else problem["msg"])
