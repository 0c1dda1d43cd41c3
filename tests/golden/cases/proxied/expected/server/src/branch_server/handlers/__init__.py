"""What the Branch server does. This folder is yours: AutoMCP wrote it once."""

from __future__ import annotations

from ..backends import Backends
from ..bindings import Bound
from ..contract import RoomsHandlers
from .rooms import Rooms

__all__ = ["App"]


class App(Bound):
    """One object for each group; what is not here is said by the spec."""

    def __init__(self, backends: Backends) -> None:
        super().__init__(backends)
        self.rooms: RoomsHandlers = Rooms(backends)
