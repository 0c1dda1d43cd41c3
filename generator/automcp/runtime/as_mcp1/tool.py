"""Answers a call as `mcp` 1 did: whatever a function returns becomes a result, and callers are told why it fails."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from mcp import UrlElicitationRequiredError
from mcp.server.mcpserver.utilities.func_metadata import FuncMetadata, func_metadata

from ..legacy.functions.mcp1 import Function, called, context_parameter, failed
from ..legacy.functions.results import on_the_wire
from ..server.context import Context
from ..server.errors import ProtocolError
from ..server.result import Verbatim
from ..shared.model import Json


async def call_as_mcp1(
    tool: str,
    function: Function,
    arguments: Mapping[str, Any],
    context: Context[Any, Any],
    *,
    structured: bool,
) -> Verbatim:
    """What `function` answers as the tool of that name.

    Args:
        arguments: As callers sent them.
        structured: Whether the tool publishes an output schema.

    Raises:
        ProtocolError: The caller has to visit an address first.
    """
    try:
        native: object = context.native
        kind: Any = type(native)
        described, asks_for = _described(function, kind, structured)
        more = {} if asks_for is None else {asks_for: native}
        returned = await called(function, described, arguments, more)
        return Verbatim(on_the_wire(described.convert_result(returned)))
    except UrlElicitationRequiredError as error:
        raise ProtocolError(error.code, error.message, error.data) from error
    except Exception as error:
        said: Json = {"type": "text", "text": failed(tool, error)}
        return Verbatim({"content": [said], "isError": True})


@lru_cache(maxsize=1 << 10)
def _described(
    function: Function, context: type[object], structured: bool
) -> tuple[FuncMetadata, str | None]:
    """What a function takes and gives, and its parameter for the context."""
    asks_for = context_parameter(function, context)
    skipped = [] if asks_for is None else [asks_for]
    return func_metadata(function, skip_names=skipped, structured_output=structured), asks_for
