"""What the operations of shapes take and give.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from typing_extensions import TypeAliasType

from ._runtime.shared.model import ABSENT, Model


class Circle(Model):
    kind: Literal["circle"]
    radius: int | float


class Square(Model):
    kind: Literal["square"]
    side: int | float


class Group(Model):
    """Shapes that move together."""

    kind: Literal["group"]
    members: list[Shape]


Shape: TypeAlias = Circle | Square | Group
"""Anything that can be drawn."""


Tree = TypeAliasType("Tree", "int | float | list[Tree]")
"""A number, or a list of trees."""


class Named(Model):
    name: str


class NamedCircle(Model):
    """Both at once."""

    kind: Literal["circle"]
    radius: int | float
    name: str


class CanvasDrawParams(Model):
    """What canvas.draw takes."""

    shape: Shape
    """What to draw."""
    at: int | str
    """A place, by number or by name."""
    sizes: dict[str, int | float] | None = ABSENT
    corner: tuple[int | float, int | float] | None = ABSENT


class CanvasTotalParams(Model):
    """What canvas.total takes."""

    tree: Tree
