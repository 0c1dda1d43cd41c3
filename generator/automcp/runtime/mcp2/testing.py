"""A client in memory, for tests: wire objects in, wire objects out."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from ..lowlevel.testing import connected
from ..server.rehearsal import Answerer, TestClient
from ..server.request import Wire
from .app import CompiledServer

__all__ = ["Answerer", "TestClient", "connect"]


@asynccontextmanager
async def connect(
    server: CompiledServer[Any, Any],
    *,
    answers: Mapping[str, Answerer] | None = None,
    capabilities: Wire | None = None,
    modern: bool = True,
) -> AsyncGenerator[TestClient]:
    """A client of `server`, in memory.

    Args:
        answers: What answers the server's own requests, by method; only before 2026-07-28.
        capabilities: What the client declares; without them, what `answers` can do.
        modern: Whether to speak MCP 2026-07-28; else 2025-11-25.
    """
    async with connected(server.lowlevel, answers or {}, capabilities, modern=modern) as client:
        yield client
