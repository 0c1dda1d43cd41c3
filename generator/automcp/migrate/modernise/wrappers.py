"""Tells which decorators leave what an SDK reads of a function as it is: its name, signature and docstring."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from ..survey import Source
from .bindings import Bound, Names, Outside
from .scopes import Function, parameters

_COPIED = frozenset(
    {
        "__doc__",
        "__name__",
        "__signature__",
        "__annotations__",
        "__wrapped__",
        "__module__",
        "__qualname__",
    }
)
_WRAPS = frozenset({"functools.wraps"})


def is_transparent(names: Names, source: Source, decorator: ast.expr) -> bool:
    """Whether a decorator is one of the project's that wraps a function by `functools.wraps`, and says nothing else of it."""
    made = decorator.func if isinstance(decorator, ast.Call) else decorator
    found = names.of(source, made)
    if not isinstance(found, Bound) or not isinstance(found.node, ast.FunctionDef):
        return False
    function: Function = found.node
    if function.decorator_list or any(_touches(one) for one in ast.walk(function)):
        return False
    if isinstance(decorator, ast.Call):
        inner = _returned(names, found.source, function)
        if len(inner) != 1 or inner[0].decorator_list:
            return False
        function = inner[0]
    wrappers = _returned(names, found.source, function)
    return bool(wrappers) and all(_wraps(names, found.source, one, function) for one in wrappers)


def _touches(node: ast.AST) -> bool:
    """Whether a node says something about a function that `functools.wraps` copies."""
    stored = isinstance(node, ast.Attribute) and not isinstance(node.ctx, ast.Load)
    named = isinstance(node, ast.Constant) and node.value in _COPIED
    called = isinstance(node, ast.Name) and node.id in ("setattr", "delattr", "vars")
    return (stored and getattr(node, "attr", "").startswith("__")) or named or called


def _returned(names: Names, source: Source, function: Function) -> list[Function]:
    """The nested functions one of which a function always returns; empty if it may return something else."""
    inner = {
        one.name: one
        for one in function.body
        if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    defined = [
        one for one in function.body if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    returns = _returns(function.body)
    if not returns or not _ends(function.body) or len(defined) != len(inner):
        return []
    found: list[Function] = []
    for one in returns:
        for name in _named(names, source, one.value):
            if name not in inner:
                return []
            found.append(inner[name])
    return found


def _ends(body: Sequence[ast.stmt]) -> bool:
    """Whether statements always come to a `return`."""
    last = body[-1] if body else None
    if isinstance(last, ast.If):
        return _ends(last.body) and _ends(last.orelse)
    return isinstance(last, ast.Return)


def _named(names: Names, source: Source, value: ast.expr | None) -> list[str]:
    """The names one of which an expression is; one that is no name if it may be something else."""
    if isinstance(value, ast.IfExp):
        return [*_named(names, source, value.body), *_named(names, source, value.orelse)]
    if isinstance(value, ast.Call) and names.of(source, value.func) == Outside("typing.cast"):
        return _named(names, source, value.args[1]) if len(value.args) == 2 else [""]
    return [value.id] if isinstance(value, ast.Name) else [""]


def _returns(body: Sequence[ast.stmt]) -> list[ast.Return]:
    found: list[ast.Return] = []
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        found += [one for one in ast.walk(node) if isinstance(one, ast.Return)]
    return found


def _wraps(names: Names, source: Source, wrapper: Function, function: Function) -> bool:
    taken = parameters(function)
    if len(wrapper.decorator_list) != 1 or len(taken) != 1:
        return False
    only = wrapper.decorator_list[0]
    return (
        isinstance(only, ast.Call)
        and names.of(source, only.func) in {Outside(one) for one in _WRAPS}
        and len(only.args) == 1
        and not only.keywords
        and isinstance(only.args[0], ast.Name)
        and only.args[0].id == taken[0].arg
        and wrapper.args.kwarg is not None
    )
