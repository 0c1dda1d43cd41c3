"""What `fastmcp.utilities.types` offered."""

from __future__ import annotations

from .sdk.fastmcp import Image

__all__ = ["Image"]
