"""Reads the tools that a low-level server of `mcp` 1 lists."""

from __future__ import annotations

import ast
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias, cast

from ..survey import Source
from .bindings import Bound, Names, Outside
from .found import Left
from .frames import says_nothing
from .literals import Unclear
from .playing import TOOLS, Playing
from .playing import Tool as MadeTool
from .scopes import Function
from .values import Values

_WORDS = frozenset(
    {"name", "title", "description", "inputSchema", "outputSchema", "annotations", "_meta"}
)

Tool: TypeAlias = "dict[str, Any]"


@dataclass(frozen=True)
class Listing:
    """Reads lists of tools.

    Attributes:
        source: The file that the list stands in.
        sources: The files that starting the server may load.
    """

    names: Names
    values: Values
    source: Source
    sources: Sequence[Source]

    def of(self, lists: Function) -> tuple[dict[int, Tool], list[Left]]:
        """The tools that are listed, by their places, and those that are not understood."""
        source = self.source
        known: dict[int, Tool] = {}
        left: list[Left] = []
        listed = self._listed(lists)
        if listed is None:
            return dict(enumerate(self._played(lists))), []
        for place, node in enumerate(listed):
            try:
                known[place] = self._tool(source, node)
            except Unclear as error:
                left.append(Left(source.path, node.lineno, None, str(error)))
        return known, left

    def _listed(self, function: Function) -> list[ast.expr] | None:
        """The tools that a function lists, if it does nothing else that matters."""
        values: dict[str, ast.expr] = {}
        for node in function.body:
            if isinstance(node, ast.Return) and node.value is not None:
                shown = values.get(node.value.id, node.value) if isinstance(node.value, ast.Name) else node.value  # fmt: skip
                if not isinstance(shown, ast.List):
                    break
                return shown.elts
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                values[node.targets[0].id] = node.value
            elif not (isinstance(node, ast.Expr) and says_nothing(node.value)):
                break
        return None

    def _played(self, function: Function) -> list[Tool]:
        """The tools of a list that is put together."""
        try:
            found = Playing(self.values, self.sources).returned(self.source, function, {})
        except Unclear as error:
            raise Unclear(f"`{function.name}` works its list out: {error}") from error
        if not isinstance(found, list):
            raise Unclear(f"`{function.name}` works its list out when the server runs")
        return [self._plain(one) for one in cast("list[object]", found)]

    def _plain(self, made: object) -> Tool:
        """A tool that was made, as JSON."""
        if not isinstance(made, MadeTool) or not made.keys() <= _WORDS:
            raise Unclear("what is listed is no tool, or is made of more than its words")
        return {key: self._json(one) for key, one in made.items() if one is not None}

    def _json(self, found: object) -> Any:
        try:
            return json.loads(json.dumps(found, allow_nan=False))
        except (TypeError, ValueError):
            raise Unclear("what a tool says is no JSON") from None

    def _tool(self, source: Source, node: ast.expr) -> Tool:
        if isinstance(node, ast.Name | ast.Attribute):
            found = self.names.of(source, node)
            if isinstance(found, Bound) and isinstance(found.node, ast.expr):
                return self._tool(found.source, found.node)
        kind = self.names.of(source, node.func) if isinstance(node, ast.Call) else None
        if not (isinstance(node, ast.Call) and isinstance(kind, Outside) and kind.name in TOOLS):
            return self._plain(Playing(self.values, self.sources).of(source, node))
        words = {one.arg: one.value for one in node.keywords if one.arg is not None}
        if len(words) != len(node.keywords):
            return self._plain(Playing(self.values, self.sources).of(source, node))
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
        return self._json(Playing(self.values, self.sources).of(source, node))

    def _schema(self, source: Source, node: ast.expr) -> Any:
        model = self.values.of(source, node)
        try:
            return model.model_json_schema()
        except Exception as error:
            raise Unclear(f"the schema of `{ast.unparse(node)}` cannot be made") from error
