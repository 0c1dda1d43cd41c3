"""What the evaluation of a legacy source's expressions has in common: why it stops, and where its limits are."""

from __future__ import annotations

import ast
from typing import Any, Final

MOST: Final = 100_000
"""So long may a text get that is put together of others."""


class Unclear(Exception):
    """What an expression comes to cannot be told from the text; the message says why."""


class Unknown(Unclear):
    """A type is not known here; what a server showed of it is as good."""


def unquoted(node: ast.expr) -> ast.expr:
    """An annotation without the quotes around it.

    Raises:
        Unclear: It is no expression.
    """
    if not (isinstance(node, ast.Constant) and isinstance(node.value, str)):
        return node
    try:
        return ast.parse(node.value.strip(), mode="eval").body
    except (SyntaxError, ValueError) as error:
        raise Unclear(f"`{shown(node)}` is no annotation") from error


def only_returned(node: ast.AST) -> ast.expr | None:
    """What a function returns that takes nothing, and does nothing else; `None` if it is no such function."""
    if not isinstance(node, ast.FunctionDef) or node.decorator_list:
        return None
    said = node.args
    if said.args or said.posonlyargs or said.kwonlyargs or said.vararg or said.kwarg:
        return None
    *before, last = node.body
    documented = all(
        isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant) for one in before
    )
    return last.value if documented and isinstance(last, ast.Return) else None


def is_of(value: Any, *kinds: type) -> bool:
    """Whether a value is of one of some kinds; types stay unknown to the type checker."""
    return isinstance(value, kinds)


def not_too_long(value: Any) -> Any:
    """The same value. Raises `Unclear` if it is longer than any text that a server shows."""
    if hasattr(value, "__len__") and len(value) > MOST:
        raise Unclear("it is too long")
    return value


def not_too_large(value: Any) -> Any:
    """The same value. Raises `Unclear` if it is a number of no practical size."""
    if isinstance(value, int) and value.bit_length() > 128:
        raise Unclear("it is too large")
    return value


def shown(node: ast.expr) -> str:
    """An expression as a message shows it: its first line, cut short."""
    text = ast.unparse(node).splitlines()[0]
    return text if len(text) <= 60 else f"{text[:57]}..."
