"""What the Shop server sets up once and hands to every handler."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from .settings import Settings


@dataclass
class State:
    stock: dict[str, int]
    events: list[str] = field(default_factory=list[str])


EVENTS: list[str] = []


@asynccontextmanager
async def lifespan(settings: Settings) -> AsyncGenerator[State]:
    EVENTS.append(f"open {settings.currency}")
    yield State({"tea": 3})
    EVENTS.append("close")
