"""What a model is asked and what it answers, from the wire and to it (MCP, sampling)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from ..shared.content import Audio, Image, Role, Text, from_wire, to_wire
from ..shared.model import Json
from .questions import SampleAnswer, SampleBlock, SampleQuestion, ToolOutcome, ToolUse, Turn

_READ = frozenset(
    ("messages", "maxTokens", "systemPrompt", "temperature", "stopSequences", "tools")
)
_HIDDEN = frozenset(("_meta", "task"))


def question(params: Mapping[str, Json]) -> SampleQuestion:
    """The question in the parameters of a `sampling/createMessage`, which the SDK has checked.

    Raises:
        ValueError: A message holds what no model understands.
    """
    messages = cast("Sequence[Mapping[str, Json]]", params["messages"])
    return SampleQuestion(
        messages=tuple(_turn(message) for message in messages),
        max_tokens=cast("int", params["maxTokens"]),
        system=cast("str | None", params.get("systemPrompt")),
        temperature=cast("float | None", params.get("temperature")),
        stop=tuple(cast("Sequence[str]", params.get("stopSequences") or ())),
        tools=tuple(cast("Sequence[Mapping[str, Json]]", params.get("tools") or ())),
        options={key: value for key, value in params.items() if key not in _READ | _HIDDEN},
    )


def answer(said: SampleAnswer) -> dict[str, Json]:
    """The answer as it is on the wire; one block stands alone, as servers of before 2025-11-25 expect."""
    content = said.content
    if isinstance(content, str):
        content = Text(content)
    blocks = [content] if isinstance(content, SampleBlock) else list(content)
    wires: list[Json] = [_block_to_wire(block) for block in blocks]
    result: dict[str, Json] = {
        "role": "assistant",
        "content": wires[0] if len(wires) == 1 else wires,
        "model": said.model,
    }
    if said.stop_reason is not None:
        result["stopReason"] = said.stop_reason
    return result


def _turn(message: Mapping[str, Json]) -> Turn:
    content = message["content"]
    blocks = content if isinstance(content, list) else [content]
    return Turn(
        cast("Role", message["role"]),
        tuple(_block(cast("Mapping[str, Json]", block)) for block in blocks),
    )


def _block(wire: Mapping[str, Json]) -> SampleBlock:
    kind = wire["type"]
    if kind == "tool_use":
        return ToolUse(
            cast("str", wire["id"]),
            cast("str", wire["name"]),
            cast("Mapping[str, Json]", wire["input"]),
        )
    if kind == "tool_result":
        return ToolOutcome(
            cast("str", wire["toolUseId"]),
            tuple(from_wire(block) for block in cast("Sequence[Json]", wire["content"])),
            wire.get("structuredContent"),
            wire.get("isError") is True,
        )
    match from_wire(wire):
        case Text() | Image() | Audio() as block:
            return block
        case _:
            raise ValueError(f"{kind!r} is no kind of content for a model")


def _block_to_wire(block: SampleBlock) -> dict[str, Json]:
    match block:
        case ToolUse():
            arguments = dict(block.arguments)
            return {"type": "tool_use", "id": block.id, "name": block.name, "input": arguments}
        case ToolOutcome():
            content: list[Json] = [to_wire(one) for one in block.content]
            wire: dict[str, Json] = {
                "type": "tool_result",
                "toolUseId": block.id,
                "content": content,
                "isError": block.failed,
            }
            if block.structured is not None:
                wire["structuredContent"] = block.structured
            return wire
        case _:
            return to_wire(block)
