"""Schemas that code generators are known to get wrong, with values and verdicts: `CASES`."""

from __future__ import annotations

from .case import Case
from .formats import FORMATS
from .names import NAMES
from .objects import OBJECTS
from .references import REFERENCES
from .unions import UNIONS
from .values import VALUES

CASES: tuple[Case, ...] = (*OBJECTS, *UNIONS, *VALUES, *FORMATS, *NAMES, *REFERENCES)

__all__ = ["CASES", "Case"]
