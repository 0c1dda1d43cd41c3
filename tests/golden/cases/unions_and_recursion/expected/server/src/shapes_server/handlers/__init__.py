"""What the shapes server does. This folder is yours: AutoMCP wrote it once."""

from __future__ import annotations

from ..contract import CanvasHandlers
from .canvas import Canvas

__all__ = ["App"]


class App:
    """One object for each group."""

    def __init__(self) -> None:
        self.canvas: CanvasHandlers = Canvas()
