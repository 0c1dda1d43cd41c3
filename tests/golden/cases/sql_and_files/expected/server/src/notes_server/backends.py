"""What the operations of Notes work with.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from dataclasses import dataclass

from ._runtime.bound.backends import OpenBackends
from ._runtime.bound.values import revealed
from ._runtime.files.folder import Folder
from ._runtime.sql.database import Database
from .settings import Settings


@dataclass(frozen=True)
class Backends(OpenBackends):
    """Each connects when it is first used; all are closed when the server stops."""

    store: Database
    """The notes."""
    archive: Database
    docs: Folder
    """The documents."""

    @classmethod
    def of(cls, settings: Settings) -> Backends:
        """The backends that the settings tell of."""
        return cls(
            store=Database(settings.database),
            archive=Database(f"postgresql://archive:{revealed(settings.password)}@localhost/notes"),
            docs=Folder(settings.docs),
        )
