"""Registers what raw-input offers.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ._runtime.sdk.app import CompiledServer
from ._runtime.server.context import Answer
from ._runtime.server.offers import Operation
from .contract import Context, DocumentsHandlers, Handlers
from .handlers import App
from .models import DocumentsStoreArguments
from .surface import SURFACE


def build_server(handlers: Handlers | None = None) -> CompiledServer[None, None]:
    """Build the raw-input server; without `handlers`, with the ones in `handlers/`."""
    chosen = handlers or App()
    return CompiledServer(
        SURFACE,
        [
            *_documents(chosen.documents),
        ],
    )


def _documents(handlers: DocumentsHandlers) -> Iterator[Operation[Context]]:
    def store(arguments: DocumentsStoreArguments, context: Context) -> Answer[None]:
        return handlers.store(arguments=arguments, context=context)

    yield Operation(
        "documents_store",
        DocumentsStoreArguments,
        store,
        handler=handlers.store,
        name="documents.store",
    )

    def tag(arguments: dict[str, Any], context: Context) -> Answer[None]:
        return handlers.tag(arguments=arguments, context=context)

    yield Operation("documents_tag", None, tag, handler=handlers.tag, name="documents.tag")
