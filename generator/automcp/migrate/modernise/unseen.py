"""Names the places that register something on what cannot be followed, and those that are never taken apart."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from .found import Left
from .reading import Reading
from .scopes import parents

_FUNCTIONS = frozenset({"tool"})
_OFFERS = frozenset({"prompt", "resource"})
_LOW_LEVEL = {"get_prompt": "prompts", "read_resource": "resources"}
_DISPATCHERS = frozenset({"call_tool"})
_ADDS = frozenset({"add_tool"})


def unseen(reading: Reading) -> Iterator[Left]:
    """The registrations that belong to no server object that a module holds, and the prompts and resources of low-level ones."""
    for source in reading.sources:
        if source.path not in reading.reached or (not source.sdks and not _asks(source.text)):
            continue
        for node in source.nodes:
            if isinstance(node, ast.Attribute) and id(node) not in reading.seen:
                found = _registers(source.tree, node)
                kind = _LOW_LEVEL.get(node.attr)
                if kind is not None and found is not None:
                    reason = f"{kind} of low-level servers are not compiled"
                    yield Left(source.path, node.lineno, found, reason)
                elif found is not None:
                    receiver = ast.unparse(node.value)
                    reason = f"`{receiver}` is no server that a module holds, or is made by a class of its own"
                    yield Left(source.path, node.lineno, found or None, reason)


def _asks(text: str) -> bool:
    return ".tool(" in text or ".add_tool(" in text


def _registers(tree: ast.Module, node: ast.Attribute) -> str | None:
    """The name of the function that an attribute registers; empty if that cannot be told, `None` if it registers nothing."""
    above = parents(tree)
    around = above.parent(node)
    called = isinstance(around, ast.Call) and around.func is node
    decorator: ast.AST = around if called and around is not None else node
    holder = above.parent(decorator)
    if isinstance(holder, ast.FunctionDef | ast.AsyncFunctionDef) and any(
        one is decorator for one in holder.decorator_list
    ):
        if node.attr in _FUNCTIONS | _OFFERS | _LOW_LEVEL.keys():
            return holder.name
        nested = not isinstance(above.parent(holder), ast.Module)
        return "" if node.attr in _DISPATCHERS and nested else None
    stated = isinstance(holder, ast.Expr) or isinstance(above.parent(holder or node), ast.Expr)
    registers = node.attr in _ADDS or (node.attr in _FUNCTIONS and stated)
    return "" if called and registers else None
