"""Rewrites the imports of a source, and nothing else of it: every other byte stays."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .names import MOVED, adapter_name, moved

_STAYED = frozenset(
    {
        "auth", "cli", "client", "elicitation", "models", "session", "shared", "sse", "stdio",
        "streamable_http", "streamable_http_manager", "transport_security",
    }
)  # fmt: skip
"""Modules below `mcp` and `mcp.server` that are where they were."""

_GAP = rb"(?:\s|\\\r?\n)+"
"""Blanks between words; a backslash joins lines."""
_MODULE = re.compile(rb"from" + _GAP + rb"(?P<module>[\w.]+)" + _GAP + rb"import\b")


@dataclass(frozen=True, slots=True)
class _Edit:
    start: int
    end: int
    text: str


def rewritten(text: str, tree: ast.Module, place: str) -> str:
    """The source with its imports of `mcp` 1 led to the adapter.

    Args:
        tree: The source's syntax tree.
        place: The dotted name of the package that the adapters are vendored in.
    """
    if "mcp" not in text:
        return text
    data = text.encode()
    starts = _line_starts(data)
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    needed = _imports_mcp_itself(imports) and _needs_adapter(tree)
    edits: list[_Edit] = []
    for node in imports:
        if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            edits += _from(node, data, starts, place)
        elif isinstance(node, ast.Import):
            edits += _plain(node, starts, place, needed)
    for edit in sorted(edits, key=lambda one: one.start, reverse=True):
        data = data[: edit.start] + edit.text.encode() + data[edit.end :]
    return data.decode()


def _from(node: ast.ImportFrom, data: bytes, starts: list[int], place: str) -> Iterator[_Edit]:
    new = moved(node.module or "", place)
    if new is None:
        return
    begin = starts[node.lineno - 1] + node.col_offset
    found = _MODULE.match(data, begin)
    if found is not None:
        yield _Edit(found.start("module"), found.end("module"), new)


def _plain(node: ast.Import, starts: list[int], place: str, needed: bool) -> Iterator[_Edit]:
    for alias in node.names:
        begin = starts[alias.lineno - 1] + alias.col_offset
        end = starts[(alias.end_lineno or alias.lineno) - 1] + (alias.end_col_offset or 0)
        new = moved(alias.name, place)
        if alias.asname:
            if new is not None:
                yield _Edit(begin, end, f"{new} as {alias.asname}")
        elif alias.name == "fastmcp":
            yield _Edit(begin, end, f"{new} as fastmcp")
        elif needed and alias.name.split(".")[0] == "mcp":
            # `import mcp.server.stdio` binds `mcp`: the adapter goes by that name, and has the rest, too.
            yield _Edit(begin, end, f"{adapter_name('mcp', place)} as mcp")


def _imports_mcp_itself(imports: Sequence[ast.Import | ast.ImportFrom]) -> bool:
    return any(
        alias.name.split(".")[0] == "mcp"
        for node in imports
        if isinstance(node, ast.Import)
        for alias in node.names
    )


def _needs_adapter(tree: ast.Module) -> bool:
    """Whether the source reaches what has moved by the name `mcp` itself, as `mcp.types.Tool`."""
    inner = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and id(node) not in inner and _is_dotted(node):
            parts = ast.unparse(node).split(".")
            known = [count for count in range(1, len(parts)) if ".".join(parts[:count]) in MOVED]
            if parts[0] == "mcp" and known and parts[known[-1]] not in _STAYED:
                return True
    return False


def _is_dotted(node: ast.expr) -> bool:
    while isinstance(node, ast.Attribute):
        node = node.value
    return isinstance(node, ast.Name)


def _line_starts(data: bytes) -> list[int]:
    starts = [0]
    for line in data.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    return starts
