"""Functions that registered tools on a server that they were handed, and have nothing left to do."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass

from ..modernise.bindings import Bound, Names
from ..modernise.scopes import Function, parents
from ..survey import Project, Source
from .found import held
from .pieces import Pieces
from .using import Use


@dataclass(frozen=True)
class Emptied:
    """Takes them out of the sources, with their calls and imports."""

    project: Project
    names: Names
    pieces: Callable[[Source], Pieces]

    def takes(self, use: Use) -> bool:
        """Whether a use is a call of one, which is taken out. Raises `Held` if it shares a line with something else."""
        above = parents(use.source.tree)
        call = above.parent(use.node)
        statement = above.parent(call) if isinstance(call, ast.Call) else None
        if not isinstance(call, ast.Call) or not isinstance(statement, ast.Expr):
            return False
        found = self.names.of(use.source, call.func)
        function = found.node if isinstance(found, Bound) else None
        if (
            not isinstance(found, Bound)
            or not isinstance(function, ast.FunctionDef)
            or not _is_empty(function)
            or [*call.args, *call.keywords] != [use.node]
        ):
            return False
        self._remove(use.source, statement)
        if not self._is_named(function, call):
            for source, node in self._imports(found):
                self._remove(source, node)
            self._remove(found.source, function)
        return True

    def _remove(self, source: Source, statement: ast.stmt) -> None:
        if not self.pieces(source).remove(statement):
            raise held(source.path, statement, "it shares a line with something else")

    def _imports(self, found: Bound) -> list[tuple[Source, ast.ImportFrom]]:
        return [
            (source, node)
            for source in self.project.sources.values()
            for node in source.nodes
            if isinstance(node, ast.ImportFrom) and [one.name for one in node.names] == [found.name]
        ]

    def _is_named(self, function: Function, call: ast.Call) -> bool:
        """Whether anything but a call, and imports of nothing else, names a function."""
        return any(
            _names(node, function.name)
            for source in self.project.sources.values()
            for node in source.nodes
            if node is not call.func
        )


def _names(node: ast.AST, name: str) -> bool:
    match node:
        case ast.Name(id=found) | ast.Attribute(attr=found) | ast.Constant(value=found):
            return found == name
        case ast.ImportFrom(names=[_, _, *_] as taken):
            return any(one.name == name for one in taken)
        case _:
            return False


def _is_empty(function: ast.FunctionDef) -> bool:
    """Whether a function does nothing."""
    plain = all(
        isinstance(one, ast.Pass)
        or (isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant))
        for one in function.body
    )
    return plain and not function.decorator_list
