"""`automcp.utils`: reads the configurations of groups."""

from __future__ import annotations

from . import stand_ins
from .runtime.legacy_groups.configuration import load_config

stand_ins.install()

__all__ = ["load_config"]
