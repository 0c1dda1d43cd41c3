"""Tells whether what registers a tool runs whenever a server is served, and in which order."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from ..entry import guard
from ..survey import Source
from .bindings import Names, Outside
from .flow import Anchor, owner_function
from .literals import Unclear
from .loading import is_command
from .methods import Callers, callers
from .scopes import Function, parents

Key: TypeAlias = "tuple[tuple[int, int], ...]"
"""Where something is reached: how often the server was given on by then, and the lines from the outside in."""

_LEAVES = frozenset({"sys.exit", "builtins.exit", "builtins.quit", "os._exit"})
_LOOPS = (
    ast.AsyncFor, ast.DictComp, ast.For, ast.GeneratorExp, ast.Lambda, ast.ListComp, ast.SetComp, ast.While,
)  # fmt: skip
_DEEPEST = 20


@dataclass
class Reaching:
    """Follows statements back to where the server was made.

    Attributes:
        order: When statements are reached that certainly are, by path and line.
        anchors: The functions that come by the server.
    """

    names: Names
    sources: Sequence[Source]
    anchors: Sequence[Anchor]
    order: Mapping[tuple[str, int], int]
    _callers: dict[int, Callers] = field(default_factory=dict[int, Callers])

    def of(self, source: Source, statement: ast.stmt, deep: int = 0) -> Key:
        """Where a statement is reached, whenever the server is there.

        Raises:
            Unclear: It may not be, or more than once.
        """
        if deep > _DEEPEST:
            raise Unclear("functions that register call each other")
        inside = owner_function(source, statement)
        if inside is None:
            return self._in_module(source, statement)
        own = [one for one in self.anchors if one.function is inside]
        if len({one.level for one in own}) > 1 or len(own) > 1:
            raise Unclear(f"`{inside.name}` comes by the server in several ways")
        if own:
            self._check_block(source, statement, inside, own[0].statement)
            return ((own[0].level, statement.lineno),)
        self._check_block(source, statement, inside, None)
        place, call = self.only_call(source, inside)
        before = self.of(place, _statement(place, call), deep + 1)
        return (*before, (0, statement.lineno))

    def _in_module(self, source: Source, statement: ast.stmt) -> Key:
        around = parents(source.tree).parent(statement)
        outer = statement
        while not isinstance(around, ast.Module):
            if not self._passes(source, outer, around):
                raise Unclear("it is registered under a condition, or in a loop")
            assert isinstance(around, ast.stmt)
            outer, around = around, parents(source.tree).parent(around)
        reached = self.order.get((source.path, outer.lineno))
        if reached is None:
            raise Unclear("whether its module is always loaded cannot be told")
        return ((0, reached), (0, statement.lineno))

    def only_call(self, source: Source, function: Function) -> tuple[Source, ast.Call]:
        """The one call of a function.

        Raises:
            Unclear: There may be none, or others.
        """
        inside = f"it stands inside of `{function.name}`"
        known = self._called(source, function)
        if known.unseen or len(known.calls) != 1:
            raise Unclear(f"{inside}, which is used more than once, or never")
        if any(ast.unparse(one) != "classmethod" for one in function.decorator_list):
            raise Unclear(f"{inside}, which is decorated")
        around = parents(source.tree).parent(function)
        if isinstance(around, ast.ClassDef) and function.name != "__init__":
            self._check_one(source, around)
        return known.calls[0]

    def check_once(self, source: Source, node: ast.AST, deep: int = 0) -> None:
        """Whether a node is come to once at most, as far up as its function is called.

        Raises:
            Unclear: It may be come to more than once.
        """
        if deep > _DEEPEST or any(isinstance(one, _LOOPS) for one in _around(source, node)):
            raise Unclear("it may be registered more than once")
        inside = owner_function(source, node)
        if inside is None:
            return
        for one in inside.decorator_list:
            if not is_command(self.names, source, one):
                raise Unclear(f"`{inside.name}`, which it is registered in, is decorated")
        known = self._called(source, inside)
        calls = [(each, call) for each, call in known.calls if not _in_guard(each, call)]
        if known.unseen or len(calls) > 1:
            raise Unclear(f"it uses names of `{inside.name}`, which may be called more than once")
        for each, call in calls:
            self.check_once(each, call, deep + 1)

    def _check_one(self, source: Source, kind: ast.ClassDef) -> None:
        """Raises `Unclear` if there may be more than one object of a class."""
        made = [
            one for one in kind.body if isinstance(one, ast.FunctionDef) and one.name == "__init__"
        ]
        # Without a constructor of its own, an object differs from no other.
        if made and len(self._called(source, made[0]).calls) != 1:
            raise Unclear(f"there may be more than one `{kind.name}`")

    def _called(self, source: Source, function: Function) -> Callers:
        if id(function) not in self._callers:
            self._callers[id(function)] = callers(self.names, self.sources, source, function)
        return self._callers[id(function)]

    def _check_block(
        self, source: Source, statement: ast.stmt, inside: Function, since: ast.stmt | None
    ) -> None:
        """Raises `Unclear` if a function may not come to a statement, once it has the server."""
        part: ast.stmt = statement
        while True:
            around = parents(source.tree).parent(part)
            assert around is not None
            block = _block(around, part)
            place = next(at for at, one in enumerate(block) if one is part)
            for one in reversed(block[:place]):
                if since is not None and _holds(one, since):
                    return
                if _may_leave(one):
                    raise Unclear(f"`{inside.name}` may not come to it")
            if since is not None and since is part:
                return
            if around is inside:
                break
            if not self._passes(source, part, around):
                raise Unclear("it is registered under a condition, or in a loop")
            assert isinstance(around, ast.stmt)
            part = around
        if since is not None and not _holds(part, since):
            raise Unclear("it is registered before the server is made")

    def _passes(self, source: Source, part: ast.stmt, around: ast.AST | None) -> bool:
        """Whether a block always comes to its statements, or what it stands in ends, too."""
        if isinstance(around, ast.With | ast.AsyncWith):
            return True
        if isinstance(around, ast.Try):
            if any(part is one for one in around.finalbody):
                return True
            tried = any(part is one for one in (*around.body, *around.orelse))
            return tried and all(self._ends(source, one) for one in around.handlers)
        return False

    def _ends(self, source: Source, handler: ast.ExceptHandler) -> bool:
        last = handler.body[-1]
        if isinstance(last, ast.Raise):
            return True
        call = last.value if isinstance(last, ast.Expr) else None
        asked = self.names.of(source, call.func) if isinstance(call, ast.Call) else None
        return isinstance(asked, Outside) and asked.name in _LEAVES


def _around(source: Source, node: ast.AST) -> Iterator[ast.AST]:
    """What a node stands in, up to its function."""
    for one in parents(source.tree).around(node):
        if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef):
            return
        yield one


def _in_guard(source: Source, node: ast.AST) -> bool:
    """Whether a node runs if its file is the program: then what imports the file is not."""
    own = guard(source)
    return own is not None and any(one is own for one in parents(source.tree).around(node))


def _statement(source: Source, node: ast.AST) -> ast.stmt:
    return next(one for one in parents(source.tree).around(node) if isinstance(one, ast.stmt))


def _block(around: ast.AST, part: ast.stmt) -> Sequence[ast.stmt]:
    """The statements that a statement stands among."""
    return next(block for block in _blocks(around) if any(one is part for one in block))


def _blocks(node: ast.AST) -> Iterator[Sequence[ast.stmt]]:
    for part in ("body", "orelse", "finalbody"):
        yield getattr(node, part, None) or []
    for one in (*getattr(node, "handlers", ()), *getattr(node, "cases", ())):
        yield one.body


def _holds(statement: ast.stmt, part: ast.stmt) -> bool:
    return any(one is part for one in ast.walk(statement))


def _may_leave(node: ast.stmt) -> bool:
    """Whether a statement may end the function that it stands in, and what calls it goes on."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return False
    if isinstance(node, ast.Return | ast.Break | ast.Continue):
        return True
    inner = (one for block in _blocks(node) for one in block)
    return any(_may_leave(one) for one in inner)
