"""`automcp migrate`."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from ..migrate.prove import Trial


@click.command("migrate")
@click.argument("source", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), help="Where the result comes to: a new or empty folder.")  # fmt: skip
@click.option("--check", is_flag=True, help="Write nothing; say what would become of it.")
@click.option("--yes", is_flag=True, help="Install what the servers need to be tried, into throw-away environments, without asking.")  # fmt: skip
@click.option("--python", "legacy_python", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="An interpreter that has what the legacy server needs; nothing is installed for it.")  # fmt: skip
@click.option("--new-python", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="An interpreter that has what the result needs; nothing is installed for it.")  # fmt: skip
@click.option("--env", "variables", metavar="NAME=VALUE", multiple=True, help="What the servers find in their environment when they are tried (repeatable).")  # fmt: skip
@click.option("--args", "arguments", metavar="'ARGUMENT …'", default="", help="What the servers are started with when they are tried.")  # fmt: skip
@click.option("--timeout", type=click.FloatRange(0, min_open=True), default=60.0, show_default=True, help="Seconds that a server has to show what it offers; an installation has five times as many.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object on stdout.")
@click.pass_context
def command(
    ctx: click.Context,
    source: Path,
    out: Path | None,
    check: bool,
    yes: bool,
    legacy_python: Path | None,
    new_python: Path | None,
    variables: tuple[str, ...],
    arguments: str,
    timeout: float,
    as_json: bool,
) -> None:
    """Take a legacy MCP project to today's SDK.

    SOURCE is the folder of a Python project whose server is made with mcp 1 or fastmcp 2 or 3. The result is a copy
    that runs on mcp 2 or fastmcp 4: its logic is untouched, and imports what the old SDK offered from an adapter
    that lies beside it. If it may, the command starts the server before and after, in throw-away copies without a
    network, and compares what callers see.

    \b
    automcp migrate legacy --out migrated --yes
    automcp migrate legacy --out migrated --python legacy/.venv/bin/python
    automcp migrate legacy --check --json
    """
    from ..migrate.prove import Trial

    if (out is None) is not check:
        raise click.UsageError("say where the result comes to, with --out, or --check")
    trial = Trial(
        install=yes or _may_install(legacy_python, new_python),
        legacy_python=legacy_python,
        python=new_python,
        environment=dict(map(_pair, variables)),
        arguments=_split(arguments),
        seconds=timeout,
    )
    ctx.exit(_migrate(source, out, trial, as_json))


def _migrate(source: Path, out: Path | None, trial: Trial, as_json: bool) -> int:
    from ..migrate import report
    from ..migrate.deliver import CannotDeliver
    from ..migrate.entry import NoServer
    from ..migrate.project import migrate
    from ..text.render import visible
    from .terminal import show_json

    try:
        carried, proof = migrate(source, out, trial)
    except (CannotDeliver, NoServer) as error:
        click.echo(visible(f"error: {error}"), err=True)
        return 1
    if as_json:
        show_json({**report.as_json(carried, proof), "written": str(out) if out else None})
    else:
        for line in report.summary(carried, proof):
            click.echo("\n".join(map(visible, line.splitlines())), err=True)
        if out is not None:
            click.echo(visible(f"wrote {out}: start it with `{carried.script[0]}`"), err=True)
    failed = proof.found or (proof.before is not None and proof.after is None)
    return 1 if failed else 0


def _may_install(legacy_python: Path | None, new_python: Path | None) -> bool:
    """Ask, where there is somebody to ask, and something to install."""
    if legacy_python is not None and new_python is not None:
        return False
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    return click.confirm(
        "To compare the servers, what they require is installed into throw-away environments, and they are started. "
        "Go on?",
        err=True,
    )


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise click.UsageError(f"{text!r}: it is --env NAME=VALUE")
    return name, value


def _split(words: str) -> tuple[str, ...]:
    try:
        return tuple(shlex.split(words))
    except ValueError as error:
        raise click.UsageError(f"--args: {error}") from None
