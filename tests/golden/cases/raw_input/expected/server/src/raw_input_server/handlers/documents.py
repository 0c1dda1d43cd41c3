"""Handlers of the documents group. This file is yours: AutoMCP wrote it once."""

from __future__ import annotations

from typing import Any

from ..contract import Context
from ..models import DocumentsStoreArguments


class Documents:
    """Documents of any kind."""

    async def store(self, arguments: DocumentsStoreArguments, context: Context) -> None:
        """Store a document."""
        raise NotImplementedError

    async def tag(self, arguments: dict[str, Any], context: Context) -> None:
        """Tag what has an id or a name."""
        raise NotImplementedError
