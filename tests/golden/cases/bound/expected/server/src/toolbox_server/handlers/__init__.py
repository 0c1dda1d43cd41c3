"""What the Toolbox server does. This folder is yours: AutoMCP wrote it once."""

from __future__ import annotations

from ..bindings import Bound
from ..contract import TextHandlers
from .text import TextGroup

__all__ = ["App"]


class App(Bound):
    """One object for each group; what is not here is said by the spec."""

    def __init__(self) -> None:
        super().__init__()
        self.text: TextHandlers = TextGroup()
