"""What the Behaviour server does."""

from __future__ import annotations

from ..contract import ThingsHandlers
from .things import Things

__all__ = ["App"]


class App:
    """One object for each group of operations."""

    def __init__(self) -> None:
        self.things: ThingsHandlers = Things()
