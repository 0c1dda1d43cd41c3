"""A context that lives in a task of its own."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import anyio
import pytest
from automcp.runtime.fastmcp4.apart import apart


@asynccontextmanager
async def grouped(said: list[str]) -> AsyncGenerator[str]:
    """A context around a task group, as the life of tasks is."""
    async with anyio.create_task_group() as tasks:
        said.append("entered")
        yield "state"
        tasks.cancel_scope.cancel()
    said.append("left")


async def test_it_can_be_left_in_a_scope_that_it_was_not_entered_in() -> None:
    said: list[str] = []
    context = apart(grouped(said))
    assert await context.__aenter__() == "state"
    with anyio.CancelScope(shield=True):
        await context.__aexit__(None, None, None)
    assert said == ["entered", "left"]


async def test_what_entering_raises_is_raised_here() -> None:
    @asynccontextmanager
    async def broken() -> AsyncGenerator[None]:
        raise OSError("no disk")
        yield

    with pytest.raises(OSError, match="no disk"):
        async with apart(broken()):
            pytest.fail("it was not entered")


async def test_what_leaving_raises_is_raised_here() -> None:
    @asynccontextmanager
    async def broken() -> AsyncGenerator[None]:
        yield
        raise OSError("no disk")

    with pytest.raises(OSError, match="no disk"):
        async with apart(broken()):
            pass
