"""What the Behaviour server sets up once."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from .settings import Settings


@dataclass
class State:
    """How often it was set up in this process, and how many calls wait."""

    count: int
    waiting: int = 0


_entered = 0


@asynccontextmanager
async def lifespan(settings: Settings) -> AsyncGenerator[State]:
    """Counts."""
    global _entered
    _entered += 1
    yield State(_entered)
