"""Asks git whether what is about to change could be undone."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from pathlib import Path

from .deliver import CannotDeliver

_SECONDS = 60
_NAMED = 5


def check_undoable(folder: Path, paths: Iterable[str]) -> None:
    """Make sure that git could bring back all that is changed in a folder.

    Args:
        paths: What is written or removed, relative to the folder.

    Raises:
        CannotDeliver: The folder is in no work tree, has changes that are not committed, or holds files of these
            paths that git does not know.
    """
    if _git(folder, "rev-parse", "--is-inside-work-tree") != "true\n":
        raise CannotDeliver(
            f"`{folder}` is in no git work tree, so that nothing could be undone: commit it first, or use --out"
        )
    changed = _git(folder, "status", "--porcelain", "-z", "--untracked-files=no", "--", ".")
    if changed is None:
        raise CannotDeliver(f"git does not say what is changed in `{folder}`")
    if changed:
        names = [entry[3:] for entry in changed.split("\0") if entry[2:3] == " "]
        raise CannotDeliver(f"commit or stash what is changed in `{folder}` first: {_some(names)}")
    known = set((_git(folder, "ls-files", "-z", "--", ".") or "").split("\0"))
    strange = [
        path
        for path in sorted(paths)
        if path not in known and ((folder / path).exists() or (folder / path).is_symlink())
    ]
    if strange:
        raise CannotDeliver(f"git does not know these files, which would change: {_some(strange)}")


def _some(names: list[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return f"{', '.join(names[:_NAMED])}{more}"


def _git(folder: Path, *words: str) -> str | None:
    """What git prints; `None` if it is not there, or refuses."""
    try:
        done = subprocess.run(
            # No program that the folder's own configuration names to watch it.
            ["git", "-C", str(folder), "-c", "core.fsmonitor=false", *words],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=_SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.decode("utf-8", "surrogateescape") if done.returncode == 0 else None
