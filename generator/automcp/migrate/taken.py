"""Tells which names of a result a project has itself: nothing is written over what is its own."""

from __future__ import annotations

import os
from collections.abc import Iterable

from .names import ADAPTERS
from .survey import Project
from .tree import CannotRead, walk


def is_taken(project: Project, path: str) -> bool:
    """Whether something of a project's own comes to a path of its copy; folders without files are nothing.

    Raises:
        CannotRead: The folder there cannot be listed.
    """
    if any(one.path == path for one in project.left_out):
        return False
    place = project.folder / path
    if place.is_symlink() or not place.is_dir():
        return os.path.lexists(place)
    return any(one.kind != "folder" for one in walk(place))


def first_taken(project: Project, paths: Iterable[str]) -> str | None:
    """The first of some paths that is the project's own; `None` if all are free."""
    return next((path for path in sorted(paths) if is_taken(project, path)), None)


def check_adapter(project: Project, sdk: str, home: str) -> None:
    """Make sure that an adapter replaces nothing, and hides no module of its name.

    Args:
        home: The folder that it comes to.

    Raises:
        CannotRead: The project has something of that name.
    """
    own = next((one for one in (home, f"{home}.py") if is_taken(project, one)), None)
    if own is not None:
        raise CannotRead(
            f"`{own}` is the project's own, and the adapter for `{sdk}` has to be `{ADAPTERS[sdk]}` there: "
            "rename it, with what imports it, and migrate again"
        )
