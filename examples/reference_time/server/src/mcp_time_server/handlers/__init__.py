"""The time server's own code."""

from __future__ import annotations

from .time import Time


class App:
    """Everything that the Mcp Time server needs from you."""

    def __init__(self) -> None:
        self.time = Time()
