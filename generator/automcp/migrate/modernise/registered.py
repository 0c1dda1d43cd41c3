"""Understands registrations: which function becomes which tool, and whether taking its decorator away changes nothing."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ..survey import Source
from .bindings import Names, bindings
from .derived import Said
from .literals import Unclear
from .scopes import Function, parents
from .servers import Made, Use
from .values import Values
from .wrappers import is_transparent

_WORDS: tuple[str, ...] = (
    "name",
    "title",
    "description",
    "annotations",
    "icons",
    "meta",
    "structured_output",
)
"""The words of `tool` of `mcp` 1, of which the first three were the ones by place."""


_WORDS_OF_FASTMCP = frozenset(
    {
        "name",
        "title",
        "description",
        "tags",
        "annotations",
        "meta",
        "icons",
        "output_schema",
        "enabled",
    }
)


@dataclass(frozen=True)
class Registration:
    """A function that a decorator makes a tool.

    Attributes:
        decorator: The expression behind the `@`.
    """

    made: Made
    source: Source
    function: Function
    decorator: ast.expr


def decorated(use: Use, made: Made) -> Registration | None:
    """The function that a use of `tool` decorates; `None` if it is used otherwise."""
    if use.attribute is None or use.attribute.attr != "tool":
        return None
    above = parents(use.source.tree)
    decorator: ast.expr = use.attribute
    around = above.parent(decorator)
    if isinstance(around, ast.Call) and around.func is decorator:
        decorator = around
        around = above.parent(decorator)
    if isinstance(around, ast.FunctionDef | ast.AsyncFunctionDef) and any(
        one is decorator for one in around.decorator_list
    ):
        return Registration(made, use.source, around, decorator)
    return None


def name_of(values: Values, one: Registration) -> str | None:
    """What a tool is called; `None` if that cannot be told."""
    call = one.decorator
    given = (
        [each.value for each in call.keywords if each.arg == "name"]
        if isinstance(call, ast.Call)
        else []
    )
    try:
        found = [values.of(one.source, each) for each in (*given, *(getattr(call, "args", [])[:1]))]
    except Unclear:
        return None
    return str(found[0]) if found and found[0] else one.function.name


def said(values: Values, one: Registration) -> Said:
    """What a decorator says of a tool.

    Raises:
        Unclear: That cannot be told.
    """
    call = one.decorator
    if one.made.flavour == "fastmcp2":
        return _said_to_fastmcp(values, one)
    if not isinstance(call, ast.Call):
        raise Unclear("its decorator is not called, which the SDK refused")
    if len(call.args) > 4 or any(isinstance(each, ast.Starred) for each in call.args):
        raise Unclear("its decorator is given words by place")
    words: dict[str, Any] = dict(
        zip(_WORDS, (values.of(one.source, each) for each in call.args), strict=False)
    )
    for each in call.keywords:
        if each.arg not in _WORDS:
            raise Unclear(f"its decorator is given `{each.arg or '**'}`")
        words[each.arg] = values.of(one.source, each.value)
    return Said(words)


def _said_to_fastmcp(values: Values, one: Registration) -> Said:
    call = one.decorator
    if not isinstance(call, ast.Call):
        return Said({})
    if len(call.args) > 1:
        raise Unclear("its decorator is given words by place")
    words: dict[str, Any] = {}
    if call.args:
        words["name"] = values.of(one.source, call.args[0])
    for each in call.keywords:
        if each.arg not in _WORDS_OF_FASTMCP:
            raise Unclear(f"its decorator is given `{each.arg or '**'}`")
        words[each.arg] = values.of(one.source, each.value)
    if words.get("output_schema") is not None or words.pop("enabled", None) is False:
        raise Unclear("its decorator says what it answers, or that it is off")
    return Said(words)


def check_function(names: Names, one: Registration) -> None:
    """Whether a function is found by its name as it was registered.

    Raises:
        Unclear: It is not.
    """
    module = isinstance(parents(one.source.tree).parent(one.function), ast.Module)
    if module and len(bindings(one.source).get(one.function.name, ())) != 1:
        raise Unclear(f"`{one.function.name}` is bound more than once")
    if one.function.decorator_list[0] is not one.decorator:
        raise Unclear("a decorator stands above the one that registers it")
    for each in one.function.decorator_list[1:]:
        if not is_transparent(names, one.source, each):
            raise Unclear(f"what `{ast.unparse(each)[:60]}` makes of it is not known")
    if any(isinstance(each, ast.Yield | ast.YieldFrom) for each in _own(one.function)):
        raise Unclear("it is a generator")


def _own(function: Function) -> Iterator[ast.AST]:
    queue: list[ast.AST] = list(function.body)
    while queue:
        node = queue.pop()
        yield node
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            queue.extend(ast.iter_child_nodes(node))


def patched(sources: Sequence[Source], function: str) -> tuple[Source, int] | None:
    """Where a module's function of that name may be replaced from outside."""
    for source in sources:
        for node in ast.walk(source.tree):
            stored = isinstance(node, ast.Attribute) and not isinstance(node.ctx, ast.Load)
            if stored and getattr(node, "attr", "") == function:
                receiver = getattr(node, "value", None)
                if not (isinstance(receiver, ast.Name) and receiver.id in ("self", "cls")):
                    return source, getattr(node, "lineno", 1)
    return None
