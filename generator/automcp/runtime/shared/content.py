"""Content blocks and messages: what tools, prompts and models say when it is more than a value (MCP, content)."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias, cast

from .model import Json

Role: TypeAlias = Literal["user", "assistant"]
_ROLES: dict[str, Role] = {"user": "user", "assistant": "assistant"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotations:
    """For whom a block is, and how much it matters.

    Attributes:
        priority: From 0, optional, to 1, required.
        last_modified: An ISO 8601 time.
    """

    audience: tuple[Role, ...] = ()
    priority: float | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """Plain text."""

    text: str
    annotations: Annotations | None = None
    meta: Mapping[str, Json] | None = None


@dataclass(frozen=True, slots=True)
class Image:
    """A picture: its bytes, and their type, such as `image/png`."""

    data: bytes
    mime_type: str
    annotations: Annotations | None = None
    meta: Mapping[str, Json] | None = None


@dataclass(frozen=True, slots=True)
class Audio:
    """A sound: its bytes, and their type, such as `audio/wav`."""

    data: bytes
    mime_type: str
    annotations: Annotations | None = None
    meta: Mapping[str, Json] | None = None


@dataclass(frozen=True, slots=True)
class EmbeddedResource:
    """What a resource holds, sent along: text or bytes."""

    uri: str
    body: str | bytes
    mime_type: str | None = None
    annotations: Annotations | None = None
    meta: Mapping[str, Json] | None = None


@dataclass(frozen=True, slots=True)
class ResourceLink:
    """Where a resource is, for the client to read if it wants to.

    Attributes:
        size: In bytes.
    """

    uri: str
    name: str
    title: str | None = None
    description: str | None = None
    mime_type: str | None = None
    size: int | None = None
    annotations: Annotations | None = None
    meta: Mapping[str, Json] | None = None


Block: TypeAlias = Text | Image | Audio | EmbeddedResource | ResourceLink


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a conversation."""

    role: Role
    content: Block


def to_wire(block: Block) -> dict[str, Json]:
    """The block as it is on the wire."""
    wire = _body(block)
    if block.annotations is not None:
        wire["annotations"] = _annotations(block.annotations)
    if block.meta is not None:
        wire["_meta"] = dict(block.meta)
    return wire


def _body(block: Block) -> dict[str, Json]:
    match block:
        case Text():
            return {"type": "text", "text": block.text}
        case Image() | Audio():
            kind = "image" if isinstance(block, Image) else "audio"
            data = base64.b64encode(block.data).decode()
            return {"type": kind, "data": data, "mimeType": block.mime_type}
        case EmbeddedResource():
            return {"type": "resource", "resource": _resource(block)}
        case ResourceLink():
            said: dict[str, Json] = {
                "type": "resource_link",
                "uri": block.uri,
                "name": block.name,
                "title": block.title,
                "description": block.description,
                "mimeType": block.mime_type,
                "size": block.size,
            }
            return {key: value for key, value in said.items() if value is not None}


def _resource(block: EmbeddedResource) -> dict[str, Json]:
    wire: dict[str, Json] = {"uri": block.uri}
    if block.mime_type is not None:
        wire["mimeType"] = block.mime_type
    if isinstance(block.body, str):
        wire["text"] = block.body
    else:
        wire["blob"] = base64.b64encode(block.body).decode()
    return wire


def _annotations(said: Annotations) -> dict[str, Json]:
    wire: dict[str, Json] = {}
    if said.audience:
        wire["audience"] = list(said.audience)
    if said.priority is not None:
        wire["priority"] = said.priority
    if said.last_modified is not None:
        wire["lastModified"] = said.last_modified
    return wire


def from_wire(wire: object) -> Block:
    """The block that is on the wire.

    Raises:
        ValueError: It is none: an unknown kind, a member missing or of the wrong type, or no Base64 (RFC 4648).
    """
    said = cast("Mapping[str, Json]", wire) if isinstance(wire, dict) else None
    if said is None:
        raise ValueError("a content block is an object")
    annotations = _read_annotations(said.get("annotations"))
    meta = cast("Mapping[str, Json] | None", said.get("_meta"))
    match said.get("type"):
        case "text":
            return Text(_text(said, "text"), annotations, meta)
        case "image":
            return Image(_bytes(said, "data"), _text(said, "mimeType"), annotations, meta)
        case "audio":
            return Audio(_bytes(said, "data"), _text(said, "mimeType"), annotations, meta)
        case "resource":
            return _read_resource(said, annotations, meta)
        case "resource_link":
            return _read_link(said, annotations, meta)
        case other:
            raise ValueError(f"{other!r} is no kind of content")


def _read_resource(
    said: Mapping[str, Json], annotations: Annotations | None, meta: Mapping[str, Json] | None
) -> EmbeddedResource:
    found = said.get("resource")
    resource = found if isinstance(found, dict) else None
    if resource is None:
        raise ValueError("the block has no `resource`")
    body = _text(resource, "text") if "text" in resource else _bytes(resource, "blob")
    mime_type = _text_or_none(resource, "mimeType")
    return EmbeddedResource(_text(resource, "uri"), body, mime_type, annotations, meta)


def _read_link(
    said: Mapping[str, Json], annotations: Annotations | None, meta: Mapping[str, Json] | None
) -> ResourceLink:
    size = said.get("size")
    return ResourceLink(
        _text(said, "uri"),
        _text(said, "name"),
        title=_text_or_none(said, "title"),
        description=_text_or_none(said, "description"),
        mime_type=_text_or_none(said, "mimeType"),
        size=size if isinstance(size, int) else None,
        annotations=annotations,
        meta=meta,
    )


def _read_annotations(said: Json) -> Annotations | None:
    if not isinstance(said, dict):
        return None
    audience = said.get("audience")
    priority = said.get("priority")
    listed = audience if isinstance(audience, list) else []
    return Annotations(
        audience=tuple(_ROLES[one] for one in listed if isinstance(one, str) and one in _ROLES),
        priority=priority if isinstance(priority, int | float) else None,
        last_modified=_text_or_none(said, "lastModified"),
    )


def message_to_wire(message: Message) -> dict[str, Json]:
    """The message as it is on the wire."""
    return {"role": message.role, "content": to_wire(message.content)}


def message_from_wire(wire: object) -> Message:
    """The message that is on the wire. Raises `ValueError` if it is none."""
    said = cast("dict[str, Json]", wire if isinstance(wire, dict) else {})
    role = _ROLES.get(str(said.get("role")))
    if role is None:
        raise ValueError("a message is of the user or of the assistant")
    return Message(role, from_wire(said.get("content")))


def _text(said: Mapping[str, Json], key: str) -> str:
    value = _text_or_none(said, key)
    if value is None:
        raise ValueError(f"the block has no text `{key}`")
    return value


def _text_or_none(said: Mapping[str, Json], key: str) -> str | None:
    value = said.get(key)
    return value if isinstance(value, str) else None


def _bytes(said: Mapping[str, Json], key: str) -> bytes:
    try:
        return base64.b64decode(_text(said, key), validate=True)
    except binascii.Error:
        raise ValueError(f"`{key}` is no Base64") from None
