"""What a service can be compiled to. Built-in targets and plugins go through one door: `find`."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from importlib.metadata import entry_points
from typing import Protocol, cast

from ..ir.model import Service
from ..output.files import Files
from ..text.suggest import did_you_mean

ENTRY_POINTS = "automcp.targets"
"""The group in which a package offers targets of its own."""

_BUILT_IN = {
    "server": "automcp.targets.server",
    "client": "automcp.targets.client",
    "tests": "automcp.targets.tests",
    "ir": "automcp.targets.ir",
}


class Target(Protocol):
    """Turns a service into files; a module with an `emit` function is one."""

    def emit(self, service: Service, options: Mapping[str, object]) -> Files:
        """The files, with paths relative to the target's own folder.

        Raises:
            ValueError: An option is unknown or wrong.
        """
        ...


def names() -> tuple[str, ...]:
    """Every target that can be found, the built-in ones first."""
    plugins = {plugin.name for plugin in entry_points(group=ENTRY_POINTS)}
    return (*_BUILT_IN, *sorted(plugins - _BUILT_IN.keys()))


def find(name: str) -> Target:
    """The target of a name. A plugin cannot take the name of a built-in one.

    Raises:
        LookupError: There is none; the message says which is near.
    """
    if name in _BUILT_IN:
        # Only now, because some of what targets import is slow to import.
        return cast("Target", import_module(_BUILT_IN[name]))
    for plugin in entry_points(group=ENTRY_POINTS, name=name):
        return cast("Target", plugin.load())
    hint = did_you_mean(name, names())
    raise LookupError(f"there is no target `{name}`" + (f"; {hint}" if hint else ""))


def refuse_options(target: str, options: Mapping[str, object]) -> None:
    """For targets that take no options. Raises `ValueError` if there are some."""
    if options:
        raise ValueError(f"the target `{target}` has no option `{next(iter(options))}`")
