"""Reads a resource as fastmcp 2 and 3 did: by the server that hosts this one, or by fastmcp 4 itself."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from typing import Any

from fastmcp.resources import ResourceResult
from fastmcp.resources.function_resource import FunctionResource
from fastmcp.resources.template import FunctionResourceTemplate, match_uri_template

from ..server.context import Context
from ..server.errors import ProtocolError
from ..server.result import Part
from .prompt import FAILED
from .tool import Function, entered


def match_as_fastmcp2(template: str) -> Callable[[str], Mapping[str, Any] | None]:
    """What finds the variables of a template in an address."""
    return partial(_match, template)


def _match(template: str, uri: str) -> Mapping[str, Any] | None:
    return match_uri_template(uri, template)


async def read_as_fastmcp2(
    uri: str, function: Function, variables: Mapping[str, Any], context: Context[Any, Any]
) -> list[Part]:
    """What `function` holds as the resource at an address, or as one that fits a template.

    A server made by hand that this one is a part of calls functions itself, if its context has `call_function`.

    Args:
        uri: The address or template.
        variables: What stands in the address; nothing of a resource that is alone.

    Raises:
        ProtocolError: The function failed; the text says why.
    """
    native: Any = context.native
    hosted = getattr(native, "call_function", None)
    if hosted is not None:
        await hosted(function)
        return []
    try:
        async with entered(native):
            found = await _read(uri, function, variables)
    except Exception as error:
        raise ProtocolError(FAILED, f"Error reading resource {uri!r}: {error}") from error
    return [_part(one) for one in found.to_mcp_result(uri).contents]


async def _read(uri: str, function: Function, variables: Mapping[str, Any]) -> ResourceResult:
    if variables:
        family = _template(uri, function)
        return family.convert_result(await family.read(dict(variables)))
    resource = _resource(uri, function)
    return resource.convert_result(await resource.read())


def _part(content: Any) -> Part:
    text: str | None = getattr(content, "text", None)
    body = base64.b64decode(content.blob) if text is None else text
    return Part(body, meta=content.meta)


@lru_cache(maxsize=1 << 10)
def _resource(uri: str, function: Function) -> FunctionResource:
    return FunctionResource.from_function(function, uri)


@lru_cache(maxsize=1 << 10)
def _template(uri: str, function: Function) -> FunctionResourceTemplate:
    return FunctionResourceTemplate.from_function(function, uri)
