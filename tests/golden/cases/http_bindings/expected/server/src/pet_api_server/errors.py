"""The failures that pet-api declares.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from ._runtime.shared.failure import DeclaredError
from .models import RefusedData


class PetNotFound(DeclaredError):
    """There is no such pet."""

    name = "PetNotFound"

    def __init__(self, message: str = "There is no such pet.") -> None:
        super().__init__(message)


class Refused(DeclaredError):
    """The shop does not want that."""

    name = "Refused"
    data: RefusedData

    def __init__(self, message: str = "The shop does not want that.", *, data: RefusedData) -> None:
        super().__init__(message, data)


class Failed(DeclaredError):
    """Something else went wrong."""

    name = "Failed"

    def __init__(self, message: str = "Something else went wrong.") -> None:
        super().__init__(message)
