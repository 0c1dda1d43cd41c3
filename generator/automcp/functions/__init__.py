"""Compares what the spec says of functions (`run: python`) with their sources, which are read and never run."""

from __future__ import annotations

from .check import check_functions

__all__ = ["check_functions"]
