"""Reads low-level servers of `mcp` 1: tools that are listed as literals, and one function that dispatches by name."""

from __future__ import annotations

import ast
import json
import keyword
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from ..survey import Source
from .bindings import Bound, Outside, bindings
from .found import Left, Plain, Server
from .literals import Unclear
from .reading import Reading
from .scopes import Function

_CONSTRUCTORS = frozenset(
    {"mcp.server.Server", "mcp.server.lowlevel.Server", "mcp.server.lowlevel.server.Server"}
)
_TOOLS = frozenset({"mcp.types.Tool", "mcp.Tool"})
_WORDS = frozenset(
    {"name", "title", "description", "inputSchema", "outputSchema", "annotations", "_meta"}
)
_LOGS = frozenset({"debug", "info", "warning"})

Tool: TypeAlias = "dict[str, Any]"


@dataclass(frozen=True)
class Dispatched:
    """A low-level server whose tools are understood.

    Attributes:
        call: The constructor's call.
        lists: The function that lists the tools.
        calls: The one that answers every call.
        lists_are_used: Whether something else asks for the list, such as a test: then it stays, without its decorator.
        calls_are_used: Whether something else calls the latter: then it still knows all names.
        tools: What is listed, by the name of the function that is to answer it.
        places: The places of these in the list.
        left: The tools that are not understood.
    """

    server: Server
    source: Source
    call: ast.Call
    lists: Function
    calls: Function
    lists_are_used: bool
    calls_are_used: bool
    tools: Mapping[str, Tool]
    places: frozenset[int]
    left: Sequence[Left]

    def plain(self) -> Iterator[Plain]:
        """Its tools as functions."""
        for function, tool in self.tools.items():
            yield Plain(
                server=self.server,
                function=f"{self.server.module}:{function}",
                tool=tool,
                context=None,
                flavour="mcp1_lowlevel",
                source=self.source.path,
                line=self.calls.lineno,
            )


def dispatched(reading: Reading) -> Iterator[Dispatched | Left]:
    """The low-level servers that starting the project may reach, or why they are not understood."""
    reached = {one.path for one in reading.project.reach(reading.entry.source)} | set(
        reading.started.names
    )
    for source in reading.sources:
        if source.path not in reached:
            continue
        for variable in bindings(source):
            found = reading.names.bound(source, variable)
            if isinstance(found, Bound) and found.source is source and _makes(reading, found):
                try:
                    yield _Server(reading, found).dispatched()
                except Unclear as error:
                    line = getattr(found.node, "lineno", 1)
                    yield Left(source.path, line, None, str(error))


def _makes(reading: Reading, found: Bound) -> bool:
    call = found.node
    if not isinstance(call, ast.Call):
        return False
    made = call.func.value if isinstance(call.func, ast.Subscript) else call.func
    kind = reading.names.of(found.source, made)
    return isinstance(kind, Outside) and kind.name in _CONSTRUCTORS


@dataclass
class _Server:
    reading: Reading
    found: Bound

    def dispatched(self) -> Dispatched:
        source, call = self.found.source, self.found.node
        assert isinstance(call, ast.Call)
        lists, calls = self._decorated("list_tools"), self._decorated("call_tool")
        names = [one.arg for one in calls.args.args]
        plain = not (
            calls.args.kwonlyargs or calls.args.vararg or calls.args.kwarg or calls.args.defaults
        )
        if len(names) != 2 or not plain:
            raise Unclear(f"`{calls.name}` takes something else than a name and arguments")
        if any(_binds(node, names[0]) for one in calls.body for node in ast.walk(one)):
            raise Unclear(f"`{calls.name}` binds `{names[0]}` anew")
        known, left = self._understood(lists)
        used = self._used(lists)
        if left and (used or not known):
            raise Unclear(left[0].reason)
        return Dispatched(
            server=Server(self._module(), self.found.name, source.path),
            source=source,
            call=call,
            lists=lists,
            calls=calls,
            lists_are_used=used,
            calls_are_used=self._used(calls),
            tools=self._named(list(known.values()), calls),
            places=frozenset(known),
            left=left,
        )

    def _decorated(self, what: str) -> Function:
        """The function of the module that the server was told of as this."""
        found: list[Function] = []
        for source in self.reading.sources:
            for node in ast.walk(source.tree):
                if not (isinstance(node, ast.Attribute) and node.attr == what):
                    continue
                server = self.reading.names.of(source, node.value)
                if not (isinstance(server, Bound) and server.node is self.found.node):
                    continue
                found.append(self._function(source, node, what))
        if len(found) != 1:
            raise Unclear(f"`{what}` is asked of it {len(found)} times")
        return found[0]

    def _function(self, source: Source, node: ast.Attribute, what: str) -> Function:
        for one in source.tree.body:
            if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef) and any(
                isinstance(each, ast.Call) and each.func is node for each in one.decorator_list
            ):
                decorator = one.decorator_list[0]
                bare = isinstance(decorator, ast.Call) and not (
                    decorator.args or decorator.keywords
                )
                if len(one.decorator_list) > 1 or not bare:
                    raise Unclear(f"`{one.name}` is decorated by more than `{what}()`")
                if source is not self.found.source:
                    raise Unclear(f"`{one.name}` stands in another module than its server")
                return one
        raise Unclear(f"`{ast.unparse(node)}` decorates no function of a module")

    def _used(self, function: Function) -> bool:
        """Whether something other than the server names a function."""
        word = re.compile(rf"\b{re.escape(function.name)}\b")
        for source in self.reading.project.sources.values():
            if source.beside and self._imports(source, function.name):
                return True
            if source.beside or not word.search(source.text):
                continue
            for node in ast.walk(source.tree):
                if isinstance(node, ast.Name | ast.Attribute):
                    thing = self.reading.names.of(source, node)
                    if isinstance(thing, Bound) and thing.node is function:
                        return True
        return False

    def _imports(self, source: Source, name: str) -> bool:
        """Whether a test takes something of that name from the server's module."""
        module = self.reading.layout.name(self.found.source)
        return f"{module}.{name}" in source.imports or (
            module in source.imports and f".{name}(" in source.text
        )

    def _module(self) -> str:
        source, started = self.found.source, self.reading.started.names
        known = started.get(source.path, [])
        if len(set(known)) > 1:
            raise Unclear(f"`{source.path}` is loaded twice, under different names")
        if not known or known[0] == "__main__":
            return self.reading.layout.name(source)
        return known[0]

    def _understood(self, lists: Function) -> tuple[dict[int, Tool], list[Left]]:
        """The tools that are listed, by their places, and those that are not understood."""
        source = self.found.source
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
            found = self.reading.names.of(source, node)
            if isinstance(found, Bound) and isinstance(found.node, ast.expr):
                return self._tool(found.source, found.node)
        kind = self.reading.names.of(source, node.func) if isinstance(node, ast.Call) else None
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
        found = self.reading.values.of(source, node)
        try:
            return json.loads(json.dumps(found, allow_nan=False))
        except (TypeError, ValueError):
            raise Unclear(f"{source.path}:{node.lineno}: it is no JSON") from None

    def _schema(self, source: Source, node: ast.expr) -> Any:
        model = self.reading.values.of(source, node)
        try:
            return model.model_json_schema()
        except Exception as error:
            raise Unclear(f"the schema of `{ast.unparse(node)}` cannot be made") from error

    def _named(self, listed: list[Tool], calls: Function) -> dict[str, Tool]:
        taken = set(bindings(self.found.source)) | {
            node.id for node in ast.walk(self.found.source.tree) if isinstance(node, ast.Name)
        }
        taken |= {one.arg for one in ast.walk(calls) if isinstance(one, ast.arg)}
        found: dict[str, Tool] = {}
        for tool in listed:
            name = tool.get("name")
            if not isinstance(name, str) or any(one["name"] == name for one in found.values()):
                raise Unclear("a tool has no name of its own")
            plain = re.sub(r"\W", "_", name)
            plain = f"tool_{plain}" if plain[:1].isdigit() or keyword.iskeyword(plain) else plain
            while plain in taken:
                plain = f"{plain}_tool" if not plain.endswith("_tool") else f"{plain}_"
            taken.add(plain)
            found[plain] = tool
        return found


def _binds(node: ast.AST, name: str) -> bool:
    if isinstance(node, ast.Name):
        return node.id == name and not isinstance(node.ctx, ast.Load)
    if isinstance(node, ast.MatchAs | ast.MatchStar | ast.ExceptHandler):
        return node.name == name
    if isinstance(node, ast.arg):
        return node.arg == name
    return isinstance(node, ast.Global | ast.Nonlocal) and name in node.names


def _says_nothing(node: ast.expr) -> bool:
    """Whether an expression is a text, or a line for the log."""
    if isinstance(node, ast.Constant):
        return True
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in _LOGS
    )
