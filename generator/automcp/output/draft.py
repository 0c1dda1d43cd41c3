"""A folder for what is not finished: it lies where the result will, and goes with all that was made for it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NoReturn


@contextmanager
def draft_beside(
    folder: Path, command: str, refuse: Callable[[Path, str], NoReturn]
) -> Generator[Path]:
    """A folder to work in, on the same disk as `folder`; gone afterwards, with the parents that were made for it.

    Args:
        command: Whose draft it is: a part of its name, for whoever finds one that a power cut left.
        refuse: Called with the parent and the reason if the disk refuses.
    """
    parent = folder.absolute().parent
    missing = [path for path in (parent, *parent.parents) if not path.exists()]
    try:
        parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=f".automcp-{command}-", dir=parent))
    except OSError as error:
        refuse(parent, error.strerror or str(error))
    try:
        yield draft
    finally:
        shutil.rmtree(draft, ignore_errors=True)
        for path in missing:
            with suppress(OSError):
                path.rmdir()
