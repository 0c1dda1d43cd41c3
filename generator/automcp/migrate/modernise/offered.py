"""Derives what `mcp` 1 listed of a function that was a prompt or a resource, through the SDK's own derivation."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from mcp.server.mcpserver.utilities.func_metadata import func_metadata
from pydantic import AnyUrl, ValidationError

from ...runtime.shared.uri_template import UriTemplate
from ..survey import Source
from .derived import Said, check_names, documentation, stand_in
from .found import Kind
from .literals import Unclear, Unknown
from .scopes import Function, parameters
from .values import Values

_VARIABLE = re.compile(r"{(\w+)}")
_NAMED_BY_FUNCTION = (1, 9)
"""The release from which on a resource that is alone is named, and described, after its function."""


def prompt_of(
    values: Values,
    source: Source,
    function: Function,
    said: Said,
    context: str | None,
) -> dict[str, Any]:
    """A prompt as `mcp` 1 listed it.

    Raises:
        Unclear: What it listed cannot be told from the text.
    """
    made = stand_in(values, source, function, context, with_result=False)
    try:
        skipped = [] if context is None else [context]
        described = func_metadata(made, skip_names=skipped, structured_output=False)
        schema = described.arg_model.model_json_schema()
    except Exception as error:
        raise Unknown(f"its arguments cannot be told: {str(error).splitlines()[0]}") from error
    check_names(function, context, schema)
    needed = schema.get("required", ())
    return {
        "name": said.text("name") or function.name,
        **_shown(said),
        "description": said.text("description") or documentation(function) or "",
        "arguments": [
            {"name": name, **_described(one), "required": name in needed}
            for name, one in schema.get("properties", {}).items()
        ],
    }


def _described(schema: Mapping[str, Any]) -> dict[str, Any]:
    text = schema.get("description")
    return {} if text is None else {"description": text}


def resource_of(
    function: Function, said: Said, context: str | None, release: tuple[int, ...]
) -> tuple[Kind, dict[str, Any]]:
    """A resource, or a family of them, as `mcp` 1 listed it.

    Raises:
        Unclear: What it listed cannot be told from the text, or a spec cannot say where it is.
    """
    uri = said.text("uri")
    if uri is None:
        raise Unclear("its address cannot be told")
    more = {
        **_shown(said),
        "mimeType": said.text("mime_type") or "text/plain",
        "annotations": said.words.get("annotations"),
        "_meta": said.words.get("meta"),
    }
    more = {member: value for member, value in more.items() if value is not None}
    name, description = said.text("name"), said.text("description")
    by_function = description or documentation(function) or ""
    if parameters(function) or ("{" in uri and "}" in uri):
        _check_variables(function, context, uri)
        template = {"uriTemplate": uri, "name": name or function.name, "description": by_function}
        return "templates", {**template, **more}
    try:
        address = str(AnyUrl(uri))
    except ValidationError as error:
        raise Unclear(f"`{uri[:60]}` is no URL") from error
    if release >= _NAMED_BY_FUNCTION:
        named = {"name": name or function.name, "description": by_function}
    else:
        named = {
            "name": name or address,
            **({} if description is None else {"description": description}),
        }
    return "resources", {"uri": address, **named, **more}


def _check_variables(function: Function, context: str | None, uri: str) -> None:
    """Whether a template is filled in by the parameters of its function, as `mcp` 1 wanted it.

    Raises:
        Unclear: It is not, or a spec cannot say it.
    """
    wanted = set(_VARIABLE.findall(uri))
    taken = {one.arg for one in parameters(function)} - {context}
    if wanted != taken or not wanted:
        raise Unclear("its parameters are not the variables of its address")
    try:
        re.compile(uri.replace("{", "(?P<").replace("}", ">[^/]+)"))
        known = {one.name for one in UriTemplate.parse(uri).variables}
    except (re.error, ValueError) as error:
        raise Unclear(f"its address is no template: {error}") from error
    if known != wanted:
        raise Unclear("its address is no template that a spec can say")


def _shown(said: Said) -> dict[str, Any]:
    """The title and the pictures."""
    found = {"title": said.text("title"), "icons": said.words.get("icons")}
    return {member: value for member, value in found.items() if value is not None}
