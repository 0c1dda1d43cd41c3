"""What handlers work with is opened and closed with the server, on either side of its state."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from types import TracebackType
from typing import Any

import pytest
from automcp.runtime.mcp2.app import CompiledServer
from automcp.runtime.mcp2.testing import connect
from automcp.runtime.server.kernel import Kernel
from automcp.runtime.server.offers import Operation
from automcp.runtime.shared.surface import Surface

SURFACE = Surface(
    {
        "server": {"name": "shop", "version": "1"},
        "tools": [{"name": "look", "inputSchema": {"type": "object"}, "annotations": {}}],
    }
)
EVENTS = ["opened", "state", "worked", "no state", "closed"]


class Recording:
    """Stands in for `Backends`."""

    def __init__(self) -> None:
        self.events: list[str] = []

    async def __aenter__(self) -> Recording:
        self.events.append("opened")
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.events.append("closed")

    @asynccontextmanager
    async def lifespan(self, _: None) -> AsyncGenerator[str]:
        self.events.append("state")
        try:
            yield "state"
        finally:
            self.events.append("no state")

    def look(self, _arguments: object, _context: object) -> None:
        self.events.append("worked")

    @property
    def offers(self) -> list[Operation[Any]]:
        return [Operation("look", None, self.look, handler=self.look)]


async def test_a_server_opens_and_closes_them_each_time_it_runs() -> None:
    backends = Recording()
    server = CompiledServer(SURFACE, backends.offers, lifespan=backends.lifespan, backends=backends)
    for count in (1, 2):
        async with connect(server) as connection:
            await connection.request("tools/call", {"name": "look", "arguments": {}})
        assert backends.events == EVENTS * count


async def test_the_first_to_enter_owns_them() -> None:
    backends = Recording()
    kernel: Kernel[None, None] = Kernel(SURFACE, backends.offers, settings=None, backends=backends)
    async with kernel.running():
        async with kernel.running():
            pass
        assert backends.events == ["opened"]
    assert backends.events == ["opened", "closed"]


async def test_they_are_closed_whatever_ends_the_server() -> None:
    @asynccontextmanager
    async def broken(_: None) -> AsyncGenerator[None]:
        raise LookupError
        yield

    backends = Recording()
    kernel = Kernel(SURFACE, backends.offers, settings=None, backends=backends, lifespan=broken)
    with pytest.raises(LookupError):
        async with kernel.running():
            pass
    assert backends.events == ["opened", "closed"]
