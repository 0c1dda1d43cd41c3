"""What the jobs server does. This folder is yours: AutoMCP wrote it once."""

from __future__ import annotations

from ..contract import WorkHandlers
from .work import Work

__all__ = ["App"]


class App:
    """One object for each group."""

    def __init__(self) -> None:
        self.work: WorkHandlers = Work()
