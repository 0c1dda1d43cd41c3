"""The failures that Toolbox declares.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from ._runtime.shared.failure import DeclaredError
from .models import Facts


class NoSuchRevision(DeclaredError):
    """The repository has no such revision."""

    name = "NoSuchRevision"

    def __init__(self, message: str = "The repository has no such revision.") -> None:
        super().__init__(message)


class GitFailed(DeclaredError):
    """Git failed."""

    name = "GitFailed"
    data: Facts

    def __init__(self, message: str = "Git failed.", *, data: Facts) -> None:
        super().__init__(message, data)
