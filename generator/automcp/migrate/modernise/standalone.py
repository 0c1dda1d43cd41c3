"""Derives what standalone fastmcp 2 and 3 listed of a function, on a stand-in with the same parameters."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Generic, TypeVar, get_args, get_origin

from pydantic import Field, TypeAdapter
from pydantic.errors import PydanticSchemaGenerationError

from ..survey import Source
from .derived import Said, annotations_said, check_names, documentation, stand_in
from .described import described
from .literals import Unclear, Unknown
from .results import Opaque
from .scopes import Function
from .slimmed import slimmed
from .values import Values

T = TypeVar("T")
_OUTPUT = (2, 10)
"""The release that began to list output schemas and titles."""
_META = (2, 11)
"""The release that began to list tags, and to read a text in `Annotated` as a description."""
_THREE = (3, 0)
READS_DOCSTRINGS = (3, 2, 4)
"""The release that began to read parameters' descriptions from docstrings."""
_KEEPS_DEFAULTS = (3, 4)
"""A release that is known to list the defaults of parameters that are given by name alone."""

CONTENT: Mapping[str, Any] = dict.fromkeys(
    (
        *(f"mcp.types.{name}" for name in ("TextContent", "ImageContent", "AudioContent", "ResourceLink", "EmbeddedResource")),
        *(f"fastmcp.utilities.types.{name}" for name in ("Image", "Audio", "File")),
        *(f"fastmcp.{name}" for name in ("Image",)),
        *(f"fastmcp.tools.{name}" for name in ("ToolResult", "tool.ToolResult", "base.ToolResult")),
    ),
    Opaque,
)  # fmt: skip
"""Types of answers that no output schema is derived of."""


def tool_of_fastmcp(
    values: Values,
    source: Source,
    function: Function,
    said: Said,
    context: str | None,
    release: tuple[int, ...],
) -> dict[str, Any]:
    """A tool as fastmcp listed it.

    Raises:
        Unclear: What it listed cannot be told from the text.
    """
    if "enabled" in said.words and release >= _THREE:
        raise Unclear("it is given `enabled`, which its release did not take")
    by_name = {one.arg for one in function.args.kwonlyargs} - {context}
    if by_name and release < _KEEPS_DEFAULTS:
        # Defaults of such parameters were lost.
        raise Unclear("it takes parameters by name alone")
    with_result = release >= _OUTPUT and "output_schema" not in said.words
    made = stand_in(values, source, function, context, with_result=with_result, whole=False)
    raw = documentation(function)
    text = inspect.cleandoc(raw) if raw else None
    parameters = parameters_of(made, release)
    check_names(function, context, parameters)
    if release >= READS_DOCSTRINGS and text:
        text = with_descriptions(parameters, text)
    annotations = annotations_said(said)
    title = said.text("title") or (annotations or {}).get("title")
    listed = {
        "name": said.text("name") or function.name,
        "title": title if release >= _OUTPUT else None,
        "description": description_of(said, text, release),
        "inputSchema": parameters,
        "outputSchema": _output(made, release) if with_result else None,
        "annotations": annotations,
        "icons": said.words.get("icons"),
        "_meta": meta_of(said, release),
    }
    return {member: value for member, value in listed.items() if value is not None}


def description_of(said: Said, text: str | None, release: tuple[int, ...]) -> str | None:
    """The description: what is said, else the docstring. Raises `Unclear` if it is said to be empty."""
    given = said.text("description")
    if given == "" and release >= _OUTPUT:
        raise Unclear("its description is empty")
    return given or text


def with_descriptions(parameters: dict[str, Any], text: str) -> str | None:
    """A docstring's description; what it says of parameters goes to their schemas."""
    description, texts = described(text)
    for name, schema in parameters.get("properties", {}).items():
        if name in texts and "description" not in schema:
            schema["description"] = texts[name]
    return description


def meta_of(said: Said, release: tuple[int, ...]) -> dict[str, Any] | None:
    """What goes out as `_meta`. Raises `Unclear` if it cannot be told."""
    tags: Any = said.words.get("tags") or set[str]()
    given: Any = said.words.get("meta") or {}
    if not all(isinstance(one, str) for one in tags) or type(given) is not dict:
        raise Unclear("its tags are no texts, or its `meta` is no object")
    if release < _META:
        return None
    key = "fastmcp" if release >= _THREE else "_fastmcp"
    if key in given:
        raise Unclear("its `meta` speaks of fastmcp")
    return {**given, key: {"tags": sorted(tags)}}


def parameters_of(made: Any, release: tuple[int, ...]) -> dict[str, Any]:
    """The schema of what a stand-in takes. Raises `Unknown` if there is none."""
    if release >= _META:
        hints = made.__annotations__
        made.__annotations__ = {name: _with_text(hint) for name, hint in hints.items()}
        found = inspect.signature(made)
        vars(made)["__signature__"] = found.replace(
            parameters=[
                one.replace(annotation=made.__annotations__.get(one.name, one.annotation))
                for one in found.parameters.values()
            ]
        )
    try:
        schema = TypeAdapter(made).json_schema()
    except Exception as error:
        raise Unknown(f"its schema cannot be derived: {str(error).splitlines()[0]}") from error
    return slimmed(schema, release)


def _with_text(hint: Any) -> Any:
    """A type whose only further word is a text is described by it."""
    if get_origin(hint) is Annotated:
        kind, *words = get_args(hint)
        if len(words) == 1 and isinstance(words[0], str):
            return Annotated[kind, Field(description=words[0])]
    return hint


def _output(made: Any, release: tuple[int, ...]) -> dict[str, Any] | None:
    """The output schema: of the type itself if it is an object, else of one around it."""
    returned = made.__annotations__.get("return")
    if returned in (None, Any, ...) or returned is Opaque:
        return None
    if _has_bytes(returned):
        raise Unknown("it returns bytes")
    try:
        schema = TypeAdapter(returned).json_schema(mode="serialization")
        if schema.get("type") != "object":
            schema = _wrapped(returned, release)
    except PydanticSchemaGenerationError:
        return None
    except Exception as error:
        raise Unknown(f"what it returns: {str(error).splitlines()[0]}") from error
    return slimmed(schema, release) or None


def _has_bytes(kind: Any) -> bool:
    return kind is bytes or any(_has_bytes(one) for one in get_args(kind))


def _wrapped(returned: Any, release: tuple[int, ...]) -> dict[str, Any]:
    @dataclass
    class _WrappedResult(Generic[T]):
        result: T

    if (2, 13) <= release < READS_DOCSTRINGS or release == (2, 11):
        _WrappedResult.__doc__ = "Generic wrapper for non-object return types."
    around: Any = _WrappedResult
    schema = TypeAdapter(around[returned]).json_schema(mode="serialization")
    schema["x-fastmcp-wrap-result"] = True
    return schema
