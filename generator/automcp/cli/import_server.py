"""`automcp import server`."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

if TYPE_CHECKING:
    from ..importers.server.dial import Reach


@click.command("server")
@click.argument("name", required=False)
@click.option("--command", "words", metavar="'PROGRAM …'", help="Start this server, and speak to it on its stdin and stdout.")  # fmt: skip
@click.option("--url", help="Speak to the server at this URL (Streamable HTTP).")
@click.option("--config", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Take the server NAME of this .mcp.json, or of another client's configuration.")  # fmt: skip
@click.option("--env", "variables", metavar="NAME=VALUE", multiple=True, help="For --command: what the server finds in its environment (repeatable).")  # fmt: skip
@click.option("--header", "headers", metavar="'NAME: VALUE'", multiple=True, help="For --url: sent with every request (repeatable).")  # fmt: skip
@click.option("--as", "service", metavar="NAME", help="What to call the service (default: as the server calls itself).")  # fmt: skip
@click.option("--proxy", is_flag=True, help="Let the spec pass every call on to the server, so that it can be compiled and published again.")  # fmt: skip
@click.option("--timeout", type=click.FloatRange(0, min_open=True), default=30.0, show_default=True, help="Seconds that the server has for all of its answers.")  # fmt: skip
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="The file to write (default: stdout).")  # fmt: skip
@click.option("--force", is_flag=True, help="Replace a file that says something else.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object on stdout.")
@click.pass_context
def command(
    ctx: click.Context,
    name: str | None,
    words: str | None,
    url: str | None,
    config: Path | None,
    variables: tuple[str, ...],
    headers: tuple[str, ...],
    service: str | None,
    proxy: bool,
    timeout: float,
    out: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """Turn a running MCP server into a spec.

    The server is asked what it offers, and nothing of it is called. Compile the spec with the target `client`
    alone, and you have a typed client for a server that is not yours.

    \b
    automcp import server --command 'uvx mcp-server-git' --out git.yaml
    automcp import server --url http://localhost:8000/mcp
    automcp import server --config .mcp.json github --proxy
    """
    from ..importers.server.capture import CannotCapture, capture
    from ..importers.server.compare import differences
    from ..importers.server.compose import compose
    from ..importers.server.dial import CannotReach
    from ..importers.server.passing import passed
    from ..text.render import visible
    from .imported import finish
    from .terminal import show_json

    try:
        reach = _reach(name, words, url, config, variables, headers)
        through = passed(reach) if proxy else None
        captured = capture(reach, timeout)
    except (CannotReach, CannotCapture) as error:
        if as_json:
            show_json({"ok": False, "error": str(error), "findings": [], "spec": None})
        click.echo("\n".join(visible(line) for line in f"error: {error}".splitlines()), err=True)
        ctx.exit(1)
    imported = compose(captured, through=through, name=service)
    losses = [*imported.losses, *differences(captured, _advertised(imported.spec))]
    finish(ctx, imported.spec, losses, out=out, force=force, as_json=as_json)


def _advertised(spec: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The tools that a server compiled from a spec lists; none if the spec has errors, which are told later."""
    from ..pipeline import analyse
    from ..project import read_file
    from ..spec.dump import dump
    from ..targets.surface import surface
    from ..text.report import Rejected, Report
    from ..text.source import Source

    try:
        service = analyse(Source("spec.yaml", dump(spec)), read_file, Report())
    except Rejected:
        return []
    return cast("list[dict[str, Any]]", surface(service)["tools"])


def _reach(
    name: str | None,
    words: str | None,
    url: str | None,
    config: Path | None,
    variables: Sequence[str],
    headers: Sequence[str],
) -> Reach:
    """What the options say. Raises `click.UsageError` where they do not go together."""
    from ..importers.server.dial import Command, Url, configured

    if sum(one is not None for one in (words, url, config)) != 1:
        raise click.UsageError("say which server: --command, --url, or --config FILE NAME")
    if (name is None) != (config is None):
        raise click.UsageError("NAME is the name of a server in --config")
    if variables and words is None:
        raise click.UsageError("--env goes with --command")
    if headers and url is None:
        raise click.UsageError("--header goes with --url")
    if config is not None and name is not None:
        return configured(config.read_text("utf-8", "replace"), name)
    if url is not None:
        return Url(url, dict(_pair(one, ":", "--header 'NAME: VALUE'") for one in headers))
    return Command(
        _split(words or ""), dict(_pair(one, "=", "--env NAME=VALUE") for one in variables)
    )


def _split(words: str) -> tuple[str, ...]:
    try:
        found = tuple(shlex.split(words))
    except ValueError as error:
        raise click.UsageError(f"--command: {error}") from None
    if not found:
        raise click.UsageError("--command is empty")
    return found


def _pair(text: str, separator: str, wanted: str) -> tuple[str, str]:
    key, found, value = text.partition(separator)
    if not found or not key.strip():
        raise click.UsageError(f"{text!r}: it is {wanted}")
    return key.strip(), value.strip() if separator == ":" else value
