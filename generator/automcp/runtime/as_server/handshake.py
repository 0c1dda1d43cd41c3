"""The handshake as `mcp` 1 made it, and which methods its servers knew."""

from __future__ import annotations

import warnings
from collections.abc import Collection
from importlib.metadata import version as installed
from typing import Any, Protocol, TypeVar, cast

from mcp import MCPDeprecationWarning
from mcp.server.context import HandlerResult, ServerRequestContext
from mcp.server.lowlevel.server import HandlerEntry, NotificationOptions, Server
from mcp.types import CallToolResult
from mcp_types import (
    PromptsCapability,
    ResourcesCapability,
    ServerCapabilities,
    ToolsCapability,
)

from ..legacy.functions.results import NO_OUTPUT, failed, on_the_wire
from ..legacy.functions.schemas import wrong
from ..lowlevel.binding import Handler
from ..server.kernel import Kernel

_UNKNOWN = frozenset(
    {
        "completion/complete",
        "logging/setLevel",
        "resources/subscribe",
        "resources/unsubscribe",
        "subscriptions/listen",
    }
)
"""What servers of `mcp` 1 did not answer unless they were taught to."""


class Compiled(Protocol):
    """A compiled server."""

    @property
    def lowlevel(self) -> Server[Any]: ...

    @property
    def kernel(self) -> Kernel[Any, Any]: ...


CompiledT = TypeVar("CompiledT", bound=Compiled)


def present(
    server: Compiled, version: str | None, *, without: Collection[str] = (), **offered: bool
) -> None:
    """Let a server introduce itself as one of `mcp` 1.

    Args:
        version: What it says as its version; that of the SDK if `None`.
        without: Methods that it does not know either.
        offered: Whether it declares `tools`, `prompts` and `resources`.
    """
    # Functions speak of logging as their own revision of the protocol did.
    warnings.filterwarnings("ignore", category=MCPDeprecationWarning)
    carrier = server.lowlevel
    carrier.version = version or installed("mcp")
    unknown = (_UNKNOWN - set(server.kernel.methods)) | set(without)
    found = carrier.get_request_handler

    def known(method: str) -> HandlerEntry[Any] | None:
        return None if method in unknown else found(method)

    def capabilities(
        notification_options: NotificationOptions | None = None,
        experimental_capabilities: dict[str, dict[str, Any]] | None = None,
        extensions: dict[str, dict[str, Any]] | None = None,
        *,
        protocol_version: str | None = None,
    ) -> ServerCapabilities:
        return ServerCapabilities(
            tools=ToolsCapability(list_changed=False),
            prompts=PromptsCapability(list_changed=False) if offered.get("prompts") else None,
            resources=ResourcesCapability(subscribe=False, list_changed=False)
            if offered.get("resources")
            else None,
            experimental=experimental_capabilities or {},
            extensions=extensions or carrier.extensions or None,
        )

    # The SDK takes handlers and capabilities as added up; a server of before has fewer of both.
    cast("Any", carrier).get_request_handler = known
    cast("Any", carrier).get_capabilities = capabilities


def handler_of(server: Server[Any], method: str) -> Handler:
    """What answers a method so far. Raises `LookupError` if nothing does."""
    entry = server.get_request_handler(method)
    if entry is None:
        raise LookupError(method)
    return entry.handler


async def asked(handler: Handler, context: ServerRequestContext[Any, Any], params: Any) -> Any:
    """The result of a handler, as a dictionary of the wire."""
    result: HandlerResult = await handler(context, params)
    return said(cast("Any", result))


def said(result: Any) -> dict[str, Any]:
    """A result, or an item of a list, as a dictionary of the wire: kernels answer with models, too."""
    if isinstance(result, dict):
        return cast("dict[str, Any]", result)
    return on_the_wire(result)


def unfit(result: Any, schema: Any) -> CallToolResult | None:
    """The failure that stands for a result which does not fit the schema that is listed; `None` if it does."""
    if schema is None or result.get("isError"):
        return None
    structured = result.get("structuredContent")
    text = NO_OUTPUT if structured is None else wrong(structured, schema)
    return failed(f"Output validation error: {text}") if text else None
