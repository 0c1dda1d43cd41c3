"""Answers as content blocks."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, overload

from ..shared.content import Audio, Block, EmbeddedResource, Image, Text
from ..shared.failure import BackendError
from .reply import Reply

A = TypeVar("A", bound=Block)
B = TypeVar("B", bound=Block)
C = TypeVar("C", bound=Block)
D = TypeVar("D", bound=Block)

_TEXTS = ("text/", "application/json", "application/xml", "application/yaml")


@overload
def block(reply: Reply, first: type[A], /) -> A: ...
@overload
def block(reply: Reply, first: type[A], second: type[B], /) -> A | B: ...
@overload
def block(reply: Reply, first: type[A], second: type[B], third: type[C], /) -> A | B | C: ...
@overload
def block(
    reply: Reply, first: type[A], second: type[B], third: type[C], fourth: type[D], /
) -> A | B | C | D: ...
def block(reply: Reply, *kinds: type[object]) -> object:
    """The answer as a block of the first of `kinds` that its media type suits.

    Raises:
        BackendError: It suits none, is too long, or no text in the character set that it names.
    """
    for kind in kinds:
        if _suits(kind, reply.media_type):
            return _MADE[kind](reply)
    said = reply.media_type or "no media type"
    raise BackendError(f"{reply.said} with {said}, which is not what the operation gives")


def _suits(kind: type[object], media_type: str) -> bool:
    if kind is Image:
        return media_type.startswith("image/")
    if kind is Audio:
        return media_type.startswith("audio/")
    if kind is Text:
        plain = media_type.startswith(_TEXTS) or media_type.endswith(("+json", "+xml"))
        return plain or not media_type
    return kind is EmbeddedResource


def _resource(reply: Reply) -> EmbeddedResource:
    body = reply.text() if _suits(Text, reply.media_type) else reply.binary()
    return EmbeddedResource(reply.url, body, reply.media_type or None)


_MADE: dict[type[object], Callable[[Reply], Block]] = {
    Text: lambda reply: Text(reply.text()),
    Image: lambda reply: Image(reply.binary(), reply.media_type),
    Audio: lambda reply: Audio(reply.binary(), reply.media_type),
    EmbeddedResource: _resource,
}
