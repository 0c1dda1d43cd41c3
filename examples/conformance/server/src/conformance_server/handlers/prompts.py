"""Handlers of the prompts group: one prompt of each kind."""

from __future__ import annotations

from collections.abc import Sequence

from .._runtime.server.offers import Variables
from .._runtime.shared.content import EmbeddedResource, Image, Message, Text
from ..contract import Context
from ..questions import USER_CONTEXT
from .samples import IMAGE

_WORDS = ("paris", "park", "party")


class Prompts:
    """One prompt of each kind."""

    async def complete_test_prompt_with_arguments_arg1(
        self, value: str, others: Variables, context: Context
    ) -> Sequence[str]:
        """What the first argument may be."""
        return [word for word in _WORDS if word.startswith(value)]

    async def test_prompt_with_embedded_resource(
        self, resource_uri: str, context: Context
    ) -> list[Message]:
        """A prompt that brings a resource along."""
        text = "Embedded resource content for testing."
        return [
            Message("user", EmbeddedResource(resource_uri, text, "text/plain")),
            Message("user", Text("Please process the embedded resource above.")),
        ]

    async def test_prompt_with_image(self, context: Context) -> list[Message]:
        """A prompt that brings an image along."""
        return [
            Message("user", Image(IMAGE, "image/png")),
            Message("user", Text("Please analyze the image above.")),
        ]

    async def test_input_required_result_prompt(self, context: Context) -> str:
        """A prompt that asks first."""
        reply = await context.ask(USER_CONTEXT)
        told = reply.content.context if reply.content else "none"
        return f"Use the following context: {told}"
