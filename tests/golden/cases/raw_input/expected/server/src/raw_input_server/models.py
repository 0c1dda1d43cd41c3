"""What the operations of raw-input take and give.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from ._runtime.shared.model import ABSENT, Model


class DocumentsStoreArguments(Model):
    title: str
    """What it is about."""
    pages: list[DocumentsStorePage] | None = ABSENT


class DocumentsStorePage(Model):
    text: str
