"""What fastmcp 2 and 3 listed of a tool, where fastmcp 4 derives something else."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any, cast, get_args, get_origin

from fastmcp.utilities.docstring_parsing import parse_docstring
from fastmcp.utilities.json_schema import compress_schema
from fastmcp.utilities.types import get_cached_typeadapter
from mcp.types import (
    AudioContent,
    EmbeddedResource,
    ImageContent,
    ResourceLink,
    TextContent,
)
from pydantic import PydanticUserError

from .before import FASTMCP
from .docstrings import read_as_3

_CONTENT = (AudioContent, EmbeddedResource, ImageContent, ResourceLink, TextContent)
_ANYTHING = (list, tuple, Sequence)
_CLOSED = (2, 2, 8) <= FASTMCP < (2, 3, 4)
"""Whether a tool's parameters were listed as closed before 3, too."""
_VALUES = frozenset({"const", "default", "enum", "examples"})
_WRAPS = "x-fastmcp-wrap-result"
_EXPLAINED = (2, 13) <= FASTMCP < (3, 2, 4) or FASTMCP == (2, 11)
"""Whether a schema like this said what it is; 2.10 and 2.12 need a pydantic that did not."""


def shortened(schema: dict[str, Any], **words: Any) -> dict[str, Any]:
    """A schema without what was left out of it: titles since 2.12."""
    said: dict[str, Any] = {**words, "prune_titles": FASTMCP >= (2, 12)}
    return compress_schema(schema, **said)


def read_docstring(function: Callable[..., Any]) -> tuple[str | None, Mapping[str, str]]:
    """A description, and the parameters' descriptions: docstrings were passed on in one piece before 3.2.4."""
    if FASTMCP < (2, 9):
        return function.__doc__, {}
    if FASTMCP < (3, 2, 4):
        return (inspect.getdoc(function) or None), {}
    return read_as_3(function)


def described(tool: Any, function: Callable[..., Any]) -> None:
    """Let a tool's docstring say what it said; what was said beside the docstring stays."""
    now = parse_docstring(tool.fn)
    description, texts = read_docstring(tool.fn)
    for name, schema in tool.parameters.get("properties", {}).items():
        if FASTMCP < (2, 11) and schema.get("description") == _only_text(tool.fn, name):
            schema.pop("description", None)
        if schema.get("description") == now.parameters.get(name):
            schema.pop("description", None)
            if name in texts:
                schema["description"] = texts[name]
    if now.description and tool.description == now.description:
        tool.description = description


def _only_text(function: Callable[..., Any], name: str) -> str | None:
    """The text that a parameter is annotated with, and nothing else: it says something since 2.11."""
    try:
        said = inspect.signature(function, eval_str=True).parameters[name].annotation
    except (KeyError, NameError, TypeError, ValueError, SyntaxError, AttributeError):
        return None
    words: tuple[Any, ...] = said.__metadata__ if get_origin(said) is Annotated else ()
    return words[0] if len(words) == 1 and isinstance(words[0], str) else None


def open_to_more(tool: Any) -> None:
    """Take away what closes a tool's parameters, and objects in them: fastmcp 2 left them open."""
    if not _CLOSED:
        tool.parameters = _opened(tool.parameters)


def _opened(value: Any) -> Any:
    if isinstance(value, list):
        return [_opened(one) for one in cast("list[object]", value)]
    if not isinstance(value, dict):
        return value
    node = cast("dict[str, object]", value)
    return {
        word: one if word in _VALUES else _opened(one)
        for word, one in node.items()
        if not (word == "additionalProperties" and one is False)
    }


def derived_output(tool: Any) -> Any:
    """The output schema that was derived from a function's annotation."""
    if FASTMCP < (2, 10) or _holds_content(tool.return_type):
        return None
    derived = tool.output_schema
    if derived is not None:
        derived = _by_alias(tool.return_type, derived)
    if derived is None and _is_anything(tool.return_type):
        derived = _wrapped({"type": "array", "items": {}})
    if derived is None and tool.return_type is bytes and FASTMCP < (3, 2, 4):
        derived = _wrapped({"type": "string", "format": "binary"})
    if derived is not None and _WRAPS in derived and _EXPLAINED:
        derived = {"description": "Generic wrapper for non-object return types.", **derived}
    return derived


def _by_alias(annotation: Any, derived: dict[str, Any]) -> dict[str, Any]:
    """An output schema with its members called as they were sent: by their aliases."""
    try:
        adapter: Any = get_cached_typeadapter(annotation)
        schema = adapter.json_schema(mode="serialization")
        if schema == adapter.json_schema(mode="serialization", by_alias=False):
            return derived
    except (PydanticUserError, NameError):
        return derived
    if _WRAPS in derived:
        within = schema.pop("$defs", None)
        schema = {**_wrapped(schema), **({"$defs": within} if within else {})}
    return shortened(schema, prune_titles=True)


def _wrapped(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema of a result that is no object."""
    return {
        "type": "object",
        "properties": {"result": schema},
        "required": ["result"],
        _WRAPS: True,
    }


def _holds_content(annotation: Any) -> bool:
    """Whether content is among what an annotation speaks of."""
    if isinstance(annotation, type) and issubclass(annotation, _CONTENT):
        return True
    return any(_holds_content(one) for one in get_args(annotation))


def _is_anything(annotation: Any) -> bool:
    """Whether an annotation is a list that says nothing of its items."""
    if get_origin(annotation) is Annotated:
        return _is_anything(get_args(annotation)[0])
    if annotation in _ANYTHING:
        return True
    within = [one for one in get_args(annotation) if one is not Ellipsis]
    fixed = get_origin(annotation) is tuple and Ellipsis not in get_args(annotation)
    return get_origin(annotation) in (*_ANYTHING,) and not fixed and set(within) <= {Any}
