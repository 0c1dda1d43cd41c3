"""Operations as tools on the wire."""

from __future__ import annotations

from ..ir.model import Effect, Operation
from ..ir.values import Json
from .wire import given, meta, shown

TASKS = "io.modelcontextprotocol/tasks"
UI = "io.modelcontextprotocol/ui"


def tool(operation: Operation) -> Json:
    """The tool that an operation is."""
    published = operation.output.published if operation.output else None
    more: dict[str, Json] = {"ui": {"resourceUri": operation.ui}} if operation.ui else {}
    card = shown(operation.card)
    pictures = card.pop("icons", None)
    return given(
        name=operation.tool,
        **card,
        inputSchema=operation.input.published,
        outputSchema=published,
        annotations=_annotations(operation),
        icons=pictures,
        _meta=meta(operation.card, **more),
    )


def _annotations(operation: Operation) -> Json:
    """The hints, all of them: a client must not have to know what the protocol takes for granted."""
    if operation.annotations is not None:
        return dict(operation.annotations) or None
    return given(
        title=operation.title,
        readOnlyHint=operation.effect is Effect.READS,
        destructiveHint=operation.effect is Effect.DESTROYS,
        idempotentHint=operation.repeatable,
        openWorldHint=operation.open_world,
    )


def needed(operation: Operation) -> Json:
    """What a client must declare to call it, as the capabilities of a client are on the wire."""
    found: dict[str, Json] = {}
    extensions: dict[str, Json] = {}
    for need in operation.needs:
        if "/" in need:
            extensions[need] = {}
        elif need == "elicitation.url":
            found["elicitation"] = {"url": {}}
        else:
            found.setdefault(need, {})
    return {**found, "extensions": extensions} if extensions else found
