"""Reads the registrations of a legacy server, and takes those away that a compiled server makes."""

from __future__ import annotations

from collections.abc import Callable

from ...importers.server.capture import Captured
from ..entry import Entry
from ..survey import Project
from .found import Modernised, Server


def modernise(
    project: Project,
    entry: Entry,
    captured: Captured | None,
    compiled: Callable[[Server], str],
) -> Modernised:
    """What a project's sources say once its tools are plain functions.

    Args:
        entry: How the server is started.
        captured: What the legacy server showed; without it the sources alone say what is listed.
        compiled: The dotted name of the compiled package that stands for what was registered on a server.
    """
    return Modernised((), (), {})
