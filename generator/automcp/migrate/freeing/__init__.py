"""Takes the old SDK's server object out of legacy sources where nothing is left for it to do."""

from __future__ import annotations

from .found import Freed, Identity
from .free import free

__all__ = ["Freed", "Identity", "free"]
