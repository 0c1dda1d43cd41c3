"""Where a value breaks its schema."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Violation:
    """One place where a value breaks its schema.

    Attributes:
        path: The place, as `lines[0].quantity`; `""` is the value itself. For something missing
            or too much, the place where it should or should not be.
        message: Reads on from the place: `must be at least 1, not 0`. At most 300 characters.
    """

    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path or 'the value'} {self.message}"
