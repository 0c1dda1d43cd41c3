"""Answers what another server was asked: one that was made by hand, and has a compiled part."""

from __future__ import annotations

from typing import Any

from mcp.server.context import ServerRequestContext
from mcp.shared.exceptions import MCPError

from ..server.errors import ProtocolError
from ..server.kernel import Kernel
from ..server.request import Wire
from .audience import Audience
from .request import LowlevelRequest


async def answer_asked(
    kernel: Kernel[Any, Any],
    audience: Audience,
    method: str,
    params: Wire,
    context: ServerRequestContext[Any, Any] | None,
    native: object,
) -> Wire:
    """The result of a request about one of the kernel's tools, resources or prompts, as it goes out.

    Args:
        method: Such as `tools/call`.
        context: The request that the other server was asked; `None` if its own code asks, outside of any. Then there
            is nobody to tell of progress.
        native: What handlers find as `context.native`.

    Raises:
        MCPError: The kernel has nothing of that name, or it ends in a protocol error.
    """
    asked: Any = context
    request = LowlevelRequest(asked, lambda: native, audience)
    try:
        return await kernel.methods[method](params, request)
    except ProtocolError as error:
        raise MCPError(error.code, error.message, error.data) from None
