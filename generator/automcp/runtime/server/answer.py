"""Turns what a handler returned into a result on the wire, or says why it cannot be one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import pydantic_core

from ..shared.content import Audio, EmbeddedResource, Image, ResourceLink, Text
from ..shared.content import to_wire as block_to_wire
from ..shared.failure import Failure, to_wire
from ..shared.model import Json, to_json
from ..shared.schema import Schema
from ..shared.surface import Surface
from .request import Wire
from .result import Result, Verbatim

_BLOCKS = (Text, Image, Audio, EmbeddedResource, ResourceLink)


class Unfit(Exception):
    """A handler returned what the spec does not promise: a mistake on the server's side."""


@dataclass(frozen=True, slots=True)
class Form:
    """How the answers of one tool look.

    Attributes:
        schema: What they are checked against; `None` if the tool answers no value.
        wrapped: Whether they are checked and sent as `{"result": answer}`.
        structured: Whether they are sent as structured content, too.
        literal: Whether the text is the answer itself (see `Surface.literal`).
        content: Whether they are content blocks, or have some.
    """

    schema: Schema | None
    wrapped: bool
    structured: bool
    literal: bool
    content: bool

    @classmethod
    def of(cls, surface: Surface, tool: str) -> Form:
        return cls(
            surface.output(tool),
            surface.wrapped(tool),
            surface.structured(tool),
            surface.literal(tool),
            tool in surface.section("content"),
        )

    def result(self, value: object) -> Wire:
        """The result that carries `value`. Raises `Unfit` if it is not what the tool promises."""
        if isinstance(value, Verbatim):
            return dict(value.result)
        if isinstance(value, Result):
            return self._rich(cast("Result[object]", value))
        if self.schema is None:
            return {"content": self._blocks(value), "isError": False}
        plain, wire = self._checked(value)
        result: Wire = {"content": [{"type": "text", "text": self._text(plain)}]}
        if self.structured:
            result["structuredContent"] = wire
        result["isError"] = False
        return result

    def _rich(self, given: Result[object]) -> Wire:
        result: Wire = {"_meta": to_json(dict(given.meta))} if given.meta else {}
        if self.schema is None:
            return {**result, "content": self._blocks(given.content), "isError": False}
        plain, wire = self._checked(given.value)
        text: Json = {"type": "text", "text": self._text(plain)}
        result["content"] = blocks(given.content) if given.content else [text]
        if self.structured:
            result["structuredContent"] = wire
        return {**result, "isError": False}

    def _checked(self, value: object) -> tuple[Json, Json]:
        """The value as JSON, and as it is checked and sent."""
        plain = _json(value)
        wire: Json = {"result": plain} if self.wrapped else plain
        violations = self.schema.violations(wire, finite=True) if self.schema else ()
        if violations:
            raise Unfit("returned what does not fit its schema: " + "; ".join(map(str, violations)))
        return plain, wire

    def _blocks(self, value: object) -> list[Json]:
        if self.content:
            return blocks(value)
        if value is not None:
            raise Unfit(
                f"returned a {type(value).__name__}, but the spec says that it returns nothing"
            )
        return []

    def _text(self, plain: Json) -> str:
        if isinstance(plain, str) and (self.structured or self.literal):
            return plain
        # The text that `json.dumps` gives, ten times as fast.
        return pydantic_core.to_json(plain, indent=2).decode()


def blocks(value: object) -> list[Json]:
    """Content blocks as they go out. Raises `Unfit` if something is none."""
    listed = cast("Sequence[object]", value) if isinstance(value, list | tuple) else [value]
    return [_block(one) for one in listed]


def _block(value: object) -> Json:
    if not isinstance(value, _BLOCKS):
        raise Unfit(f"returned a {type(value).__name__}, which is no content block")
    try:
        return to_json(block_to_wire(value))
    except (TypeError, ValueError) as error:
        raise Unfit(f"returned a content block that is none: {error}") from error


def error_result(failure: Failure) -> Wire:
    """The error result that tells of `failure`."""
    if failure.passed is not None:
        return {**failure.passed, "isError": True}
    text, structured = to_wire(failure)
    return {
        "content": [{"type": "text", "text": text}],
        "structuredContent": structured,
        "isError": True,
    }


def _json(value: object) -> Json:
    try:
        return to_json(value)
    except (TypeError, ValueError) as error:
        raise Unfit(f"returned what is no JSON: {error}") from error
