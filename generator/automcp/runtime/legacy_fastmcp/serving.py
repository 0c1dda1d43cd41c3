"""How a server of fastmcp 2 and 3 was run."""

from __future__ import annotations

import os
from types import SimpleNamespace
from typing import Any

from fastmcp import FastMCP as Now
from fastmcp import settings as _defaults

_OF_STREAMS = ("json_response", "path", "stateless_http")
_OF_RUNS = ("host", "port", "log_level", "path", "json_response", "stateless_http")


class Serving(Now[Any]):
    """Serves as the constructor was told to, or its settings were changed to."""

    _served_with: dict[str, Any]

    @property
    def settings(self) -> SimpleNamespace:
        """What the server is run with; may be changed."""
        kept = self.__dict__.get("_settings")
        if kept is None:
            kept = SimpleNamespace(**_defaults.model_dump())
            for word, one in self._served_with.items():
                setattr(kept, "streamable_http_path" if word == "path" else word, one)
            self.__dict__["_settings"] = kept
        return kept

    def _words(self) -> dict[str, Any]:
        """The words of a run that names none: the settings that were changed, then the constructor's."""
        kept = self.__dict__.get("_settings")
        changed: dict[str, Any] = {}
        if kept is not None:
            for word in _OF_RUNS:
                name = "streamable_http_path" if word == "path" else word
                if getattr(kept, name, None) != getattr(_defaults, name, None):
                    changed[word] = getattr(kept, name)
        return {**self._served_with, **changed}

    async def run_async(self, transport: Any = None, *said: Any, **words: Any) -> None:
        """Serve; `LEGACY_MCP_TRANSPORT` in the environment says otherwise over what."""
        words.update(zip(("show_banner",), said, strict=False))
        otherwise = os.environ.get("LEGACY_MCP_TRANSPORT")
        if otherwise and otherwise != transport:
            transport = otherwise
            words = {word: one for word, one in words.items() if word == "show_banner"}
        words.pop("message_path", None)
        words.pop("mount_path", None)
        await super().run_async(transport, **words)

    async def run_http_async(self, *said: Any, **words: Any) -> None:
        """Serve HTTP."""
        if os.environ.get("LEGACY_MCP_TRANSPORT") == "stdio":
            await self.run_stdio_async()
            return
        words.pop("message_path", None)
        given = {word: one for word, one in words.items() if one is not None}
        kept = self._words()
        if given.get("transport") == "sse":
            # These words of the constructor were for the other transport.
            kept = {word: one for word, one in kept.items() if word not in _OF_STREAMS}
        await super().run_http_async(*said, **{**kept, **given})

    async def run_sse_async(self, *said: Any, **words: Any) -> None:
        """Serve HTTP with server-sent events."""
        words.update(zip(("host", "port", "log_level", "path"), said, strict=False))
        await self.run_http_async(**{**words, "transport": "sse"})

    async def run_streamable_http_async(self, *said: Any, **words: Any) -> None:
        """Serve streamable HTTP."""
        words.update(zip(("host", "port", "log_level", "path"), said, strict=False))
        await self.run_http_async(**{**words, "transport": "http"})

    def http_app(self, *said: Any, **words: Any) -> Any:
        """An application that serves HTTP."""
        kept = self._words()
        for word in ("json_response", "stateless_http"):
            if word in kept:
                words.setdefault(word, kept[word])
        return super().http_app(*said, **words)

    def sse_app(
        self, path: str | None = None, message_path: str | None = None, middleware: Any = None
    ) -> Any:
        """An application that serves server-sent events."""
        return self.http_app(path=path, middleware=middleware, transport="sse")

    def streamable_http_app(self, path: str | None = None, middleware: Any = None) -> Any:
        """An application that serves streamable HTTP."""
        return self.http_app(path=path, middleware=middleware, transport="http")
