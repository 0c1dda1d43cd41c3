"""Tells where a tool's function is found once nothing registers it: where it is, outside of another one, or by a global."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from ..survey import Source
from .bindings import Names
from .found import Left
from .lifting import check_statement, lifted_out_of, registering
from .literals import Unclear
from .loading import Loaded
from .made import Made
from .methods import mentions
from .published import publishing
from .reaching import Key, Reaching
from .registered import Registration
from .scopes import Function, owner, parents


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a function is found.

    Attributes:
        moved_out_of: The function that it stands in, which it leaves.
        found_as: The global that it is found by, where it stays in another one, or is a method.
    """

    moved_out_of: Function | None = None
    found_as: str | None = None


@dataclass(frozen=True)
class Placing:
    """Places the functions that are registered on a server.

    Attributes:
        loads: What is loaded when the server is started, and with its module.
        taken: Globals that functions are found by already, with their modules' paths.
    """

    names: Names
    sources: Sequence[Source]
    loads: Sequence[Loaded]
    reaching: Reaching
    taken: set[tuple[str, str]]

    def of(self, made: Made, one: Registration) -> Placed:
        """Where a function is found.

        Raises:
            Unclear: It may not be registered, or not be found.
        """
        defined = isinstance(parents(one.source.tree).parent(one.function), ast.Module)
        if defined and one.statement is None:
            return Placed()
        if made.function is None:
            with suppress(Unclear):
                if defined and one.bound is None:
                    check_statement(self.names, self.sources, self.loads, one)
                    return Placed()
                if one.statement is None:
                    return Placed(registering(self.names, self.sources, self.loads, one))
        self.reaching.of(one.place, one.statement or one.function)
        if one.bound is not None:
            return Placed(found_as=publishing(self.reaching, one, self.taken))
        if defined:
            return Placed()
        with suppress(Unclear):
            return Placed(lifted_out_of(self.names, self.sources, one))
        return Placed(found_as=publishing(self.reaching, one, self.taken))


def is_named_there(one: Registration) -> bool:
    """Whether the function that a tool's function stands in names it."""
    around = parents(one.source.tree).parent(one.function)
    return any(
        isinstance(node, ast.Name) and owner(one.source.tree, node) is around
        for node in mentions(one.source.tree).get(one.function.name, ())
        if not isinstance(around, ast.Module)
    )


def reached_at(
    made: Made,
    order: Mapping[tuple[str, int], int],
    reaching: Reaching,
    one: Registration | None,
    place: Left,
) -> Key | None:
    """Where a registration is reached: by the line of its function, as statements are counted.

    Args:
        order: When statements are reached that certainly are, by path and line.
    """
    decorated = one is not None and one.decorator is not None
    line = one.function.lineno if one is not None and decorated else place.line
    counted = order.get((place.source, line))
    if made.function is None and counted is not None:
        return ((0, counted),)
    if one is None:
        return None
    with suppress(Unclear):
        return reaching.of(one.place, one.statement or one.function)
    return None
