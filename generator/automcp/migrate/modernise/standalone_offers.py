"""Derives what standalone fastmcp 2 and 3 listed of a function that was a prompt or a resource."""

from __future__ import annotations

import ast
import builtins
import inspect
import json
import re
from typing import Any

from pydantic import AnyUrl, TypeAdapter, ValidationError

from ...runtime.shared.uri_template import UriTemplate
from ..survey import Source
from .derived import Said, check_names, documentation, stand_in
from .found import Kind
from .literals import Unclear
from .scopes import Function, parameters
from .standalone import (
    READS_DOCSTRINGS,
    description_of,
    meta_of,
    parameters_of,
    with_descriptions,
)
from .values import Values

_SINCE = (2, 9)
"""The first release whose lists are known here."""
_THREE = (3, 0)
_NOTED = "Provide as a JSON string matching the following schema: "
_VARIABLE = re.compile(r"{(\w+)\*?}")


def prompt_of_fastmcp(
    values: Values,
    source: Source,
    function: Function,
    said: Said,
    context: str | None,
    release: tuple[int, ...],
) -> dict[str, Any]:
    """A prompt as fastmcp listed it.

    Raises:
        Unclear: What it listed cannot be told from the text.
    """
    _check_release(said, release)
    made = stand_in(values, source, function, context, with_result=False, whole=False)
    notes = {
        name: _note(source, function, name, hint) for name, hint in made.__annotations__.items()
    }
    schema = parameters_of(made, release)
    check_names(function, context, schema)
    text = _text(function)
    if release >= READS_DOCSTRINGS and text:
        text = with_descriptions(schema, text)
    listed = {
        "name": said.text("name") or function.name,
        "title": said.text("title"),
        "description": description_of(said, text, release),
        "arguments": [
            {
                "name": name,
                **_described(one.get("description"), notes.get(name)),
                "required": name in schema.get("required", ()),
            }
            for name, one in schema.get("properties", {}).items()
        ],
        "icons": said.words.get("icons"),
        "_meta": meta_of(said, release),
    }
    return {member: value for member, value in listed.items() if value is not None}


def _described(text: str | None, note: str | None) -> dict[str, str]:
    said = [one for one in (text, note) if one]
    return {"description": "\n\n".join(said)} if said else {}


def _note(source: Source, function: Function, name: str, hint: Any) -> str | None:
    """What is said of an argument that is no text: callers send it as one.

    Raises:
        Unclear: Whether it is said depends on how fastmcp reads the annotation's text.
    """
    stated = next(one.annotation for one in parameters(function) if one.arg == name)
    if _texts(source) or isinstance(stated, ast.Constant):
        if not (isinstance(stated, ast.Name) and hasattr(builtins, stated.id)):
            raise Unclear(f"the type of `{name}` is a text when the server runs")
    elif hint is str:
        return None
    try:
        schema = TypeAdapter(hint).json_schema()
    except Exception as error:
        raise Unclear(f"the type of `{name}`: {str(error).splitlines()[0]}") from error
    return _NOTED + json.dumps(schema, separators=(",", ":"))


def _texts(source: Source) -> bool:
    """Whether annotations are texts when a module runs."""
    return any(
        isinstance(node, ast.ImportFrom)
        and node.module == "__future__"
        and any(one.name == "annotations" for one in node.names)
        for node in source.tree.body
    )


def resource_of_fastmcp(
    function: Function, said: Said, context: str | None, release: tuple[int, ...]
) -> tuple[Kind, dict[str, Any]]:
    """A resource, or a family of them, as fastmcp listed it.

    Raises:
        Unclear: What it listed cannot be told from the text, or a spec cannot say where it is.
    """
    _check_release(said, release)
    uri = said.text("uri")
    if uri is None:
        raise Unclear("its address cannot be told")
    if said.words.get("annotations") is not None:
        raise Unclear("it is given `annotations`")
    kind, address = _address(function, context, uri)
    listed = {
        **address,
        "name": said.text("name") or function.name,
        "title": said.text("title"),
        "description": description_of(said, _text(function), release),
        "mimeType": said.text("mime_type") or "text/plain",
        "icons": said.words.get("icons"),
        "_meta": meta_of(said, release),
    }
    return kind, {member: value for member, value in listed.items() if value is not None}


def _address(function: Function, context: str | None, uri: str) -> tuple[Kind, dict[str, str]]:
    taken = {one.arg for one in parameters(function)} - {context}
    if not taken and context is None and not ("{" in uri or "}" in uri):
        try:
            return "resources", {"uri": str(AnyUrl(uri))}
        except ValidationError as error:
            raise Unclear(f"`{uri[:60]}` is no URL") from error
    wanted = _VARIABLE.findall(uri)
    needed = taken - _with_default(function)
    if not wanted or not needed <= set(wanted) <= taken:
        raise Unclear("its parameters are not the variables of its address")
    try:
        known = [one.name for one in UriTemplate.parse(uri).variables]
    except ValueError as error:
        raise Unclear(f"its address is no template: {error}") from error
    if known != wanted or len(set(known)) != len(known):
        raise Unclear("its address is no template that a spec can say")
    return "templates", {"uriTemplate": uri}


def _with_default(function: Function) -> set[str]:
    said = function.args
    positional = [*said.posonlyargs, *said.args]
    named = zip(said.kwonlyargs, said.kw_defaults, strict=True)
    last = positional[len(positional) - len(said.defaults) :]
    return {one.arg for one in last} | {one.arg for one, default in named if default is not None}


def _check_release(said: Said, release: tuple[int, ...]) -> None:
    """Raises `Unclear` if what a release listed is not known, or it took other words."""
    if release < _SINCE:
        raise Unclear("what its release listed of prompts and resources is not known")
    if "enabled" in said.words and (release >= _THREE or said.words["enabled"] is False):
        raise Unclear("it is given `enabled`")


def _text(function: Function) -> str | None:
    raw = documentation(function)
    return inspect.cleandoc(raw) or None if raw else None
