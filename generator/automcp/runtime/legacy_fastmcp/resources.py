"""What `fastmcp.resources` and its modules offered, and what resources were read as."""

from __future__ import annotations

from typing import Any, cast

from fastmcp.resources import Resource, ResourceContent, ResourceResult, ResourceTemplate
from pydantic_core import to_json

from .before import FASTMCP
from .elsewhere import found

_INDENT = None if FASTMCP >= (2, 10) else 2
_of_resources: Any = Resource.convert_result
_of_templates: Any = ResourceTemplate.convert_result


def _as_text(value: Any) -> Any:
    """What a function of fastmcp 2 returned, as text where it is not read as it is."""
    first = cast("Any", value)[0] if isinstance(value, list) and value else None
    if isinstance(value, str | bytes | ResourceResult) or isinstance(first, ResourceContent):
        return cast("Any", value)
    return to_json(value, fallback=str, indent=_INDENT).decode()


def _converted(self: Any, raw_value: Any) -> Any:
    return _of_resources(self, _as_text(raw_value))


def _converted_by_template(self: Any, raw_value: Any) -> Any:
    if FASTMCP < (3,):
        return _of_templates(self, _as_text(raw_value))
    # What a template says of its type was for lists alone.
    return raw_value if isinstance(raw_value, ResourceResult) else ResourceResult(raw_value)


def read_as_before() -> None:
    """Let resources be read as they were, once."""
    if FASTMCP < (3,):
        type.__setattr__(Resource, "convert_result", _converted)
    type.__setattr__(ResourceTemplate, "convert_result", _converted_by_template)


def __getattr__(name: str) -> Any:
    return found(
        name,
        "fastmcp.resources",
        "fastmcp.resources.base",
        "fastmcp.resources.function_resource",
        "fastmcp.resources.template",
        "fastmcp.resources.types",
    )
