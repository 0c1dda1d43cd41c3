"""What the old SDK listed, for the adapter to lay over what it derives, where that is something else."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, cast

from .compare import Difference

MODULE = "captured.py"
_LAID = frozenset({"annotations", "arguments", "description", "inputSchema", "mimeType", "name", "outputSchema", "title"})  # fmt: skip
_PAGE = '''"""What the server listed on the SDK that it was made for, where the adapter derives something else.

Written by `automcp migrate` when it compared the two. It is laid over what is registered under these names.
"""

from typing import Any

CAPTURED: dict[str, dict[str, dict[str, Any]]] = {text}
'''

Surface = dict[str, dict[str, dict[str, Any]]]


def surface(found: Iterable[Difference]) -> Surface:
    """The members to lay over, by part and name; `None` where the old SDK listed nothing."""
    laid: Surface = {}
    for one in found:
        if one.part != "server" and one.member in _LAID and _is_json(one.before):
            laid.setdefault(one.part, {}).setdefault(one.name, {})[one.member] = one.before
    return laid


def module(laid: Surface) -> str:
    """The module of the adapter that says so."""
    return _PAGE.format(text=_literal(laid, ""))


def _is_json(value: Any) -> bool:
    """Whether a value can be said in a module: not what is infinite, or no number."""
    try:
        json.dumps(value, allow_nan=False)
    except (ValueError, RecursionError):
        return False
    return True


def _literal(value: object, indent: str) -> str:
    """A value as Python says it, a member to a line."""
    deeper = f"{indent}    "
    if isinstance(value, dict) and value:
        members = cast("dict[str, object]", value).items()
        inside = [f"{deeper}{key!r}: {_literal(one, deeper)},\n" for key, one in members]
        return f"{{\n{''.join(inside)}{indent}}}"
    if isinstance(value, list) and value:
        items = cast("list[object]", value)
        inside = [f"{deeper}{_literal(one, deeper)},\n" for one in items]
        return f"[\n{''.join(inside)}{indent}]"
    return f"{value!r}"
