"""Tells whether a function that another one registers can stand at the outermost level instead."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator, Sequence
from functools import cache

from ..survey import Source
from .bindings import Bound, Names, bindings
from .literals import Unclear
from .loading import Loaded
from .registered import Registration
from .scopes import Function, bound_names, free_names, own_names, owner, parents, within


def registering(
    names: Names, sources: Sequence[Source], loaded: Sequence[Loaded], one: Registration
) -> Function:
    """The function that a tool's function stands in, and may be moved out of.

    Raises:
        Unclear: It may not.
    """
    around = parents(one.source.tree).parent(one.function)
    if not isinstance(around, ast.FunctionDef):
        raise Unclear("it is registered under a condition, or in an asynchronous function")
    if not isinstance(parents(one.source.tree).parent(around), ast.Module):
        raise Unclear(f"it stands inside of `{around.name}`, which is no function of a module")
    _check_called(names, sources, loaded, one.source, around)
    _check_reached(around, one.function)
    _check_free(one, around)
    _check_name(names, sources, one, around)
    _check_order(one, around)
    return around


def lifted_out_of(names: Names, sources: Sequence[Source], one: Registration) -> Function:
    """The function that a tool's function stands in, and may be moved out of, whoever calls that.

    Raises:
        Unclear: It may not.
    """
    around = parents(one.source.tree).parent(one.function)
    if not isinstance(around, ast.FunctionDef | ast.AsyncFunctionDef):
        raise Unclear("it is registered under a condition")
    if not isinstance(parents(one.source.tree).parent(around), ast.Module):
        raise Unclear(f"it stands inside of `{around.name}`, which is no function of a module")
    _check_free(one, around)
    _check_name(names, sources, one, around)
    _check_order(one, around)
    return around


def check_statement(
    names: Names, sources: Sequence[Source], loaded: Sequence[Loaded], one: Registration
) -> None:
    """Whether a statement that registers a function runs once, and always.

    Raises:
        Unclear: It may not.
    """
    statement = one.statement
    assert statement is not None
    if not isinstance(parents(one.source.tree).parent(one.function), ast.Module):
        raise Unclear("its function stands inside of another one")
    above = parents(one.place.tree)
    around = above.parent(statement)
    if isinstance(around, ast.Module):
        return
    module = isinstance(around, ast.FunctionDef) and isinstance(above.parent(around), ast.Module)
    if not isinstance(around, ast.FunctionDef) or not module:
        raise Unclear("it is registered under a condition, or in a loop")
    _check_called(names, sources, loaded, one.place, around)
    _check_reached(around, statement)


def _check_called(
    names: Names,
    sources: Sequence[Source],
    loaded: Sequence[Loaded],
    source: Source,
    function: Function,
) -> None:
    """Raises `Unclear` if a function is not called once, and always."""
    inside = f"it stands inside of `{function.name}`"
    if len(bindings(source).get(function.name, ())) != 1:
        raise Unclear(f"{inside}, which is bound more than once")
    if function.decorator_list:
        raise Unclear(f"{inside}, which is decorated")
    if len(list(references(names, sources, source, function))) != 1:
        raise Unclear(f"{inside}, which is used more than once, or never")
    if not any((source.path, function.lineno) in one.calls for one in loaded):
        raise Unclear(f"{inside}, and whether that is always called cannot be told")


def references(
    names: Names, sources: Sequence[Source], source: Source, function: Function
) -> Iterator[ast.expr]:
    """Where a function of a module is named."""
    for each in sources:
        known = {function.name} | {
            alias.asname
            for node in each.nodes
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
            if alias.name == function.name and alias.asname
        }
        # Names by which packages pass it on.
        known |= {name for name in bindings(each) if _is(names.bound(each, name), function)}
        for node in each.nodes:
            named = isinstance(node, ast.Name) and node.id in known
            if named or (isinstance(node, ast.Attribute) and node.attr in known):
                assert isinstance(node, ast.Name | ast.Attribute)
                if isinstance(node.ctx, ast.Load) and _is(names.of(each, node), function):
                    around = parents(each.tree).parent(node)
                    # `register = register` says nothing.
                    if not (isinstance(around, ast.Assign) and each is source):
                        yield node


def _is(thing: object, function: Function) -> bool:
    return isinstance(thing, Bound) and thing.node is function


def _check_reached(around: Function, statement: ast.stmt) -> None:
    for node in around.body:
        if node is statement:
            return
        leaves = not isinstance(
            node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
        ) and any(isinstance(one, ast.Return | ast.Raise | ast.Yield) for one in ast.walk(node))
        if leaves:
            break
    raise Unclear(f"`{around.name}` may not come to it")


def _check_free(one: Registration, around: Function) -> None:
    """Raises `Unclear` if a function uses what the one around it binds."""
    if not _is_read_whole(one.source.tree, one.source.text):
        raise Unclear("its file is written for a later Python than this one")
    own = own_names(around) - {one.function.name}
    used = {*free_names(one.function), *(node.id for node in _evaluated(one))}
    taken = sorted(own & used)
    if taken:
        raise Unclear(f"it uses `{taken[0]}` of `{around.name}`")
    if any(isinstance(node, ast.Nonlocal) for node in ast.walk(one.function)):
        raise Unclear(f"it binds names of `{around.name}`")


def _evaluated(one: Registration) -> list[ast.Name]:
    """The names that are read where the function is defined, its registration aside."""
    said = one.function.args
    parts: list[ast.AST] = [said, *([one.function.returns] if one.function.returns else [])]
    parts += [each for each in one.function.decorator_list if each is not one.decorator]
    return [node for part in parts for node in ast.walk(part) if isinstance(node, ast.Name)]


def _check_name(
    names: Names, sources: Sequence[Source], one: Registration, around: Function
) -> None:
    """Raises `Unclear` if a function's name would mean something else to others at the outermost level."""
    name = one.function.name
    tree = one.source.tree
    reads = (
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and node.id == name and owner(tree, node) is None
    )
    nested = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        and node.name == name
        and not isinstance(parents(tree).parent(node), ast.ClassDef)
    ]
    bound_here = [node for node in within(around.body) if name in bound_names(node)]
    taken = bindings(one.source).get(name) or next(reads, None) is not None
    if taken or len(nested) != 1 or len(bound_here) != 1:
        raise Unclear(f"`{name}` means something else at the outermost level")
    if hasattr(builtins, name) and "*" in bindings(one.source):
        raise Unclear(f"`{name}` means something else at the outermost level")
    if _taken_whole(names, sources, one.source):
        raise Unclear("all names of its module are imported elsewhere")


def _taken_whole(names: Names, sources: Sequence[Source], source: Source) -> bool:
    for each in sources:
        for node in each.nodes:
            if isinstance(node, ast.ImportFrom) and node.names[0].name == "*":
                module = names.layout.absolute(each, node)
                if module and names.layout.source(module) is source:
                    return True
    return False


def _check_order(one: Registration, around: Function) -> None:
    """Raises `Unclear` if something is not bound yet where the function will stand."""
    for node in _evaluated(one):
        known = bindings(one.source).get(node.id)
        if known and min(getattr(each.node, "lineno", 0) for each in known) > around.lineno:
            raise Unclear(f"`{node.id}` is bound after `{around.name}`")


@cache
def _is_read_whole(tree: ast.Module, text: str) -> bool:
    """Whether this Python reads a source as it is, the fields of its f-strings included."""
    try:
        ast.parse(text)
    except (SyntaxError, ValueError):
        return False
    return True
