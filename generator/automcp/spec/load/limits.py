"""How much text a spec may hold, so that a hostile one cannot exhaust the machine."""

from __future__ import annotations

TEXT = 16 * 1024 * 1024
"""Characters of one file."""

DEPTH = 100
"""Collections inside each other; every later pass may recurse that deep."""

NODES = 500_000
"""Values of one file, each alias counted as what it stands for."""

DIGITS = 1000
"""Characters of one number; Python itself refuses to print much longer ones."""
