"""`automcp.server`: the server of a configuration of groups."""

from __future__ import annotations

from . import stand_ins
from .runtime.legacy_groups.server import AutoMCPServer

stand_ins.install()

__all__ = ["AutoMCPServer"]
