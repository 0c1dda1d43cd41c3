"""Paths that callers send, as names of folders and files: nothing in them leads out of the root."""

from __future__ import annotations

import os
import re

from ..shared.failure import BackendError

_LONGEST = 4096
_MOST = 64
_ON_WINDOWS = re.compile(r'[<>:"|?*\\\x00-\x1f]|[ .]$', re.DOTALL)
_DEVICES = re.compile(
    r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE
)


def names(path: str, *, windows: bool = os.name == "nt") -> tuple[str, ...]:
    """The names in a path, which is relative to the root; none stand for the root itself.

    Args:
        windows: Whether names mean what they mean to Windows: devices, drives, streams, other separators.

    Raises:
        BackendError: The path is absolute, or has a `..`, or a name that no file can have.
    """
    found = tuple(name for name in path.split("/") if name not in ("", "."))
    if path.startswith("/"):
        raise _refused(path, "is absolute; paths are relative to the root")
    if ".." in found:
        raise _refused(path, "has a `..`, and nothing leads out of a folder")
    if "\0" in path or len(path) > _LONGEST or len(found) > _MOST:
        raise _refused(path, "is no path that a file can have")
    if not path.isascii() and not _is_text(path):
        raise _refused(path, "is no Unicode text")
    if windows and any(_ON_WINDOWS.search(name) or _DEVICES.fullmatch(name) for name in found):
        raise _refused(path, "has a name that Windows gives a meaning of its own")
    return found


def _refused(path: str, problem: str) -> BackendError:
    return BackendError(f"the path {path[:200]!r} {problem}")


def _is_text(path: str) -> bool:
    try:
        return bool(path.encode())
    except UnicodeEncodeError:
        return False
