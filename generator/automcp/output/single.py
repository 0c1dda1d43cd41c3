"""Writes one file that belongs to no project: the spec that an importer made."""

from __future__ import annotations

from pathlib import Path
from secrets import token_hex

from ..text.report import Diagnostic, Report


def write_single(path: Path, text: str, *, force: bool) -> bool:
    """Write `text` to `path`, whole or not at all; its folder is made if there is none.

    Args:
        force: Replace a file that says something else.

    Returns:
        Whether anything was written: a file that says the same is left alone.

    Raises:
        Rejected: `AM509` if another file is there, or the disk refuses.
    """
    data = text.encode()
    temporary = path.with_name(f".{path.name}.{token_hex(4)}.tmp")
    try:
        if path.exists():
            if not path.is_file():
                # A device may have no end.
                _refuse(f"`{path}` is no file", "leave `--out` out to print")
            if path.stat().st_size == len(data) and path.read_bytes() == data:
                return False
            if not force:
                _refuse(f"`{path}` exists, and says something else", "`--force` replaces it")
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            temporary.write_bytes(data)
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        _refuse(f"`{path}` cannot be written: {error.strerror or error}", None)
    return True


def _refuse(message: str, hint: str | None) -> None:
    report = Report()
    report.add(Diagnostic("AM509", message, help=hint))
    report.settle()
