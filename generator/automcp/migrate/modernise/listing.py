"""Reads the tools that a low-level server of `mcp` 1 lists."""

from __future__ import annotations

import ast
import json
from dataclasses import dataclass
from typing import Any, TypeAlias

from ..survey import Source
from .bindings import Bound, Names, Outside
from .found import Left
from .literals import Unclear
from .scopes import Function
from .values import Values

_TOOLS = frozenset({"mcp.types.Tool", "mcp.Tool"})
_WORDS = frozenset(
    {"name", "title", "description", "inputSchema", "outputSchema", "annotations", "_meta"}
)
_LOGS = frozenset({"debug", "info", "warning"})

Tool: TypeAlias = "dict[str, Any]"


@dataclass(frozen=True)
class Listing:
    """Reads lists of tools.

    Attributes:
        source: The file that the list stands in.
    """

    names: Names
    values: Values
    source: Source

    def of(self, lists: Function) -> tuple[dict[int, Tool], list[Left]]:
        """The tools that are listed, by their places, and those that are not understood."""
        source = self.source
        known: dict[int, Tool] = {}
        left: list[Left] = []
        for place, node in enumerate(self._listed(lists)):
            try:
                known[place] = self._tool(source, node)
            except Unclear as error:
                left.append(Left(source.path, node.lineno, None, str(error)))
        return known, left

    def _listed(self, function: Function) -> list[ast.expr]:
        """The tools that a function lists, and it does nothing else that matters."""
        values: dict[str, ast.expr] = {}
        for node in function.body:
            if isinstance(node, ast.Return) and node.value is not None:
                shown = values.get(node.value.id, node.value) if isinstance(node.value, ast.Name) else node.value  # fmt: skip
                if not isinstance(shown, ast.List):
                    break
                return shown.elts
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                values[node.targets[0].id] = node.value
            elif not (isinstance(node, ast.Expr) and _says_nothing(node.value)):
                break
        raise Unclear(f"`{function.name}` works its list out when the server runs")

    def _tool(self, source: Source, node: ast.expr) -> Tool:
        if isinstance(node, ast.Name | ast.Attribute):
            found = self.names.of(source, node)
            if isinstance(found, Bound) and isinstance(found.node, ast.expr):
                return self._tool(found.source, found.node)
        kind = self.names.of(source, node.func) if isinstance(node, ast.Call) else None
        if not (isinstance(node, ast.Call) and isinstance(kind, Outside) and kind.name in _TOOLS):
            raise Unclear(f"`{ast.unparse(node).splitlines()[0][:60]}` is no literal tool")
        words = {one.arg: one.value for one in node.keywords if one.arg is not None}
        if node.args or len(words) != len(node.keywords) or not words.keys() <= _WORDS:
            raise Unclear(f"{source.path}:{node.lineno}: a tool is made of more than its words")
        said = {key: self._value(source, one) for key, one in words.items()}
        return {key: one for key, one in said.items() if one is not None}

    def _value(self, source: Source, node: ast.expr) -> Any:
        """A member of a tool as JSON."""
        asked = node.func if isinstance(node, ast.Call) else None
        if isinstance(node, ast.Call) and isinstance(asked, ast.Attribute):
            bare = not node.args and not node.keywords
            if bare and asked.attr in ("model_json_schema", "schema"):
                return self._schema(source, asked.value)
        found = self.values.of(source, node)
        try:
            return json.loads(json.dumps(found, allow_nan=False))
        except (TypeError, ValueError):
            raise Unclear(f"{source.path}:{node.lineno}: it is no JSON") from None

    def _schema(self, source: Source, node: ast.expr) -> Any:
        model = self.values.of(source, node)
        try:
            return model.model_json_schema()
        except Exception as error:
            raise Unclear(f"the schema of `{ast.unparse(node)}` cannot be made") from error


def _says_nothing(node: ast.expr) -> bool:
    """Whether an expression is a text, or a line for the log."""
    if isinstance(node, ast.Constant):
        return True
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in _LOGS
    )
