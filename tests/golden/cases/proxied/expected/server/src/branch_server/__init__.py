"""The Branch server.

Compiled by AutoMCP from spec.yaml: edit the spec, not this file.
"""

from .server import build_server

__all__ = ["build_server"]
