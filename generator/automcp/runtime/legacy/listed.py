"""Lays what the old SDK listed over what is derived now, for what is registered."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from pydantic import BaseModel

from .captured import CAPTURED

ItemT = TypeVar("ItemT", bound=BaseModel)

_KEYS = {
    "tools": "name",
    "prompts": "name",
    "resources": "uri",
    "resource_templates": "uri_template",
}


def said(part: str, name: str) -> dict[str, Any]:
    """The members that the old SDK listed otherwise; `None` for those that it did not list.

    Args:
        part: `tools`, `prompts`, `resources` or `resource_templates`.
    """
    return CAPTURED.get(part.removeprefix("resource_"), {}).get(name, {})


def as_before(part: str, items: Iterable[ItemT]) -> list[ItemT]:
    """Items of a list as the old SDK listed them."""
    return [_laid_over(one, said(part, str(getattr(one, _KEYS[part], "")))) for one in items]


def result_as_before(result: Any) -> Any:
    """The answer to a request for a list, as the old SDK gave it."""
    for part in _KEYS:
        items: Any = getattr(result, part, None)
        if CAPTURED and items:
            return result.model_copy(update={part: as_before(part, items)})
    return result


def taking_objects(result: Any) -> Any:
    """A list of tools whose input schemas say that arguments are objects, which `mcp` 2 wants said.

    In `mcp` 1 a schema could be `{}`, or say nothing of the type.
    """
    tools: Any = getattr(result, "tools", ())
    silent = [one for one in tools if one.input_schema.get("type") != "object"]
    if not silent:
        return result
    for tool in silent:
        tool.input_schema = {**tool.input_schema, "type": "object"}
    return result


def _laid_over(item: ItemT, members: dict[str, Any]) -> ItemT:
    if not members:
        return item
    wire = item.model_dump(mode="json", by_alias=True, exclude_unset=True)
    wire |= members
    return type(item).model_validate(
        {name: value for name, value in wire.items() if value is not None}
    )
