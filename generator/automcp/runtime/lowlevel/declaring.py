"""What a low-level server says of itself, where it takes for granted what is not so."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from mcp.server.lowlevel.server import NotificationOptions, Server
from mcp_types import ServerCapabilities

_ALL_CHANGE = NotificationOptions(prompts_changed=True, resources_changed=True, tools_changed=True)


def declare(server: Server[Any], *, without: Iterable[str] = ()) -> None:
    """Make the handshake say that lists may change.

    Args:
        without: Extensions that the server declares, and does not have.
    """
    derived = server.get_capabilities
    dropped = frozenset(without)

    def capabilities(
        notification_options: NotificationOptions | None = None,
        experimental_capabilities: dict[str, dict[str, Any]] | None = None,
        extensions: dict[str, dict[str, Any]] | None = None,
        *,
        protocol_version: str | None = None,
    ) -> ServerCapabilities:
        declared = derived(
            _ALL_CHANGE, experimental_capabilities, extensions, protocol_version=protocol_version
        )
        kept = {key: one for key, one in (declared.extensions or {}).items() if key not in dropped}
        declared.extensions = kept or None
        return declared

    # The SDK has no setting for it, and a middleware would be asked at every request.
    cast("Any", server).get_capabilities = capabilities
