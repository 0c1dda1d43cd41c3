"""Checks that a module which registers is loaded once, and before its server is served."""

from __future__ import annotations

import ast

from ..entry import Entry
from ..survey import Source
from .bindings import Bound, Names
from .literals import Unclear
from .loading import Loaded
from .made import Made
from .registered import Registration
from .scopes import parents
from .servers import Uses


def check_loaded(
    made: Made, started: Loaded, alone: Loaded, late: frozenset[str], one: Registration
) -> None:
    """Whether a module is always loaded.

    Args:
        started: What starting the server loads.
        alone: What the server's module loads.
        late: The files that are loaded by the time that the server is served.

    Raises:
        Unclear: It may not be.
    """
    if one.place.path not in {*started.names, *alone.names, made.source.path} | late:
        raise Unclear("whether its module is always loaded cannot be told")


def check_loaded_once(made: Made, started: Loaded, alone: Loaded, one: Registration) -> None:
    """Whether the modules of a registration are loaded once.

    Raises:
        Unclear: One is loaded under several names.
    """
    for each in (one.source, one.place, made.source):
        names = {*started.names.get(each.path, ()), *alone.names.get(each.path, ())}
        program = "__main__" in names and len(started.names[each.path]) > 1
        if program or len(names - {"__main__"}) > 1:
            raise Unclear(f"`{each.path}` is loaded twice, under different names")


def check_served_after(names: Names, entry: Entry, used: Uses, one: Registration) -> None:
    """Whether a module does not serve while it is loaded, before a tool is registered.

    Raises:
        Unclear: It may.
    """
    line = one.function.lineno if one.statement is None else one.statement.lineno
    served = [
        node.lineno
        for source, node in used.run
        if source is one.place and _serves_at_once(source, node)
    ]
    if one.place is entry.source:
        served += (each.lineno for each in one.place.tree.body if _may_serve(names, one, each))
    if any(place < line for place in served):
        raise Unclear("the server runs before it is registered")


def _may_serve(names: Names, one: Registration, node: ast.stmt) -> bool:
    """Whether a block that runs in the main program alone calls something that may serve."""
    if not isinstance(node, ast.If) or "__name__" not in ast.unparse(node.test):
        return False
    calls = (each for each in ast.walk(node) if isinstance(each, ast.Call))
    return any(
        isinstance(names.of(one.place, each.func), Bound)
        or (isinstance(each.func, ast.Attribute) and each.func.attr.startswith("run"))
        for each in calls
    )


def _serves_at_once(source: Source, node: ast.expr) -> bool:
    """Whether a server is run by its module itself, and not by a function of it."""
    above = parents(source.tree)
    asked = above.parent(node)
    runs = isinstance(asked, ast.Attribute) and asked.attr.startswith("run")
    return runs and next(above.scopes(node), None) is None
