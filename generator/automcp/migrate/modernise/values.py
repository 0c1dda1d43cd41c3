"""Works out what expressions of a legacy source come to, in a closed world: nothing of the source is run.

What an expression may name are literals, types of the standard library, of pydantic and of `mcp`, and what
the sources build of these by assignments and class bodies. Anything else is refused.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from ..survey import Source
from .allowed import CALLED, METHODS, outside
from .bindings import Bound, Module, Names, Outside, bindings
from .literals import (
    Unclear,
    Unknown,
    is_of,
    not_too_large,
    not_too_long,
    only_returned,
    shown,
    unquoted,
)

_ADDED = (str, list, tuple)
_ARITHMETIC: Mapping[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: lambda left, right: left + right,
    ast.Sub: lambda left, right: left - right,
    ast.Mult: lambda left, right: left * right,
    ast.Div: lambda left, right: left / right,
}


@dataclass
class Values:
    """Evaluates expressions, each object of the sources once.

    Attributes:
        classes: Builds a class of the sources.
        known: What stands for classes of an SDK, by their dotted names.
    """

    names: Names
    classes: Callable[[Values, Source, ast.ClassDef], Any]
    known: Mapping[str, Any] = field(default_factory=dict[str, Any])
    _known: dict[tuple[str, str], Any] = field(default_factory=dict["tuple[str, str]", Any])
    _pending: set[tuple[str, str]] = field(default_factory=set["tuple[str, str]"])

    def of(self, source: Source, node: ast.expr) -> Any:
        """The value of an expression.

        Raises:
            Unclear: It cannot be told.
        """
        method: Callable[[Source, Any], Any] | None = getattr(self, f"_{type(node).__name__}", None)
        if method is None:
            raise Unclear(f"`{shown(node)}` is no literal")
        try:
            return method(source, node)
        except Unclear:
            raise
        except RecursionError as error:
            raise Unclear(f"`{shown(node)}` is nested too deeply") from error
        except Exception as error:
            raise Unclear(f"`{shown(node)}` cannot be worked out: {error}") from error

    def annotation(self, source: Source, node: ast.expr) -> Any:
        """What an annotation says; texts in it are annotations, too.

        Raises:
            Unclear: It cannot be told.
        """
        return self.of(source, unquoted(node))

    def _Constant(self, source: Source, node: ast.Constant) -> Any:
        return node.value

    def _Name(self, source: Source, node: ast.Name) -> Any:
        return self._thing(source, node)

    def _Attribute(self, source: Source, node: ast.Attribute) -> Any:
        found = self.names.of(source, node)
        if found is not None:
            return self._thing(source, node)
        base = self.of(source, node.value)
        members: Mapping[str, Any] = getattr(base, "__members__", {}) if is_of(base, type) else {}
        if node.attr in members:
            return members[node.attr]
        if node.attr in ("value", "name") and is_of(base, Enum):
            return getattr(base, node.attr)
        raise Unclear(f"`{shown(node)}` is not known")

    def _thing(self, source: Source, node: ast.expr) -> Any:
        found = self.names.of(source, node)
        _check_bound_yet(source, node)
        if isinstance(found, Outside):
            if found.name in self.known:
                return self.known[found.name]
            try:
                return outside(found.name)
            except LookupError:
                raise Unknown(
                    f"`{shown(node)}` is `{found.name}`, which is not known here"
                ) from None
        if isinstance(found, Bound):
            return self.bound(found)
        kind = "a module" if isinstance(found, Module) else "not certain"
        raise Unclear(f"what `{shown(node)}` means is {kind}")

    def bound(self, found: Bound) -> Any:
        """The value that a module binds.

        Raises:
            Unclear: It cannot be told.
        """
        key = (found.source.path, found.name)
        if key in self._known:
            return self._known[key]
        if key in self._pending:
            raise Unclear(f"`{found.name}` refers to itself")
        self._pending.add(key)
        try:
            self._known[key] = self._built(found)
        finally:
            self._pending.discard(key)
        return self._known[key]

    def _built(self, found: Bound) -> Any:
        if isinstance(found.node, ast.ClassDef):
            return self.classes(self, found.source, found.node)
        if isinstance(found.node, ast.expr):
            value = self.of(found.source, found.node)
            if is_of(value, list, dict, set):
                # It may be another one by the time that it is used.
                self._check_unchanged(found)
            return value
        raise Unclear(f"`{found.name}` is a function")

    def _check_unchanged(self, found: Bound) -> None:
        """Raises `Unclear` if something of the project may change a list or a dictionary in place."""
        for node in ast.walk(found.source.tree):
            changed = (
                isinstance(node, ast.Attribute | ast.Subscript)
                and isinstance(node.value, ast.Name)
                and node.value.id == found.name
                and (isinstance(node, ast.Attribute) or not isinstance(node.ctx, ast.Load))
            )
            reads = isinstance(node, ast.Attribute) and node.attr in (
                "get",
                "items",
                "keys",
                "values",
                "index",
                "count",
            )
            if changed and not reads:
                raise Unclear(f"`{found.name}` may be changed in place")

    def _Subscript(self, source: Source, node: ast.Subscript) -> Any:
        base = self.of(source, node.value)
        literal = base is outside("typing.Literal") or base is outside("typing_extensions.Literal")
        key = (
            self.of(source, node.slice)
            if literal or is_of(base, dict, list, tuple, str)
            else self._parts(source, node.slice, base)
        )
        return base[key]

    def _parts(self, source: Source, node: ast.expr, base: Any) -> Any:
        """What stands in the brackets of a type: types, and beside the first of `Annotated` anything."""
        if isinstance(node, ast.Tuple):
            annotated = getattr(base, "__name__", "") == "Annotated" or base is outside(
                "typing.Annotated"
            )
            return tuple(
                self.of(source, one) if annotated and place else self._parts(source, one, None)
                for place, one in enumerate(node.elts)
            )
        if isinstance(node, ast.List):
            return [self._parts(source, one, None) for one in node.elts]
        return self.annotation(source, node)

    def _BinOp(self, source: Source, node: ast.BinOp) -> Any:
        left, right = self.of(source, node.left), self.of(source, node.right)
        if isinstance(node.op, ast.BitOr) and not is_of(left, int, set, dict):
            return left | right
        if isinstance(node.op, ast.Add) and type(left) is type(right) and is_of(left, *_ADDED):
            return not_too_long(left + right)
        # Bounds and defaults are sizes, such as `10 * 1024 * 1024`.
        done = _ARITHMETIC.get(type(node.op))
        if done is not None and is_of(left, int, float) and is_of(right, int, float):
            return not_too_large(done(left, right))
        raise Unclear(f"`{shown(node)}` is no literal")

    def _UnaryOp(self, source: Source, node: ast.UnaryOp) -> Any:
        value = self.of(source, node.operand)
        if isinstance(node.op, ast.USub) and isinstance(value, int | float):
            return -value
        if isinstance(node.op, ast.Not) and isinstance(value, bool):
            return not value
        raise Unclear(f"`{shown(node)}` is no literal")

    def _JoinedStr(self, source: Source, node: ast.JoinedStr) -> str:
        found: list[str] = []
        for one in node.values:
            value = self.of(source, one.value if isinstance(one, ast.FormattedValue) else one)
            plain = not isinstance(one, ast.FormattedValue) or (
                one.conversion == -1 and one.format_spec is None
            )
            if not plain or type(value) not in (str, int, bool, float):
                raise Unclear(f"`{shown(node)}` is no literal")
            found.append(str(value))
        return str(not_too_long("".join(found)))

    def _Tuple(self, source: Source, node: ast.Tuple) -> Any:
        return tuple(self._items(source, node.elts))

    def _List(self, source: Source, node: ast.List) -> Any:
        return list(self._items(source, node.elts))

    def _Set(self, source: Source, node: ast.Set) -> Any:
        return set(self._items(source, node.elts))

    def _items(self, source: Source, nodes: list[ast.expr]) -> list[Any]:
        found: list[Any] = []
        for one in nodes:
            if isinstance(one, ast.Starred):
                value = self.of(source, one.value)
                if not isinstance(value, list | tuple):
                    raise Unclear(f"`{shown(one)}` is no literal")
                found += value
            else:
                found.append(self.of(source, one))
        return found

    def _Dict(self, source: Source, node: ast.Dict) -> Any:
        found: dict[Any, Any] = {}
        for key, one in zip(node.keys, node.values, strict=True):
            if key is None:
                found.update(self.of(source, one))
            else:
                found[self.of(source, key)] = self.of(source, one)
        return found

    def _Call(self, source: Source, node: ast.Call) -> Any:
        if isinstance(node.func, ast.Attribute) and node.func.attr in METHODS:
            base = self._text(source, node.func.value)
            if base is not None:
                return not_too_long(getattr(base, node.func.attr)(*self._items(source, node.args)))
        found = self.names.of(source, node.func)
        if isinstance(found, Bound) and not node.args and not node.keywords:
            returned = only_returned(found.node)
            if returned is not None:
                return self.of(found.source, returned)
        if not isinstance(found, Outside) or found.name not in CALLED:
            raise Unclear(f"`{shown(node)}` is worked out when the server runs")
        words = {one.arg or "**": self.of(source, one.value) for one in node.keywords}
        if "**" in words:
            raise Unclear(f"`{shown(node)}` is given words by `**`")
        return CALLED[found.name](*self._items(source, node.args), **words)

    def _text(self, source: Source, node: ast.expr) -> str | None:
        """A text that a method is called of; `None` if it is something else."""
        if self.names.of(source, node) is not None and not isinstance(
            self.names.of(source, node), Bound
        ):
            return None
        value = self.of(source, node)
        return value if isinstance(value, str) else None


def _check_bound_yet(source: Source, node: ast.expr) -> None:
    """Raises `Unclear` if a name that the module binds may still be the builtin where it is used."""
    if not isinstance(node, ast.Name) or not hasattr(builtins, node.id):
        return
    bound = (getattr(one.node, "lineno", 0) for one in bindings(source).get(node.id, ()))
    if any(line >= node.lineno for line in bound):
        raise Unclear(f"what `{node.id}` means is not certain")
