"""Turns what a handler returned into a tool result, or says why it cannot be one."""

from __future__ import annotations

from dataclasses import dataclass

import pydantic_core
from mcp_types import CallToolResult, TextContent

from ..shared.failure import Failure, to_wire
from ..shared.model import Json, to_json
from ..shared.schema import Schema
from ..shared.surface import Surface


class Unfit(Exception):
    """A handler returned what its operation does not promise: a mistake on the server's side."""


@dataclass(frozen=True, slots=True)
class Form:
    """How the answers of one tool look.

    Attributes:
        schema: What they are checked against; `None` if the tool answers nothing.
        wrapped: Whether they are checked and sent as `{"result": answer}`.
        structured: Whether they are sent as structured content, too.
        literal: Whether the text is the answer itself (see `Surface.literal`).
    """

    schema: Schema | None
    wrapped: bool
    structured: bool
    literal: bool

    @classmethod
    def of(cls, surface: Surface, tool: str) -> Form:
        return cls(
            surface.output(tool),
            surface.wrapped(tool),
            surface.structured(tool),
            surface.literal(tool),
        )

    def result(self, value: object) -> CallToolResult:
        """The result that carries `value`. Raises `Unfit` if it is not what the tool promises."""
        if self.schema is None:
            if value is not None:
                raise Unfit(
                    f"returned a {type(value).__name__}, but the spec says that it returns nothing"
                )
            return CallToolResult(content=[])
        plain = _json(value)
        wire: Json = {"result": plain} if self.wrapped else plain
        violations = self.schema.violations(wire)
        if violations:
            raise Unfit("returned what does not fit its schema: " + "; ".join(map(str, violations)))
        return CallToolResult(
            content=[TextContent(text=self._text(plain))],
            structured_content=wire if self.structured else None,
        )

    def _text(self, plain: Json) -> str:
        if isinstance(plain, str) and (self.structured or self.literal):
            return plain
        # The text that `json.dumps` gives, ten times as fast.
        return pydantic_core.to_json(plain, indent=2).decode()


def error_result(failure: Failure) -> CallToolResult:
    """The error result that tells of `failure`."""
    text, structured = to_wire(failure)
    return CallToolResult(
        content=[TextContent(text=text)], structured_content=structured, is_error=True
    )


def _json(value: object) -> Json:
    try:
        return to_json(value)
    except (TypeError, ValueError) as error:
        raise Unfit(f"returned what is no JSON: {error}") from error
