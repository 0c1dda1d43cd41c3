"""Finds a function in the text of its module, and what it takes. Nothing of the module is run."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from .signature import Signature

Definition: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef

LONGEST = 1_000_000
"""Characters of a module's text; longer ones are not read."""

_DYNAMIC = frozenset(("globals", "vars", "locals", "setattr", "exec", "eval", "__getattr__"))
_KINDS = {
    **dict.fromkeys(("str", "bytes"), "string"),
    **dict.fromkeys(("int", "float"), "number"),
    **dict.fromkeys(("list", "tuple", "set", "frozenset"), "array"),
    "dict": "object",
    "bool": "boolean",
}


class Absent(LookupError):
    """The text has no such name.

    Attributes:
        known: The names that it has.
    """

    def __init__(self, known: Iterable[str]) -> None:
        super().__init__("no such name")
        self.known = tuple(known)


class NeedsObject(LookupError):
    """It is a method, which is called on an object, and there is none."""


@dataclass(frozen=True, slots=True)
class Text:
    """A module's text, read once.

    Attributes:
        body: Its statements; `None` if nobody can look through them.
        dynamic: Whether it may have names that it does not show.
    """

    body: Sequence[ast.stmt] | None
    dynamic: bool = False

    @classmethod
    def of(cls, text: str) -> Text:
        """Read it. Raises `SyntaxError` if it is no Python, or that of another release."""
        if len(text) > LONGEST:
            return cls(None)
        try:
            tree = ast.parse(text)
            return cls(tree.body, _is_dynamic(tree))
        except (ValueError, RecursionError, MemoryError):
            return cls(None)

    def signature(self, path: str) -> Signature | None:
        """The signature of `function`, `Class` or `Class.method`; `None` if the text does not tell it.

        Raises:
            Absent, NeedsObject: There is nothing that could be called so.
        """
        if self.body is None:
            return None
        first, *members = path.split(".")
        found = _find(self.body, first, open_ended=self.dynamic)
        if isinstance(found, ast.ClassDef):
            return _in_class(found, members[0] if members else "__init__")
        return None if found is None or members else _taken(found, 0)


def _in_class(found: ast.ClassDef, member: str) -> Signature | None:
    """What a class takes when an object is made of it, or a method that needs none."""
    is_plain = not (found.bases or found.keywords or found.decorator_list)
    is_made = member == "__init__"
    try:
        method = _find(found.body, member, open_ended=not is_plain)
    except Absent:
        if is_made:
            return Signature((), (), frozenset())
        raise
    if not isinstance(method, Definition) or (is_made and not is_plain):
        return None
    said = [one.id for one in method.decorator_list if isinstance(one, ast.Name)]
    if len(said) != len(method.decorator_list) or said not in (
        [],
        ["staticmethod"],
        ["classmethod"],
    ):
        return None
    if not said and not is_made:
        raise NeedsObject(member)
    return _taken(method, 0 if said == ["staticmethod"] else 1, decorated=True)


def _find(
    body: Sequence[ast.stmt], name: str, *, open_ended: bool
) -> Definition | ast.ClassDef | None:
    """What a body defines under a name; `None` if it cannot be told.

    Args:
        open_ended: Whether there may be names that the body does not show.

    Raises:
        Absent: There is no such name.
    """
    known: dict[str, list[ast.AST]] = {}
    for one in _names(body):
        known.setdefault(one[0], []).append(one[1])
    if name not in known:
        if open_ended or "*" in known:
            return None
        raise Absent(known)
    # Of several, nobody knows which one is there in the end.
    found = known[name][0] if len(known[name]) == 1 else None
    return found if isinstance(found, Definition | ast.ClassDef) else None


def _names(body: Iterable[ast.AST]) -> Iterator[tuple[str, ast.AST]]:
    """The names that statements give a meaning, wherever they stand but inside functions and classes."""
    for node in body:
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                yield node.name, node
                continue
            case ast.alias():
                yield node.asname or node.name.partition(".")[0], node
            case ast.Name(id=name, ctx=ast.Store()):
                yield name, node
            case ast.Lambda():
                continue
            case ast.ExceptHandler(name=str(name)):
                yield name, node
            case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
                yield name, node
            case _:
                pass
        yield from _names(ast.iter_child_nodes(node))


def _is_dynamic(tree: ast.AST) -> bool:
    """Whether a module may have names that its text does not show."""
    return any(
        (isinstance(node, ast.Name) and node.id in _DYNAMIC)
        or (isinstance(node, Definition) and node.name in _DYNAMIC)
        or isinstance(node, ast.Global)
        or (isinstance(node, ast.Attribute) and node.attr == "modules")
        for node in ast.walk(tree)
    )


def _taken(found: Definition, bound: int, *, decorated: bool = False) -> Signature | None:
    """What a function takes besides its first `bound` parameters; `None` if decorators may have changed that."""
    if found.decorator_list and not decorated:
        return None
    given = found.args
    before, among = given.posonlyargs, given.args
    all_before = [*before, *among]
    without = all_before[: len(all_before) - len(given.defaults)]
    alone = zip(given.kwonlyargs, given.kw_defaults, strict=True)
    required = (*without, *(one for one, default in alone if default is None))
    hidden = {one.arg for one in all_before[:bound]}
    return Signature(
        positional=tuple(one.arg for one in before if one.arg not in hidden),
        named=tuple(one.arg for one in (*among, *given.kwonlyargs) if one.arg not in hidden),
        required=frozenset(one.arg for one in required) - hidden,
        anything=given.kwarg is not None,
        returns=None if decorated and found.name == "__init__" else _kinds(found.returns),
    )


def _kinds(annotation: ast.expr | None) -> frozenset[str] | None:
    """The kinds of JSON that an annotation stands for, if it is one of Python's own; `None` if it is not."""
    match annotation:
        case ast.Constant(value=None):
            return frozenset(["null"])
        case ast.Name(id=name) if name in _KINDS:
            return frozenset([_KINDS[name]])
        case ast.Subscript(value=ast.Name(id=name)) if name in _KINDS:
            return frozenset([_KINDS[name]])
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            one, other = _kinds(left), _kinds(right)
            return one | other if one is not None and other is not None else None
        case _:
            return None
