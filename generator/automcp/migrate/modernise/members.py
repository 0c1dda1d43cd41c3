"""Records of `mcp` 1 as they go out, made from the words that they were constructed with."""

from __future__ import annotations

from typing import Any

import pydantic

_HINTS = ("readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint")


class Members(dict[str, Any]):
    """The members of a record, without those that are null."""


def annotations_of_tool(**words: Any) -> Members:
    """`ToolAnnotations`.

    Raises:
        ValueError: A hint is no truth value, or the title no text.
    """
    found = Members({name: value for name, value in words.items() if value is not None})
    if any(not isinstance(found.get(name, False), bool) for name in _HINTS):
        raise ValueError("a hint is no truth value")
    if not isinstance(found.get("title", ""), str):
        raise ValueError("the title is no text")
    if any(type(one) not in (str, bool, int, float) for one in found.values()):
        raise ValueError("a member is no plain value")
    return found


def icon(**words: Any) -> Members:
    """`Icon`.

    Raises:
        ValueError: It has other members than those of the protocol.
    """
    found = Members({name: value for name, value in words.items() if value is not None})
    if not set(found) <= {"src", "mimeType", "sizes", "theme"} or not isinstance(
        found.get("src"), str
    ):
        raise ValueError("it has unknown members")
    return found


def of_fastapi(default: Any = ..., **words: Any) -> Any:
    """`Header(…)` and its like of fastapi, which say to pydantic what `Field(…)` says.

    Raises:
        ValueError: It says more than that.
    """
    if not set(words) <= {"alias", "title", "description"}:
        raise ValueError("it says more than `Field` does")
    return pydantic.Field(default, **words)
