"""What the raw-input server does. This folder is yours: AutoMCP wrote it once."""

from __future__ import annotations

from ..contract import DocumentsHandlers
from .documents import Documents

__all__ = ["App"]


class App:
    """One object for each group."""

    def __init__(self) -> None:
        self.documents: DocumentsHandlers = Documents()
