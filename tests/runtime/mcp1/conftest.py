"""These tests want mcp 1; with another version of the SDK there is nothing to collect."""

from __future__ import annotations

from importlib.metadata import version

collect_ignore_glob = [] if version("mcp").startswith("1.") else ["*.py"]
