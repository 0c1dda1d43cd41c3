"""What the operations of Branch take and give.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from ._runtime.shared.model import Model


class Book(Model):
    title: str


class BooksFindParams(Model):
    """What books.find takes."""

    text: str
    """Words of the title."""
