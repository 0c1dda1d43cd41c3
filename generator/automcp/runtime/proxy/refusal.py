"""What another server refused, told on as it was told: `refusal`."""

from __future__ import annotations

from typing import cast

from mcp.shared.exceptions import MCPError

from ..server.errors import DECLARED_ERROR_CODE, INVALID_PARAMS, ProtocolError
from ..shared.failure import from_wire, plain_line
from ..shared.model import Json

_RESOURCE_NOT_FOUND = -32002
"""Up to MCP 2025-11-25; since then it is one of the invalid parameters."""


def refusal(error: MCPError) -> ProtocolError | None:
    """The same error for who asked this server: something unknown, wrong arguments, or a declared error.

    Returns:
        `None` for an error that is between this server and the other one.
    """
    data = cast("Json", error.data)
    if error.code in (INVALID_PARAMS, _RESOURCE_NOT_FOUND):
        return ProtocolError(INVALID_PARAMS, plain_line(error.message), data)
    if error.code == DECLARED_ERROR_CODE and from_wire(data) is not None:
        return ProtocolError(DECLARED_ERROR_CODE, plain_line(error.message), data)
    return None
