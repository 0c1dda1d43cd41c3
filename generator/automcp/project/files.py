"""Reads the files that a user names, under the names that they would type."""

from __future__ import annotations

from pathlib import Path

from ..text.report import Diagnostic
from ..text.source import Source
from .model import reject


def read_source(path: Path) -> Source:
    """The text of a file, under the name that a user would type.

    Raises:
        Rejected: `AM522` if it cannot be read, or is not UTF-8.
    """
    try:
        return Source(shown(path), path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError:
        why = "it is not UTF-8 text"
    except OSError as error:
        why = (error.strerror or type(error).__name__).lower()
    reject(Diagnostic("AM522", f"`{shown(path)}` cannot be read: {why}"))


def read_file(name: str) -> Source:
    """The text of a file that a spec names, for `pipeline.analyse`. Raises `OSError`, `UnicodeDecodeError`."""
    return Source(name, Path(name).read_text(encoding="utf-8-sig"))


def shown(path: Path) -> str:
    """`path` as a user would type it: relative to where they are, if it is below."""
    absolute = path.absolute()
    here = Path.cwd()
    return str(absolute.relative_to(here)) if absolute.is_relative_to(here) else str(path)
