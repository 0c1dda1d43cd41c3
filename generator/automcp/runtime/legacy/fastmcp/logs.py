"""Logging as `mcp.server.fastmcp` set it up."""

from __future__ import annotations

import logging
from importlib import import_module
from typing import Any

__all__ = ["configure_logging", "get_logger"]


def get_logger(name: str) -> logging.Logger:
    """The logger of that name."""
    return logging.getLogger(name)


def configure_logging(level: str = "INFO") -> None:
    """Log to stderr from that level on, unless logging is set up already."""
    logging.basicConfig(level=level, format="%(message)s")


def __getattr__(name: str) -> Any:
    return import_module("..elsewhere", __package__).elsewhere(name)
