"""`automcp.manager`: runs several operations of a group together."""

from __future__ import annotations

from . import stand_ins
from .runtime.legacy_groups.manager import DEFAULT_TIMEOUT, ServiceManager

stand_ins.install()

__all__ = ["DEFAULT_TIMEOUT", "ServiceManager"]
