"""Tells which release of an old SDK a server was made for, as far as its text says so."""

from __future__ import annotations

from ..declared import requirements
from ..requirements import at_least
from ..survey import Project
from ..usage import KNOWN_TO_MCP, last_release
from .literals import Unclear
from .made import Made

NEWEST = {"mcp1": (1, 30), "fastmcp2": (3, 4)}
"""The last releases, which are what a project gets that asks for no other."""

_BEFORE_WORDS = (1, 9)
"""The release that a server is taken to be made for whose constructor is told words that 1.12 refuses.

1.10 and 1.11 took them, too, for a few weeks; what was written with such words was written before, and lists no output schemas.
"""


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
    said = {one.arg for one in made.call.keywords if one.arg is not None}
    told = sdk == "mcp" and said - KNOWN_TO_MCP and at_least(declared, sdk) <= _BEFORE_WORDS
    return min(found, _BEFORE_WORDS) if told else found
