"""Functions that take a `Context`: whether they ask of it only what today's SDK answers alike."""

from __future__ import annotations

import ast
from collections.abc import Iterable

from ..modernise import Left, Plain, PlainOffer
from ..modernise.scopes import Function, owner, parents
from ..survey import Project

_SAYING = frozenset({"debug", "error", "info", "warning"})
_PROGRESS = "report_progress"


def contexts_used(project: Project, compiled: Iterable[Plain | PlainOffer]) -> list[Left]:
    """The functions that need the `Context` of the old SDK, and what for.

    Args:
        project: The sources without the registrations.
    """
    found: list[Left] = []
    for one in compiled:
        if one.context is None:
            continue
        tree = project.sources[one.source].tree
        function = _defined(tree, one.function.partition(":")[2])
        reason: str | None = "it takes a `Context`"
        if function is not None and not function.decorator_list and isinstance(one, Plain):
            asked = _asked(tree, function, one.context, frozenset())
            reason = f"it asks something else of its `Context`: `{asked}`" if asked else None
        if reason is not None:
            found.append(Left(one.source, one.line, one.name, reason))
    return found


def _defined(tree: ast.Module, name: str) -> Function | None:
    """The one function of that name that a module defines at its outermost level."""
    found = [
        node
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name == name
    ]
    return found[0] if len(found) == 1 else None


def _asked(
    tree: ast.Module, function: Function, parameter: str, seen: frozenset[str]
) -> str | None:
    """What a function asks of its context that today's SDK may answer otherwise; `None` if there is no such thing."""
    for node in ast.walk(function):
        if not isinstance(node, ast.Name) or node.id != parameter:
            continue
        around = parents(tree).parent(node)
        own = owner(tree, node) is function and isinstance(node.ctx, ast.Load)
        if own and (_is_alike(tree, node) or _is_handed_on(tree, node, seen | {function.name})):
            continue
        return ast.unparse(around if isinstance(around, ast.Attribute) else node)
    return None


def _is_alike(tree: ast.Module, node: ast.Name) -> bool:
    """Whether it is only looked at whether there is one, or told something in the one way that both have."""
    above = parents(tree)
    asked = above.parent(node)
    if isinstance(asked, ast.Compare | ast.If | ast.IfExp | ast.BoolOp | ast.UnaryOp):
        return True
    call = above.parent(asked) if isinstance(asked, ast.Attribute) else None
    if not isinstance(asked, ast.Attribute) or not isinstance(call, ast.Call):
        return False
    words = {word.arg for word in call.keywords}
    starred = any(isinstance(one, ast.Starred) for one in call.args)
    if call.func is not asked or starred:
        return False
    if asked.attr in _SAYING:
        return len(call.args) == 1 and not words
    return asked.attr == _PROGRESS and words <= {"progress", "total", "message"}


def _is_handed_on(tree: ast.Module, node: ast.Name, seen: frozenset[str]) -> bool:
    """Whether it is handed to a function of the module that asks for nothing else, either."""
    above = parents(tree)
    around = above.parent(node)
    call = above.parent(around) if isinstance(around, ast.keyword) else around
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
        return False
    function = _defined(tree, call.func.id)
    if function is None or function.name in seen or function.decorator_list:
        return False
    if any(isinstance(one, ast.Starred) for one in call.args):
        return False
    if isinstance(around, ast.keyword):
        parameter = around.arg
    else:
        place = next((at for at, one in enumerate(call.args) if one is node), len(call.args))
        by_place = [*function.args.posonlyargs, *function.args.args]
        parameter = by_place[place].arg if place < len(by_place) else None
    return parameter is not None and _asked(tree, function, parameter, seen) is None
