"""What the awkward-names server does. This folder is yours: AutoMCP wrote it once."""

from __future__ import annotations

from ..contract import BuildServerHandlers, ImportHandlers
from .build_server import BuildServer
from .import_ import Import

__all__ = ["App"]


class App:
    """One object for each group."""

    def __init__(self) -> None:
        self.import_: ImportHandlers = Import()
        self.build_server: BuildServerHandlers = BuildServer()
