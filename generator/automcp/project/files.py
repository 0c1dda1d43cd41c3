"""Reads the files that a user names, under the names that they would type."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from ..text.report import Diagnostic, Label
from ..text.source import Source, Span
from .model import reject

_MOST = 64 * 1024 * 1024
"""Bytes of a file: the longest text that a spec may be, in the widest UTF-8."""


def read_source(path: Path) -> Source:
    """The text of a file, under the name that a user would type.

    Raises:
        Rejected: `AM522` if it cannot be read, or is not UTF-8.
    """
    name = shown(path)
    try:
        return Source(name, _text(path))
    except UnicodeDecodeError as error:
        reject(_not_utf8(name, error))
    except OSError as error:
        why = (error.strerror or type(error).__name__).lower()
        reject(Diagnostic("AM522", f"`{name}` cannot be read: {why}", help="name a file of text"))


def read_file(name: str) -> Source:
    """The text of a file that a spec names, for `pipeline.analyse`. Raises `OSError`, `UnicodeDecodeError`."""
    return Source(name, _text(Path(name)))


def shown(path: Path) -> str:
    """`path` as a user would type it: relative to where they are, if it is below."""
    absolute = path.absolute()
    here = Path.cwd()
    return str(absolute.relative_to(here)) if absolute.is_relative_to(here) else str(path)


def _text(path: Path) -> str:
    """The text of a plain file: a pipe would keep us waiting, a device may never end."""
    kind = path.stat()
    if stat.S_ISDIR(kind.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(kind.st_mode):
        raise OSError(errno.EINVAL, "it is not a plain file")
    if kind.st_size > _MOST:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
    return path.read_text(encoding="utf-8-sig")


def _not_utf8(name: str, error: UnicodeDecodeError) -> Diagnostic:
    """The finding at the first byte that is no UTF-8, the rest shown as far as it is text."""
    before = error.object[: error.start].decode("utf-8-sig", "replace")
    text = before + error.object[error.start :].decode("utf-8", "replace")
    at = Label(Span(Source(name, text), len(before), len(before) + 1))
    message = f"`{name}` cannot be read: it is not UTF-8 text"
    return Diagnostic("AM522", message, at, help="save it as UTF-8")
