"""Calls what raw-input offers.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ._runtime.client import (
    AutoMCPClient,
    Callbacks,
    ClientConfig,
    ErrorHandlingGroup,
    Hooks,
    Operation,
    Surface,
    Target,
)
from .models import DocumentsStoreArguments

_SURFACE = Surface.beside(__file__)

_DOCUMENTS_STORE = Operation[None]("store", tool="documents_store", repeatable=False)

_DOCUMENTS_TAG = Operation[None]("tag", tool="documents_tag", repeatable=True)


class Documents(ErrorHandlingGroup):
    """Documents of any kind."""

    async def store(self, arguments: DocumentsStoreArguments) -> None:
        """Store a document."""
        await self.call(_DOCUMENTS_STORE, arguments)

    async def tag(self, arguments: dict[str, Any]) -> None:
        """Tag what has an id or a name."""
        await self.call(_DOCUMENTS_TAG, arguments)


class RawInputClient(AutoMCPClient):
    """A typed client of raw-input."""

    def __init__(
        self,
        server: Target,
        config: ClientConfig | Mapping[str, object] | None = None,
        *,
        hooks: Hooks | None = None,
        callbacks: Callbacks | None = None,
    ) -> None:
        super().__init__(
            "raw-input", config, server=server, surface=_SURFACE, hooks=hooks, callbacks=callbacks
        )
        self.documents = self.add_group(
            Documents(self, "documents", (_DOCUMENTS_STORE, _DOCUMENTS_TAG))
        )
