"""Handlers of the content group: one tool for each kind of content."""

from __future__ import annotations

from .._runtime.shared.content import Audio, EmbeddedResource, Image, Text
from ..contract import Context
from ..errors import Intended
from ..models import ContentJsonSchema202012ToolArguments
from .samples import IMAGE, SOUND


class Content:
    """One tool for each kind of content."""

    async def test_simple_text(self, context: Context) -> str:
        """Gives a text."""
        return "This is a simple text response for testing."

    async def test_image_content(self, context: Context) -> Image:
        """Gives an image."""
        return Image(IMAGE, "image/png")

    async def test_audio_content(self, context: Context) -> Audio:
        """Gives a sound."""
        return Audio(SOUND, "audio/wav")

    async def test_embedded_resource(self, context: Context) -> EmbeddedResource:
        """Gives what a resource holds."""
        text = "This is an embedded resource content."
        return EmbeddedResource("test://embedded-resource", text, "text/plain")

    async def test_multiple_content_types(
        self, context: Context
    ) -> list[Text | Image | EmbeddedResource]:
        """Gives a text, an image and a resource at once."""
        return [
            Text("Multiple content types test:"),
            Image(IMAGE, "image/png"),
            EmbeddedResource(
                "test://mixed-content-resource",
                '{"test": "data", "value": 123}',
                "application/json",
            ),
        ]

    async def test_error_handling(self, context: Context) -> None:
        """Always fails."""
        raise Intended

    async def json_schema_2020_12_tool(
        self, arguments: ContentJsonSchema202012ToolArguments, context: Context
    ) -> str:
        """Takes arguments that only JSON Schema 2020-12 can describe."""
        return "json_schema_2020_12_tool"

    async def test_x_mcp_header(self, region: str, context: Context) -> str:
        """Takes a parameter that is repeated in an HTTP header."""
        return f"region={region}"
