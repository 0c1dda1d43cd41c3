"""How fastmcp 2 and 3 read OpenAPI documents, where fastmcp 4 makes more of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from fastmcp.utilities.openapi import format_description_with_responses
from fastmcp.utilities.openapi import parser as _parser
from fastmcp.utilities.openapi import schemas as _schemas

from .before import FASTMCP

_TOLD_ALL = FASTMCP < (2, 14)
"""Whether descriptions told of parameters, bodies and responses, too."""

_AS_WRITTEN = FASTMCP < (3, 2, 1)
"""Whether schemas of parameters were listed in the words of OpenAPI."""

# Where it is defined: `parser` has it by an import of its own, and is where it is replaced.
_combine: Any = _schemas._combine_schemas_and_map_params  # pyright: ignore[reportPrivateUsage]


def as_read_before(document: Any) -> Any:
    """A document without the examples of its parameters, which are no part of their schemas."""
    if isinstance(document, list):
        return [as_read_before(one) for one in cast("list[object]", document)]
    if not isinstance(document, dict):
        return document
    node = cast("dict[str, object]", document)
    parameter = isinstance(node.get("in"), str) and isinstance(node.get("name"), str)
    return {
        word: as_read_before(one)
        for word, one in node.items()
        if not (parameter and word == "example")
    }


def as_described_before(own: Callable[[Any, Any], Any] | None) -> Callable[[Any, Any], Any] | None:
    """What is called with each route and what it becomes, before the server's own function."""
    if not _TOLD_ALL:
        return own

    def told(route: Any, component: Any) -> None:
        component.description = format_description_with_responses(
            base_description=component.description or "",
            responses=route.responses,
            parameters=route.parameters,
            request_body=route.request_body,
        )
        if own is not None:
            own(route, component)

    return told


def _combined(route: Any, *said: Any, **words: Any) -> Any:
    return _combine(route.model_copy(update={"openapi_version": None}), *said, **words)


def list_as_written() -> None:
    """Let parameters be listed as their document says them, once."""
    if _AS_WRITTEN:
        parser: Any = _parser
        parser._combine_schemas_and_map_params = _combined
