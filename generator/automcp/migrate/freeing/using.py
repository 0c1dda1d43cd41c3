"""Finds every place of a project that names a server, tests included."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..modernise import Left, Server
from ..modernise.bindings import Bound, Module, Names
from ..modernise.scopes import owner
from ..survey import Project, Source


@dataclass(frozen=True)
class Use:
    """A place that names the server.

    Attributes:
        node: The expression that is the server, or the import that takes it from its module.
    """

    source: Source
    node: ast.expr | ast.ImportFrom


def uses_of(project: Project, names: Names, server: Server, call: ast.Call) -> Iterator[Use | Left]:
    """The places that name a server, and those that may.

    Args:
        call: What makes it.
    """
    for source in project.sources.values():
        aliases = frozenset(
            one.asname or one.name
            for node in source.nodes
            if isinstance(node, ast.ImportFrom)
            for one in node.names
            if one.name == server.variable
        ) | {server.variable}
        for node in source.nodes:
            found = _use(_Place(names, server, call, source), node, aliases)
            if found is not None:
                yield found


@dataclass(frozen=True)
class _Place:
    names: Names
    server: Server
    call: ast.Call
    source: Source

    def is_it(self, thing: object) -> bool:
        return isinstance(thing, Bound) and thing.node is self.call

    def left(self, node: ast.AST, reason: str) -> Left:
        return Left(self.source.path, getattr(node, "lineno", 1), None, reason)

    @property
    def last(self) -> str:
        """The last part of the name of the server's module."""
        return self.server.path.removesuffix(".py").removesuffix("/__init__").rpartition("/")[2]


def _use(at: _Place, node: ast.AST, aliases: frozenset[str]) -> Use | Left | None:
    variable = at.server.variable
    if isinstance(node, ast.Name) and node.id in aliases and isinstance(node.ctx, ast.Load):
        return _named(at, node)
    if isinstance(node, ast.Attribute) and node.attr == variable:
        thing = at.names.of(at.source, node)
        if at.is_it(thing):
            return Use(at.source, node)
        meant = thing is None and ast.unparse(node.value).split(".")[-1] == at.last
        return at.left(node, f"`{ast.unparse(node)}` may be the server") if meant else None
    if isinstance(node, ast.ImportFrom):
        return _imported(at, node)
    if isinstance(node, ast.Global | ast.Nonlocal) and variable in node.names:
        own = at.source.path == at.server.path
        return at.left(node, f"`{variable}` may become another server") if own else None
    if isinstance(node, ast.Assign) and "__all__" in map(ast.unparse, node.targets):
        offered = repr(variable) in ast.unparse(node.value)
        its = offered and at.is_it(at.names.bound(at.source, variable))
        return at.left(node, "`__all__` offers it") if its else None
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        said = re.search(rf"\b{re.escape(at.last)}[.:]{re.escape(variable)}\b", node.value)
        return at.left(node, "the server is named in a text") if said else None
    return None


def _named(at: _Place, node: ast.Name) -> Use | Left | None:
    thing = at.names.of(at.source, node)
    if at.is_it(thing):
        return Use(at.source, node)
    if thing is None and owner(at.source.tree, node) is None:
        return at.left(node, f"`{node.id}` may be the server, or something else")
    return None


def _imported(at: _Place, node: ast.ImportFrom) -> Use | Left | None:
    taken = {one.name for one in node.names}
    module = at.names.layout.absolute(at.source, node)
    if module is None or not taken & {at.server.variable, "*"}:
        return None
    found = at.names.layout.source(module)
    if "*" in taken:
        its = found is not None and found.path == at.server.path
        return at.left(node, "everything is imported from the server's module") if its else None
    if at.is_it(at.names.member(Module(module), at.server.variable)):
        return Use(at.source, node)
    meant = found is None and module.split(".")[-1] == at.last
    return at.left(node, f"`{at.server.variable}` may be the server") if meant else None
