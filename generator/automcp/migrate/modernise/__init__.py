"""Turns what is understood of a legacy server's source into plain functions, and says what was not."""

from __future__ import annotations

from .found import Flavour, Left, Modernised, Plain, Server
from .source import modernise

__all__ = ["Flavour", "Left", "Modernised", "Plain", "Server", "modernise"]
