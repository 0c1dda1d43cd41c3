"""Prints import statements from the names that a module mentions."""

from __future__ import annotations

import sys
from collections.abc import Container, Iterable, Mapping

from .content import ANY_BLOCK, CLASSES

_HOMES = {
    "Any": "typing",
    "Literal": "typing",
    "Sequence": "collections.abc",
    **dict.fromkeys((ANY_BLOCK, *CLASSES.values()), "._runtime.shared.content"),
    "Completions": "._runtime.server.result",
    "Contents": "._runtime.server.result",
    "Messages": "._runtime.server.result",
    "Result": "._runtime.server.result",
    "Variables": "._runtime.server.offers",
    "Unset": "._runtime.shared.model",
    "Verbatim": "._runtime.server.result",
}
"""Where the types come from that a server's methods mention, besides the service's own."""


def homes(names: Iterable[str], models: Container[str]) -> dict[str, set[str]]:
    """The names by the module that they come from, seen from a module of the package itself.

    Args:
        models: The names of the service's own types. Names that are neither theirs nor known here are
            built in.
    """
    found: dict[str, set[str]] = {}
    for name in names:
        home = ".models" if name in models else _HOMES.get(name)
        if home is not None:
            found.setdefault(home, set()).add(name)
    return found


def seen_from_below(wanted: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """The same imports for a module in a folder of the package."""
    return {
        f".{module}" if module.startswith(".") else module: names
        for module, names in wanted.items()
    }


def joined(*parts: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """All imports together."""
    found: dict[str, set[str]] = {}
    for part in parts:
        for module, names in part.items():
            found.setdefault(module, set()).update(names)
    return found


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
