"""Follows a server through a project: the names, the members and the functions that hold it, or give it."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ..survey import Source
from .bindings import Bound, Module, Names, Outside, bindings
from .methods import Class, callee, callers, class_of, mentions, own_class
from .scopes import Function, bound_names, owner, parameters, parents, within

_KEEPERS = frozenset({"functools.cache", "functools.lru_cache"})


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a function comes by a server: it makes it, or is given it by one that does.

    Attributes:
        statement: The statement that does; what stands behind it has the server.
        level: How many functions gave it on since.
    """

    source: Source
    function: Function
    statement: ast.stmt
    level: int


@dataclass
class Flow:
    """Everywhere that a server goes.

    Attributes:
        calls: What makes it.
        found: The expressions that are the server, each with its file, in no order.
        lost: Where it goes on, and cannot be followed.
        anchors: The functions that come by it.
        mixed: Whether something that holds it may hold something else, too.
    """

    names: Names
    sources: Sequence[Source]
    calls: set[int]
    found: list[tuple[Source, ast.expr]] = field(default_factory=list["tuple[Source, ast.expr]"])
    lost: list[tuple[Source, ast.expr, str]] = field(
        default_factory=list["tuple[Source, ast.expr, str]"]
    )
    anchors: list[Anchor] = field(default_factory=list[Anchor])
    mixed: bool = False
    seen: set[object] = field(default_factory=set[object])

    def value(self, source: Source, node: ast.expr, level: int = 0) -> None:
        """Follow an expression that is the server."""
        if id(node) in self.seen:
            return
        self.seen.add(id(node))
        around = parents(source.tree).parent(node)
        if isinstance(around, ast.Assign | ast.AnnAssign):
            targets = around.targets if isinstance(around, ast.Assign) else [around.target]
            for one in targets:
                self._kept(source, one, node)
        elif isinstance(around, ast.Return):
            self._returned(source, node, level)
        elif isinstance(around, ast.Await):
            self.value(source, around, level)
        elif isinstance(around, ast.Call) and around.func is not node:
            self._handed(source, node, around)
        elif isinstance(around, ast.keyword):
            call = parents(source.tree).parent(around)
            if isinstance(call, ast.Call):
                self._handed(source, around, call)
        else:
            self.found.append((source, node))

    def anchor(self, source: Source, node: ast.expr, level: int, *, either: bool = False) -> None:
        """Note that a function comes by the server in an expression.

        Args:
            either: Whether it may come by it in another branch of a condition, too.
        """
        around = list(parents(source.tree).around(node))
        statements = [one for one in around if isinstance(one, ast.stmt)]
        statement = statements[1] if either else statements[0]
        inside = next(
            (one for one in around if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)), None
        )
        if inside is not None:
            self.anchors.append(Anchor(source, inside, statement, level))

    def _kept(self, source: Source, target: ast.expr, value: ast.expr) -> None:
        """Follow what holds the server from now on."""
        if isinstance(target, ast.Name):
            inside = owner(source.tree, target)
            if inside is None:
                self._global(source, target, value)
            elif isinstance(inside, ast.FunctionDef | ast.AsyncFunctionDef):
                self.local(source, inside, target.id, value)
            else:
                self._lose(source, value, "the server is kept by a class")
        elif isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name):
            kind = own_class(source, target.value)
            if kind is None:
                self._lose(source, value, f"the server is kept as `{ast.unparse(target)}`")
            else:
                self.member(kind, target.attr)
        else:
            self._lose(source, value, "the server is passed on, and cannot be followed")

    def _lose(self, source: Source, node: ast.expr, reason: str) -> None:
        self.lost.append((source, node, reason))

    def local(self, source: Source, inside: Function, name: str, value: ast.expr) -> None:
        """Follow a name of a function."""
        key = (id(inside), name)
        if key in self.seen:
            return
        self.seen.add(key)
        given = {one.arg for one in parameters(inside)}
        by = [one for one in within(inside.body) if name in bound_names(one)]
        if (by and name in given) or not all(self._same(source, one) for one in by):
            self.mixed = True
            self._lose(source, value, f"`{name}` may be something else, too")
            return
        for node in mentions(source.tree).get(name, ()):
            if isinstance(node, ast.Name) and owner(source.tree, node) is inside:
                self.value(source, node)

    def _same(self, source: Source, target: ast.AST) -> bool:
        """Whether what a statement binds a name to is the server, or nothing."""
        around = parents(source.tree).parent(target)
        if not isinstance(around, ast.Assign | ast.AnnAssign):
            return False
        value = around.value
        nothing = value is None or (isinstance(value, ast.Constant) and value.value is None)
        return nothing or id(value) in self.seen or id(value) in self.calls

    def _global(self, source: Source, target: ast.Name, value: ast.expr) -> None:
        """Follow a global of a module."""
        name = target.id
        if (source.path, name) in self.seen:
            return
        self.seen.add((source.path, name))
        bound = [
            one
            for one in source.nodes
            if name in bound_names(one)
            and not (isinstance(one, ast.Name) and owner(source.tree, one) is not None)
        ]
        stored = [one for one in bound if isinstance(one, ast.Name)]
        if len(stored) != len([one for one in bound if _of_module(source, one)]) or not all(
            self._same(source, one) for one in stored
        ):
            self.mixed = True
            self._lose(source, value, f"`{name}` may be something else, too")
            return
        for each in self.sources:
            for node in self._readers(source, name, each):
                self.value(each, node)

    def _readers(self, source: Source, name: str, each: Source) -> Iterator[ast.expr]:
        """Where a file reads a global of a module."""
        imports = {
            one.asname or one.name: node
            for node in each.nodes
            if isinstance(node, ast.ImportFrom)
            for one in node.names
            if one.name == name
        }
        for called in {name, *imports}:
            for node in mentions(each.tree).get(called, ()):
                found = self.names.of(each, node)
                if isinstance(found, Bound) and id(found.node) in self.calls:
                    yield node
                elif isinstance(node, ast.Attribute):
                    if self._is_module(self.names.of(each, node.value), source):
                        yield node
                elif each is source:
                    if owner(each.tree, node) is None:
                        yield node
                elif called in imports and self._imports(each, node, imports[called], source):
                    yield node

    def _is_module(self, base: object, source: Source) -> bool:
        return isinstance(base, Module) and self.names.layout.source(base.name) is source

    def _imports(self, each: Source, node: ast.Name, by: ast.ImportFrom, source: Source) -> bool:
        """Whether a name is what a statement imports from a module, and nothing else."""
        module = self.names.layout.absolute(each, by)
        if module is None or self.names.layout.source(module) is not source:
            return False
        inside = owner(each.tree, node)
        if inside is None:
            known = bindings(each).get(node.id, ())
            return bool(known) and all(one.node is by for one in known)
        if not isinstance(inside, ast.FunctionDef | ast.AsyncFunctionDef):
            return False
        bound = [one for one in within(inside.body) if node.id in bound_names(one)]
        return bound == [by]

    def member(self, kind: Class, name: str) -> None:
        """Follow a member of the instances of a class."""
        source, node = kind
        key = (id(node), name)
        if key in self.seen:
            return
        self.seen.add(key)
        for one in ast.walk(node):
            if isinstance(one, ast.Attribute) and one.attr == name:
                own = isinstance(one.value, ast.Name) and own_class(source, one.value) == kind
                if own and isinstance(one.ctx, ast.Load):
                    self.value(source, one)
                elif not isinstance(one.ctx, ast.Load) and not self._same(source, one):
                    self.mixed = True
                    self._lose(source, one, f"`{ast.unparse(one)}` may be something else, too")
        for each in self.sources:
            for one in mentions(each.tree).get(name, ()):
                if not isinstance(one, ast.Attribute) or id(one) in self.seen:
                    continue
                if class_of(self.names, each, one.value) == kind:
                    self.value(each, one)

    def itself(self, kind: Class) -> None:
        """Follow what the methods of a class of servers call `self`."""
        source, node = kind
        for one in ast.walk(node):
            read = isinstance(one, ast.Name) and isinstance(one.ctx, ast.Load)
            if isinstance(one, ast.Name) and read and own_class(source, one) == kind:
                self.value(source, one)

    def _returned(self, source: Source, node: ast.expr, level: int) -> None:
        """Follow the server to those who call the function that gives it."""
        inside = owner_function(source, node)
        if inside is None or id(inside) in self.seen:
            return
        self.seen.add(id(inside))
        plain = all(self._keeps(source, one) for one in inside.decorator_list)
        known = callers(self.names, self.sources, source, inside)
        if not plain or known.unseen:
            self._lose(source, node, f"`{inside.name}` gives the server to what cannot be followed")
        if not plain:
            return
        for each, call in known.calls:
            self.anchor(each, call, level + 1)
            self.value(each, call, level + 1)

    def _keeps(self, source: Source, decorator: ast.expr) -> bool:
        made = decorator.func if isinstance(decorator, ast.Call) else decorator
        found = self.names.of(source, made)
        return isinstance(found, Outside) and found.name in _KEEPERS

    def _handed(self, source: Source, node: ast.expr | ast.keyword, call: ast.Call) -> None:
        """Follow the server into what it is handed to."""
        value = node.value if isinstance(node, ast.keyword) else node
        called = callee(self.names, source, call.func)
        parameter = None
        if called is not None:
            parameter = given_as(called.function, call, node, called.skipped)
        if called is None or parameter is None:
            self.found.append((source, value))
            return
        self.local(called.source, called.function, parameter, value)


def _of_module(source: Source, node: ast.AST) -> bool:
    """Whether what binds a name binds it for the module."""
    if isinstance(node, ast.Name):
        return True
    around = parents(source.tree).around(node)
    return not any(
        isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda)
        for one in around
    )


def owner_function(source: Source, node: ast.AST) -> Function | None:
    """The function that a node stands in, and is run by; `None` outside of any."""
    for one in parents(source.tree).around(node):
        if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef):
            return one
        if isinstance(one, ast.Lambda | ast.ClassDef):
            return None
    return None


def given_as(
    function: Function, call: ast.Call, given: ast.expr | ast.keyword, skipped: int = 0
) -> str | None:
    """The parameter that an argument of a call is for; `None` if that cannot be told."""
    if isinstance(given, ast.keyword):
        return given.arg if given.arg in {one.arg for one in parameters(function)} else None
    place = next((at for at, one in enumerate(call.args) if one is given), None)
    by_place = [*function.args.posonlyargs, *function.args.args][skipped:]
    starred = any(isinstance(one, ast.Starred) for one in call.args)
    if place is None or starred or place >= len(by_place):
        return None
    return by_place[place].arg
