"""Recognizes loops that load all modules of a package."""

from __future__ import annotations

import ast

from ..survey import Source
from .bindings import Module, Names, Outside


def scanned_package(names: Names, source: Source, loop: ast.For) -> str | None:
    """The package whose modules a loop loads, each of them; `None` if it is no such loop.

    It is `for _, name, _ in pkgutil.iter_modules(package.__path__): importlib.import_module(f"package.{name}")`.
    """
    package = _listed(names, source, loop.iter)
    if package is None or len(loop.body) != 1 or loop.orelse:
        return None
    only = loop.body[0]
    if not isinstance(only, ast.Expr | ast.Assign) or not isinstance(only.value, ast.Call):
        return None
    call = only.value
    loads = names.of(source, call.func) == Outside("importlib.import_module")
    if not loads or not call.args or not isinstance(call.args[0], ast.JoinedStr):
        return None
    said = _said(call.args[0], loop.target)
    if said == f"{package}." or (said == "." and len(call.args) + len(call.keywords) == 2):
        return package
    return None


def _listed(names: Names, source: Source, node: ast.expr) -> str | None:
    if not isinstance(node, ast.Call) or len(node.args) != 1 or node.keywords:
        return None
    path = node.args[0]
    if names.of(source, node.func) != Outside("pkgutil.iter_modules"):
        return None
    if not isinstance(path, ast.Attribute) or path.attr != "__path__":
        return None
    found = names.of(source, path.value)
    return found.name if isinstance(found, Module) else None


def _said(text: ast.JoinedStr, target: ast.expr) -> str | None:
    """What stands before the name of the module in the text of its full name."""
    if len(text.values) != 2:
        return None
    first, second = text.values
    if not (isinstance(first, ast.Constant) and isinstance(second, ast.FormattedValue)):
        return None
    taken = target.elts[1] if isinstance(target, ast.Tuple) and len(target.elts) == 3 else None
    name = second.value
    by_tuple = isinstance(taken, ast.Name) and isinstance(name, ast.Name) and taken.id == name.id
    by_member = (
        isinstance(target, ast.Name)
        and isinstance(name, ast.Attribute)
        and name.attr == "name"
        and isinstance(name.value, ast.Name)
        and name.value.id == target.id
    )
    return str(first.value) if by_tuple or by_member else None
