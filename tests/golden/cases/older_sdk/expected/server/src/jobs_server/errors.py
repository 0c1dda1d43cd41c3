"""The failures that jobs declares.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from ._runtime.shared.failure import DeclaredError


class Busy(DeclaredError):
    """There is too much to do."""

    name = "Busy"
    retryable = True

    def __init__(self, message: str = "There is too much to do.") -> None:
        super().__init__(message)
