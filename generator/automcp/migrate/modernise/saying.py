"""Reads what a registration says of a tool: its name, its title, and so on."""

from __future__ import annotations

import ast
from typing import Any

from .derived import Said
from .literals import Unclear, is_of
from .registered import Registration
from .values import Values

_WORDS: tuple[str, ...] = (
    "name", "title", "description", "annotations", "icons", "meta", "structured_output",
)  # fmt: skip
"""The words of `tool` and `add_tool` of `mcp` 1, of which the first four were the ones by place."""

_WORDS_OF_FASTMCP = frozenset(
    {
        "name", "title", "description", "tags", "annotations", "meta", "icons", "output_schema", "enabled",
    }
)  # fmt: skip


def name_of(values: Values, one: Registration) -> str | None:
    """What a tool is called; `None` if that cannot be told."""
    call = one.words
    if call is None:
        return one.function.name
    given = [each.value for each in call.keywords if each.arg == "name"]
    try:
        found = [
            values.of(one.place, each)
            for each in (*given, *call.args[one.skipped : one.skipped + 1])
        ]
    except Unclear:
        return None
    return str(found[0]) if found and found[0] else one.function.name


def said(values: Values, one: Registration) -> Said:
    """What a registration says of a tool.

    Raises:
        Unclear: That cannot be told.
    """
    call = one.words
    old = one.made.flavour == "mcp1"
    if call is None:
        if old:
            raise Unclear("its decorator is not called, which the SDK refused")
        return Said({})
    given = call.args[one.skipped :]
    if len(given) > (4 if old else 1) or any(isinstance(each, ast.Starred) for each in given):
        raise Unclear("it is given words by place")
    words: dict[str, Any] = dict(
        zip(_WORDS, (values.of(one.place, each) for each in given), strict=False)
    )
    for each in call.keywords:
        value = values.of(one.place, each.value)
        words |= {each.arg: value} if each.arg is not None else _several(value)
    strange = sorted(set(words) - set(_WORDS if old else _WORDS_OF_FASTMCP))
    if strange:
        raise Unclear(f"it is given `{strange[0]}`")
    if not old and (words.get("output_schema") is not None or words.get("enabled") is False):
        raise Unclear("it is said what it answers, or that it is off")
    return Said(words)


def _several(value: Any) -> dict[str, Any]:
    """The words that `**` gives."""
    if not is_of(value, dict):
        raise Unclear("what it is given by `**` is no dictionary")
    return {str(name): one for name, one in value.items()}
