"""What the operation server does. This folder is yours: AutoMCP wrote it once."""

from __future__ import annotations

from ..contract import (
    AnyHandlers,
    AppHandlers,
    BuildServerHandlers,
    ContextHandlers,
    HooksHandlers,
    MappingHandlers,
    OperationHandlers,
    SurfaceHandlers,
    TargetHandlers,
)
from .any import AnyGroup
from .app import AppGroup
from .build_server import BuildServer
from .context import ContextGroup
from .hooks_ import HooksGroup
from .mapping import MappingGroup
from .operation import OperationGroup
from .surface_ import SurfaceGroup
from .target import TargetGroup

__all__ = ["App"]


class App:
    """One object for each group."""

    def __init__(self) -> None:
        self.operation: OperationHandlers = OperationGroup()
        self.app: AppHandlers = AppGroup()
        self.context: ContextHandlers = ContextGroup()
        self.surface_: SurfaceHandlers = SurfaceGroup()
        self.target: TargetHandlers = TargetGroup()
        self.mapping: MappingHandlers = MappingGroup()
        self.build_server: BuildServerHandlers = BuildServer()
        self.any: AnyHandlers = AnyGroup()
        self.hooks_: HooksHandlers = HooksGroup()
