"""The day of a legacy project: which releases its server ran with."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from .locked import locked
from .requirements import release
from .survey import Project

LEGACY = ("mcp<2", "fastmcp<4")
_FIRST_TO_VALIDATE = (1, 10)
_OLD = ("mcp<1.10", "fastmcp<2.14", "pydantic<2.12")
"""What servers need that do not start on the last releases of the old SDKs: words and names went within 1.x and 2.x."""

_GONE = ("unexpected keyword argument", "cannot import name", "ImportError", "TypeError")


def environments(project: Project, needed: Sequence[str]) -> list[tuple[str, ...]]:
    """The bounds of the environments that a legacy server may have run in, the likeliest first.

    What its lock file says comes first; then what it requires, with the newest releases that go with it.
    """
    bounds: list[str] = list(LEGACY)
    mcp = release(needed, "mcp")
    if mcp is not None and mcp < _FIRST_TO_VALIDATE:
        bounds.append("pydantic<2.12")
    if _says_dependencies(project):
        bounds.append("fastmcp<2.14")
    pins = tuple(f"{name}=={version}" for name, version in locked(project).items())
    return [one for one in ((*pins, *LEGACY) if pins else (), tuple(bounds)) if one]


def older(said: str) -> tuple[str, ...] | None:
    """The bounds to try when a server failed on newer releases, going by what it said; `None` if that is no use."""
    return (*LEGACY, *_OLD) if any(word in said for word in _GONE) else None


def _says_dependencies(project: Project) -> bool:
    """Whether a server of the standalone fastmcp is made with `dependencies=`, which went with 2.14."""
    return any(
        isinstance(node, ast.Call)
        and ast.unparse(node.func).split(".")[-1] == "FastMCP"
        and any(word.arg == "dependencies" for word in node.keywords)
        for source in project.sources.values()
        if "fastmcp" in source.sdks
        for node in source.nodes
    )
