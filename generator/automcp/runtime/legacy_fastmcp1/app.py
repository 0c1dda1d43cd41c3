"""The `FastMCP` of fastmcp 0.4 and 1: that of `mcp` 1, without structured results."""

from __future__ import annotations

from typing import Any

from .sdk.fastmcp import FastMCP as Later


class FastMCP(Later[Any]):
    """A server made of decorated functions."""

    def __init__(self, name: str | None = None, **settings: Any) -> None:
        self._untold: set[str] = set()
        super().__init__(name, **settings)

    def _setup_handlers(self) -> None:
        super()._setup_handlers()
        # Arguments were held against the schema that is listed before they were converted.
        self._mcp_server.call_tool()(self.call_tool)

    def add_tool(  # type: ignore[override]  # pyright: ignore[reportIncompatibleMethodOverride]
        self, fn: Any, name: str | None = None, description: str | None = None, **_: Any
    ) -> None:
        """Make a function a tool."""
        super().add_tool(fn, name=name, description=description, structured_output=False)

    def tool(  # type: ignore[override]  # pyright: ignore[reportIncompatibleMethodOverride]
        self, name: str | None = None, description: str | None = None, **_: Any
    ) -> Any:
        """Make a function a tool, as a decorator."""

        def decorate(function: Any) -> Any:
            self.add_tool(function, name, description)
            return function

        return decorate

    def resource(self, uri: str, **words: Any) -> Any:
        """Make a function a resource; without another name, it is called as it is addressed."""
        if "{" not in uri:
            words.setdefault("name", uri)
        if not words.get("description"):
            self._untold.add(uri)
        return super().resource(uri, **words)

    async def list_resources(self) -> list[Any]:
        """The resources as they are listed: their functions' docstrings were not told."""
        found = await super().list_resources()
        return [
            one.model_copy(update={"description": None}) if str(one.uri) in self._untold else one
            for one in found
        ]

    async def list_resource_templates(self) -> list[Any]:
        """None: they were found when they were read, and not listed."""
        return []
