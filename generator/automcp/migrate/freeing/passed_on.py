"""Finds what sources of a project take from each other that these only imported."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Mapping, Set

from ..modernise.bindings import Module, Names
from ..survey import Project, Source

EVERYTHING = "*"


def passed_on(project: Project, names: Names) -> Mapping[str, Set[str]]:
    """The names that other sources, tests included, take from each, by path; `EVERYTHING` among them if one takes all."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    imported = frozenset(
        one.asname or one.name.split(".")[0]
        for source in project.sources.values()
        if source.sdks
        for node in source.nodes
        if isinstance(node, ast.Import | ast.ImportFrom)
        for one in node.names
    )
    for source in project.sources.values():
        for node in source.nodes:
            taken, module = _taken(names, source, node, imported)
            giving = names.layout.source(module) if module else None
            if giving is not None and giving.path != source.path:
                found[giving.path] |= taken
    return found


def _taken(
    names: Names, source: Source, node: ast.AST, imported: Set[str]
) -> tuple[Set[str], str | None]:
    """Those of some names that a node takes from a module, and that module, if there is one."""
    if isinstance(node, ast.ImportFrom):
        taken = {one.name for one in node.names} & {*imported, EVERYTHING}
        return taken, names.layout.absolute(source, node) if taken else None
    if isinstance(node, ast.Attribute) and node.attr in imported:
        found = names.of(source, node.value)
        return {node.attr}, found.name if isinstance(found, Module) else None
    return frozenset(), None
