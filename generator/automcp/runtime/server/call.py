"""One operation, ready to be called: checks arguments, runs the handler, answers."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import cached_property, partial
from typing import Any

from ..shared.failure import INVALID_ARGUMENTS, Failure
from ..shared.model import Json, Model, typed
from ..shared.surface import Surface
from ..shared.violation import Violation
from .answer import Form, Unfit, error_result
from .context import RequestContext
from .errors import ProtocolError
from .execution import Paused, Raised, Returned, runner
from .failures import crash, failure, misfit, overdue
from .offers import Operation
from .request import Wire

logger = logging.getLogger(__name__)


class Call:
    """Everything about an operation that is the same for each of its calls, prepared once."""

    def __init__(self, operation: Operation[Any], surface: Surface) -> None:
        self._operation = operation
        self._input = surface.input(operation.tool)
        self._form = Form.of(surface, operation.tool)
        self._run = runner(operation)
        self._repeatable = surface.repeatable(operation.tool)

    @cached_property
    def _read(self) -> Callable[[Json], Model]:
        assert self._operation.arguments is not None
        # By wire names only: `from_` beside `from` is an extra property like any other.
        return partial(self._operation.arguments.model_validate, by_alias=True, by_name=False)

    async def __call__(self, arguments: Wire, context: RequestContext[Any, Any]) -> Wire:
        """The answer to one call: a result, an error result, or what has to be answered first.

        Raises:
            ProtocolError: The handler raised it, to answer with a protocol error.
        """
        try:
            violations = () if self._operation.unchecked else self._input.violations(arguments)
            if violations:
                return error_result(self._invalid(violations))
            given = typed(self._read, arguments) if self._operation.arguments else arguments
            match await self._run(given, context):
                case Returned(value):
                    return self._form.result(value)
                case Raised(error):
                    return error_result(failure(self._operation, error))
                case Paused():
                    assert context.asking is not None
                    return context.asking.result()
                case _:
                    return error_result(overdue(self._operation, repeatable=self._repeatable))
        except Exception as error:
            if isinstance(error, ProtocolError):
                raise
            label = self._operation.label
            if self._operation.bound and isinstance(error, Unfit):
                return error_result(misfit(label, error))
            return error_result(crash(label, error))

    def _invalid(self, violations: tuple[Violation, ...]) -> Failure:
        logger.info(
            "%s refused arguments: %s",
            self._operation.label,
            ", ".join(at.path or "all" for at in violations),
        )
        count = len(violations)
        message = "One argument is wrong." if count == 1 else f"{count} arguments are wrong."
        return Failure(INVALID_ARGUMENTS, message, details=violations)
