"""`automcp.group`: the class that groups of operations inherit from."""

from __future__ import annotations

from . import stand_ins
from .runtime.legacy_groups.group import MockContext, ServiceGroup

stand_ins.install()

__all__ = ["MockContext", "ServiceGroup"]
