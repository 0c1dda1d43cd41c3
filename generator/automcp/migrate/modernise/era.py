"""Tells which release of an old SDK a server was made for, as far as its text says so."""

from __future__ import annotations

from ..declared import requirements
from ..survey import Project
from ..usage import last_release
from .literals import Unclear
from .made import Made

NEWEST = {"mcp1": (1, 30), "fastmcp2": (3, 4)}
"""The last releases, which are what a project gets that asks for no other."""


def era(project: Project, made: Made) -> tuple[int, ...]:
    """The release that a server was made for: by its pin and what it says, else the newest.

    Raises:
        Unclear: It called functions otherwise than compiled ones are called.
    """
    declared = requirements(project)
    sdk = "fastmcp" if made.flavour == "fastmcp2" else "mcp"
    found = last_release(project, declared, sdk) or NEWEST[made.flavour]
    if sdk == "fastmcp" and found < (2,):
        raise Unclear("its release of fastmcp is the one that `mcp` took over")
    return found
