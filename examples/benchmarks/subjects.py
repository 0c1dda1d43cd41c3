"""What is measured: compiled servers and their hand-written peers."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from environments import python_with

from . import handwritten, service
from .servers import Program

ROOT = Path(__file__).resolve().parents[2]

OURS = "compiled"
PEER = "MCPServer"
"""By what the ratios are: a server that is written by hand with the SDK's `MCPServer`."""

_HTTP = ("--http", "--json", "--stateless", "--port")


def two(folder: Path, count: int) -> dict[str, Program]:
    """The compiled server and the peers that live in this environment."""
    here = Path(sys.executable)
    project = service.write(folder, count)
    return {
        OURS: Program(here, service.server_path(project), service.MODULE, _HTTP),
        PEER: _peer(folder, handwritten.mcpserver, count, here),
        "low-level": _peer(folder, handwritten.lowlevel, count, here),
    }


def all_of_them(folder: Path, count: int) -> dict[str, Program]:
    """These, and the older and other SDKs in environments of their own."""
    older = python_with("--constraint", str(ROOT / "constraints-mcp1.txt"), "mcp<2")
    other = python_with("--constraint", str(ROOT / "constraints-fastmcp4.txt"), "fastmcp")
    return {
        **two(folder, count),
        "FastMCP (mcp 1)": _peer(folder, handwritten.fastmcp1, count, older, modern=False),
        "FastMCP 4": _peer(folder, handwritten.fastmcp4, count, other),
    }


def _peer(
    folder: Path,
    maker: Callable[[int], tuple[str, str]],
    count: int,
    python: Path,
    *,
    modern: bool = True,
) -> Program:
    path = handwritten.write(folder, maker, count)
    return Program(python, path, handwritten.MODULE, ("--http",), modern)


Subjects = Callable[[Path, int], Mapping[str, Program]]
