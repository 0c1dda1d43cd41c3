"""Fills in prompts and reads resources as the `FastMCP` of `mcp` 1 did: in the event loop, with the reason of failures."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Collection, Mapping
from functools import lru_cache
from typing import Any, TypeAlias, cast

import pydantic_core
from mcp.server.mcpserver.prompts.base import Message, UserMessage, message_validator
from mcp.server.mcpserver.resources import Resource
from pydantic import validate_call

Function: TypeAlias = Callable[..., Any]

NOT_CREATED = "Error creating resource from template: "
"""What stands before the reason why the function of a template failed; whoever looked the resource up said it again."""


@lru_cache(maxsize=1 << 10)
def converting(function: Function) -> Function:
    """The function, which makes of its arguments what its annotations ask for."""
    return validate_call(function)


async def filled(
    prompt: str,
    function: Function,
    required: Collection[str],
    arguments: Mapping[str, Any],
    more: Mapping[str, Any],
) -> list[Message]:
    """The messages of a prompt.

    Args:
        function: Makes of its arguments what its annotations ask for.
        required: The names of the arguments that have to be there.
        more: What it is given besides: its `Context`.

    Raises:
        ValueError: Arguments are missing, or the function failed; the text says why.
    """
    missing = set(required) - set(arguments)
    if missing:
        raise ValueError(f"Missing required arguments: {missing}")
    try:
        result: Any = function(**{**arguments, **more})
        if inspect.isawaitable(result):
            result = await result
        several = cast("list[Any]", result) if isinstance(result, list | tuple) else [result]
        return [_message(one) for one in several]
    except Exception as error:
        raise ValueError(f"Error rendering prompt {prompt}: {error}") from error


def _message(said: Any) -> Message:
    if isinstance(said, Message):
        return said
    if isinstance(said, dict):
        try:
            return message_validator.validate_python(said)
        except Exception:
            raise ValueError(f"Could not convert prompt result to message: {said}") from None
    if isinstance(said, str):
        return UserMessage(said)
    text = pydantic_core.to_json(said, fallback=str, indent=2).decode()
    return UserMessage(text)


async def read(uri: object, function: Function) -> str | bytes:
    """What a function holds that is the resource at a URI.

    Raises:
        ValueError: It failed; the text says why.
    """
    try:
        result = function()
        if inspect.isawaitable(result):
            result = await result
        if isinstance(result, Resource):
            return await result.read()
        if isinstance(result, str | bytes):
            return result
        return pydantic_core.to_json(result, fallback=str, indent=2).decode()
    except Exception as error:
        raise ValueError(f"Error reading resource {uri}: {error}") from error


def variables(template: str, uri: str) -> dict[str, str] | None:
    """The values of the variables in a URI; `None` if it is none of the template's."""
    pattern = template.replace("{", "(?P<").replace("}", ">[^/]+)")
    found = re.fullmatch(pattern, uri)
    return found.groupdict() if found else None


async def created(function: Function, given: Mapping[str, Any]) -> Any:
    """What the function of a template returns.

    Args:
        function: Makes of its arguments what its annotations ask for.
        given: The values of the variables, and its `Context`.

    Raises:
        ValueError: It failed; the text says why.
    """
    try:
        result = function(**given)
        return await result if inspect.isawaitable(result) else result
    except Exception as error:
        raise ValueError(f"{NOT_CREATED}{error}") from error
