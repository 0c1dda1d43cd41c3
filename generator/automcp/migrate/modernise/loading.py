"""Follows what runs when a legacy server starts: which modules are loaded for certain, and in which order."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ..entry import Script, guard
from ..survey import Source
from .bindings import Bound, Module, Names, Outside, checks_types
from .layout import Layout
from .scans import scanned_package
from .scopes import Function

_LEAVES = frozenset({"sys.exit", "builtins.exit", "builtins.quit", "os._exit"})
_RUNS = frozenset({"asyncio.run", "anyio.run", "trio.run"})
_MISSES = frozenset({"ImportError", "ModuleNotFoundError", "Exception", "BaseException"})
_COMMANDS = ("click.", "typer.", "rich_click.", "asyncclick.")
_DEEPEST = 40


@dataclass
class Loaded:
    """What is loaded.

    Attributes:
        names: By the path of each file that is certainly loaded, the names that it is loaded under.
        order: When each statement of a module is reached, by path and line.
        calls: The calls of the project's own functions that certainly run, by the function's path and line.
    """

    names: dict[str, list[str]] = field(default_factory=dict[str, "list[str]"])
    order: dict[tuple[str, int], int] = field(default_factory=dict["tuple[str, int]", int])
    calls: dict[tuple[str, int], list[ast.Call]] = field(
        default_factory=dict["tuple[str, int]", "list[ast.Call]"]
    )


def loaded(layout: Layout, names: Names) -> Loaded:
    """What starting the server certainly loads."""
    walk = _Walk(layout, names, Loaded())
    entry = layout.entry
    if isinstance(entry, Script):
        module, _, function = entry.target.partition(":")
        walk.module(module)
        found = names.member(Module(module), function.split(".")[0])
        if isinstance(found, Bound) and "." not in function:
            walk.function(found, None)
    else:
        if entry.source.path.endswith("__main__.py"):
            walk.module(layout.package(entry.source))
        walk.file(entry.source, "__main__", entry=True)
    return walk.found


def loaded_with(layout: Layout, names: Names, module: str) -> Loaded:
    """What importing a module certainly loads."""
    walk = _Walk(layout, names, Loaded())
    walk.module(module)
    return walk.found


def loaded_by(
    layout: Layout, names: Names, source: Source | None, imports: Sequence[tuple[Source, ast.stmt]]
) -> Loaded:
    """What loading a file, and then some imports, certainly loads."""
    walk = _Walk(layout, names, Loaded())
    if source is not None:
        walk.module(layout.name(source))
    for place, one in imports:
        walk.statement(place, one)
    return walk.found


@dataclass
class _Walk:
    layout: Layout
    names: Names
    found: Loaded
    _entered: set[int] = field(default_factory=set[int])
    _deep: int = 0

    def module(self, name: str) -> None:
        """Load a module, and the packages that it lies in."""
        for one in self.layout.packages(name):
            source = self.layout.source(one)
            if source is not None:
                self.file(source, one)

    def file(self, source: Source, name: str, *, entry: bool = False) -> None:
        """Run a file, once by each name."""
        known = self.found.names.setdefault(source.path, [])
        if name in known:
            return
        known.append(name)
        if len(known) == 1:
            own = guard(source)
            for node in source.tree.body:
                if node is own and not entry:
                    continue
                self.statement(source, node)
                if node is own and isinstance(node, ast.If):
                    self._body(source, node.body)

    def function(self, found: Bound, call: ast.Call | None) -> None:
        """Run a function of the project, once."""
        node = found.node
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            return
        if call is not None:
            self.found.calls.setdefault((found.source.path, node.lineno), []).append(call)
        if id(node) in self._entered or self._deep > _DEEPEST:
            return
        if any(not is_command(self.names, found.source, one) for one in node.decorator_list):
            return
        self._entered.add(id(node))
        self._deep += 1
        self._body(found.source, node.body)
        self._deep -= 1

    def _body(self, source: Source, body: Sequence[ast.stmt]) -> bool:
        """Follow statements; false once they may not all be reached."""
        for node in body:
            self.statement(source, node)
            if isinstance(node, ast.Return | ast.Raise) or self._may_leave(node):
                return False
        return True

    def _may_leave(self, node: ast.stmt) -> bool:
        """Whether a statement may end the function that it stands in, and the program goes on."""
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            return False
        return any(isinstance(one, ast.Return) for one in ast.walk(node))

    def statement(self, source: Source, node: ast.stmt) -> None:
        """Follow one statement."""
        self.found.order.setdefault((source.path, node.lineno), len(self.found.order))
        if isinstance(node, ast.Import | ast.ImportFrom):
            self._import(source, node)
        elif isinstance(node, ast.If):
            self._expression(source, node.test)
            if checks_types(node):
                self._body(source, node.orelse)
        elif isinstance(node, ast.Try):
            self._try(source, node)
        elif isinstance(node, ast.With | ast.AsyncWith):
            for item in node.items:
                self._expression(source, item.context_expr)
            self._body(source, node.body)
        elif isinstance(node, ast.For):
            package = scanned_package(self.names, source, node)
            if package is not None:
                self._scan(package)
        elif isinstance(node, ast.ClassDef):
            self._body(source, node.body)
        elif isinstance(node, ast.Expr | ast.Assign | ast.AnnAssign | ast.Return | ast.AugAssign):
            self._expression(source, node.value)

    def _try(self, source: Source, node: ast.Try) -> None:
        if all(self._passes_on(source, one) for one in node.handlers):
            self._body(source, node.body)
            self._body(source, node.orelse)
        self._body(source, node.finalbody)

    def _passes_on(self, source: Source, handler: ast.ExceptHandler) -> bool:
        """Whether a module that cannot be loaded ends the program in spite of a handler."""
        caught: list[ast.AST] = [] if handler.type is None else list(ast.walk(handler.type))
        names = {one.id for one in caught if isinstance(one, ast.Name)}
        if names and not names & _MISSES:
            return True
        last = handler.body[-1]
        return isinstance(last, ast.Raise) or (
            isinstance(last, ast.Expr)
            and isinstance(last.value, ast.Call)
            and self._outside(source, last.value.func) in _LEAVES
        )

    def _outside(self, source: Source, node: ast.expr) -> str | None:
        found = self.names.of(source, node)
        return found.name if isinstance(found, Outside) else None

    def _import(self, source: Source, node: ast.Import | ast.ImportFrom) -> None:
        if isinstance(node, ast.Import):
            for one in node.names:
                self.module(one.name)
            return
        module = self.layout.absolute(source, node)
        if module is None:
            return
        self.module(module)
        for one in node.names:
            found = self.names.member(Module(module), one.name) if self._has(module) else None
            if isinstance(found, Module):
                self.module(found.name)

    def _has(self, module: str) -> bool:
        return bool(module) and self.layout.has(module)

    def _scan(self, package: str) -> None:
        """Load the modules of a package as `pkgutil.iter_modules` lists them: by name."""
        below = {one for path in self.layout.project.sources for one in self._below(package, path)}
        for one in sorted(below):
            self.module(f"{package}.{one}")

    def _below(self, package: str, path: str) -> Iterator[str]:
        found = self.layout.source(package)
        if found is None or not found.path.endswith("/__init__.py"):
            return
        folder = found.path.removesuffix("__init__.py")
        inside = path.removeprefix(folder)
        if inside == path or inside == "__init__.py":
            return
        first, _, rest = inside.partition("/")
        if not rest:
            yield first.removesuffix(".py")
        elif rest == "__init__.py":
            yield first

    def _expression(self, source: Source, node: ast.expr | None) -> None:
        """Follow the calls that an expression certainly makes."""
        if node is None or isinstance(
            node, ast.Lambda | ast.GeneratorExp | ast.ListComp | ast.SetComp | ast.DictComp
        ):
            return
        if isinstance(node, ast.IfExp):
            return self._expression(source, node.test)
        if isinstance(node, ast.BoolOp):
            return self._expression(source, node.values[0])
        if isinstance(node, ast.Await):
            if isinstance(node.value, ast.Call):
                self._call(source, node.value, waits=True)
            return None
        if isinstance(node, ast.Call):
            return self._call(source, node, waits=False)
        for one in ast.iter_child_nodes(node):
            if isinstance(one, ast.expr):
                self._expression(source, one)
        return None

    def _call(self, source: Source, node: ast.Call, *, waits: bool) -> None:
        running = self._outside(source, node.func) in _RUNS
        for one in (*node.args, *(each.value for each in node.keywords)):
            if running and isinstance(one, ast.Call):
                self._call(source, one, waits=True)
            elif running and isinstance(one, ast.Name | ast.Attribute):
                self._enter(source, one, None, waits=True)
            else:
                self._expression(source, one)
        self._enter(source, node.func, node, waits=waits)

    def _enter(
        self, source: Source, called: ast.expr, call: ast.Call | None, *, waits: bool
    ) -> None:
        found = self.names.of(source, called)
        if isinstance(found, Bound) and isinstance(
            found.node, ast.FunctionDef | ast.AsyncFunctionDef
        ):
            function: Function = found.node
            if waits or isinstance(function, ast.FunctionDef):
                self.function(found, call)


def is_command(names: Names, source: Source, decorator: ast.expr) -> bool:
    """Whether a decorator makes a function a command of a program."""
    made = decorator.func if isinstance(decorator, ast.Call) else decorator
    found = names.of(source, made)
    return isinstance(found, Outside) and found.name.startswith(_COMMANDS)
