"""The failures that are answers of the protocol itself: JSON-RPC errors with a code."""

from __future__ import annotations

from ..shared.model import Json

INVALID_PARAMS = -32602
INTERNAL_ERROR_CODE = -32603
METHOD_NOT_FOUND = -32601
DECLARED_ERROR_CODE = -32000
"""A declared error of a resource or a prompt, whose results have no room for errors."""
MISSING_CLIENT_CAPABILITY = -32021
"""MCP 2026-07-28, lifecycle: the client did not declare what the request needs."""


HEADER_MISMATCH = -32020
"""MCP 2026-07-28, transports: a header does not repeat what the body says."""


class ProtocolError(Exception):
    """Answers a request with a JSON-RPC error.

    Attributes:
        code: JSON-RPC's or MCP's.
        message: What happened, in a sentence.
        data: More about it; `None` leaves it out.
    """

    def __init__(self, code: int, message: str, data: Json = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.data = data


class Unknown(ProtocolError):
    """Nothing of this name is offered, or not to this caller, who cannot tell the difference."""

    def __init__(self, message: str, data: Json = None) -> None:
        super().__init__(INVALID_PARAMS, message, data)


class NotFound(Exception):
    """A resource's handler raises it where its template fits but nothing is there."""


def missing_capability(needed: dict[str, Json]) -> ProtocolError:
    """The error that tells a client which capabilities it would have to declare."""
    names = ", ".join(needed)
    return ProtocolError(
        MISSING_CLIENT_CAPABILITY,
        f"This needs a client that declares {names}.",
        {"requiredCapabilities": needed},
    )
