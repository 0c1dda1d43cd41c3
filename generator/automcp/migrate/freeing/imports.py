"""Leads a source's imports of an old SDK to today's where both have the same, and drops those that nothing uses any more."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import replace

from mcp import types

from ..modernise.scopes import parents
from ..names import MOVED, RENAMED
from ..survey import SDKS, Source
from ..syntax import parsed
from .found import held
from .passed_on import EVERYTHING
from .pieces import Pieces
from .wire_words import name_as_today

_TYPES = frozenset({"AudioContent", "ImageContent", "TextContent", "Tool", "ToolAnnotations"})
"""Types that are made alike in both."""

_TODAY: Mapping[str, str] = {
    "mcp.server.fastmcp.Audio": "mcp.server.mcpserver",
    "mcp.server.fastmcp.Context": "mcp.server.mcpserver",
    "mcp.server.fastmcp.Image": "mcp.server.mcpserver",
    "mcp.server.fastmcp.exceptions.ToolError": "mcp.server.mcpserver.exceptions",
    "mcp.server.fastmcp.utilities.logging.get_logger": "mcp.server.mcpserver.utilities.logging",
}
"""Where today's SDK has what it has alike."""

_WIRE = frozenset(
    {
        "blob", "destructiveHint", "idempotentHint", "inputSchema", "isError", "mimeType", "openWorldHint", "outputSchema",
        "readOnlyHint", "structuredContent",
    }
)  # fmt: skip
"""Members that today's types have other names for."""

_WIDTH = 100


def as_today(source: Source, before: Source | None, taken: Set[str]) -> str:
    """A source without what it no longer needs of an old SDK, nor of the standard library.

    Args:
        before: The source as it was, which tells what has come to be unused; `None` if nothing has.
        taken: The names that other sources take from it.

    Raises:
        Held: It, or another source, needs something of the old SDK.
    """
    pieces = Pieces(source)
    used = _used(source.tree)
    gone = _used(before.tree) - used if before is not None else frozenset[str]()
    for node in _imports(source.tree):
        kept: list[tuple[ast.alias, str | None]] = []
        for alias in node.names:
            bound = alias.asname or alias.name.split(".")[0]
            sdk = _sdk(node, alias)
            wanted = bound in taken or (EVERYTHING in taken and not bound.startswith("_"))
            if sdk and wanted:
                raise held(source.path, node, f"`{bound}` of the old SDK is taken from here")
            if (sdk and bound not in used) or (
                bound in gone and not wanted and _is_standard(node, alias)
            ):
                continue
            kept.append((alias, _place(source, node, alias, bound) if sdk else None))
        _write(pieces, node, kept)
    name_as_today(source, pieces)
    return pieces.text()


def check_members(sources: Iterable[Source]) -> None:
    """Make sure that nothing is asked of today's types by names of the wire. Raises `Held`."""
    for source in sources:
        for node in source.nodes:
            if isinstance(node, ast.Attribute) and node.attr in _WIRE:
                raise held(source.path, node, f"`{node.attr}` is asked of a type of the old SDK")


def _imports(tree: ast.Module) -> Iterator[ast.Import | ast.ImportFrom]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom) and "__future__" not in ast.unparse(node):
            yield node


def _sdk(node: ast.Import | ast.ImportFrom, alias: ast.alias) -> bool:
    module = alias.name if isinstance(node, ast.Import) else (node.module or "")
    plain = isinstance(node, ast.Import) or not node.level
    return plain and module.split(".")[0] in SDKS


def _is_standard(node: ast.Import | ast.ImportFrom, alias: ast.alias) -> bool:
    module = alias.name if isinstance(node, ast.Import) else (node.module or "")
    plain = isinstance(node, ast.Import) or not node.level
    return plain and module.split(".")[0] in sys.stdlib_module_names


def _place(
    source: Source, node: ast.Import | ast.ImportFrom, alias: ast.alias, bound: str
) -> str | None:
    """The module that has now what an import takes; `None` if it is where it was. Raises `Held`."""
    if isinstance(node, ast.Import):
        if alias.asname and alias.name == "mcp.types":
            _check_types(source, bound)
        elif alias.asname and (alias.name in MOVED or alias.name in RENAMED):
            raise held(source.path, node, f"`{alias.name}` of the old SDK is used")
        elif not alias.asname:
            _check_dotted(source, bound)
        return None
    module = node.module or ""
    dotted = f"{module}.{alias.name}"
    if dotted == "mcp.types":
        _check_types(source, bound)
        return None
    annotates = hasattr(types, alias.name) and all(
        _annotates(source.tree, one)
        for one in source.nodes
        if isinstance(one, ast.Name) and one.id == bound
    )
    alike = alias.name in _TYPES or annotates
    if dotted == "mcp.server.fastmcp.Context":
        _check_context(source, bound)
    if (module == "mcp.types" and alike) or dotted in _TODAY:
        return _TODAY.get(dotted)
    if module in RENAMED:
        return RENAMED[module]
    if module == "mcp" and alias.name in ("stdio_client", "stdio_server"):
        return None
    if module in MOVED or dotted in MOVED or alias.name == "*":
        raise held(source.path, node, f"`{alias.name}` of the old SDK is used")
    return None


def _check_types(source: Source, bound: str) -> None:
    """Make sure that of `mcp.types` only that is used which is alike. Raises `Held`."""
    above = parents(source.tree)
    for node in source.nodes:
        if isinstance(node, ast.Name) and node.id == bound:
            asked = above.parent(node)
            if not isinstance(asked, ast.Attribute):
                raise held(source.path, node, f"`{bound}` of the old SDK is used")
            annotates = hasattr(types, asked.attr) and _annotates(source.tree, asked)
            if asked.attr not in _TYPES and not annotates:
                raise held(source.path, node, f"`{ast.unparse(asked)}` of the old SDK is used")


def _check_context(source: Source, bound: str) -> None:
    """Make sure that the `Context` is told no types, of which today's takes others. Raises `Held`."""
    above = parents(source.tree)
    for node in source.nodes:
        if isinstance(node, ast.Name) and node.id == bound:
            told = isinstance(above.parent(node), ast.Subscript | ast.Attribute)
            optional = ast.unparse(above.parent(node) or node).startswith(("Optional[", "Union["))
            if (told and not optional) or not _annotates(source.tree, node):
                raise held(source.path, node, f"`{bound}` of the old SDK is used")


def _annotates(tree: ast.Module, node: ast.expr) -> bool:
    """Whether an expression is a part of an annotation."""
    above = parents(tree)
    part: ast.AST = node
    while isinstance(around := above.parent(part), ast.expr):
        part = around
    return any(getattr(around, word, None) is part for word in ("annotation", "returns"))


def _check_dotted(source: Source, bound: str) -> None:
    """Make sure that what is reached by the name of the SDK itself is where it was, or alike. Raises `Held`."""
    above = parents(source.tree)
    for node in source.nodes:
        if not (isinstance(node, ast.Name) and node.id == bound):
            continue
        whole: ast.AST = node
        while isinstance(asked := above.parent(whole), ast.Attribute):
            whole = asked
        parts = ast.unparse(whole).split(".")
        known = [".".join(parts[:count]) for count in range(2, len(parts) + 1)]
        modules = [one for one in known if one in MOVED or one in RENAMED]
        alike = parts[:2] == ["mcp", "types"] and len(parts) > 2 and parts[2] in _TYPES
        stays = modules in ([], ["mcp.server"]) and parts[:2] != ["mcp", "types"] and len(parts) > 3
        if not alike and not stays:
            raise held(source.path, node, f"`{'.'.join(parts)}` of the old SDK is used")


def _write(
    pieces: Pieces,
    node: ast.Import | ast.ImportFrom,
    kept: list[tuple[ast.alias, str | None]],
) -> None:
    if len(kept) == len(node.names) and not any(place for _, place in kept):
        return
    if not kept:
        if not pieces.remove(node):
            raise held(pieces.source.path, node, "an import shares its line with something else")
        return
    if isinstance(node, ast.Import):
        pieces.replace(node, f"import {', '.join(_said(one) for one, _ in kept)}")
        return
    own = f"{'.' * node.level}{node.module or ''}"
    by_place: dict[str, list[str]] = {}
    for alias, place in kept:
        by_place.setdefault(place or own, []).append(_said(alias))
    indent = pieces.indented(node)
    lines = [_line(module, names, indent) for module, names in by_place.items()]
    pieces.replace(node, f"\n{indent}".join(lines))


def _line(module: str, names: list[str], indent: str) -> str:
    line = f"from {module} import {', '.join(names)}"
    if len(indent + line) <= _WIDTH:
        return line
    inside = "".join(f"{indent}    {one},\n" for one in names)
    return f"from {module} import (\n{inside}{indent})"


def _said(alias: ast.alias) -> str:
    return f"{alias.name} as {alias.asname}" if alias.asname else alias.name


def _used(tree: ast.Module) -> frozenset[str]:
    """The names that a source mentions, be it in annotations that are texts, or in `__all__`."""
    found = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    for node in ast.walk(tree):
        for part in ("annotation", "returns"):
            found |= _words(getattr(node, part, None))
        if isinstance(node, ast.Assign) and "__all__" in map(ast.unparse, node.targets):
            found |= _words(node.value)
    return frozenset(found)


def _words(node: ast.expr | None) -> set[str]:
    """The names in the texts of an expression."""
    return {
        word
        for one in (ast.walk(node) if node is not None else ())
        if isinstance(one, ast.Constant) and isinstance(one.value, str)
        for word in re.findall(r"\w+", one.value)
    }


def said_anew(source: Source, text: str) -> Source:
    """The same source with another text. Raises `SyntaxError` if it is no Python."""
    return replace(source, text=text, tree=parsed(text))
