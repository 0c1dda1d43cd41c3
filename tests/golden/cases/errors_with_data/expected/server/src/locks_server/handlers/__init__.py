"""What the locks server does. This folder is yours: AutoMCP wrote it once."""

from __future__ import annotations

from ..contract import LocksHandlers
from .locks import Locks

__all__ = ["App"]


class App:
    """One object for each group."""

    def __init__(self) -> None:
        self.locks: LocksHandlers = Locks()
