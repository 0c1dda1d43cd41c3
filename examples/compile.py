"""Compiles an example where it stands, so that its programs run what the spec says now."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def compile_here(program: str) -> Path:
    """Compile the example that `program` (a `__file__`) belongs to, and make its packages importable.

    Returns the example's folder.
    """
    folder = Path(program).resolve().parent
    subprocess.run(
        [sys.executable, "-m", "automcp", "generate", str(folder)],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    sys.path[:0] = [str(folder / kind / "src") for kind in ("server", "client")]
    return folder
