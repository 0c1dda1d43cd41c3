"""What the operations of operation take and give.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from ._runtime.shared.model import ABSENT, Model


class Thing(Model):
    id: int


class OperationModel(Model):
    id: int


AppModel: TypeAlias = Literal["a", "b"]


class OperationClient2(Model):
    id: int | None = ABSENT


AppHandlers2: TypeAlias = str


class TimeoutErrorData(Model):
    after: int | float


class OperationCallParams(Model):
    """What operation.call takes."""

    surface: str


class AppContextParams(Model):
    """What app.context takes."""

    context: AppModel
    self: int | float


class SurfacePrintParams(Model):
    """What surface.print takes."""

    kinds: list[Literal["x", "y", "z"]]
