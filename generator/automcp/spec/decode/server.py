"""The part of the spec format that says as what callers know the server."""

from __future__ import annotations

from .bindings import FUNCTION
from .shapes import Choice, Field, Record, Text
from .vocabulary import SAID

SERVER = Field(
    "server",
    Record(
        "known server",
        "As what callers know the server: one that was made with an SDK of before.",
        (
            Field(
                "as",
                Choice(("mcp1", "mcp1_lowlevel")),
                "The SDK. The handshake, the lists and what is unknown are answered as it did, and so are the Python functions "
                "that do not say otherwise (`run: {python: {as: automcp}}`).",
                required=True,
            ),
            Field(
                "name",
                SAID,
                "What the handshake calls it, if that is not the service's name.",
                examples=("Weather MCP Server",),
            ),
            Field(
                "version",
                SAID,
                "The version that the handshake says; without it, that of the installed `mcp`, as that SDK said.",
            ),
            Field(
                "unknown",
                Text(FUNCTION),
                "What answers calls of tools that are not listed, of the name and the arguments (`mcp1_lowlevel`).",
                examples=("weather.server:call_tool",),
            ),
        ),
    ),
    "As what callers know the server, if it was made with an SDK of before.",
)
