"""Handlers of the documents group: one resource of each kind."""

from __future__ import annotations

from ..contract import Context
from ..models import DocumentsRecord
from .samples import IMAGE


class Documents:
    """One resource of each kind."""

    async def static_binary(self, context: Context) -> bytes:
        """An image."""
        return IMAGE

    async def record(self, id: str, context: Context) -> DocumentsRecord:
        """A record."""
        return DocumentsRecord(id=id, template_test=True, data=f"Data for ID: {id}")

    async def watched(self, context: Context) -> str:
        """A text that changes."""
        return "Watched resource content"
