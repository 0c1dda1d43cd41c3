"""What became of a handler, as a failure that can be told: the reasons stay in the log."""

from __future__ import annotations

import logging
import secrets
from typing import Any

from ..shared.failure import (
    BACKEND_FAILED,
    INTERNAL_ERROR,
    INVALID_ARGUMENTS,
    NOT_IMPLEMENTED,
    TIMEOUT,
    ArgumentError,
    BackendError,
    DeclaredError,
    Failure,
    PassedOn,
    plain_line,
)
from ..shared.model import Json
from ..shared.violation import Violation
from .answer import Unfit
from .errors import DECLARED_ERROR_CODE, INTERNAL_ERROR_CODE, ProtocolError
from .offers import Operation, Prompt, Resource

logger = logging.getLogger(__name__)

Failing = Operation[Any] | Resource[Any] | Prompt[Any]


def overdue(offer: Failing, *, repeatable: bool) -> Failure:
    """The handler overstayed its time."""
    logger.warning("%s was given up after %s seconds", offer.label, offer.timeout)
    message = f"{offer.label} took longer than {offer.timeout:g} seconds."
    return Failure(TIMEOUT, message, retryable=repeatable)


def failure(offer: Failing, error: BaseException) -> Failure:
    """The handler raised `error`. Raises it if it is the protocol's own."""
    if isinstance(error, ProtocolError):
        raise error
    if isinstance(error, DeclaredError):
        if isinstance(error, offer.errors):
            return Failure.of(error)
        logger.error(
            "%s does not declare the error %s: add it to the spec", offer.label, error.name
        )
    if isinstance(error, BackendError):
        return behind(offer.label, error)
    if isinstance(error, ArgumentError):
        logger.info("%s refused arguments: %s", offer.label, error)
        wrong = (Violation(error.name, error.problem),)
        return Failure(INVALID_ARGUMENTS, "One argument is wrong.", details=wrong)
    if isinstance(error, NotImplementedError):
        logger.error("%s has no body yet", offer.label)
        return Failure(NOT_IMPLEMENTED, f"{offer.label} has no body yet.")
    return crash(offer.label, error)


def behind(label: str, error: BackendError) -> Failure:
    """What a handler works with failed: the caller is told."""
    logger.warning("%s failed: %s", label, error)
    passed = error.result if isinstance(error, PassedOn) else None
    return Failure(BACKEND_FAILED, error.message, retryable=error.retryable, passed=passed)


def misfit(label: str, unfit: Unfit) -> Failure:
    """What a backend answered is not what the spec promises: that is no secret of the server, so it is told."""
    logger.error("%s %s", label, unfit)
    return Failure(BACKEND_FAILED, plain_line(f"{label} {unfit}"))


def crash(label: str, error: BaseException) -> Failure:
    """Says nothing of the reason to the caller: it may hold secrets. The log has it."""
    reference = secrets.token_hex(6)
    if isinstance(error, Unfit):
        logger.error("%s %s [%s]", label, error, reference)
    else:
        logger.error("%s failed [%s]", label, reference, exc_info=error)
    return Failure(INTERNAL_ERROR, f"{label} failed.", reference=reference)


def as_protocol_error(failed: Failure, about: dict[str, Json]) -> ProtocolError:
    """A failure where the protocol has no error results: of a resource, or of a prompt.

    Args:
        about: What it is about, such as the resource's URI.
    """
    if failed.name == INTERNAL_ERROR:
        return ProtocolError(
            INTERNAL_ERROR_CODE, failed.message, {**about, "reference": failed.reference}
        )
    error: dict[str, Json] = {"name": failed.name, "message": failed.message}
    if failed.data is not None:
        error["data"] = failed.data
    if failed.retryable:
        error["retryable"] = True
    message = f"{failed.name}: {failed.message}"
    return ProtocolError(DECLARED_ERROR_CODE, message, {**about, "error": error})
