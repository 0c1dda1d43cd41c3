"""The JSON schemas of types that functions take and return, as `mcp` 1 derived them.

The models are never filled: a legacy type shows the schema of the one here that goes by its name.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from .types import Url


class _Open(BaseModel):
    model_config = ConfigDict(extra="allow")


class Annotations(_Open):
    audience: list[Literal["user", "assistant"]] | None = None
    priority: Annotated[float, Field(ge=0.0, le=1.0)] | None = None


class Icon(_Open):
    """An icon for display in user interfaces."""

    src: str
    mimeType: str | None = None
    sizes: list[str] | None = None


class TextContent(_Open):
    """Text content for a message."""

    type: Literal["text"]
    text: str
    annotations: Annotations | None = None
    meta: dict[str, Any] | None = Field(alias="_meta", default=None)


class ImageContent(_Open):
    """Image content for a message."""

    type: Literal["image"]
    data: str
    mimeType: str
    annotations: Annotations | None = None
    meta: dict[str, Any] | None = Field(alias="_meta", default=None)


class AudioContent(_Open):
    """Audio content for a message."""

    type: Literal["audio"]
    data: str
    mimeType: str
    annotations: Annotations | None = None
    meta: dict[str, Any] | None = Field(alias="_meta", default=None)


class ResourceContents(_Open):
    """The contents of a specific resource or sub-resource."""

    uri: Url
    mimeType: str | None = None
    meta: dict[str, Any] | None = Field(alias="_meta", default=None)


class TextResourceContents(ResourceContents):
    """Text contents of a resource."""

    text: str


class BlobResourceContents(ResourceContents):
    """Binary contents of a resource."""

    blob: str


class EmbeddedResource(_Open):
    """
    The contents of a resource, embedded into a prompt or tool call result.

    It is up to the client how best to render embedded resources for the benefit
    of the LLM and/or the user.
    """

    type: Literal["resource"]
    resource: TextResourceContents | BlobResourceContents
    annotations: Annotations | None = None
    meta: dict[str, Any] | None = Field(alias="_meta", default=None)


class Resource(_Open):
    """A known resource that the server is capable of reading."""

    name: str
    title: str | None = None
    uri: Url
    description: str | None = None
    mimeType: str | None = None
    size: int | None = None
    icons: list[Icon] | None = None
    annotations: Annotations | None = None
    meta: dict[str, Any] | None = Field(alias="_meta", default=None)


class ResourceLink(Resource):
    """
    A resource that the server is capable of reading, included in a prompt or tool call result.

    Note: resource links returned by tools are not guaranteed to appear in the results of `resources/list` requests.
    """

    type: Literal["resource_link"]


class PromptMessage(_Open):
    """Describes a message returned as part of a prompt."""

    role: Literal["user", "assistant"]
    content: TextContent | ImageContent | AudioContent | ResourceLink | EmbeddedResource


class CallToolResult(_Open):
    """The server's response to a tool call."""

    meta: dict[str, Any] | None = Field(alias="_meta", default=None)
    content: list[TextContent | ImageContent | AudioContent | ResourceLink | EmbeddedResource]
    structuredContent: dict[str, Any] | None = None
    isError: bool = False
