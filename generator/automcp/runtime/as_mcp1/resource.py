"""Reads a resource as `mcp` 1 did: texts and bytes as they are, anything else as JSON; callers are told why it fails."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from pydantic import AnyUrl, ValidationError

from ..legacy.functions import mcp1_offers as before
from ..legacy.functions.mcp1 import Function, context_parameter
from ..server.context import Context
from ..server.errors import ProtocolError
from .prompt import FAILED


def match_as_mcp1(template: str) -> Callable[[str], Mapping[str, str] | None]:
    """What finds the variables of a template in an address."""
    return partial(_match, template)


def _match(template: str, uri: str) -> Mapping[str, str] | None:
    try:
        # Callers' addresses were made URLs first, which are spelled in one way.
        return before.variables(template, str(AnyUrl(uri)))
    except ValidationError:
        return None


async def read_as_mcp1(
    uri: str, function: Function, variables: Mapping[str, Any], context: Context[Any, Any]
) -> str | bytes:
    """What `function` holds as the resource at an address, or as one that fits a template.

    Args:
        uri: The address or template.
        variables: What stands in the address; nothing of a resource that is alone.

    Raises:
        ProtocolError: The function failed; the text says why.
    """
    try:
        return await before.read(uri, await _reading(function, variables, context))
    except ValueError as error:
        raise ProtocolError(FAILED, str(error)) from error


async def _reading(
    function: Function, variables: Mapping[str, Any], context: Context[Any, Any]
) -> Callable[[], Any]:
    """What is read: the function, or what that of a template returns."""
    converting = before.converting(function)
    if not variables:
        return converting
    native: object = context.native
    asks_for = context_parameter(function, type(native))
    more = {} if asks_for is None else {asks_for: native}
    try:
        made = await before.created(converting, {**variables, **more})
    except ValueError as error:
        raise ValueError(f"{before.NOT_CREATED}{error}") from error
    return lambda: made
