"""What the SDK read from the wire, as the client's own types."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Mapping
from typing import cast

from mcp_types import Annotations as SdkAnnotations
from mcp_types import (
    BlobResourceContents,
    CompleteResult,
    ContentBlock,
    GetPromptResult,
    ReadResourceResult,
    Resource,
    ResourceTemplate,
    TextContent,
    TextResourceContents,
)
from mcp_types import Prompt as SdkPrompt
from pydantic import BaseModel

from ..shared.content import (
    Annotations,
    Block,
    ResourceLink,
    Text,
    from_wire,
    message_from_wire,
)
from ..shared.model import Json
from .errors import InvalidAnswer
from .resources import (
    Completion,
    Prompt,
    PromptArgument,
    PromptInfo,
    ResourceContents,
    ResourceFamily,
)


def blocks(content: Iterable[ContentBlock]) -> tuple[Block, ...]:
    """Content blocks. Raises `InvalidAnswer` if one is no content."""
    try:
        return tuple(_block(block) for block in content)
    except ValueError as error:
        raise InvalidAnswer(f"the server sent no valid content: {error}") from error


def contents(result: ReadResourceResult) -> tuple[ResourceContents, ...]:
    """What a resource holds. Raises `InvalidAnswer` if its bytes are no Base64."""
    return tuple(
        ResourceContents(part.uri, _body(part), part.mime_type, _meta(part.meta))
        for part in result.contents
    )


def prompt(result: GetPromptResult) -> Prompt:
    """A prompt. Raises `InvalidAnswer` if a message holds no content."""
    try:
        messages = tuple(message_from_wire(_wire(message)) for message in result.messages)
    except ValueError as error:
        raise InvalidAnswer(f"the server sent no valid message: {error}") from error
    return Prompt(messages, result.description)


def completion(result: CompleteResult) -> Completion:
    said = result.completion
    return Completion(tuple(said.values), said.total, said.has_more is True)


def link(resource: Resource) -> ResourceLink:
    return ResourceLink(
        resource.uri,
        resource.name,
        title=resource.title,
        description=resource.description,
        mime_type=resource.mime_type,
        size=resource.size,
        annotations=_annotations(resource.annotations),
        meta=_meta(resource.meta),
    )


def family(template: ResourceTemplate) -> ResourceFamily:
    return ResourceFamily(
        template.uri_template,
        template.name,
        title=template.title,
        description=template.description,
        mime_type=template.mime_type,
        annotations=_annotations(template.annotations),
        meta=_meta(template.meta),
    )


def prompt_info(offered: SdkPrompt) -> PromptInfo:
    arguments = tuple(
        PromptArgument(one.name, one.title, one.description, one.required is True)
        for one in offered.arguments or ()
    )
    return PromptInfo(
        offered.name, offered.title, offered.description, arguments, _meta(offered.meta)
    )


def _block(block: ContentBlock) -> Block:
    # Nearly all blocks are plain text, which needs no way around the wire.
    if isinstance(block, TextContent) and block.annotations is None and block.meta is None:
        return Text(block.text)
    return from_wire(_wire(block))


def _body(part: TextResourceContents | BlobResourceContents) -> str | bytes:
    if isinstance(part, TextResourceContents):
        return part.text
    try:
        return base64.b64decode(part.blob, validate=True)
    except (binascii.Error, ValueError) as error:
        raise InvalidAnswer("the server sent a resource whose bytes are no Base64") from error


def _annotations(said: SdkAnnotations | None) -> Annotations | None:
    if said is None:
        return None
    return Annotations(
        audience=tuple(said.audience or ()),
        priority=said.priority,
        last_modified=said.last_modified,
    )


def _meta(said: Mapping[str, object] | None) -> Mapping[str, Json] | None:
    return cast("Mapping[str, Json] | None", said)


def _wire(model: BaseModel) -> dict[str, Json]:
    return cast("dict[str, Json]", model.model_dump(mode="json", by_alias=True, exclude_none=True))
