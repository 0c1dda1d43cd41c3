"""One operation, ready to be called: checks arguments, runs the handler, answers."""

from __future__ import annotations

import logging
import secrets
from functools import partial
from typing import Any

from mcp.shared.exceptions import MCPError
from mcp_types import CallToolResult, InputRequiredResult

from ..shared.failure import (
    INTERNAL_ERROR,
    INVALID_ARGUMENTS,
    NOT_IMPLEMENTED,
    TIMEOUT,
    DeclaredError,
    Failure,
)
from ..shared.model import typed
from ..shared.surface import Surface
from ..shared.violation import Violation
from .answer import Form, Unfit, error_result
from .execution import Raised, Returned, runner
from .operation import Operation

logger = logging.getLogger(__name__)


class Call:
    """Everything about an operation that is the same for each of its calls, prepared once."""

    def __init__(self, operation: Operation[Any], surface: Surface) -> None:
        self._operation = operation
        self._input = surface.input(operation.tool)
        self._form = Form.of(surface, operation.tool)
        self._run = runner(operation)
        self._repeatable = surface.repeatable(operation.tool)
        model = operation.arguments
        # By wire names only: `from_` beside `from` is an extra property like any other.
        self._read = partial(model.model_validate, by_alias=True, by_name=False) if model else None

    async def __call__(
        self, arguments: dict[str, Any], context: object
    ) -> CallToolResult | InputRequiredResult:
        """The answer to one call: a result or an error result.

        Raises:
            MCPError: The handler raised it, to answer with a protocol error.
        """
        try:
            violations = self._input.violations(arguments)
            if violations:
                return error_result(self._invalid(violations))
            given = typed(self._read, arguments) if self._read else arguments
            outcome = await self._run(given, context)
            match outcome:
                case Returned(CallToolResult() | InputRequiredResult() as native):
                    return native
                case Returned(value):
                    return self._form.result(value)
                case Raised(error):
                    return error_result(self._failure(error))
                case _:
                    return error_result(self._overdue())
        except Exception as error:
            if isinstance(error, MCPError):
                raise
            return error_result(self._crash(error))

    def _invalid(self, violations: tuple[Violation, ...]) -> Failure:
        logger.info(
            "%s refused arguments: %s",
            self._operation.label,
            ", ".join(at.path or "all" for at in violations),
        )
        count = len(violations)
        message = "One argument is wrong." if count == 1 else f"{count} arguments are wrong."
        return Failure(INVALID_ARGUMENTS, message, details=violations)

    def _overdue(self) -> Failure:
        label, timeout = self._operation.label, self._operation.timeout
        logger.warning("%s was given up after %s seconds", label, timeout)
        message = f"{label} took longer than {timeout:g} seconds."
        return Failure(TIMEOUT, message, retryable=self._repeatable)

    def _failure(self, error: BaseException) -> Failure:
        label = self._operation.label
        if isinstance(error, MCPError):
            raise error
        if isinstance(error, DeclaredError):
            if isinstance(error, self._operation.errors):
                return Failure.of(error)
            logger.error("%s does not declare the error %s: add it to the spec", label, error.name)
        if isinstance(error, NotImplementedError):
            logger.error("%s has no body yet", label)
            return Failure(NOT_IMPLEMENTED, f"{label} has no body yet.")
        return self._crash(error)

    def _crash(self, error: BaseException) -> Failure:
        """Says nothing of the reason to the caller: it may hold secrets. The log has it."""
        reference = secrets.token_hex(6)
        label = self._operation.label
        if isinstance(error, Unfit):
            logger.error("%s %s [%s]", label, error, reference)
        else:
            logger.error("%s failed [%s]", label, reference, exc_info=error)
        return Failure(INTERNAL_ERROR, f"{label} failed.", reference=reference)
