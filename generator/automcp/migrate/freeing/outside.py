"""Finds files beside the sources that start a server by its object, as `mcp run server.py` does."""

from __future__ import annotations

import re
from pathlib import Path

from ..modernise import Left, Server

_FILES = (
    "Dockerfile", "Makefile", "Procfile", "compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml",
    "fastmcp.json", "justfile", "manifest.json", "mcp.json", "server.json", "smithery.yaml", ".mcp.json",
)  # fmt: skip
_MOST_BYTES = 200_000
_RUNS = re.compile(r"""\b(?:mcp|fastmcp)["']?[\s,"']+(?:run|dev|install)\b""")
"""The commands that look for a server object in a file; in lists of words, too."""


def started_outside(folder: Path, server: Server) -> list[Left]:
    """The files that do, and where.

    Args:
        folder: The project.
    """
    last = server.path.removesuffix(".py").removesuffix("/__init__").rpartition("/")[2]
    named = re.compile(rf"\b{re.escape(last)}(?:\.py)?[.:]{re.escape(server.variable)}\b")
    found: list[Left] = []
    for name in (*_FILES, *sorted(one.name for one in folder.glob("*.sh"))):
        for number, line in enumerate(_lines(folder / name), 1):
            if _RUNS.search(line) or named.search(line):
                found.append(Left(name, number, None, "it starts the server by its object"))
                break
    return found


def _lines(path: Path) -> list[str]:
    """The lines of a file; none if it is not there, is a link, or is too large to be one that starts something."""
    try:
        if path.is_symlink() or not path.is_file() or path.stat().st_size > _MOST_BYTES:
            return []
        return path.read_text("utf-8", "replace").splitlines()
    except OSError:
        return []
