"""Lets legacy code read what the SDK itself makes by the names of the wire, as `result.isError`.

The types of `mcp` 2 have other attributes. What is added here is only found where nothing else is: code that asks
`getattr(result, "isError", False)` would otherwise be told `False` for ever, and fail silently.
"""

from __future__ import annotations

from typing import Any

from mcp.types import Tool
from pydantic import BaseModel
from pydantic.alias_generators import to_snake


def by_wire_name(self: BaseModel, name: str) -> Any:
    """An attribute by the name that it has on the wire. Raises `AttributeError` if there is none."""
    if not name.startswith("_"):
        snake = to_snake(name)
        if snake != name and snake in type(self).model_fields:
            return getattr(self, snake)
    return _missing(self, name)


_missing: Any = vars(BaseModel)["__getattr__"]
"""What pydantic itself does for names that it does not find at first: private and further members."""


def speak() -> None:
    """Add the names of the wire to all types of the SDK, once."""
    for base in Tool.__mro__:
        if BaseModel in base.__bases__:
            type.__setattr__(base, "__getattr__", by_wire_name)
