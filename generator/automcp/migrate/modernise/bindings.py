"""What the names of a module are bound to, as far as its text says so for certain."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TypeAlias

from ..survey import Source
from .layout import Layout
from .scopes import binders, bound_names, owner, parameters, within

_INSTALLED = frozenset({"fastmcp", "mcp", "pydantic", "typing", "typing_extensions"})
_DEEPEST = 12
"""So many imports lead from one to the next at most."""


@dataclass(frozen=True, slots=True)
class Outside:
    """Something that is not the project's.

    Attributes:
        name: Dotted, as `mcp.server.fastmcp.FastMCP`.
    """

    name: str


@dataclass(frozen=True, slots=True)
class Module:
    """A module, or a folder of modules, of the project."""

    name: str


@dataclass(frozen=True, slots=True)
class Bound:
    """What a module of the project binds by a statement: a function, a class, or a value.

    Attributes:
        node: The definition, or the expression that is assigned.
    """

    source: Source
    name: str
    node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.expr


Thing: TypeAlias = Outside | Module | Bound


@dataclass(frozen=True, slots=True)
class Binding:
    """A statement that binds a name.

    Attributes:
        always: Whether it stands at the outermost level, and so runs whenever the module does.
        unclear: Whether it binds in a way that says nothing of the value: a loop, an unpacking, a `global`.
    """

    node: ast.AST
    always: bool
    unclear: bool = False


def bindings(source: Source) -> Mapping[str, Sequence[Binding]]:
    """All statements that bind names of a module, by name; what only type checkers see is left out."""
    return _bindings(source.tree)


@cache
def _bindings(tree: ast.Module) -> Mapping[str, Sequence[Binding]]:
    found: dict[str, list[Binding]] = {}
    for node, always in _statements(tree.body, always=True):
        simple = isinstance(
            node,
            ast.Import
            | ast.ImportFrom
            | ast.FunctionDef
            | ast.AsyncFunctionDef
            | ast.ClassDef
            | ast.Assign
            | ast.AnnAssign,
        )
        for name in _bound_by(node):
            if isinstance(node, ast.Assign) and ast.unparse(node) == f"{name} = {name}":
                continue
            plain = simple and not _unpacks(node, name)
            found.setdefault(name, []).append(Binding(node, always, not plain))
    for part in ast.walk(tree):
        if isinstance(part, ast.Global):
            for name in part.names:
                found.setdefault(name, []).append(Binding(part, False, True))
    return found


def _statements(body: Sequence[ast.stmt], *, always: bool) -> Iterator[tuple[ast.stmt, bool]]:
    """The statements that a module runs, and whether it always does."""
    for node in body:
        if isinstance(node, ast.If) and checks_types(node):
            yield from _statements(node.orelse, always=always)
            continue
        if isinstance(node, ast.Try) and _always_succeeds(node):
            yield from _statements([*node.body, *node.orelse, *node.finalbody], always=always)
            continue
        yield node, always
        parts = [
            getattr(node, part, [])
            for part in ("body", "orelse", "finalbody")
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        ]
        parts += [one.body for one in (*getattr(node, "handlers", []), *getattr(node, "cases", []))]
        for part in parts:
            yield from _statements(part, always=always and isinstance(node, ast.With))


def _always_succeeds(node: ast.Try) -> bool:
    """Whether a block imports nothing but what a server cannot do without."""
    return all(
        isinstance(one, ast.ImportFrom)
        and one.level == 0
        and (one.module or "").split(".")[0] in _INSTALLED
        for one in node.body
    )


def checks_types(node: ast.If) -> bool:
    """Whether a block is for type checkers alone: `if TYPE_CHECKING:`."""
    return ast.unparse(node.test) in ("TYPE_CHECKING", "typing.TYPE_CHECKING", "False")


def _bound_by(node: ast.stmt) -> Iterator[str]:
    """The names that a statement binds, the statements in it aside."""
    if isinstance(node, ast.AnnAssign) and node.value is None:
        return
    nested = {
        id(one)
        for part in ("body", "orelse", "finalbody", "handlers", "cases")
        for one in getattr(node, part, [])
    }
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield node.name
        return
    yield from bound_names(node)
    for child in ast.iter_child_nodes(node):
        if id(child) in nested:
            if isinstance(child, ast.ExceptHandler | ast.match_case):
                yield from (name for one in _heads(child) for name in bound_names(one))
            continue
        if isinstance(child, ast.expr | ast.withitem | ast.alias | ast.keyword):
            for inner in within([child]) if isinstance(child, ast.expr) else ast.walk(child):
                yield from bound_names(inner)


def _heads(node: ast.ExceptHandler | ast.match_case) -> Iterator[ast.AST]:
    if isinstance(node, ast.ExceptHandler):
        yield node
    else:
        yield from ast.walk(node.pattern)


def _unpacks(node: ast.stmt, name: str) -> bool:
    if isinstance(node, ast.Assign):
        return not any(isinstance(one, ast.Name) and one.id == name for one in node.targets)
    if isinstance(node, ast.AnnAssign):
        return not isinstance(node.target, ast.Name)
    return False


@dataclass(frozen=True)
class Names:
    """Follows names through the modules of a project."""

    layout: Layout

    @cached_property
    def _known(self) -> dict[tuple[str, str], Thing | None]:
        return {}

    def of(self, source: Source, node: ast.expr) -> Thing | None:
        """What a name, or a dotted name, means where it stands; `None` if that is not certain."""
        if isinstance(node, ast.Name):
            inside = owner(source.tree, node)
            if inside is None:
                return self.bound(source, node.id)
            return self._local(source, inside, node)
        if isinstance(node, ast.Attribute):
            base = self.of(source, node.value)
            return self.member(base, node.attr) if base is not None else None
        return None

    def bound(self, source: Source, name: str, deep: int = 0) -> Thing | None:
        """What a module binds a name to; a builtin if it binds nothing."""
        key = (source.path, name)
        if key not in self._known:
            self._known[key] = None
            self._known[key] = self._bound(source, name, deep)
        return self._known[key]

    def member(self, base: Thing, name: str, deep: int = 0) -> Thing | None:
        """What an attribute of a module is."""
        if isinstance(base, Outside):
            return Outside(f"{base.name}.{name}")
        if not isinstance(base, Module):
            return None
        source = self.layout.source(base.name)
        if source is not None and name in bindings(source):
            return self.bound(source, name, deep + 1)
        below = f"{base.name}.{name}"
        if self.layout.has(below):
            return Module(below)
        return None

    def _bound(self, source: Source, name: str, deep: int) -> Thing | None:
        known = bindings(source).get(name, ())
        if not known:
            plain = hasattr(builtins, name) and "*" not in bindings(source)
            return Outside(f"builtins.{name}") if plain else None
        # Submodules of one package share the name that they bind.
        found = {self._by(source, name, one, deep) for one in known if one.always}
        if len(found) != 1 or any(one.unclear or not one.always for one in known):
            return None
        return found.pop()

    def _by(self, source: Source, name: str, binding: Binding, deep: int) -> Thing | None:
        node = binding.node
        if binding.unclear or deep > _DEEPEST:
            return None
        if isinstance(node, ast.Import | ast.ImportFrom):
            return self._imported(source, node, name, deep)
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            alias = self._alias(source, node.value, deep)
            return alias or Bound(source, name, node.value)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            return Bound(source, name, node)
        return None

    def _alias(self, source: Source, value: ast.expr, deep: int) -> Thing | None:
        """What a name stands for that is assigned another name."""
        if isinstance(value, ast.Name):
            return self.bound(source, value.id, deep + 1)
        if isinstance(value, ast.Attribute):
            base = self._alias(source, value.value, deep + 1)
            return self.member(base, value.attr, deep + 1) if base is not None else None
        return None

    def _imported(
        self, source: Source, node: ast.Import | ast.ImportFrom, name: str, deep: int
    ) -> Thing | None:
        if isinstance(node, ast.Import):
            for one in node.names:
                if (one.asname or one.name.split(".")[0]) == name:
                    return self._module(one.name if one.asname else name)
            return None
        module = self.layout.absolute(source, node)
        taken = next((one.name for one in node.names if (one.asname or one.name) == name), None)
        if module is None or taken is None:
            return None
        if module == self.layout.package(source) and self.layout.has(f"{module}.{taken}"):
            # A package that takes a module of its own binds it by the same name.
            return Module(f"{module}.{taken}")
        return self.member(self._module(module), taken, deep + 1)

    def _module(self, name: str) -> Thing:
        return Module(name) if self.layout.has(name) else Outside(name)

    def _local(self, source: Source, inside: ast.AST, name: ast.Name) -> Thing | None:
        """What a name of a function means: known if the function imports it, and binds it nowhere else."""
        if not isinstance(inside, ast.FunctionDef | ast.AsyncFunctionDef):
            return None
        if any(one.arg == name.id for one in parameters(inside)):
            return None
        by = binders(inside).get(name.id, [])
        direct = [one for one in by if isinstance(one, ast.Import | ast.ImportFrom)]
        if not direct or len(direct) != len(by):
            return None
        found = {self._imported(source, one, name.id, 0) for one in direct}
        return found.pop() if len(found) == 1 else None
