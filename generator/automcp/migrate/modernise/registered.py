"""Finds registrations: which function becomes a tool, by a decorator or by a call; and what it is besides."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cache

from ..survey import Source
from .bindings import Bound, Names, Outside, bindings
from .literals import Unclear
from .made import Made
from .methods import callee
from .scopes import Function, parents
from .servers import Use
from .wrappers import is_transparent

_DECORATORS = frozenset({"tool", "prompt", "resource"})
_ANY = "*"
"""Stands for globals whose names are not known."""

_CHANGING = frozenset({"__setitem__", "clear", "pop", "setdefault", "update"})
_FROM_FUNCTION = frozenset(
    {
        "fastmcp.tools.Tool.from_function",
        "fastmcp.tools.base.Tool.from_function",
        "fastmcp.tools.tool.Tool.from_function",
        "mcp.server.fastmcp.tools.Tool.from_function",
        "mcp.server.fastmcp.tools.base.Tool.from_function",
    }
)


@dataclass(frozen=True)
class Registration:
    """A function that becomes a tool, a prompt or a resource.

    Attributes:
        source: The file that the function is defined in.
        place: The file that says so.
        words: The call that says what the tool is called, and so on; `None` if nothing does.
        skipped: How many of that call's arguments come before these words.
        decorator: The expression behind the `@`; `None` if a statement registers it.
        statement: That statement.
        bound: What is registered, where it is a method of an object, or a function of a function.
        skipped_parameters: How many parameters are bound already.
    """

    made: Made
    source: Source
    function: Function
    place: Source
    words: ast.Call | None
    skipped: int = 0
    decorator: ast.expr | None = None
    statement: ast.Expr | None = None
    bound: ast.expr | None = None
    skipped_parameters: int = 0

    @property
    def called(self) -> Function:
        """The function with the parameters that are left for callers."""
        if not self.skipped_parameters:
            return self.function
        said = copy(self.function.args)
        given = self.skipped_parameters
        places = len(said.posonlyargs)
        said.posonlyargs = said.posonlyargs[given:]
        said.args = said.args[max(0, given - places) :]
        function = copy(self.function)
        function.args = said
        return function


def registration(names: Names, use: Use, made: Made) -> Registration | None:
    """What a use of `tool` or `add_tool`, `prompt` or `resource` registers; `None` if it is used otherwise."""
    asked = use.attribute
    if asked is None:
        return None
    above = parents(use.source.tree)
    around = above.parent(asked)
    call = around if isinstance(around, ast.Call) and around.func is asked else None
    if asked.attr in _DECORATORS:
        decorator: ast.expr = call or asked
        around = above.parent(decorator)
        if isinstance(around, ast.FunctionDef | ast.AsyncFunctionDef) and any(
            one is decorator for one in around.decorator_list
        ):
            return Registration(made, use.source, around, use.source, call, decorator=decorator)
        if isinstance(around, ast.Call) and around.func is call and len(around.args) == 1:
            return _stated(names, use, made, around, around.args[0], call, 0)
    if call is None or not call.args or asked.attr not in ("tool", "add_tool"):
        return None
    if asked.attr == "tool" and made.flavour == "mcp1":
        return None
    return _added(names, use, made, call)


def _added(names: Names, use: Use, made: Made, call: ast.Call) -> Registration | None:
    """What `add_tool(function, …)`, `add_tool(Tool.from_function(function, …))` or `tool(function, …)` registers."""
    first = call.args[0]
    if isinstance(first, ast.Call):
        made_by = names.of(use.source, first.func)
        known = isinstance(made_by, Outside) and made_by.name in _FROM_FUNCTION
        if known and first.args and len(call.args) == 1 and not call.keywords:
            return _stated(names, use, made, call, first.args[0], first, 1)
        return None
    return _stated(names, use, made, call, first, call, 1)


def _stated(
    names: Names,
    use: Use,
    made: Made,
    whole: ast.Call,
    function: ast.expr,
    words: ast.Call | None,
    skipped: int,
) -> Registration | None:
    statement = parents(use.source.tree).parent(whole)
    found = names.of(use.source, function)
    if not isinstance(statement, ast.Expr) or (whole is not words and whole.keywords):
        return None
    if isinstance(found, Bound) and isinstance(found.node, ast.FunctionDef | ast.AsyncFunctionDef):
        return Registration(
            made, found.source, found.node, use.source, words, skipped, statement=statement
        )
    one = callee(names, use.source, function) if found is None else None
    if one is None:
        return None
    return Registration(
        made, one.source, one.function, use.source, words, skipped,
        statement=statement, bound=function, skipped_parameters=one.skipped,
    )  # fmt: skip


def check_function(names: Names, one: Registration) -> None:
    """Whether a function is found by its name as it was registered.

    Raises:
        Unclear: It is not.
    """
    module = isinstance(parents(one.source.tree).parent(one.function), ast.Module)
    if module and len(bindings(one.source).get(one.function.name, ())) != 1:
        raise Unclear(f"`{one.function.name}` is bound more than once")
    others = one.function.decorator_list
    if one.decorator is not None:
        if others[0] is not one.decorator:
            raise Unclear("a decorator stands above the one that registers it")
        others = others[1:]
    for each in others:
        if not is_transparent(names, one.source, each):
            raise Unclear(f"what `{ast.unparse(each)[:60]}` makes of it is not known")
    if any(isinstance(each, ast.Yield | ast.YieldFrom) for each in _own(one.function)):
        raise Unclear("it is a generator")
    if may_end_the_server(one.function):
        raise Unclear("it may end the server")


def may_end_the_server(function: Function) -> bool:
    """Whether a function calls `sys.exit`: a compiled server answers that such a one failed, and goes on."""
    return any(_exits(each) for each in _own(function))


def _exits(node: ast.AST) -> bool:
    match node:
        case ast.Call(func=ast.Name(id="exit" | "quit" | "SystemExit")):
            return True
        case ast.Call(func=ast.Attribute(value=ast.Name(id="sys"), attr="exit")):
            return True
        case ast.Raise(exc=ast.Name(id="SystemExit" | "KeyboardInterrupt")):
            return True
        case _:
            return False


def _own(function: Function) -> Iterator[ast.AST]:
    queue: list[ast.AST] = list(function.body)
    while queue:
        node = queue.pop()
        yield node
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            queue.extend(ast.iter_child_nodes(node))


def patched(sources: Sequence[Source], function: str) -> tuple[Source, int] | None:
    """Where a module's function of that name may be replaced from outside."""
    for source in sources:
        stored = _stored(source)
        line = stored.get(function, stored.get(_ANY))
        if line is not None:
            return source, line
    return None


@cache
def _stored(source: Source) -> Mapping[str, int]:
    """The attributes and globals that a file sets or deletes of anything but `self`, and where first."""
    found: dict[str, int] = {}
    for node in ast.walk(source.tree):
        name = _stored_by(node)
        if name is not None:
            found.setdefault(name, getattr(node, "lineno", 1))
    return found


def _stored_by(node: ast.AST) -> str | None:
    match node:
        case ast.Attribute(value=ast.Name(id="self" | "cls")):
            return None
        case ast.Attribute(attr=name) if not isinstance(node.ctx, ast.Load):
            return name
        case ast.Subscript(value=ast.Call(func=ast.Name(id="globals")), slice=key):
            if isinstance(node.ctx, ast.Load):
                return None
            return str(key.value) if isinstance(key, ast.Constant) else _ANY
        case ast.Call(func=ast.Attribute(value=ast.Call(func=ast.Name(id="globals")), attr=asked)):
            return _ANY if asked in _CHANGING else None
        case ast.Call(
            func=ast.Name(id="setattr" | "delattr"), args=[_, ast.Constant(value=str(name)), *_]
        ):
            return name
        case _:
            return None
