"""What of this installation decides what a run gives, as one hash: what was found with another one is not believed.

It is taken of the code itself and not of its version, so that an editable install notices its own edits. That costs
4 ms for 300 files, and saves a run of half a second; looking at times and sizes instead would save 3 ms more, and
would have to be right about every file system.
"""

from __future__ import annotations

import os
import sys
from hashlib import sha256

from .assets import place_of
from .version import VERSION

# Not from `typing`, which is slow to import; type checkers know the name.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_known: list[str] = []


def identity() -> str:
    """The hash of our code and templates, of the interpreter, and of which packages are installed; taken once.

    Raises:
        OSError: A part of the installation cannot be read.
    """
    if not _known:
        told = sha256()
        for part in (VERSION, sys.version, sys.executable, *_packages()):
            told.update(part.encode("utf-8", "surrogateescape") + b"\0")
        for folder in (os.path.dirname(__file__), place_of("blueprints")):
            for path in _files(folder):
                with open(path, "rb", buffering=0) as file:
                    data = file.read()
                told.update(b"%s\0%d\0" % (os.fsencode(path), len(data)))
                told.update(data)
        _known.append(told.hexdigest())
    return _known[0]


def _packages() -> Iterator[str]:
    """Every installed distribution, and when it was installed."""
    for folder in sys.path:
        try:
            with os.scandir(folder or ".") as found:
                items = sorted((item for item in found if item.name.endswith(_RECORDS)), key=_name)
        except OSError:
            continue
        for item in items:
            yield f"{item.path} {item.stat().st_mtime_ns}"


_RECORDS = (".dist-info", ".egg-info", ".egg-link", ".pth")


def _files(folder: str) -> Iterator[str]:
    with os.scandir(folder) as found:
        for item in sorted(found, key=_name):
            if item.is_dir():
                if item.name != "__pycache__":
                    yield from _files(item.path)
            elif not item.name.endswith(".pyc"):
                yield item.path


def _name(item: os.DirEntry[str]) -> str:
    return item.name
