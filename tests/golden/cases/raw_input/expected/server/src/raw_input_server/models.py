"""What the operations of raw-input take and give.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from ._runtime.shared.model import Model, absent


class DocumentsStoreArguments(Model):
    title: str
    """What it is about."""
    pages: list[DocumentsStorePage] | None = absent()


class DocumentsStorePage(Model):
    text: str
