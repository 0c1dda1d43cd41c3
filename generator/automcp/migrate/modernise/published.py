"""Tells whether a function that another one holds can be found by a name of its module, once that has run."""

from __future__ import annotations

import ast
import builtins

from ..survey import Source
from .bindings import bindings
from .literals import Unclear
from .methods import mentions
from .reaching import Reaching
from .registered import Registration
from .scopes import Function, bound_names, own_names, owner, parameters, parents, within


def publishing(reaching: Reaching, one: Registration, taken: set[tuple[str, str]]) -> str:
    """The global that a tool's function, or method, is to be found by.

    Args:
        taken: Globals that others are found by, with their modules' paths; this one is added.

    Raises:
        Unclear: There is none, or it might be another function's, too.
    """
    place = one.statement if one.statement is not None else one.function
    reaching.check_once(one.place, place)
    holder = _holder(one, place)
    own = one.function.name
    method = one.bound is not None and not isinstance(one.bound, ast.Name)
    if method:
        _check_method(one)
    elif holder is None or not any(each is one.function for each in holder.body):
        raise Unclear("it is defined in a block of its own")
    for name in [own, f"{own}_tool"] if method else [own]:
        if (one.place.path, name) not in taken and _is_free(one, name, holder, method):
            taken.add((one.place.path, name))
            return name
    raise Unclear(f"`{own}` means something else at the outermost level")


def _holder(one: Registration, place: ast.stmt) -> Function | None:
    return next(
        (
            each
            for each in parents(one.place.tree).around(place)
            if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)
        ),
        None,
    )


def _check_method(one: Registration) -> None:
    """Raises `Unclear` if a method is not what its class says, or an object cannot be told from others."""
    around = parents(one.source.tree).parent(one.function)
    if not isinstance(around, ast.ClassDef) or around.decorator_list:
        raise Unclear("the class of its object is decorated, or unknown")
    if one.function.decorator_list:
        raise Unclear("it is a method that is decorated")
    unhashed = {"__eq__", "__hash__", "__getattribute__", "__getattr__"}
    if any(isinstance(each, ast.FunctionDef) and each.name in unhashed for each in around.body):
        raise Unclear(f"what `{around.name}` says of its objects is not known")


def _is_free(one: Registration, name: str, holder: Function | None, method: bool) -> bool:
    """Whether a name means nothing yet in the module where the function is registered."""
    source: Source = one.place
    if name in bindings(source) or hasattr(builtins, name) or "*" in bindings(source):
        return False
    reads = mentions(source.tree).get(name, ())
    if any(isinstance(node, ast.Name) and owner(source.tree, node) is None for node in reads):
        return False
    if holder is None:
        return True
    if method:
        return name not in own_names(holder) and not _says_elsewhere(holder, name)
    bound = [node for node in within(holder.body) if name in bound_names(node)]
    given = {each.arg for each in parameters(holder)}
    return bound == [one.function] and name not in given and not _says_elsewhere(holder, name)


def _says_elsewhere(holder: Function, name: str) -> bool:
    """Whether a function says whose name it is, or something in it does."""
    return any(
        isinstance(node, ast.Global | ast.Nonlocal) and name in node.names
        for node in ast.walk(holder)
    )
