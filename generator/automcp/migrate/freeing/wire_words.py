"""Makes types of today's SDK by the names that they have there: by those of the wire, type checkers do not know them."""

from __future__ import annotations

import ast
from functools import cache

from mcp import types
from pydantic import BaseModel

from ..survey import Source
from .pieces import Pieces

_FROM = "mcp.types"


def name_as_today(source: Source, pieces: Pieces) -> None:
    """Let what makes types of `mcp` name their members as today's SDK does."""
    made = _types(source)
    for node in source.nodes:
        if not isinstance(node, ast.Call):
            continue
        wire = _wire_names(made.get(ast.unparse(node.func), ""))
        for word in node.keywords:
            if word.arg in wire:
                start = pieces.place(word.lineno, word.col_offset)
                pieces.cut(start, start + len(word.arg.encode()))
                pieces.insert(start, wire[word.arg])


def _types(source: Source) -> dict[str, str]:
    """The types of `mcp` by what the source calls them."""
    found: dict[str, str] = {}
    for node in source.nodes:
        if isinstance(node, ast.ImportFrom) and node.module == _FROM and not node.level:
            found |= {one.asname or one.name: one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module == "mcp" and not node.level:
            modules = (one.asname or one.name for one in node.names if one.name == "types")
            found |= {f"{module}.{name}": name for module in modules for name in types.__all__}
        elif isinstance(node, ast.Import):
            modules = (one.asname or one.name for one in node.names if one.name == _FROM)
            found |= {f"{module}.{name}": name for module in modules for name in types.__all__}
    return found


@cache
def _wire_names(name: str) -> dict[str, str]:
    """The names of a type's members by those of the wire, where they are others."""
    kind: object = getattr(types, name, None)
    if not isinstance(kind, type) or not issubclass(kind, BaseModel):
        return {}
    named = kind.model_fields.items()
    return {one.alias: member for member, one in named if one.alias and one.alias != member}
