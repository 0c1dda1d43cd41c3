"""The user's cache folder: what takes long to find out again, and what nobody misses when it is gone.

Not in the project, because what lies in a project may come from a stranger, and what lies here is believed. So the
folder has to belong to the user, and nobody else may be able to write to it; else it is not used. No failure
of a cache is an error: what cannot be read was never there, what cannot be written is not kept.

It imports no more than `os`, `sys` and `hashlib`: what a cache makes fast must not wait for it.
"""

from __future__ import annotations

import os
import stat
import sys
from hashlib import sha256

# Not from `typing`, which is slow to import; type checkers know the name.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

VARIABLE = "AUTOMCP_CACHE"
"""The environment variable: `off`, or another folder."""

KINDS = {"unchanged": 32, "models": 16, "compiled": 96}
"""Each kind of entry, and the megabytes that all of its kind may take; the oldest make room."""

_OFF = ("off", "no", "false", "0")
_HASH = 64


def folder() -> str | None:
    """The folder that is in use, which need not exist yet; `None` if caching is off."""
    said = os.environ.get(VARIABLE, "")
    if said.lower() in _OFF:
        return None
    if said:
        return os.path.abspath(said)
    home = os.path.expanduser("~") if os.environ.get("HOME") != "" else ""
    if sys.platform == "win32":
        above = os.environ.get("LOCALAPPDATA") or os.path.join(home, "AppData", "Local")
    elif sys.platform == "darwin":
        above = os.path.join(home, "Library", "Caches")
    else:
        above = os.environ.get("XDG_CACHE_HOME") or os.path.join(home, ".cache")
    # Relative if there is no home, or if somebody set it so: then it would lie in some project.
    return os.path.join(above, "automcp") if os.path.isabs(above) else None


def name_of(*parts: str) -> str:
    """The name of the entry for these texts: their hash, so that nothing in them becomes a path."""
    told = sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        told.update(b"%d " % len(data))
        told.update(data)
    return told.hexdigest()


def read(kind: str, name: str) -> bytes | None:
    """An entry as it was written; `None` if there is none, or it was damaged."""
    place = folder()
    if place is None or not is_safe(place):
        return None
    path = os.path.join(place, kind, name)
    try:
        with open(path, "rb") as file:
            data = file.read()
    except OSError:
        return None
    try:
        # The oldest go first, by when they were last of use.
        os.utime(path)
    except OSError:
        pass
    value = data[_HASH:]
    return value if data[:_HASH] == sha256(value).hexdigest().encode() else None


def write(kind: str, entries: Mapping[str, bytes]) -> None:
    """Keep entries of a kind, if possible: each whole or not at all, readable by the user alone."""
    place = folder()
    if place is not None and entries:
        from .keep import keep

        stamped = (
            (name, sha256(value).hexdigest().encode() + value) for name, value in entries.items()
        )
        keep(place, kind, stamped, KINDS[kind] << 20)


def is_safe(place: str) -> bool:
    """Whether it is a folder of this user, to which nobody else may write."""
    try:
        found = os.lstat(place)
    except OSError:
        return False
    if sys.platform == "win32":
        # There, access lists close the folders of a user to others.
        return stat.S_ISDIR(found.st_mode)
    mine = found.st_uid == os.geteuid()
    return (
        mine and stat.S_ISDIR(found.st_mode) and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    )
