"""Reads spec text, YAML or JSON, into nodes that know where they stand."""

from __future__ import annotations

from .files import Loaded, Read, beside, load_all
from .reader import load

__all__ = ["Loaded", "Read", "beside", "load", "load_all"]
