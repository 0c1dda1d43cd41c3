"""Tells which modules are loaded by the time that a server is served, wherever that is."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from ..survey import Source
from .bindings import Names
from .layout import Layout
from .loading import Loaded, loaded_by
from .scopes import parents


def loaded_before(
    layout: Layout, names: Names, places: Sequence[tuple[Source, ast.expr]]
) -> tuple[frozenset[str], dict[tuple[str, int], int]]:
    """The files that are loaded at each of the places where a server is served, and the order of their statements."""
    known = [_before(layout, names, source, node) for source, node in places]
    if not known:
        return frozenset(), {}
    files = frozenset(known[0].names).intersection(*(one.names for one in known[1:]))
    return files, known[0].order


def _before(layout: Layout, names: Names, source: Source, node: ast.expr) -> Loaded:
    """What is loaded where a node of a function is reached: its module, and what was imported on the way."""
    on_the_way: list[tuple[Source, ast.stmt]] = []
    part: ast.AST = node
    for around in parents(source.tree).around(node):
        for body in _bodies(around):
            if any(part is one for one in body):
                before = body[: next(at for at, one in enumerate(body) if one is part)]
                imports = (one for one in before if isinstance(one, ast.Import | ast.ImportFrom))
                on_the_way += [(source, one) for one in imports]
        part = around
    in_function = any(
        isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)
        for one in parents(source.tree).around(node)
    )
    return loaded_by(layout, names, source if in_function else None, on_the_way)


def _bodies(node: ast.AST) -> list[list[ast.stmt]]:
    parts = (getattr(node, part, None) for part in ("body", "orelse", "finalbody"))
    return [one for one in parts if isinstance(one, list)]
