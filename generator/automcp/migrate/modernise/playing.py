"""Plays functions of a legacy source that only make values: what lists tools may be put together by others."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel
from typing_extensions import override

from ..survey import Source
from .bindings import Bound, Outside
from .derived import unindented
from .filling import check_read, filling, set_later
from .frames import Frames, Instance, told
from .literals import Unclear, is_of, not_too_long, shown
from .members import Members
from .methods import Class, method
from .registered import patched
from .scopes import Function, parents
from .values import Values

TOOLS = frozenset({"mcp.types.Tool", "mcp.Tool"})
_READ = frozenset({"get", "items", "keys", "values"})
_CHANGED = frozenset({"append", "extend", "update"})


class Tool(Members):
    """A tool that was made."""


class Playing(Frames):
    """Evaluates expressions, calls of the project's own functions and methods among them."""

    def __init__(self, known: Values, sources: Sequence[Source]) -> None:
        super().__init__(known)
        self._sources = sources
        self._changed: dict[tuple[str, str], Any] = {}

    @override
    def bound(self, found: Bound) -> Any:
        key = (found.source.path, found.name)
        if key in self._changed:
            return self._changed[key]
        if patched(self._sources, found.name) is not None:
            raise Unclear(f"`{found.name}` may be another one when the server runs")
        try:
            value = super().bound(found)
            if is_of(value, dict, list):
                check_read(self.names, self._sources, found)
            return value
        except Unclear:
            empty = isinstance(found.node, ast.Dict | ast.List) or (
                isinstance(found.node, ast.Call) and ast.unparse(found.node) in ("dict()", "list()")
            )
            if not empty or not isinstance(found.node, ast.expr):
                raise
        self._changed[key] = self.of(found.source, found.node)
        for one in filling(self.names, self._sources, found):
            self._body(found.source, [one])
        return self._changed[key]

    @override
    def _Attribute(self, source: Source, node: ast.Attribute) -> Any:
        if self.names.of(source, node) is None:
            base = self.of(source, node.value)
            if is_of(base, Instance):
                return self._member(base, node.attr)
            if is_of(base, type) and issubclass(base, BaseModel):
                if node.attr == "__name__":
                    return base.__name__
                if node.attr == "__doc__":
                    return None if base.__doc__ is None else unindented(base.__doc__)
        return super()._Attribute(source, node)

    def _member(self, base: Instance, name: str) -> Any:
        source, kind = base.kind
        changed = patched(self._sources, name)
        if changed is not None or name in set_later(kind):
            raise Unclear(f"`{name}` of a `{kind.name}` may be set later")
        if name in base.members:
            return told(base.members[name])
        for one in kind.body:
            targets = one.targets if isinstance(one, ast.Assign) else [getattr(one, "target", None)]
            value = getattr(one, "value", None)
            named = any(isinstance(each, ast.Name) and each.id == name for each in targets)
            if named and isinstance(value, ast.expr):
                return self.of(source, value)
        raise Unclear(f"`{name}` of a `{kind.name}` is not known")

    def _ListComp(self, source: Source, node: ast.ListComp) -> Any:
        only = node.generators[0]
        if len(node.generators) != 1 or only.is_async:
            raise Unclear(f"`{shown(node)}` is no literal")
        found: list[Any] = []
        for one in list(self.of(source, only.iter)):
            self._frames.append((node, {}))
            try:
                self._bind(only.target, one)
                if all(self.of(source, each) is True for each in only.ifs):
                    found.append(self.of(source, node.elt))
            finally:
                self._frames.pop()
        return not_too_long(found)

    @override
    def _Call(self, source: Source, node: ast.Call) -> Any:
        called = self.names.of(source, node.func)
        if isinstance(called, Outside) and called.name in TOOLS:
            if node.args:
                raise Unclear("a tool is made of more than its words")
            return Tool(self._words(source, node))
        if isinstance(called, Bound):
            if isinstance(called.node, ast.FunctionDef) and not called.node.decorator_list:
                return self._play(source, node, called.source, called.node, {})
            if isinstance(called.node, ast.ClassDef):
                return self._made(source, node, (called.source, called.node))
        if called is None and isinstance(node.func, ast.Attribute):
            return self._asked(source, node, node.func)
        return super()._Call(source, node)

    def _words(self, source: Source, node: ast.Call) -> dict[str, Any]:
        words: dict[str, Any] = {}
        for one in node.keywords:
            value = self.of(source, one.value)
            words |= dict(value) if one.arg is None else {one.arg: value}
        return words

    def _made(self, source: Source, node: ast.Call, kind: Class) -> Any:
        made = Instance(kind)
        if kind[1].decorator_list or kind[1].keywords:
            raise Unclear(f"what a `{kind[1].name}` is, is not known")
        begun = method(self.names, kind, "__init__")
        if begun is not None:
            self._play(source, node, begun.source, begun.function, {_first(begun.function): made})
        elif node.args or node.keywords:
            raise Unclear(f"what a `{kind[1].name}` is, is not known")
        return made

    def _asked(self, source: Source, node: ast.Call, asked: ast.Attribute) -> Any:
        """What a method gives."""
        if isinstance(asked.value, ast.Call) and ast.unparse(asked.value) == "super()":
            return self._above(source, node, asked)
        own = self.names.of(source, asked.value)
        if isinstance(own, Bound) and isinstance(own.node, ast.ClassDef):
            kind: Class | None = (own.source, own.node)
            base = self.of(source, asked.value)
        else:
            base = self.of(source, asked.value)
            kind = base.kind if is_of(base, Instance) else None
        bare = not node.args and not node.keywords
        model = is_of(base, type) and issubclass(base, BaseModel)
        if model and bare and asked.attr == "model_json_schema":
            return base.model_json_schema()
        if kind is not None:
            found = method(self.names, kind, asked.attr)
            if found is None:
                raise Unclear(f"`{shown(node)}` is not known")
            said = [ast.unparse(one) for one in found.function.decorator_list]
            if said != (["classmethod"] if is_of(base, type) else []):
                raise Unclear(f"`{shown(node)}` is worked out when the server runs")
            return self._play(
                source, node, found.source, found.function, {_first(found.function): base}
            )
        known = _READ if is_of(base, dict) else _CHANGED if is_of(base, list) else frozenset[str]()
        if asked.attr in known:
            return getattr(base, asked.attr)(*self._items(source, node.args))
        return super()._Call(source, node)

    def _above(self, source: Source, node: ast.Call, asked: ast.Attribute) -> Any:
        """What a method of the class above gives."""
        function = self._frames[-1][0]
        around = parents(source.tree).parent(function)
        if not isinstance(around, ast.ClassDef) or not isinstance(function, ast.FunctionDef):
            raise Unclear(f"`{shown(node)}` is not known")
        me = self._frames[-1][1][_first(function)]
        for one in around.bases:
            base = self.names.of(source, one)
            if isinstance(base, Bound) and isinstance(base.node, ast.ClassDef):
                found = method(self.names, (base.source, base.node), asked.attr)
                if found is not None and not found.function.decorator_list:
                    given = {_first(found.function): me}
                    return self._play(source, node, found.source, found.function, given)
        if asked.attr == "__init__" and not node.args and not node.keywords:
            return None
        raise Unclear(f"`{shown(node)}` is not known")

    def _play(
        self,
        source: Source,
        node: ast.Call,
        home: Source,
        function: Function,
        given: dict[str, Any],
    ) -> Any:
        """What a call of a function gives."""
        said = function.args
        if said.vararg or said.kwarg or isinstance(function, ast.AsyncFunctionDef):
            raise Unclear(f"`{shown(node)}` is worked out when the server runs")
        names = [one.arg for one in (*said.posonlyargs, *said.args)]
        values = self._items(source, node.args)
        if len(values) + len(given) > len(names):
            raise Unclear(f"`{shown(node)}` is not known")
        found = {**given, **dict(zip(names[len(given) :], values, strict=False))}
        found |= self._words(source, node)
        defaults = dict(zip(reversed(names), reversed(said.defaults), strict=False))
        defaults |= {
            one.arg: value
            for one, value in zip(said.kwonlyargs, said.kw_defaults, strict=True)
            if value is not None
        }
        for name, value in defaults.items():
            if name not in found:
                found[name] = self.of(home, value)
        if set(found) != {*names, *(one.arg for one in said.kwonlyargs)}:
            raise Unclear(f"`{shown(node)}` is not known")
        return self.returned(home, function, found)


def _first(function: Function) -> str:
    return [*function.args.posonlyargs, *function.args.args][0].arg
