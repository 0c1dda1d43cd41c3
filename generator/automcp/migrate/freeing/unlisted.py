"""What answered calls of tools that a low-level server does not list, and answers them further on."""

from __future__ import annotations

import ast
from collections.abc import Callable

from ..modernise import Modernised
from ..modernise.scopes import Function, parents
from ..survey import Project, Source
from .found import held
from .pieces import Pieces
from .using import Use


def answers_unlisted(
    project: Project, read: Modernised, uses: list[Use], pieces: Callable[[Source], Pieces]
) -> tuple[str | None, list[Use]]:
    """What answers them, `module:function`, without its decorator, and the uses of the server that are left.

    Nothing answers them that only says that the tool is unknown: that is what is said anyway.

    Raises:
        Held: Its decorator cannot be taken away.
    """
    rest: list[Use] = []
    unknown: str | None = None
    for use in uses:
        function = _decorated(use)
        if function is None:
            rest.append(use)
            continue
        module = next(one.function for one in read.plain if one.source == use.source.path)
        if _says_unknown(function) and not _named(project, function):
            gone = pieces(use.source).remove(function)
        else:
            gone = _undecorated(pieces(use.source), function)
            unknown = f"{module.partition(':')[0]}:{function.name}"
        if not gone:
            raise held(use.source.path, function, "its decorator shares a line with something else")
    return unknown, rest


def _decorated(use: Use) -> Function | None:
    """The function that a use decorates with `call_tool()`."""
    above = parents(use.source.tree)
    asked = above.parent(use.node)
    call = above.parent(asked) if isinstance(asked, ast.Attribute) else None
    function = above.parent(call) if isinstance(call, ast.Call) else None
    if (
        isinstance(asked, ast.Attribute)
        and asked.attr == "call_tool"
        and isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        and isinstance(above.parent(function), ast.Module)
        and function.decorator_list == [call]
    ):
        return function
    return None


def _undecorated(pieces: Pieces, function: Function) -> bool:
    decorator = function.decorator_list[0]
    start, end = pieces.place(decorator.lineno, 0), pieces.place(function.lineno, 0)
    if end <= start:
        return False
    pieces.cut(start, end)
    return True


def _says_unknown(function: Function) -> bool:
    """Whether a function does nothing but raise `Unknown tool: NAME`."""
    name = function.args.args[0].arg
    body = [
        one
        for one in function.body
        if not (isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant))
    ]
    match body:
        case [
            ast.Raise(exc=ast.Call(func=ast.Name(id=kind), args=[text], keywords=[]), cause=None)
        ]:
            said = f"f'Unknown tool: {{{name}}}'"
            return kind in ("ValueError", "Exception", "RuntimeError") and ast.unparse(text) == said
        case _:
            return False


def _named(project: Project, function: Function) -> bool:
    """Whether anything names a function but what decorates it, be it a test."""
    decorator = {id(one) for each in function.decorator_list for one in ast.walk(each)}
    return any(
        id(node) not in decorator and function.name in _names_in(node)
        for source in project.sources.values()
        if function.name in source.text
        for node in source.nodes
    )


def _names_in(node: ast.AST) -> tuple[str, ...]:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name) | ast.alias(name=name):
            return (name,)
        case _:
            return ()
