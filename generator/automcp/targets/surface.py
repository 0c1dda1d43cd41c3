"""What a service advertises, as the JSON of `surface.json`: the tools exactly as they are on the wire."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import cast

from ..ir.model import Effect, Json, Operation, Service


def surface(service: Service) -> dict[str, Json]:
    """The document that a package's runtime reads: `server`, `tools`, `outputs`, `wrapped`.

    `outputs` holds the schemas that answers are checked against though no tool publishes them;
    `wrapped` names the tools whose answer the wire carries as `{"result": ...}`.
    """
    outputs = {one.tool: one.output for one in service.operations if one.output is not None}
    return {
        "server": _identity(service),
        "tools": [_tool(operation) for operation in service.operations],
        "outputs": {
            tool: output.checked for tool, output in outputs.items() if output.published is None
        },
        "wrapped": [tool for tool, output in outputs.items() if output.wrapped],
    }


# Servers and clients hold the same text, and large ones take long to print.
@lru_cache(maxsize=1)
def surface_text(service: Service) -> str:
    """The content of `surface.json`."""
    return printed(surface(service))


def printed(document: Json) -> str:
    """JSON for files: readable, one line end at the end, and nothing that an editor would not show."""
    lines = json.dumps(document, ensure_ascii=False, indent=2).split("\n")
    return "\n".join(line if line.isprintable() else _escaped(line) for line in lines) + "\n"


def _escaped(line: str) -> str:
    return "".join(char if char.isprintable() else json.dumps(char)[1:-1] for char in line)


def _identity(service: Service) -> Json:
    return _given(
        name=service.key,
        version=service.version,
        title=service.title,
        description=service.description,
        instructions=service.instructions,
        website=service.website,
    )


def _tool(operation: Operation) -> Json:
    published = operation.output.published if operation.output else None
    return _given(
        name=operation.tool,
        title=operation.title,
        description=operation.description,
        inputSchema=operation.input.published,
        outputSchema=published,
        annotations=_annotations(operation),
    )


def _annotations(operation: Operation) -> Json:
    """The hints, all of them: a client must not have to know what the protocol takes for granted."""
    return _given(
        title=operation.title,
        readOnlyHint=operation.effect is Effect.READS,
        destructiveHint=operation.effect is Effect.DESTROYS,
        idempotentHint=operation.repeatable,
        openWorldHint=operation.open_world,
    )


def _given(**members: Json) -> dict[str, Json]:
    return cast("dict[str, Json]", {key: one for key, one in members.items() if one is not None})
