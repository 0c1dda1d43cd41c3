"""What the operations of locks take and give.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from ._runtime.shared.model import Model, absent

Code: TypeAlias = str


class Tries(Model):
    tries: list[Code] | None = absent()


class WrongCodeData(Model):
    left: int
    """Tries that are left."""
    tried: Code | None = absent()
    again_at: Annotated[str | None, Field(alias="again-at")] = None


class RefusedData(Model):
    why: Literal["night", "holiday"] | None = absent()


class LocksOpenParams(Model):
    """What locks.open takes."""

    code: Code
    """Four digits."""
