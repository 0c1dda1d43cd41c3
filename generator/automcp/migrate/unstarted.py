"""What a legacy server lists by its sources, as far as they say it: for where it cannot be started."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..importers.server.capture import Captured
from .compare import Difference, listed_differences
from .entry import Entry
from .modernise.found import Left
from .modernise.reading import Reading
from .survey import Project

_COMPARED = ("description", "inputSchema")


@dataclass(frozen=True, slots=True)
class Unstarted:
    """What the sources of a legacy server say.

    Attributes:
        tools: The tools that were understood, as `tools/list` says them, by name.
        left: The registrations that were not.
        found: Where the result shows something else of these tools; empty if it was not started either.
    """

    tools: Mapping[str, Mapping[str, Any]]
    left: tuple[Left, ...]
    found: tuple[Difference, ...] = ()


def by_sources(project: Project, entry: Entry, after: Captured | None) -> Unstarted:
    """Read a server's tools from its sources, and compare them with what its migration shows.

    Args:
        after: What the migrated server shows; `None` if it was not started.
    """
    reading = Reading(project, entry, None)
    tools: dict[str, Mapping[str, Any]] = {}
    left: list[Left] = []
    for made in reading.servers():
        understood, places = reading.of(made)
        tools |= {one.plain.name: one.plain.tool for one in understood}
        left += places
    found: tuple[Difference, ...] = ()
    if after is not None:
        shown = {str(one.get("name")): one for one in after.tools}
        compared = {name: one for name, one in tools.items() if name in shown}
        found = tuple(
            Difference("tools", name, "", dict(one), None)
            for name, one in tools.items()
            if name not in shown
        ) + tuple(
            one for one in listed_differences("tools", compared, shown) if one.member in _COMPARED
        )
    return Unstarted(tools, tuple(sorted(left, key=lambda one: (one.source, one.line))), found)
