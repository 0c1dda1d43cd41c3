"""Shows what a tool answered: JSON for programs, coloured JSON for people."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from typing import TextIO, cast

import click
from mcp.types import CallToolResult, TextContent

from ..text.render import visible
from .streams import is_terminal, wants_colour


def show_answer(answer: CallToolResult, *, wrapped: bool) -> bool:
    """Print the answer on stdout, or a failure on stderr; gives whether it was an answer.

    Args:
        wrapped: Whether the value is the `result` of the structured content.
    """
    if answer.is_error:
        lines = _texts(answer) or ["the tool failed and did not say why"]
        click.echo("error: " + "\n".join(lines), err=True)
        return False
    structured: Mapping[str, object] | None = answer.structured_content
    if structured is None:
        for line in _texts(answer):
            click.echo(line)
    else:
        _show_json(structured.get("result") if wrapped else structured)
    return True


def is_wrapped(answer: CallToolResult) -> bool:
    """Whether the value is the `result` of the structured content, by what the answer says in text."""
    structured: Mapping[str, object] | None = answer.structured_content
    if structured is None or set(structured) != {"result"}:
        return False
    value = structured["result"]
    texts = [block.text for block in answer.content if isinstance(block, TextContent)]
    if len(texts) != len(answer.content):
        return False
    if len(texts) == 1 and _says(texts[0], value):
        return True
    # Some servers say each item of a list by itself.
    items = cast("list[object]", value) if isinstance(value, list) else None
    return items is not None and len(texts) == len(items) and all(map(_says, texts, items))


def _says(text: str, value: object) -> bool:
    if text == value:
        return True
    try:
        said: object = json.loads(text)
    except (ValueError, RecursionError):
        return False
    # To Python, `1` and `true` are the same.
    return json.dumps(said, sort_keys=True) == json.dumps(value, sort_keys=True)


def show_log(log: TextIO) -> None:
    """Print what a server logged on stderr; on a terminal, no character of it is obeyed."""
    log.seek(0)
    for number, line in enumerate(log):
        if number == 0:
            click.echo("the server's log:", err=True)
        text = line.rstrip("\n")
        click.echo(f"  {visible(text) if is_terminal(sys.stderr) else text}", err=True)


def _texts(answer: CallToolResult) -> list[str]:
    """The content blocks as text; on a terminal, no character of theirs is obeyed."""
    texts: list[str] = []
    for block in answer.content:
        if isinstance(block, TextContent):
            texts += block.text.split("\n")
        else:
            texts.append(block.model_dump_json(by_alias=True, exclude_none=True))
    stream = sys.stderr if answer.is_error else sys.stdout
    return [visible(text) for text in texts] if is_terminal(stream) else texts


def _show_json(value: object) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=2 if is_terminal(sys.stdout) else None)
    text = "".join(char if char.isprintable() or char == "\n" else _escape(char) for char in text)
    if not wants_colour(sys.stdout):
        click.echo(text)
        return
    from rich.console import Console
    from rich.highlighter import JSONHighlighter

    Console().print(JSONHighlighter()(text), soft_wrap=True)


def _escape(char: str) -> str:
    """A character as JSON can spell it; outside strings none of these stands."""
    return json.dumps(char)[1:-1]
