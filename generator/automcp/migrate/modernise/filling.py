"""Finds what fills the lists and dictionaries of a module while it is loaded, and that nothing else does."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from ..survey import Source
from .bindings import Bound, Names, bindings
from .literals import Unclear
from .methods import callers, mentions
from .scopes import owner, parents

_READ = frozenset({"get", "items", "keys", "values"})
_DEEPEST = 20


def held(source: Source, name: str) -> Bound | None:
    """What a module assigns to a name once, whatever functions say `global` of it and assign nothing."""
    known = [one for one in bindings(source).get(name, ()) if not isinstance(one.node, ast.Global)]
    if len(known) != 1 or not known[0].always or len(known) == len(bindings(source)[name]):
        return None
    node = known[0].node
    stored = [
        one
        for one in source.nodes
        if isinstance(one, ast.Name) and one.id == name and not isinstance(one.ctx, ast.Load)
    ]
    if not isinstance(node, ast.Assign | ast.AnnAssign) or node.value is None or len(stored) != 1:
        return None
    return Bound(source, name, node.value)


def set_later(kind: ast.ClassDef) -> frozenset[str]:
    """The members that methods of a class set, its constructor aside."""
    return frozenset(
        node.attr
        for one in kind.body
        if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef) and one.name != "__init__"
        for node in ast.walk(one)
        if isinstance(node, ast.Attribute) and not isinstance(node.ctx, ast.Load)
    )


def check_read(names: Names, sources: Sequence[Source], found: Bound) -> None:
    """Whether no other file changes a list or a dictionary of a module.

    Raises:
        Unclear: One may.
    """
    for source in sources:
        for node in mentions(source.tree).get(found.name, ()):
            if source is found.source or not isinstance(node, ast.Name):
                continue
            named = names.of(source, node)
            if isinstance(named, Bound) and named.node is found.node and not _reads(source, node):
                raise Unclear(f"`{found.name}` may be changed in another file")


def filling(names: Names, sources: Sequence[Source], found: Bound) -> list[ast.stmt]:
    """The statements of a module that fill a list or a dictionary of it, in their order.

    Raises:
        Unclear: Something else may change it.
    """
    statements: dict[int, ast.stmt] = {}
    for source in sources:
        for node in mentions(source.tree).get(found.name, ()):
            if source is not found.source:
                named = names.of(source, node)
                if isinstance(named, Bound) and named.node is found.node:
                    raise Unclear(f"`{found.name}` may be changed in another file")
            elif not isinstance(node, ast.Name) or owner(source.tree, node) is not None:
                continue
            elif not _reads(source, node):
                for one in _changing(names, sources, source, node, found.name):
                    statements[one.lineno] = one
    return [statements[line] for line in sorted(statements)]


def _reads(source: Source, node: ast.Name) -> bool:
    """Whether a place reads a list or dictionary, and gives it to nobody."""
    above = parents(source.tree)
    around = above.parent(node)
    if isinstance(around, ast.Subscript):
        return isinstance(around.ctx, ast.Load)
    if isinstance(around, ast.Attribute):
        return around.attr in _READ
    if isinstance(around, ast.Call):
        return ast.unparse(around.func) in ("len", "list", "sorted")
    return isinstance(around, ast.Compare | ast.For | ast.comprehension)


def _changing(
    names: Names, sources: Sequence[Source], source: Source, node: ast.AST, name: str, deep: int = 0
) -> Iterator[ast.stmt]:
    """The statements of a module that come to a place that changes a value."""
    above = parents(source.tree)
    around = list(above.around(node))
    statement = next(one for one in around if isinstance(one, ast.stmt))
    function = next(
        (one for one in around if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)), None
    )
    if function is None:
        if not isinstance(above.parent(statement), ast.Module):
            raise Unclear(f"`{name}` is changed under a condition")
        yield statement
        return
    known = callers(names, sources, source, function)
    if known.unseen or deep > _DEEPEST or function.decorator_list:
        raise Unclear(f"`{name}` may be changed in place")
    for each, call in known.calls:
        if each is not source:
            raise Unclear(f"`{name}` may be changed in another file")
        yield from _changing(names, sources, source, call, name, deep + 1)
