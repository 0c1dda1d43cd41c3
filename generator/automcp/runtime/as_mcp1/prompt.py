"""Fills in a prompt as `mcp` 1 did: whatever a function returns becomes messages, and callers are told why it fails."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from ..legacy.functions.mcp1 import Function, context_parameter
from ..legacy.functions.mcp1_offers import converting, filled
from ..server.context import Context
from ..server.errors import ProtocolError
from ..server.result import Verbatim
from ..shared.model import Json

FAILED = 0
"""The code of errors whose text is the reason."""


async def fill_as_mcp1(
    prompt: str,
    function: Function,
    arguments: Mapping[str, Any],
    context: Context[Any, Any],
    *,
    required: Collection[str] = (),
) -> Verbatim:
    """What `function` answers as the prompt of that name.

    Args:
        arguments: As callers sent them.
        required: The names of those that have to be there.

    Raises:
        ProtocolError: Arguments are missing, or the function failed; the text says why.
    """
    native: object = context.native
    asks_for = context_parameter(function, type(native))
    more = {} if asks_for is None else {asks_for: native}
    try:
        messages = await filled(prompt, converting(function), required, arguments, more)
    except ValueError as error:
        raise ProtocolError(FAILED, str(error)) from error
    said: list[Json] = [
        one.model_dump(mode="json", by_alias=True, exclude_none=True) for one in messages
    ]
    return Verbatim({"messages": said})
