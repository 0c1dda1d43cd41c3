"""Finds what a migration brought to a project before: adapters, and compiled packages. None of it is its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .names import ADAPTERS

_KERNEL = "/_runtime/server/kernel.py"
_ALONE = "/_runtime/as_server/handshake.py"


def adapters_among(paths: Iterable[str]) -> Mapping[str, str]:
    """Where adapters lie, by what they stand for: by the module that says which release that was.

    That for fastmcp before 2 has it in its copy of the adapter for `mcp`.
    """
    listed = tuple(paths)
    return {
        sdk: path.removesuffix(end)
        for sdk, name in ADAPTERS.items()
        for end in ("/sdk/before.py", "/before.py")
        for path in listed
        if f"/{path}".endswith(f"/{name}{end}")
    }


def packages_among(paths: Iterable[str]) -> tuple[str, ...]:
    """Where compiled packages lie: by the kernel that each of them has."""
    return tuple(path.removesuffix(_KERNEL) for path in paths if path.endswith(_KERNEL))


def stands_alone(paths: Iterable[str]) -> bool:
    """Whether a compiled package is known to callers as a server of the old SDK, and needs no adapter for it."""
    return any(path.endswith(_ALONE) for path in paths)


def in_any(path: str, folders: Iterable[str]) -> bool:
    """Whether a path lies in one of some folders."""
    return any(path.startswith(f"{folder}/") for folder in folders)
