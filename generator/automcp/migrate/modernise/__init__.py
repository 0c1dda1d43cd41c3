"""Turns what is understood of a legacy server's source into plain functions, and says what was not."""

from __future__ import annotations

from .found import KEYS, Flavour, Left, Modernised, Plain, PlainOffer, Server
from .source import modernise

__all__ = ["KEYS", "Flavour", "Left", "Modernised", "Plain", "PlainOffer", "Server", "modernise"]
