"""`automcp call`."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, cast

import click

from .reaching import check_together, reach_of, reach_options

if TYPE_CHECKING:
    from .session import Door, Offered


@click.command("call")
@click.argument("tool")
@click.argument("words", metavar="[KEY=VALUE | KEY:=JSON]...", nargs=-1)
@click.option("--json", "document", metavar="OBJECT", help="Arguments as one JSON object.")
@click.option("--path", type=click.Path(path_type=Path), default=".", help="The project (default: this folder).")  # fmt: skip
@click.option("--url", help="Call the server at this URL instead of the project's own.")
@click.option("--command", "program", metavar="'PROGRAM …'", help="Start this server, and call it.")
@click.option("--config", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Call a server of this .mcp.json, or of another client's configuration: the one that --server names, or the only one.")  # fmt: skip
@click.option("--server", metavar="NAME", help="With --config: which server.")
@reach_options
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
    program: str | None,
    config: Path | None,
    server: str | None,
    variables: tuple[str, ...],
    headers: tuple[str, ...],
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
    automcp call git_log repo_path=. --command 'uvx mcp-server-git'
    automcp call search query=mcp --config .mcp.json --server github
    """
    from .answer import is_wrapped, show_answer, show_log
    from .session import CannotCall, call_tool

    answered = False
    door = _door(path, python, server, program, url, config, variables, headers)
    with TemporaryFile("w+", encoding="utf-8", errors="replace") as log:
        try:
            offered, answer = call_tool(
                door, tool, lambda told: _arguments(told, tool, words, document), timeout, log
            )
            wrapped = is_wrapped(answer) if offered.wrapped is None else tool in offered.wrapped
            answered = show_answer(answer, wrapped=wrapped)
        except CannotCall as error:
            from ..text.render import visible

            first, *more = map(visible, str(error).splitlines())
            click.echo("\n".join([f"error: {first}", *(f"  {line}" for line in more)]), err=True)
        if shows_log or not answered:
            show_log(log)
    ctx.exit(0 if answered else 1)


def _door(
    path: Path,
    python: Path | None,
    server: str | None,
    program: str | None,
    url: str | None,
    config: Path | None,
    variables: tuple[str, ...],
    headers: tuple[str, ...],
) -> Door:
    """The server that is meant: the project's own, if no option says which.

    Raises:
        Rejected: `AM528` if there is no compiled server that can be started from here; `AM662` if the configuration
            has no such server.
    """
    from .compiled import find_server
    from .session import Door, compiled_door

    said = [one for one in (program, url, config) if one is not None]
    if len(said) > 1:
        raise click.UsageError("say one of --command, --url and --config")
    if server is not None and config is None:
        raise click.UsageError("--server NAME is the name of a server in --config FILE")
    if python is not None and said:
        raise click.UsageError("--python is for the project's own server")
    if not said:
        check_together(program, url, variables, headers)
        return compiled_door(find_server(path, python))
    return Door(reach_of(server, program, url, config, variables, headers))


def _arguments(
    offered: Offered, tool: str, words: tuple[str, ...], document: str | None
) -> dict[str, object]:
    """What to send. Raises `click.UsageError` for what the tool cannot take, or an unknown tool."""
    from ..text.suggest import did_you_mean
    from .arguments import BadArgument, parse_arguments

    if tool not in offered.inputs and not offered.searched:
        hint = did_you_mean(tool, offered.inputs) or f"it has {', '.join(offered.inputs) or 'none'}"
        raise click.UsageError(f"the server has no tool {tool!r}: {hint}")
    given = _object(document)
    try:
        parsed = parse_arguments(words, offered.inputs.get(tool, {}))
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
