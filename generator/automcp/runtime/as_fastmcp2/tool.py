"""Answers a call as fastmcp 2 and 3 did: by the server that hosts this one, or by fastmcp 4 itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager, nullcontext
from functools import lru_cache
from typing import Any, TypeAlias

from fastmcp.exceptions import FastMCPError
from fastmcp.tools import ToolResult
from fastmcp.tools.function_tool import FunctionTool
from mcp.types import CallToolResult
from pydantic import BaseModel

from ..server.context import Context
from ..server.result import Verbatim
from ..shared.model import Json

Function: TypeAlias = Callable[..., Any]


async def call_as_fastmcp2(
    tool: str,
    function: Function,
    arguments: Mapping[str, Any],
    context: Context[Any, Any],
    *,
    structured: bool,
) -> Verbatim:
    """What `function` answers as the tool of that name.

    A server made by hand that this one is a part of calls functions itself, if its context has `call_function`: what
    fastmcp did from release to release is its affair.

    Args:
        arguments: As callers sent them.
        structured: Whether the tool publishes an output schema.
    """
    native: Any = context.native
    hosted = getattr(native, "call_function", None)
    if hosted is not None:
        return Verbatim(await hosted(function))
    try:
        async with entered(native):
            answer = await _tool(tool, function, structured).run(dict(arguments))
    except FastMCPError as error:
        return _failed(str(error))
    except Exception as error:
        return _failed(f"Error calling tool {tool!r}: {error}")
    return Verbatim(wire(answer))


def entered(native: Any) -> AbstractAsyncContextManager[Any]:
    """The context of a call, if it is one of fastmcp's."""
    return native if hasattr(native, "__aenter__") else nullcontext()


def wire(answer: ToolResult) -> dict[str, Any]:
    """A result as it goes out."""
    found = answer.to_mcp_result()
    if isinstance(found, CallToolResult):
        return _dumped(found)
    content, structured = found if isinstance(found, tuple) else (found, None)
    result: dict[str, Any] = {"content": [_dumped(block) for block in content], "isError": False}
    return result if structured is None else {**result, "structuredContent": structured}


@lru_cache(maxsize=1 << 10)
def _tool(name: str, function: Function, structured: bool) -> FunctionTool:
    made = FunctionTool.from_function(function, name=name)
    if not structured:
        made.output_schema = None
    return made


def _failed(text: str) -> Verbatim:
    said: Json = {"type": "text", "text": text}
    return Verbatim({"content": [said], "isError": True})


def _dumped(model: BaseModel) -> dict[str, Any]:
    return model.model_dump(mode="json", by_alias=True, exclude_none=True)
