"""Turns what a transport raises into what a caller can act on: was it sent, and may it be repeated?"""

from __future__ import annotations

from typing import cast

import anyio
import httpx2
from mcp.shared.exceptions import MCPError
from mcp_types import (
    CONNECTION_CLOSED,
    INVALID_PARAMS,
    INVALID_REQUEST,
    PARSE_ERROR,
    REQUEST_TIMEOUT,
)
from pydantic import ValidationError

from .errors import (
    OUTCOME_UNKNOWN,
    AttemptTimeout,
    ClientError,
    ConnectionError,
    InvalidAnswer,
    NotFound,
    OperationError,
    OperationTimeout,
    ServerFault,
    ServiceBusy,
    TransportFault,
    UnknownOperation,
)
from .http import Refusal, refusal
from .safe import printable

_SESSION_GONE = "Session terminated"

# MCP 2025-11-25, resources; later the code for invalid parameters stands for it.
_RESOURCE_NOT_FOUND = -32002
_UNKNOWN = {
    "Unknown tool": UnknownOperation,
    "Unknown resource": NotFound,
    "Unknown prompt": NotFound,
}


def unreachable(label: str, error: BaseException) -> TransportFault:
    """No connection could be made, so nothing was sent, and a repeat does no harm."""
    return TransportFault(f"cannot connect to {label}: {reason(error)}", {"server": label})


def late(timeout: float, repeatable: bool) -> ClientError:
    """The request was sent, and no answer came within `timeout` seconds."""
    if repeatable:
        return AttemptTimeout(f"no answer within {timeout:g} s", {"timeout": timeout})
    return OperationTimeout(
        f"no answer within {timeout:g} s; {OUTCOME_UNKNOWN}", {"timeout": timeout}
    )


TRANSPORT_FAULTS = (
    MCPError,
    ValidationError,
    OSError,
    httpx2.HTTPError,
    anyio.BrokenResourceError,
    anyio.ClosedResourceError,
    anyio.EndOfStream,
)
"""What a request may end in, other than by a result. Anything else is a mistake in the program, and passes."""


def fault(error: Exception, repeatable: bool) -> ClientError:
    """One of `TRANSPORT_FAULTS`, raised by a request that was sent."""
    if isinstance(error, MCPError):
        return _protocol_error(error, repeatable)
    if isinstance(error, ValidationError):
        return InvalidAnswer(f"the server sent no valid result: {reason(error)}")
    return _broken(reason(error), repeatable)


def ends_connection(error: Exception) -> bool:
    """Whether the connection that raised one of `TRANSPORT_FAULTS` is of no use any more."""
    if isinstance(error, MCPError):
        return error.code == CONNECTION_CLOSED or _session_gone(error)
    return not isinstance(error, ValidationError)


def reason(error: BaseException) -> str:
    """What happened, in one line; of a group of exceptions, the first."""
    if isinstance(error, BaseExceptionGroup):
        return reason(cast("BaseExceptionGroup[BaseException]", error).exceptions[0])
    return printable(str(error).partition("\n")[0]) or type(error).__name__


def _protocol_error(error: MCPError, repeatable: bool) -> ClientError:
    refused = refusal(error)
    if refused is not None:
        return _refused(refused, reason(error), repeatable)
    if _session_gone(error):
        return TransportFault("the session had ended on the server")
    if error.code in (CONNECTION_CLOSED, PARSE_ERROR):
        return _broken(reason(error), repeatable)
    if error.code == REQUEST_TIMEOUT:
        if repeatable:
            return AttemptTimeout(reason(error))
        return OperationTimeout(f"{reason(error)}; {OUTCOME_UNKNOWN}")
    return _kind(error)(reason(error), {"code": error.code})


def _refused(refused: Refusal, why: str, repeatable: bool) -> ClientError:
    if refused.unsent:
        return TransportFault(f"the server cannot be reached: {why}")
    if refused.logged_out:
        return ConnectionError(f"cannot log in: {why}")
    status = {"status": refused.status}
    if refused.before_running:
        return ServiceBusy(
            f"the server refused the call: {why}", status, retry_after=refused.retry_after
        )
    if refused.outcome_unknown:
        return _broken(why, repeatable)
    return ServerFault(f"the server failed: {why}; {OUTCOME_UNKNOWN}", status)


def _broken(why: str, repeatable: bool) -> ClientError:
    if repeatable:
        return TransportFault(f"the connection broke: {why}")
    return ConnectionError(f"the connection broke: {why}; {OUTCOME_UNKNOWN}")


def _session_gone(error: MCPError) -> bool:
    # The SDK's words for HTTP 404 to a request with a session id: the server did not take it.
    return error.code == INVALID_REQUEST and error.message == _SESSION_GONE


def _kind(error: MCPError) -> type[OperationError]:
    if error.code == _RESOURCE_NOT_FOUND:
        return NotFound
    if error.code == INVALID_PARAMS:
        for beginning, kind in _UNKNOWN.items():
            if error.message.startswith(beginning):
                return kind
    return OperationError
