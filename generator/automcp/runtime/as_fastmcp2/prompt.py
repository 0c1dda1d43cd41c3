"""Fills in a prompt as fastmcp 2 and 3 did: by the server that hosts this one, or by fastmcp 4 itself."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Any

from fastmcp.prompts.function_prompt import FunctionPrompt

from ..server.context import Context
from ..server.errors import ProtocolError
from ..server.result import Verbatim
from .tool import Function, entered

FAILED = 0
"""The code of errors whose text is the reason."""


async def fill_as_fastmcp2(
    prompt: str,
    function: Function,
    arguments: Mapping[str, Any],
    context: Context[Any, Any],
    *,
    required: Collection[str] = (),
) -> Verbatim:
    """What `function` answers as the prompt of that name.

    A server made by hand that this one is a part of calls functions itself, if its context has `call_function`: what
    fastmcp did from release to release is its affair.

    Args:
        arguments: As callers sent them.
        required: The names of those that have to be there.

    Raises:
        ProtocolError: Arguments are missing, or the function failed; the text says why.
    """
    native: Any = context.native
    hosted = getattr(native, "call_function", None)
    if hosted is not None:
        return Verbatim(await hosted(function))
    missing = set(required) - set(arguments)
    if missing:
        raise ProtocolError(FAILED, f"Missing required arguments: {missing}")
    try:
        async with entered(native):
            filled = await _prompt(prompt, function).render(dict(arguments))
    except Exception as error:
        raise ProtocolError(FAILED, str(error)) from error
    said = filled.to_mcp_prompt_result()
    return Verbatim(said.model_dump(mode="json", by_alias=True, exclude_none=True))


@lru_cache(maxsize=1 << 10)
def _prompt(name: str, function: Function) -> FunctionPrompt:
    return FunctionPrompt.from_function(function, name=name)
