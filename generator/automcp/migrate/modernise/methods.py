"""Follows what is called: functions, classes and their methods, and who calls them."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

from ..survey import Source
from .bindings import Bound, Names, Outside, bindings
from .scopes import Function, bound_names, owner, parameters, parents, within

RUNNERS = frozenset({"asyncio.run", "anyio.run", "trio.run"})
_DEEPEST = 8
_HARMLESS = frozenset({"builtins.isinstance", "builtins.issubclass", "typing.cast"})

Class: TypeAlias = "tuple[Source, ast.ClassDef]"


@dataclass(frozen=True, slots=True)
class Callee:
    """A function that is called.

    Attributes:
        skipped: How many of its parameters the call does not give: `self`.
    """

    source: Source
    function: Function
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class Callers:
    """Who calls a function.

    Attributes:
        calls: The calls that are seen.
        unseen: Whether there may be others.
    """

    calls: Sequence[tuple[Source, ast.Call]]
    unseen: bool


@cache
def mentions(tree: ast.Module) -> Mapping[str, Sequence[ast.Name | ast.Attribute]]:
    """Where names and attributes are read, by what they are called."""
    found: dict[str, list[ast.Name | ast.Attribute]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Load):
            said = node.id if isinstance(node, ast.Name) else node.attr
            found.setdefault(said, []).append(node)
    return found


def callee(names: Names, source: Source, called: ast.expr) -> Callee | None:
    """What a call calls; `None` if it is nothing of the project's, or not certain."""
    found = names.of(source, called)
    if isinstance(found, Bound):
        if isinstance(found.node, ast.FunctionDef | ast.AsyncFunctionDef):
            return Callee(found.source, found.node)
        if isinstance(found.node, ast.ClassDef):
            return method(names, (found.source, found.node), "__init__")
        return None
    if isinstance(called, ast.Attribute):
        kind = class_of(names, source, called.value)
        return method(names, kind, called.attr) if kind is not None else None
    if isinstance(called, ast.Name):
        return _nested(source, called)
    return None


def _nested(source: Source, name: ast.Name) -> Callee | None:
    """The function that a function defines by that name, and nothing else."""
    inside = owner(source.tree, name)
    if not isinstance(inside, ast.FunctionDef | ast.AsyncFunctionDef):
        return None
    by = [one for one in within(inside.body) if name.id in bound_names(one)]
    if len(by) != 1 or name.id in {one.arg for one in parameters(inside)}:
        return None
    only = by[0]
    return (
        Callee(source, only) if isinstance(only, ast.FunctionDef | ast.AsyncFunctionDef) else None
    )


def method(names: Names, kind: Class, name: str, deep: int = 0) -> Callee | None:
    """The method of that name of a class, or of a class of the project's that it inherits from."""
    source, node = kind
    own = [one for one in node.body if name in bound_names(one)]
    if own:
        only = own[0]
        if len(own) > 1 or not isinstance(only, ast.FunctionDef | ast.AsyncFunctionDef):
            return None
        said = [ast.unparse(one) for one in only.decorator_list]
        if "staticmethod" in said:
            return None
        return Callee(source, only, 1)
    for each in node.bases:
        base = names.of(source, each.value if isinstance(each, ast.Subscript) else each)
        if isinstance(base, Bound) and isinstance(base.node, ast.ClassDef) and deep < _DEEPEST:
            found = method(names, (base.source, base.node), name, deep + 1)
            if found is not None:
                return found
    return None


def class_of(names: Names, source: Source, node: ast.expr, deep: int = 0) -> Class | None:
    """The class of the project's that an expression is an instance of; `None` if that is not certain."""
    if deep > _DEEPEST:
        return None
    if isinstance(node, ast.Call):
        made = names.of(source, node.func)
        if isinstance(made, Bound) and isinstance(made.node, ast.ClassDef):
            return made.source, made.node
        return None
    found = names.of(source, node)
    if isinstance(found, Bound):
        value = found.node
        return (
            class_of(names, found.source, value, deep + 1) if isinstance(value, ast.Call) else None
        )
    if isinstance(node, ast.Name):
        return own_class(source, node) or _assigned(names, source, node, deep)
    if isinstance(node, ast.Attribute):
        kind = class_of(names, source, node.value, deep + 1)
        return _member(names, kind, node.attr, deep) if kind is not None else None
    return None


def own_class(source: Source, node: ast.Name) -> Class | None:
    """The class that `self` stands for."""
    inside = owner(source.tree, node)
    if not isinstance(inside, ast.FunctionDef | ast.AsyncFunctionDef):
        return None
    around = parents(source.tree).parent(inside)
    first = [*inside.args.posonlyargs, *inside.args.args][:1]
    plain = not any(isinstance(one, ast.Name) for one in inside.decorator_list)
    if not isinstance(around, ast.ClassDef) or not first or first[0].arg != node.id or not plain:
        return None
    again = any(node.id in bound_names(one) for one in within(inside.body))
    return None if again else (source, around)


def _assigned(names: Names, source: Source, node: ast.Name, deep: int) -> Class | None:
    """The class of what a function, or a module, assigns to a name once."""
    inside = owner(source.tree, node)
    if inside is None:
        known = bindings(source).get(node.id, ())
        around = known[0].node if len(known) == 1 else None
    elif isinstance(inside, ast.FunctionDef | ast.AsyncFunctionDef):
        by = [one for one in within(inside.body) if node.id in bound_names(one)]
        given = node.id in {one.arg for one in parameters(inside)}
        around = parents(source.tree).parent(by[0]) if len(by) == 1 and not given else None
    else:
        return None
    if not isinstance(around, ast.Assign | ast.AnnAssign) or not isinstance(around.value, ast.Call):
        return None
    targets = around.targets if isinstance(around, ast.Assign) else [around.target]
    if not any(isinstance(one, ast.Name) and one.id == node.id for one in targets):
        return None
    return class_of(names, source, around.value, deep + 1)


def _member(names: Names, kind: Class, name: str, deep: int) -> Class | None:
    """The class of what a class assigns to a member once."""
    source, node = kind
    stored = [
        one
        for one in ast.walk(node)
        if isinstance(one, ast.Attribute) and one.attr == name and not isinstance(one.ctx, ast.Load)
    ]
    if len(stored) != 1:
        return None
    around = parents(source.tree).parent(stored[0])
    if isinstance(around, ast.Assign | ast.AnnAssign) and isinstance(around.value, ast.Call):
        return class_of(names, source, around.value, deep + 1)
    return None


def callers(names: Names, sources: Sequence[Source], source: Source, function: Function) -> Callers:
    """Who calls a function of the project."""
    around = parents(source.tree).parent(function)
    kind = around if isinstance(around, ast.ClassDef) else None
    made = kind is not None and function.name == "__init__"
    called = kind.name if made and kind is not None else function.name
    nested = kind is None and not isinstance(around, ast.Module)
    calls: list[tuple[Source, ast.Call]] = []
    unseen = made and kind is not None and _inherited(names, sources, kind)
    for each in [source] if nested else sources:
        for node in _mentions(each, called):
            found = callee(names, each, node)
            if found is None and kind is not None and not made:
                unseen = unseen or _may_be(names, each, node)
            if found is None or found.function is not function:
                continue
            call = _call(names, each, node)
            if call is not None:
                calls.append((each, call))
            elif not _says_type(names, each, node) and not _says_nothing(each, node):
                unseen = True
    return Callers(calls, unseen)


def _mentions(source: Source, name: str) -> Iterator[ast.Name | ast.Attribute]:
    """Where something of that name is read, by whatever name it was imported."""
    known = {name} | {
        one.asname
        for node in source.nodes
        if isinstance(node, ast.ImportFrom)
        for one in node.names
        if one.name == name and one.asname
    }
    for one in known:
        yield from mentions(source.tree).get(one, ())


def _inherited(names: Names, sources: Sequence[Source], kind: ast.ClassDef) -> bool:
    """Whether another class of the project inherits from a class."""
    for each in sources:
        for node in each.nodes:
            for base in node.bases if isinstance(node, ast.ClassDef) else ():
                found = names.of(each, base.value if isinstance(base, ast.Subscript) else base)
                if isinstance(found, Bound) and found.node is kind:
                    return True
    return False


def _may_be(names: Names, source: Source, node: ast.Name | ast.Attribute) -> bool:
    """Whether a method may be asked of something that nothing is known of."""
    if not isinstance(node, ast.Attribute):
        return False
    found = names.of(source, node.value)
    if found is not None and not isinstance(found, Bound):
        return False
    return class_of(names, source, node.value) is None


def _call(names: Names, source: Source, node: ast.expr) -> ast.Call | None:
    """The call that calls what an expression names: itself, or by way of an event loop."""
    around = parents(source.tree).parent(node)
    if not isinstance(around, ast.Call):
        return None
    if around.func is node:
        return around
    runs = names.of(source, around.func)
    loop = isinstance(runs, Outside) and runs.name in RUNNERS
    return around if loop and around.args and around.args[0] is node else None


def _says_type(names: Names, source: Source, node: ast.expr) -> bool:
    """Whether a class is named for its type alone."""
    below: ast.AST = node
    for around in parents(source.tree).around(node):
        if isinstance(around, ast.arg):
            return True
        if isinstance(around, ast.AnnAssign) and around.annotation is below:
            return True
        if isinstance(around, ast.FunctionDef | ast.AsyncFunctionDef):
            return around.returns is below
        if isinstance(around, ast.Call):
            asked = names.of(source, around.func)
            return isinstance(asked, Outside) and asked.name in _HARMLESS
        if isinstance(around, ast.stmt):
            return False
        below = around
    return False


def _says_nothing(source: Source, node: ast.expr) -> bool:
    """Whether a name is listed, or assigned to itself, as packages do."""
    around = parents(source.tree).parent(node)
    return (
        isinstance(around, ast.Assign)
        and isinstance(node, ast.Name)
        and ast.unparse(around) == f"{node.id} = {node.id}"
    )
