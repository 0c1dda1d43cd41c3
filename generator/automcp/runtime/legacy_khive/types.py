"""The classes that groups of `khivemcp` inherit from."""

from __future__ import annotations

from typing import Any

from ..legacy_groups.types import GroupConfig, ServiceConfig

__all__ = ["GroupConfig", "ServiceConfig", "ServiceGroup"]


class ServiceGroup:
    """A group: its methods that are decorated with `operation` are what it offers.

    Attributes:
        group_config: What its configuration says under `config`.
    """

    def __init__(self, config: dict[str, Any] | None = None) -> None:
        self.group_config = config or {}
        self.fastmcp_auth_provider: Any = None

    async def startup(self) -> None:
        """Called when the server starts; does nothing unless a group says otherwise."""

    async def shutdown(self) -> None:
        """Called when the server ends; does nothing unless a group says otherwise."""
