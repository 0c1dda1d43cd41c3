"""The failures that library declares.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from ._runtime.shared.failure import DeclaredError


class OnLoan(DeclaredError):
    """Somebody has it."""

    name = "OnLoan"

    def __init__(self, message: str = "Somebody has it.") -> None:
        super().__init__(message)
