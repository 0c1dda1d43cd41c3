"""Answers a call as a low-level server of `mcp` 1 did: by the server that hosts this one, or here."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any, TypeAlias

from mcp import UrlElicitationRequiredError

from ..legacy.functions.mcp1_lowlevel import answered
from ..legacy.functions.results import NO_OUTPUT, failed, on_the_wire
from ..server.context import Context
from ..server.errors import ProtocolError
from ..server.result import Verbatim

Function: TypeAlias = Callable[[dict[str, Any]], Awaitable[Any]]


async def call_as_mcp1_lowlevel(
    tool: str,
    function: Function,
    arguments: Mapping[str, Any],
    context: Context[Any, Any],
    *,
    structured: bool,
) -> Verbatim:
    """What `function` answers as the tool of that name.

    A server made by hand that this one is a part of calls functions itself, if its context has `call_function`: how
    arguments were checked differed from release to release.

    Args:
        arguments: As callers sent them.
        structured: Whether the tool publishes an output schema.

    Raises:
        ProtocolError: The caller has to visit an address first.
    """
    hosted = getattr(context.native, "call_function", None)
    if hosted is not None:
        return Verbatim(await hosted(function))
    try:
        result = await answered(partial(function, dict(arguments)))
    except UrlElicitationRequiredError as error:
        raise ProtocolError(error.code, error.message, error.data) from error
    if structured and result.structured_content is None and not result.is_error:
        result = failed(f"Output validation error: {NO_OUTPUT}")
    return Verbatim(on_the_wire(result))
