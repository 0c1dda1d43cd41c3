"""What the spec says that Branch does (`run:`).

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from ..backends import Backends
from ..contract import BooksHandlers
from .books import BoundBooks

__all__ = ["Bound"]


class Bound:
    """One object for each group that needs no handlers of yours."""

    def __init__(self, backends: Backends) -> None:
        self.books: BooksHandlers = BoundBooks(backends)
