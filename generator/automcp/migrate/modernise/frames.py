"""Plays statements of functions that only make values."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from typing_extensions import override

from ..survey import Source
from .filling import held
from .literals import Unclear, is_of, shown
from .methods import Class
from .scopes import Function, owner
from .values import Values

_MOST = 20_000
"""So many statements are played at most."""
_DEEPEST = 20
_LOGS = frozenset({"debug", "info", "warning"})


@dataclass(eq=False)
class Instance:
    """An object of a class of the sources."""

    kind: Class
    members: dict[str, Any] = field(default_factory=dict[str, Any])


@dataclass(frozen=True)
class _Doubt:
    """Stands for a value that cannot be told; whoever asks for it gets the reason."""

    reason: str


class _Returned(Exception):
    def __init__(self, value: Any) -> None:
        super().__init__()
        self.value = value


class Frames(Values):
    """Plays statements, which bind names of a function; what is called, and what globals are, is for those who inherit."""

    def __init__(self, known: Values) -> None:
        super().__init__(known.names, known.classes, known.known)
        self._frames: list[tuple[ast.AST, dict[str, Any]]] = []
        self._played = 0

    def returned(self, source: Source, function: Function, given: Mapping[str, Any]) -> Any:
        """What a function returns.

        Args:
            given: Its arguments, by its parameters.

        Raises:
            Unclear: It cannot be told.
        """
        if len(self._frames) > _DEEPEST:
            raise Unclear(f"`{function.name}` calls itself")
        self._frames.append((function, dict(given)))
        try:
            self._body(source, function.body)
        except _Returned as returned:
            return returned.value
        finally:
            self._frames.pop()
        return None

    def _body(self, source: Source, body: Sequence[ast.stmt]) -> None:
        for node in body:
            self._played += 1
            if self._played > _MOST:
                raise Unclear("it goes on for too long")
            played: Callable[[Source, Any], None] | None = getattr(
                self, f"_play_{type(node).__name__}", None
            )
            if played is None:
                raise Unclear(f"`{ast.unparse(node).splitlines()[0][:60]}` is more than a value")
            played(source, node)

    def _play_Return(self, source: Source, node: ast.Return) -> None:
        raise _Returned(None if node.value is None else self.of(source, node.value))

    def _play_Pass(self, source: Source, node: ast.Pass) -> None: ...

    def _play_Global(self, source: Source, node: ast.Global) -> None: ...

    def _play_Expr(self, source: Source, node: ast.Expr) -> None:
        if not says_nothing(node.value):
            self.of(source, node.value)

    def _play_If(self, source: Source, node: ast.If) -> None:
        test = self.of(source, node.test)
        if not is_of(test, bool, list, dict, str):
            raise Unclear(f"`{shown(node.test)}` is no condition")
        self._body(source, node.body if test else node.orelse)

    def _play_Try(self, source: Source, node: ast.Try) -> None:
        # What is only made of values raises nothing.
        self._body(source, [*node.body, *node.orelse, *node.finalbody])

    def _play_For(self, source: Source, node: ast.For) -> None:
        if node.orelse:
            raise Unclear("a loop has an end of its own")
        for one in list(self.of(source, node.iter)):
            self._bind(node.target, one)
            self._body(source, node.body)

    def _play_AnnAssign(self, source: Source, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self._assign(source, node.target, node.value)

    def _play_Assign(self, source: Source, node: ast.Assign) -> None:
        for one in node.targets:
            self._assign(source, one, node.value)

    def _assign(self, source: Source, target: ast.expr, value: ast.expr) -> None:
        if isinstance(target, ast.Subscript):
            base = self.of(source, target.value)
            if not is_of(base, dict):
                raise Unclear(f"`{shown(target)}` is set")
            base[self.of(source, target.slice)] = self.of(source, value)
            return
        try:
            made = self.of(source, value)
        except Unclear as error:
            made = _Doubt(str(error))
        if isinstance(target, ast.Attribute):
            base = self.of(source, target.value)
            if not is_of(base, Instance):
                raise Unclear(f"`{shown(target)}` is set")
            base.members[target.attr] = made
        else:
            self._bind(target, made)

    def _bind(self, target: ast.expr, value: Any) -> None:
        if isinstance(target, ast.Name):
            self._frames[-1][1][target.id] = value
        elif isinstance(target, ast.Tuple) and is_of(value, tuple, list):
            for one, part in zip(target.elts, value, strict=True):
                self._bind(one, part)
        else:
            raise Unclear(f"`{shown(target)}` is set")

    @override
    def _Name(self, source: Source, node: ast.Name) -> Any:
        inside = owner(source.tree, node)
        for scope, names in reversed(self._frames):
            if scope is inside and node.id in names:
                return told(names[node.id])
        if inside is not None:
            raise Unclear(f"what `{node.id}` means is not certain")
        found = held(source, node.id)
        if found is not None and self.names.of(source, node) is None:
            return self.bound(found)
        return super()._Name(source, node)


def told(value: Any) -> Any:
    """The same value.

    Raises:
        Unclear: It cannot be told.
    """
    if isinstance(value, _Doubt):
        raise Unclear(value.reason)
    return value


def says_nothing(node: ast.expr) -> bool:
    """Whether an expression is a text, or a line for the log."""
    if isinstance(node, ast.Constant):
        return True
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in _LOGS
    )
