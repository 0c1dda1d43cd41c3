"""What the spec says that pet-api does (`run:`).

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from ..backends import Backends
from ..contract import BodiesHandlers, PagesHandlers, PetsHandlers, StylesHandlers
from .bodies import BoundBodies
from .pages import BoundPages
from .pets import BoundPets
from .styles import BoundStyles

__all__ = ["Bound"]


class Bound:
    """One object for each group that needs no handlers of yours."""

    def __init__(self, backends: Backends) -> None:
        self.pets: PetsHandlers = BoundPets(backends)
        self.styles: StylesHandlers = BoundStyles(backends)
        self.bodies: BodiesHandlers = BoundBodies(backends)
        self.pages: PagesHandlers = BoundPages(backends)
