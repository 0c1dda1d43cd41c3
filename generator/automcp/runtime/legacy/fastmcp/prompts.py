"""The prompts of a `FastMCP`."""

from __future__ import annotations

import inspect
import logging
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any, cast

import pydantic_core
from mcp.server.mcpserver.prompts import Prompt as Now
from mcp.server.mcpserver.prompts.base import (
    AssistantMessage,
    Message,
    PromptArgument,
    UserMessage,
    message_validator,
)
from typing_extensions import override

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
        given: dict[str, Any] = dict(arguments or {})
        missing = {one.name for one in self.arguments or [] if one.required} - set(given)
        if missing:
            raise ValueError(f"Missing required arguments: {missing}")
        if self.context_kwarg is not None:
            given[self.context_kwarg] = context
        try:
            result: Any = self.fn(**given)
            if inspect.isawaitable(result):
                result = await result
            several = cast("list[Any]", result) if isinstance(result, list | tuple) else [result]
            return [_message(one) for one in several]
        except Exception as error:
            raise ValueError(f"Error rendering prompt {self.name}: {error}") from error


def _message(said: Any) -> Message:
    if isinstance(said, Message):
        return said
    if isinstance(said, dict):
        try:
            return message_validator.validate_python(said)
        except Exception:
            raise ValueError(f"Could not convert prompt result to message: {said}") from None
    if isinstance(said, str):
        return UserMessage(said)
    text = pydantic_core.to_json(said, fallback=str, indent=2).decode()
    return UserMessage(text)


class Prompts:
    """The prompts of a server, by name."""

    def __init__(self, warn_on_duplicate_prompts: bool = True) -> None:
        self._prompts: dict[str, Any] = {}
        self.warn_on_duplicate_prompts = warn_on_duplicate_prompts

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
        existing = self._prompts.setdefault(prompt.name, prompt)
        if existing is not prompt and self.warn_on_duplicate_prompts:
            logger.warning("Prompt already exists: %s", prompt.name)
        return existing


PromptManager = Prompts
base = sys.modules[__name__]
"""`mcp` 1 had these in modules of their own."""


def __getattr__(name: str) -> Any:
    return import_module("..elsewhere", __package__).elsewhere(name)
