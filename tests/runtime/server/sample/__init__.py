"""The Shop server, as AutoMCP would generate it."""

from .server import build_server

__all__ = ["build_server"]
