"""What the operations of locks take and give.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from ._runtime.shared.model import ABSENT, Model

Code: TypeAlias = str


class Tries(Model):
    tries: list[Code] | None = ABSENT


class WrongCodeData(Model):
    left: int
    """Tries that are left."""
    tried: Code | None = ABSENT
    again_at: Annotated[str | None, Field(alias="again-at")] = None


class RefusedData(Model):
    why: Literal["night", "holiday"] | None = ABSENT


class LocksOpenParams(Model):
    """What locks.open takes."""

    code: Code
    """Four digits."""
