"""Prints import statements from the names that a module mentions."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping


def import_lines(wanted: Mapping[str, Iterable[str]]) -> str:
    """`from ... import ...` lines in blocks: standard library, others, this package.

    Args:
        wanted: Names by module; modules without names are left out.
    """
    blocks: tuple[list[str], list[str], list[str]] = ([], [], [])
    for module in sorted(wanted, key=_place):
        names = sorted(set(wanted[module]), key=_rank)
        if names:
            blocks[_block(module)].append(f"from {module} import {', '.join(names)}")
    return "\n\n".join("\n".join(block) for block in blocks if block)


def _place(module: str) -> tuple[bool, str]:
    return module.startswith("."), module


def _block(module: str) -> int:
    if module.startswith("."):
        return 2
    return 0 if module.partition(".")[0] in sys.stdlib_module_names else 1


def _rank(name: str) -> tuple[int, str]:
    """Constants, classes, then the rest, as ruff sorts them."""
    source = name.partition(" as ")[0]
    if source.isupper() and len(source) > 1:
        return 0, name
    return (1 if source[:1].isupper() else 2), name
