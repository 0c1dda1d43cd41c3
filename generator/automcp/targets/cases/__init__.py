"""Test cases from schemas: a value that fits, and for each constraint one just inside and one just outside."""

from __future__ import annotations

from .boundaries import Boundary, Seen, boundaries
from .sample import NoSample, sample

__all__ = ["Boundary", "NoSample", "Seen", "boundaries", "sample"]
