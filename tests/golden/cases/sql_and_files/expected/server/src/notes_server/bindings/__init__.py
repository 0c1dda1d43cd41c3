"""What the spec says that Notes does (`run:`).

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from ..backends import Backends
from ..contract import DocsHandlers, NotesHandlers
from .docs import BoundDocs
from .notes import BoundNotes

__all__ = ["Bound"]


class Bound:
    """One object for each group that needs no handlers of yours."""

    def __init__(self, backends: Backends) -> None:
        self.notes: NotesHandlers = BoundNotes(backends)
        self.docs: DocsHandlers = BoundDocs(backends)
