"""Answers calls that another server was asked: one that was made by hand, and has a compiled part."""

from __future__ import annotations

from typing import Any

from mcp.server.context import ServerRequestContext
from mcp.shared.exceptions import MCPError

from ..server.errors import ProtocolError
from ..server.kernel import Kernel
from ..server.request import Wire
from .audience import Audience
from .request import LowlevelRequest


async def answer_call(
    kernel: Kernel[Any, Any],
    audience: Audience,
    params: Wire,
    context: ServerRequestContext[Any, Any] | None,
    native: object,
) -> Wire:
    """The result of a call of one of the kernel's tools, as it goes out.

    Args:
        context: The request that the other server was asked; `None` if its own code calls the tool, outside of any.
            Then there is nobody to tell of progress.
        native: What handlers find as `context.native`.

    Raises:
        MCPError: The kernel has no such tool, or the tool ends in a protocol error.
    """
    asked: Any = context
    request = LowlevelRequest(asked, lambda: native, audience)
    try:
        return await kernel.methods["tools/call"](params, request)
    except ProtocolError as error:
        raise MCPError(error.code, error.message, error.data) from None
