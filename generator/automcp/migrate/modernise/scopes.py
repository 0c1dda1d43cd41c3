"""Which names of a source mean what its module binds, and which are a function's own."""

from __future__ import annotations

import ast
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef
_Scope: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef
_Nested = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


@dataclass(frozen=True, slots=True)
class Parents:
    """What every node of a tree stands in."""

    of: Mapping[int, ast.AST]

    def parent(self, node: ast.AST) -> ast.AST | None:
        """What a node stands in directly; `None` of the module."""
        return self.of.get(id(node))

    def around(self, node: ast.AST) -> Iterator[ast.AST]:
        """Everything that a node stands in, from the inside out."""
        above = self.parent(node)
        while above is not None:
            yield above
            above = self.parent(above)

    def scopes(self, node: ast.AST) -> Iterator[_Scope]:
        """The functions and the class whose names a node sees, from the inside out."""
        below: ast.AST = node
        direct = True
        for above in self.around(node):
            if isinstance(above, _Nested) and _inside(above, below):
                # The names of a class are seen in its body, but not from its methods.
                if direct or not isinstance(above, ast.ClassDef):
                    yield above
                direct = False
            below = above


def _inside(scope: _Scope, part: ast.AST) -> bool:
    """Whether a direct part of a scope sees its names; decorators, defaults and annotations do not."""
    if isinstance(scope, ast.Lambda):
        return part is scope.body
    return any(part is one for one in scope.body)


@cache
def parents(tree: ast.Module) -> Parents:
    """What every node of a module stands in."""
    return Parents(
        {id(child): node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    )


def parameters(function: Function | ast.Lambda) -> list[ast.arg]:
    """All parameters of a function, in their order."""
    said = function.args
    found = [*said.posonlyargs, *said.args, *([said.vararg] if said.vararg else [])]
    return [*found, *said.kwonlyargs, *([said.kwarg] if said.kwarg else [])]


@cache
def own_names(scope: _Scope) -> frozenset[str]:
    """The names that a function or a class binds itself."""
    found: set[str] = set()
    elsewhere: set[str] = set()
    if not isinstance(scope, ast.ClassDef):
        found.update(one.arg for one in parameters(scope))
    body = [scope.body] if isinstance(scope, ast.Lambda) else scope.body
    for node in within(body):
        if isinstance(node, ast.Global | ast.Nonlocal):
            elsewhere.update(node.names)
        found.update(bound_names(node))
    return frozenset(found - elsewhere)


def bound_names(node: ast.AST) -> Iterator[str]:
    """The names that a node binds where it stands, its parts aside."""
    if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
        yield node.id
    elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.Import):
        yield from (one.asname or one.name.split(".")[0] for one in node.names)
    elif isinstance(node, ast.ImportFrom):
        yield from (one.asname or one.name for one in node.names)
    elif isinstance(node, ast.ExceptHandler | ast.MatchStar | ast.MatchAs) and node.name:
        yield node.name
    elif isinstance(node, ast.MatchMapping) and node.rest:
        yield node.rest


@cache
def binders(function: Function) -> Mapping[str, list[ast.AST]]:
    """What binds each name where the body of a function runs."""
    found: dict[str, list[ast.AST]] = {}
    for node in within(function.body):
        for name in bound_names(node):
            found.setdefault(name, []).append(node)
    return found


def within(nodes: list[ast.stmt] | list[ast.expr]) -> Iterator[ast.AST]:
    """Everything in statements that runs, and binds, where they stand: no bodies of functions and classes."""
    queue: deque[ast.AST] = deque(nodes)
    while queue:
        node = queue.popleft()
        yield node
        if isinstance(node, _Nested):
            queue.extend(_evaluated(node))
        elif isinstance(node, _COMPREHENSIONS):
            # Its targets are its own; what it goes through is not.
            queue.append(node.generators[0].iter)
        else:
            queue.extend(ast.iter_child_nodes(node))


def _evaluated(scope: _Scope) -> Iterator[ast.AST]:
    """What is evaluated where a function or class is defined."""
    if isinstance(scope, ast.ClassDef):
        yield from (*scope.decorator_list, *scope.bases, *(one.value for one in scope.keywords))
        return
    if not isinstance(scope, ast.Lambda):
        yield from scope.decorator_list
    yield from scope.args.defaults
    yield from (one for one in scope.args.kw_defaults if one is not None)


def is_global(tree: ast.Module, name: ast.Name) -> bool:
    """Whether a name that is read means what the module binds."""
    return owner(tree, name) is None


def owner(tree: ast.Module, name: ast.Name) -> ast.AST | None:
    """The function, class or comprehension that binds what a name means; `None` if the module does."""
    above = parents(tree)
    for node in above.around(name):
        if isinstance(node, _COMPREHENSIONS) and any(
            isinstance(one, ast.Name) and one.id == name.id
            for each in node.generators
            for one in ast.walk(each.target)
        ):
            return node
    return next((one for one in above.scopes(name) if name.id in own_names(one)), None)


def free_names(function: Function) -> frozenset[str]:
    """The names that a function's body reads, and does not bind itself."""
    tree = ast.Module(body=[function], type_ignores=[])
    read = (
        node
        for part in function.body
        for node in ast.walk(part)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    )
    return frozenset(node.id for node in read if is_global(tree, node))
