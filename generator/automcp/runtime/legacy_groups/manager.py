"""Runs several operations of a group together."""

from __future__ import annotations

import asyncio

import anyio
from mcp.types import TextContent

from .group import ServiceGroup
from .types import ExecutionRequest, ExecutionResponse, ServiceRequest, ServiceResponse

__all__ = ["DEFAULT_TIMEOUT", "ServiceManager", "run_together"]

DEFAULT_TIMEOUT = 60.0
"""Seconds that the operations of a request have, all together."""


class ServiceManager:
    """Runs requests to one group.

    Attributes:
        timeout: Seconds that the operations of a request have, all together.
    """

    def __init__(self, group: ServiceGroup, timeout: float = DEFAULT_TIMEOUT) -> None:
        self.group = group
        self.timeout = timeout

    async def execute(self, request: ServiceRequest) -> ServiceResponse:
        """Run the operations of a request at the same time. Failures are told in the response's `errors`."""
        return await run_together(self.group, request, self.timeout)


async def run_together(
    group: ServiceGroup, request: ServiceRequest, seconds: float | None
) -> ServiceResponse:
    """Run the operations of a request at the same time, in so many seconds altogether; `None` is no limit."""
    with anyio.move_on_after(seconds) as limit:
        found = await asyncio.gather(*(_one(group, one) for one in request.requests))
        errors = [one.error for one in found if one.error is not None]
        text = "\n".join(one.content.text for one in found)
        return ServiceResponse(content=_content(text), errors=errors or None)
    assert limit.cancelled_caught
    return ServiceResponse(content=_content("Operation timed out"), errors=["Execution timeout"])


async def _one(group: ServiceGroup, request: ExecutionRequest) -> ExecutionResponse:
    return await group.execute(request)


def _content(text: str) -> TextContent:
    return TextContent(type="text", text=text)
