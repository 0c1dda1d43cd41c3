"""The module that runs as the main program, and is imported under its own name, too."""

from __future__ import annotations

import sys
from pathlib import Path


def know_the_main_module() -> None:
    """Let it be found by its name: imported again, it would be another one, with a server and variables of its own."""
    main = sys.modules["__main__"]
    spec = getattr(main, "__spec__", None)
    if spec is not None:
        sys.modules.setdefault(spec.name, main)
        return
    file = getattr(main, "__file__", None)
    if file is None:
        return
    path = Path(file).resolve()
    for folder in {Path(entry).resolve() for entry in sys.path}:
        if path.is_relative_to(folder):
            name = ".".join(path.relative_to(folder).with_suffix("").parts)
            sys.modules.setdefault(name, main)
