"""Finds functions that say something else of themselves than where they are defined: another docstring, another name."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from functools import cache

from ..survey import Source
from .bindings import Bound, Names
from .scopes import Function

_SAID = frozenset(
    {
        "__annotations__", "__code__", "__defaults__", "__doc__", "__kwdefaults__", "__module__", "__name__",
        "__qualname__", "__signature__", "__wrapped__",
    }
)  # fmt: skip
_SETTING = frozenset({"delattr", "setattr", "update_wrapper"})


def relabelled(
    names: Names, sources: Sequence[Source], function: Function
) -> tuple[Source, int] | None:
    """Where what an SDK reads of a function may be changed from outside, if anywhere."""
    for source in sources:
        for name in _touched(source.tree).get(function.name, ()):
            found = names.of(source, name)
            if isinstance(found, Bound) and found.node is function:
                return source, name.lineno
    return None


@cache
def _touched(tree: ast.Module) -> Mapping[str, Sequence[ast.Name | ast.Attribute]]:
    """What members that a function says itself by are asked of, and what is set by a function, by the last name."""
    found: dict[str, list[ast.Name | ast.Attribute]] = {}
    for node in ast.walk(tree):
        thing: ast.expr | None = None
        if isinstance(node, ast.Attribute) and node.attr in _SAID:
            # What is read may be changed in place: `f.__annotations__["x"] = str`.
            plain = isinstance(node.ctx, ast.Load) and node.attr in ("__doc__", "__name__")
            thing = None if plain else node.value
        elif isinstance(node, ast.Call) and node.args:
            called = ast.unparse(node.func).rpartition(".")[2]
            thing = node.args[0] if called in _SETTING else None
        if isinstance(thing, ast.Name):
            found.setdefault(thing.id, []).append(thing)
        elif isinstance(thing, ast.Attribute):
            found.setdefault(thing.attr, []).append(thing)
    return found
