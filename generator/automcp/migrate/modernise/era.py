"""Tells which release of an old SDK a server was made for, as far as its text says so."""

from __future__ import annotations

from ..declared import requirements
from ..requirements import release
from ..survey import Project
from ..usage import KNOWN_TO_MCP, last_release
from .servers import Made

NEWEST = {"mcp1": (1, 30), "fastmcp2": (3, 4)}
"""The last releases, which are what a project gets that asks for no other."""

_BEFORE_WORDS = (1, 9)
"""The release that servers are taken to be made for whose constructor is told words that 1.12 refuses.

1.10 and 1.11 took them, too, for a few weeks; what was written with such words was written before, and lists no output schemas.
"""


def era(project: Project, made: Made) -> tuple[int, ...]:
    """The release that a server was made for: by its pin, else by what it says, else the newest."""
    declared = requirements(project)
    if made.flavour == "fastmcp2":
        return last_release(project, declared, "fastmcp") or NEWEST["fastmcp2"]
    found = release(declared, "mcp") or NEWEST["mcp1"]
    said = {one.arg for one in made.call.keywords if one.arg is not None}
    return min(found, _BEFORE_WORDS) if said - KNOWN_TO_MCP else found
