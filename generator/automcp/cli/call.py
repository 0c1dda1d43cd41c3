"""`automcp call`."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, cast

import click

if TYPE_CHECKING:
    from .session import Door


@click.command("call")
@click.argument("tool")
@click.argument("words", metavar="[KEY=VALUE | KEY:=JSON]...", nargs=-1)
@click.option("--json", "document", metavar="OBJECT", help="Arguments as one JSON object.")
@click.option("--path", type=click.Path(path_type=Path), default=".", help="The project (default: this folder).")  # fmt: skip
@click.option("--url", help="Call the server at this URL instead of the project's own.")
@click.option("--timeout", type=click.FloatRange(0, min_open=True), help="Seconds to wait for the answer.")  # fmt: skip
@click.option("--log", "shows_log", is_flag=True, help="Show what the server logs; without it, only if the call fails.")  # fmt: skip
@click.option("--python", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="The interpreter of the server's environment (default: AutoMCP's own).")  # fmt: skip
@click.pass_context
def command(
    ctx: click.Context,
    tool: str,
    words: tuple[str, ...],
    document: str | None,
    path: Path,
    url: str | None,
    timeout: float | None,
    shows_log: bool,
    python: Path | None,
) -> None:
    """Call one tool of the compiled server, or of any server.

    Values are read by the tool's input schema: text stays text, the rest is JSON.
    The answer goes to stdout as JSON. A tool's failure goes to stderr, with exit code 1,
    and what the project's own server logged meanwhile.

    \b
    automcp call notes_add text="buy milk"
    automcp call orders_create customer=ann 'lines:=[{"sku": "A1"}]'
    automcp call orders_create --json '{"customer": "ann", "lines": []}'
    automcp call forecast_daily city=Oslo days=2 --url http://localhost:8000/mcp
    """
    from .answer import is_wrapped, show_answer, show_log
    from .session import CannotCall, call_tool, open_door

    answered = False
    with TemporaryFile("w+", encoding="utf-8", errors="replace") as log:
        try:
            door = open_door(path, url, python)
            arguments = _arguments(door, tool, words, document)
            answer = call_tool(door, tool, arguments, timeout, log)
            wrapped = is_wrapped(answer) if door.wrapped is None else tool in door.wrapped
            answered = show_answer(answer, wrapped=wrapped)
        except CannotCall as error:
            from ..text.render import visible

            click.echo(f"error: {visible(str(error))}", err=True)
        if shows_log or not answered:
            show_log(log)
    ctx.exit(0 if answered else 1)


def _arguments(
    door: Door, tool: str, words: tuple[str, ...], document: str | None
) -> dict[str, object]:
    """What to send. Raises `click.UsageError` for what the tool cannot take, or an unknown tool."""
    from ..text.suggest import did_you_mean
    from .arguments import BadArgument, parse_arguments

    if tool not in door.inputs and not door.searched:
        hint = did_you_mean(tool, door.inputs) or f"it has {', '.join(door.inputs) or 'none'}"
        raise click.UsageError(f"the server has no tool {tool!r}: {hint}")
    given = _object(document)
    try:
        parsed = parse_arguments(words, door.inputs.get(tool, {}))
    except BadArgument as error:
        raise click.UsageError(str(error)) from None
    if twice := sorted(given.keys() & parsed):
        raise click.UsageError(f"{', '.join(twice)}: given as a word and in --json")
    return {**given, **parsed}


def _object(document: str | None) -> Mapping[str, object]:
    """The value of `--json`; `-` stands for stdin."""
    if document is None:
        return {}
    text = sys.stdin.read() if document == "-" else document
    try:
        value: object = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise click.UsageError(f"--json is not JSON: {error}") from None
    if not isinstance(value, dict):
        raise click.UsageError("--json has to be a JSON object")
    return cast("dict[str, object]", value)
