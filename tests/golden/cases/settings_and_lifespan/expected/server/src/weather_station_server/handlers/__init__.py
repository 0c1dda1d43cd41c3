"""What the Weather station server does. This folder is yours: AutoMCP wrote it once."""

from __future__ import annotations

from ..contract import ReadingsHandlers
from .readings import Readings

__all__ = ["App"]


class App:
    """One object for each group."""

    def __init__(self) -> None:
        self.readings: ReadingsHandlers = Readings()
