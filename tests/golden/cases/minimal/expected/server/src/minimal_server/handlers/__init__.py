"""What the minimal server does. This folder is yours: AutoMCP wrote it once."""

from __future__ import annotations

from ..contract import DoorHandlers
from .door import Door

__all__ = ["App"]


class App:
    """One object for each group."""

    def __init__(self) -> None:
        self.door: DoorHandlers = Door()
