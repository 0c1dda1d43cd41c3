"""Keeps a context open in a task of its own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, TypeVar

T = TypeVar("T")


@asynccontextmanager
async def apart(context: AbstractAsyncContextManager[T]) -> AsyncGenerator[T]:
    """Enter and leave `context` in another task; what that raises is raised here.

    FastMCP leaves a lifespan inside a cancel scope that was not there when it was entered, which no task
    group in the lifespan survives (AnyIO, cancel scopes are left in the order in which they were entered).
    """
    entered: asyncio.Future[T] = asyncio.get_running_loop().create_future()
    leave = asyncio.Event()

    async def live() -> None:
        async with context as value:
            entered.set_result(value)
            await leave.wait()

    life = asyncio.create_task(live())
    either: set[asyncio.Future[Any]] = {life, entered}
    await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
    if not entered.done():
        await life
    try:
        yield entered.result()
    finally:
        leave.set()
        await life
