"""What the operations of pet-api take and give.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from ._runtime.shared.model import ABSENT, Model


class Pet(Model):
    """An animal for sale."""

    id: str
    name: str
    tags: list[str] | None = ABSENT


class Point(Model):
    """A place."""

    x: int | float
    y: int | float


class RefusedData(Model):
    code: int


class PetsPatchArguments(Model):
    """What to change."""

    id: str
    name: str | None = ABSENT
