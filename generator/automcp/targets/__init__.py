"""What a service can be compiled to. Built-in targets and plugins go through one door: `find`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol, cast, runtime_checkable

from ..ir.model import Service
from ..output.files import Files
from ..text.suggest import did_you_mean
from .limits import Limit
from .shared_work import SharedWork

if TYPE_CHECKING:
    from importlib.metadata import EntryPoints

__all__ = [
    "ENTRY_POINTS",
    "Limit",
    "Limited",
    "Prepared",
    "SharedWork",
    "Target",
    "find",
    "is_built_in",
    "names",
    "refuse_options",
]

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


@runtime_checkable
class Limited(Protocol):
    """A target that cannot do everything; a module with a `limits` function beside `emit` is one."""

    def limits(self, service: Service, options: Mapping[str, object]) -> Iterator[Limit]:
        """What the service asks for and the target cannot do. Each becomes an error (`AM401`).

        Raises:
            ValueError: An option is wrong.
        """
        ...


@runtime_checkable
class Prepared(Protocol):
    """A target that shares work with others; a module with `SHARED` beside `emit` is one.

    Attributes:
        SHARED: What is worked out before all targets are compiled at once.
    """

    @property
    def SHARED(self) -> Sequence[SharedWork[Any]]: ...


def names() -> tuple[str, ...]:
    """Every target that can be found, the built-in ones first."""
    plugins = {plugin.name for plugin in _plugins()}
    return (*_BUILT_IN, *sorted(plugins - _BUILT_IN.keys()))


def is_built_in(name: str) -> bool:
    """Whether the target of a name is ours, and not a plugin's."""
    return name in _BUILT_IN


def find(name: str) -> Target:
    """The target of a name. A plugin cannot take the name of a built-in one.

    Raises:
        LookupError: There is none; the message says which is near.
    """
    if name in _BUILT_IN:
        # Only now, because some of what targets import is slow to import.
        return cast("Target", import_module(_BUILT_IN[name]))
    for plugin in _plugins():
        if plugin.name == name:
            return cast("Target", plugin.load())
    hint = did_you_mean(name, names())
    raise LookupError(f"there is no target `{name}`" + (f"; {hint}" if hint else ""))


def _plugins() -> EntryPoints:
    # Most projects have none, and looking for them takes a mail parser.
    from importlib.metadata import entry_points

    return entry_points(group=ENTRY_POINTS)


def refuse_options(target: str, options: Mapping[str, object], taken: Iterable[str] = ()) -> None:
    """Raises `ValueError` if there are options besides those that the target takes."""
    known = tuple(taken)
    for name in options:
        if name not in known:
            hint = did_you_mean(name, known)
            raise ValueError(
                f"the target `{target}` has no option `{name}`" + (f"; {hint}" if hint else "")
            )
