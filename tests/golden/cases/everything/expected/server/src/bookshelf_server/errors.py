"""The failures that Bookshelf declares.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from ._runtime.shared.failure import DeclaredError
from .models import NoSuchBookData


class NoSuchBook(DeclaredError):
    """The library has no such book."""

    name = "NoSuchBook"
    data: NoSuchBookData

    def __init__(
        self, message: str = "The library has no such book.", *, data: NoSuchBookData
    ) -> None:
        super().__init__(message, data)


class Closed(DeclaredError):
    """The library is closed."""

    name = "Closed"
    retryable = True

    def __init__(self, message: str = "The library is closed.") -> None:
        super().__init__(message)
