"""The prompts of a `FastMCP`."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

from mcp.server.mcpserver.prompts import Prompt as Now
from mcp.server.mcpserver.prompts.base import (
    AssistantMessage,
    Message,
    PromptArgument,
    UserMessage,
)
from typing_extensions import override

from ..functions.mcp1_offers import filled
from .compiled import Package
from .context import context_parameter

__all__ = ["AssistantMessage", "Message", "Prompt", "PromptArgument", "Prompts", "UserMessage"]

logger = logging.getLogger(__name__)


class Prompt(Now):
    """A function as a prompt."""

    @classmethod
    @override
    def from_function(
        cls,
        fn: Callable[..., Any],
        name: str | None = None,
        title: str | None = None,
        description: str | None = None,
        icons: Any = None,
        context_kwarg: str | None = None,
    ) -> Any:
        found = context_kwarg or context_parameter(fn)
        return super().from_function(fn, name, title, description, icons, found)

    @override
    async def render(self, arguments: dict[str, Any] | None = None, context: Any = None) -> Any:
        """The prompt's messages.

        Raises:
            ValueError: Arguments are missing, or the function failed; the text says why.
        """
        required = [one.name for one in self.arguments or [] if one.required]
        more = {} if self.context_kwarg is None else {self.context_kwarg: context}
        return await filled(self.name, self.fn, required, arguments or {}, more)


class Prompts:
    """The prompts of a server, by name.

    Args:
        compiled: A compiled package that answers further ones, which is asked when prompts are first looked at.
    """

    def __init__(
        self, warn_on_duplicate_prompts: bool = True, compiled: Package | None = None
    ) -> None:
        self._registered: dict[str, Any] = {}
        self._compiled = compiled
        self.warn_on_duplicate_prompts = warn_on_duplicate_prompts

    @property
    def _prompts(self) -> dict[str, Any]:
        if self._compiled is not None:
            found = {prompt.name: prompt for prompt in self._compiled.prompts()}
            self._compiled = None
            self._registered = {**self._registered, **found}
        return self._registered

    def get_prompt(self, name: str) -> Any:
        """The prompt of that name; `None` if there is none."""
        return self._prompts.get(name)

    async def render_prompt(
        self, name: str, arguments: dict[str, Any] | None = None, context: Any = None
    ) -> Any:
        """The messages of a prompt. Raises `ValueError` if there is none of that name, or it fails."""
        prompt = self.get_prompt(name)
        if prompt is None:
            raise ValueError(f"Unknown prompt: {name}")
        return await prompt.render(arguments, context)

    def list_prompts(self) -> list[Any]:
        """All of them."""
        return list(self._prompts.values())

    def add_prompt(self, prompt: Any) -> Any:
        """Add a prompt; one that is there already stays."""
        existing = self._registered.setdefault(prompt.name, prompt)
        if existing is not prompt and self.warn_on_duplicate_prompts:
            logger.warning("Prompt already exists: %s", prompt.name)
        return existing


PromptManager = Prompts
base = sys.modules[__name__]
"""`mcp` 1 had these in modules of their own."""


def __getattr__(name: str) -> Any:
    return import_module("..elsewhere", __package__).elsewhere(name)
