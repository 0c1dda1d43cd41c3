"""Answers a call as a low-level server of `mcp` 1 did: by the server that hosts this one, or here."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any, TypeAlias, cast

from pydantic import BaseModel

from ..server.context import Context
from ..server.result import Verbatim
from ..shared.model import Json

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
    """
    hosted = getattr(context.native, "call_function", None)
    if hosted is not None:
        return Verbatim(await hosted(function))
    try:
        return _result(await function(dict(arguments)), structured)
    except Exception as error:
        said: Json = {"type": "text", "text": str(error)}
        return Verbatim({"content": [said], "isError": True})


def _result(returned: Any, structured: bool) -> Verbatim:
    """Blocks of content, structured content, or both, as a result."""
    if isinstance(returned, BaseModel):
        return Verbatim(_dumped(returned))
    content: Iterable[Any] = cast("Iterable[Any]", returned)
    given: Any = None
    if isinstance(returned, tuple) and len(cast("tuple[object, ...]", returned)) == 2:
        content, given = cast("tuple[Iterable[Any], Any]", returned)
    elif isinstance(returned, dict):
        given = cast("dict[str, Any]", returned)
        content = [{"type": "text", "text": json.dumps(given, indent=2)}]
    if structured and given is None:
        raise ValueError("outputSchema defined but no structured output returned")
    blocks = [_dumped(one) if isinstance(one, BaseModel) else one for one in content]
    said: dict[str, Any] = {"content": blocks, "isError": False}
    return Verbatim(said if given is None else {**said, "structuredContent": given})


def _dumped(model: BaseModel) -> dict[str, Any]:
    return model.model_dump(mode="json", by_alias=True, exclude_none=True)
