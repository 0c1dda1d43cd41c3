"""What the spec says that Toolbox does (`run:`).

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from ..contract import GitHandlers, HouseHandlers
from .git import BoundGit
from .house import BoundHouse

__all__ = ["Bound"]


class Bound:
    """One object for each group that needs no handlers of yours."""

    def __init__(self) -> None:
        self.git: GitHandlers = BoundGit()
        self.house: HouseHandlers = BoundHouse()
