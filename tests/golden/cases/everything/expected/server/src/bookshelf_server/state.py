"""What the Bookshelf server sets up once and every handler may use. This file is yours."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from .settings import Settings


@dataclass(frozen=True)
class State:
    """Handlers find it as `context.state`."""


@asynccontextmanager
async def lifespan(settings: Settings) -> AsyncGenerator[State]:
    """Open what handlers need; what comes after `yield` runs when the server stops."""
    yield State()
